"""Audit actions of accounts."""

from django.utils.translation import gettext_lazy as _

from core.audit import AuditAction, register_actions


def register() -> None:
    register_actions(
        AuditAction("user.signed_in", _("Đăng nhập"), _("{actor} đăng nhập")),
        AuditAction("user.signed_out", _("Đăng xuất"), _("{actor} đăng xuất")),
        AuditAction("user.password_changed", _("Đổi mật khẩu"), _("{actor} đổi mật khẩu")),
    )
