"""Signing in and changing the password."""

from typing import Any

from django import forms
from django.contrib.auth.forms import AuthenticationForm, PasswordChangeForm
from django.utils.translation import gettext_lazy as _


class SignInForm(AuthenticationForm):
    """Account and password; the message never says which of the two was wrong."""

    error_messages = {
        "invalid_login": _(
            "Tên đăng nhập hoặc mật khẩu chưa đúng. Hãy kiểm tra lại, chú ý phím Caps Lock và bộ gõ tiếng Việt."
        ),
        "inactive": _("Tài khoản đã bị khóa. Hãy liên hệ quản trị của đơn vị bạn."),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].label = _("Tên đăng nhập")
        self.fields["username"].widget = forms.TextInput(
            {"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false", "autofocus": True}
        )
        self.fields["password"].label = _("Mật khẩu")


class ChangePasswordForm(PasswordChangeForm):
    """The present password once, the new one twice; the rules stand beside the field before typing."""

    error_messages = {
        "password_mismatch": _("Hai lần nhập mật khẩu mới chưa giống nhau."),
        "password_incorrect": _("Mật khẩu hiện tại chưa đúng."),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["old_password"].label = _("Mật khẩu hiện tại")
        self.fields["new_password1"].label = _("Mật khẩu mới")
        self.fields["new_password1"].help_text = _(
            "Từ 12 ký tự trở lên, không phải mật khẩu thông dụng, không giống tên của bạn. Một câu dài dễ nhớ là tốt nhất."
        )
        self.fields["new_password2"].label = _("Nhập lại mật khẩu mới")
        self.fields["new_password2"].help_text = ""
