"""What is written into the log about this part."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from core.audit import AuditAction

ACTIONS: Final[tuple[AuditAction, ...]] = (
    AuditAction("case.assigned", _("Giao người xử lý"), _("{actor} giao {ref} cho {officer} xử lý")),
    AuditAction("case.taken_up", _("Nhận xử lý"), _("{actor} nhận xử lý {ref}")),
    AuditAction("case.released", _("Bỏ người xử lý"), _("{actor} để {ref} chưa ai nhận")),
    AuditAction("cases.exported", _("Xuất hồ sơ"), _("{actor} xuất {rows} hồ sơ: {title}")),
)
