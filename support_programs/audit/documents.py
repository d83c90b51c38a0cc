"""What is written into the log about this part."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from core.audit import AuditAction

ACTIONS: Final[tuple[AuditAction, ...]] = (
    AuditAction("document.drafted", _("Soạn văn bản"), _("{actor} soạn {kind} {ref}")),
    AuditAction("document.changed", _("Sửa dự thảo"), _("{actor} sửa dự thảo {ref}")),
    AuditAction(
        "document.previewed", _("Xem bản dự thảo"), _("{actor} tải bản dự thảo {ref}"), weight="aside"
    ),
)
