"""What is written into the log about the public pages and what citizens send in there."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from core.audit import AuditAction

ACTIONS: Final[tuple[AuditAction, ...]] = (
    AuditAction(
        "case.looked_up",
        _("Xem tình trạng trên trang công khai"),
        _("{actor}: có người xem tình trạng của {ref} trên trang công khai"),
        "aside",
    ),
    AuditAction(
        "application.sent",
        _("Gửi đơn đăng ký"),
        _("{actor} nhận đơn đăng ký {ref} người dân gửi trên trang công khai"),
    ),
)
