"""Audit actions of recoveries, unclaimed money, call-back samples."""

from django.utils.translation import gettext_lazy as _

from core.audit import AuditAction

ACTIONS: tuple[AuditAction, ...] = (
    AuditAction(
        "recovery.opened_by_hand",
        _("Mở thu hồi khoản chi sai"),
        _("{actor} mở thu hồi {ref}, hồ sơ {case}: {kind}, {amount} đồng"),
    ),
    AuditAction(
        "recovery.decided",
        _("Ghi quyết định thu hồi"),
        _("{actor} ghi Quyết định {number} ngày {day} cho thu hồi {ref}"),
    ),
    AuditAction(
        "recovery.planned",
        _("Lập kế hoạch thu hồi"),
        _("{actor} lập kế hoạch thu hồi {ref}: {count} kỳ, kỳ cuối {last}"),
    ),
    AuditAction(
        "recovery.received",
        _("Ghi tiền thu hồi"),
        _("{actor} ghi thu hồi {ref}: {amount} đồng, chứng từ {number}"),
    ),
    AuditAction(
        "recovery.handed_back",
        _("Nộp tiền thu hồi vào ngân sách"),
        _("{actor} nộp ngân sách {amount} đồng của thu hồi {ref}, chứng từ {number}"),
    ),
    AuditAction(
        "recovery.waived",
        _("Miễn thu hồi"),
        _("{actor} ghi miễn thu hồi {ref}: {amount} đồng, Quyết định {number}"),
    ),
    AuditAction(
        "unclaimed.returned",
        _("Hoàn trả tiền không có người nhận"),
        _("{actor} ghi hoàn trả {ref}: {people} người, {amount} đồng, văn bản {number}"),
    ),
    AuditAction(
        "unclaimed.reopened",
        _("Mở lại người không nhận tiền"),
        _("{actor} mở lại hồ sơ {case} của lần hoàn trả {ref}"),
    ),
    AuditAction(
        "unclaimed.exported",
        _("Lấy danh sách hoàn trả"),
        _("{actor} lấy danh sách {ref}: {rows} người"),
        weight="aside",
    ),
    AuditAction(
        "returned.exported",
        _("Lấy danh sách chi chưa được"),
        _("{actor} lấy danh sách chi chưa được, {area}: {rows} người"),
        weight="aside",
    ),
    AuditAction(
        "callback.drawn",
        _("Chọn mẫu gọi kiểm tra"),
        _("{actor} chọn mẫu {ref}: {size} trong {population} người đã chi, số gieo {seed}"),
    ),
    AuditAction(
        "callback.phone_seen",
        _("Xem số điện thoại để gọi kiểm tra"),
        _("{actor} xem số điện thoại của người nhận, lệnh chi {line}, mẫu {ref}"),
        weight="aside",
    ),
    AuditAction(
        "callback.answered",
        _("Ghi kết quả gọi kiểm tra"),
        _("{actor} ghi kết quả gọi, lệnh chi {line}, mẫu {ref}: {outcome}"),
    ),
)
