"""Files of a batch: made anew where one is missing, taken one by one or all together; every download is recorded."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from core.downloads import attachment, download
from core.requests import actor_of
from core.shortcuts import get_visible
from core.transitions import TransitionRefused
from disbursements.models import PaymentFile
from disbursements.permissions import may_download_file
from disbursements.queries.files import may_take, why_not_yet
from disbursements.services.file_bundle import bundle_files
from disbursements.services.rendering import render_again
from disbursements.views.batches import batch_of


@require_POST
def batch_files(request: HttpRequest, reference: str) -> HttpResponse:
    """Have the missing files of a batch written."""
    actor = actor_of(request)
    batch = batch_of(reference, actor)
    try:
        render_again(actor=actor, batch=batch)
    except TransitionRefused as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, _("Đang lập tệp chi. Mở lại trang sau ít phút."))
    return redirect("disbursements:batch_page", reference=batch.reference)


@require_GET
def batch_file(request: HttpRequest, reference: str, kind: str, part: str = "") -> HttpResponse:
    """One file, of a cancelled batch drafts alone; whole numbers stand in it, so each download is recorded."""
    actor = actor_of(request)
    batch = batch_of(reference, actor)
    if not may_download_file(actor, kind):
        raise PermissionDenied(_("Bạn không có quyền tải danh sách chi trả."))
    is_draft = "draft" in request.GET
    if not may_take(batch, actor, kind, is_draft=is_draft):
        messages.warning(request, why_not_yet(batch))
        return redirect("disbursements:batch_page", reference=batch.reference)
    wanted: PaymentFile = get_visible(
        PaymentFile.objects.select_related("file"),
        actor,
        batch=batch,
        kind=kind,
        part=part,
        is_draft=is_draft,
    )
    return download(wanted.file, actor=actor)


@require_GET
def batch_bundle(request: HttpRequest, reference: str) -> HttpResponse:
    """All final files that the reader may take, in one zip."""
    actor = actor_of(request)
    batch = batch_of(reference, actor)
    try:
        content = bundle_files(actor=actor, batch=batch)
    except TransitionRefused as refusal:
        messages.warning(request, str(refusal))
        return redirect("disbursements:batch_page", reference=batch.reference)
    return attachment(content, name=f"tep-chi-{batch.reference}.zip", content_type="application/zip")
