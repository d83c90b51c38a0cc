"""What is written into the log about complaints and reports, besides their workflow."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from core.audit import AuditAction

ACTIONS: Final = (
    AuditAction("grievance.filed", _("Ghi khiếu nại, phản ánh"), _("{actor} ghi {ref}: {kind}, {channel}")),
    AuditAction("grievance.assigned", _("Chuyển người xử lý"), _("{actor} chuyển {ref} cho {to} xử lý")),
    AuditAction("grievance.noted", _("Ghi chú nội bộ"), _("{actor} ghi chú vào {ref}")),
)
