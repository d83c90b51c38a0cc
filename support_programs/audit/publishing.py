"""What is written into the log about scans of decisions on the public pages."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from core.audit import AuditAction

ACTIONS: Final[tuple[AuditAction, ...]] = (
    AuditAction(
        "decision.scan_published",
        _("Công bố bản chụp quyết định"),
        _("{actor} đã kiểm tra và công bố bản chụp quyết định {ref} ({pages} trang) trên trang công khai"),
    ),
    AuditAction(
        "decision.scan_withdrawn",
        _("Gỡ bản chụp quyết định"),
        _("{actor} gỡ bản chụp quyết định {ref} khỏi trang công khai"),
    ),
)
