"""Audit actions of accounts."""

from django.utils.translation import gettext_lazy as _

from core.audit import AuditAction, register_actions


def register() -> None:
    register_actions(
        AuditAction("user.signed_in", _("Đăng nhập"), _("{actor} đăng nhập")),
        AuditAction("user.signed_out", _("Đăng xuất"), _("{actor} đăng xuất")),
        AuditAction("user.password_changed", _("Đổi mật khẩu"), _("{actor} đổi mật khẩu")),
        AuditAction(
            "user.created", _("Lập tài khoản"), _("{actor} lập tài khoản {ref} tại {area}, vai trò: {roles}")
        ),
        AuditAction("user.updated", _("Sửa tài khoản"), _("{actor} sửa tài khoản {ref}: {fields}")),
        AuditAction(
            "user.moved", _("Chuyển đơn vị"), _("{actor} chuyển tài khoản {ref} từ {old} sang {new}")
        ),
        AuditAction(
            "user.roles_changed", _("Đổi vai trò"), _("{actor} đổi vai trò của {ref}: từ {old} thành {new}")
        ),
        AuditAction("user.closed", _("Khóa tài khoản"), _("{actor} khóa tài khoản {ref}")),
        AuditAction("user.opened", _("Mở lại tài khoản"), _("{actor} mở lại tài khoản {ref}")),
        AuditAction("user.password_reset", _("Đặt lại mật khẩu"), _("{actor} đặt lại mật khẩu của {ref}")),
        AuditAction("calendar.day_off", _("Thêm ngày nghỉ"), _("{actor} thêm ngày nghỉ {day}: {name}")),
        AuditAction(
            "calendar.day_worked", _("Thêm ngày làm bù"), _("{actor} thêm ngày làm bù {day}: {name}")
        ),
        AuditAction(
            "calendar.day_ordinary",
            _("Bỏ ngày nghỉ, ngày làm bù"),
            _("{actor} đưa ngày {day} về ngày thường"),
        ),
        AuditAction("audit.exported", _("Xuất nhật ký"), _("{actor} xuất {rows} dòng nhật ký: {filters}")),
    )
