"""All final files of a batch that somebody may take, in one zip; each is in the log."""

import io
import zipfile
from typing import Final

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from core.audit import record_event
from core.services.files import read_file
from core.transitions import TransitionRefused
from core.workflow import Actor
from disbursements.enums import BatchStatus
from disbursements.models import Batch, PaymentFile
from disbursements.permissions import may_download_payment_list
from disbursements.queries.files import may_take, why_not_yet

_EPOCH: Final = (1980, 1, 1, 0, 0, 0)
# packed already
_PACKED: Final = (".xlsx", ".pdf")


@transaction.atomic
def bundle_files(*, actor: Actor, batch: Batch) -> bytes:
    """The zip; the same files give the same bytes. Refused: none there, a cancelled batch, who may take none."""
    if not actor.is_active or not may_download_payment_list(actor):
        raise PermissionDenied(_("Bạn không có quyền tải danh sách chi trả."))
    files = PaymentFile.objects.filter(batch=batch, is_draft=False).select_related("file").order_by("pk")
    if batch.status == BatchStatus.CANCELLED:
        raise TransitionRefused(why_not_yet(batch))
    taken = [file for file in files if may_take(batch, actor, file.kind, is_draft=False)]
    if not taken:
        raise TransitionRefused(why_not_yet(batch) if files else _("Đợt chi chưa có tệp chính thức."))
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as bundle:
        for file in taken:
            entry = zipfile.ZipInfo(file.file.name, date_time=_EPOCH)
            entry.external_attr = 0o600 << 16
            packing = zipfile.ZIP_STORED if file.file.name.endswith(_PACKED) else zipfile.ZIP_DEFLATED
            bundle.writestr(entry, read_file(file.file), compress_type=packing)
            change = {"name": file.file.name, "sha256": file.sha256}
            record_event("file.downloaded", file.file, actor=actor, change=change)
    record_event("batch.files_downloaded", batch, actor=actor, change={"files": len(taken)})
    return target.getvalue()
