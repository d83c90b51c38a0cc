"""Audit actions of budget lines, papers and the ledger."""

from django.utils.translation import gettext_lazy as _

from core.audit import AuditAction

ACTIONS: tuple[AuditAction, ...] = (
    AuditAction(
        "budget.transferred",
        _("Điều chuyển kinh phí"),
        _("{actor} điều chuyển {sum} đồng từ dòng {line} sang dòng {to} ({ref})"),
    ),
    AuditAction(
        "budget.returned",
        _("Hoàn trả ngân sách"),
        _("{actor} ghi hoàn trả ngân sách {sum} đồng của dòng {line} ({ref})"),
    ),
    AuditAction(
        "budget.corrected",
        _("Hủy ghi nhận phân bổ sai"),
        _("{actor} hủy ghi nhận {allocation}, {sum} đồng của dòng {line} ({ref})"),
    ),
    AuditAction("budget.line_opened", _("Mở dòng kinh phí"), _("{actor} mở dòng kinh phí {ref}")),
    AuditAction("budget.source_added", _("Thêm nguồn kinh phí"), _("{actor} thêm nguồn kinh phí {name}")),
    AuditAction(
        "budget.exported", _("Xuất bảng kinh phí"), _("{actor} xuất bảng kinh phí ({rows} dòng)"), "aside"
    ),
)
