"""Audit actions of the sector's targets."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from core.audit import AuditAction

ACTIONS: Final[tuple[AuditAction, ...]] = (
    AuditAction(
        "target_indicator.changed",
        _("Sửa chỉ tiêu"),
        _("{actor} sửa chỉ tiêu «{title}»: {fields}"),
    ),
    AuditAction(
        "target_plan.set",
        _("Giao chỉ tiêu"),
        _("{actor} ghi kế hoạch năm {year}, {unit}, «{title}»: {value} (trước đó {before}), văn bản {paper}"),
    ),
    AuditAction(
        "target_entry.entered",
        _("Nhập số liệu chỉ tiêu"),
        _("{actor} nhập «{title}», {period}: {value}"),
    ),
    AuditAction(
        "target_entry.changed",
        _("Sửa số liệu chỉ tiêu"),
        _("{actor} sửa «{title}», {period}: từ {before} thành {value}"),
    ),
    AuditAction(
        "target_entry.corrected",
        _("Đính chính số liệu chỉ tiêu"),
        _("{actor} đính chính «{title}», {period}: từ {before} thành {value}"),
    ),
    AuditAction("target_entry.submit", _("Gửi duyệt số liệu chỉ tiêu"), _("{actor} gửi duyệt số liệu {ref}")),
    AuditAction(
        "target_entry.take_back", _("Rút số liệu chỉ tiêu"), _("{actor} rút lại số liệu {ref} để sửa")
    ),
    AuditAction("target_entry.approve", _("Duyệt số liệu chỉ tiêu"), _("{actor} duyệt số liệu {ref}")),
    AuditAction("target_entry.send_back", _("Trả lại số liệu chỉ tiêu"), _("{actor} trả lại số liệu {ref}")),
    AuditAction(
        "target_entry.replace",
        _("Thay số liệu chỉ tiêu"),
        _("{actor} thay số liệu {ref} bằng số đính chính"),
    ),
    AuditAction(
        "target_text.written",
        _("Viết lời báo cáo 6 tháng"),
        _("{actor} viết phần «{part}» của báo cáo 6 tháng, {half}"),
    ),
    AuditAction(
        "target_table.exported",
        _("Lấy bảng chỉ tiêu"),
        _("{actor} lấy bảng chỉ tiêu «{name}», năm {year}"),
        weight="aside",
    ),
)
