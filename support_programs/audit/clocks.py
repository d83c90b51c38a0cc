"""What is written into the log about urging and the morning's digest."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from core.audit import AuditAction

ACTIONS: Final[tuple[AuditAction, ...]] = (
    AuditAction("reminder.sent", _("Gửi đôn đốc"), _("{actor} đôn đốc {area}: {lists} danh sách quá hạn")),
    AuditAction("reminder.seen", _("Xem đôn đốc"), _("{actor} đã xem đôn đốc gửi {area}")),
)
