"""The form that the style guide shows."""

from django import forms
from django.utils.translation import gettext_lazy as _


class SampleForm(forms.Form):
    """Never saved: shows label, hint, error, choices."""

    full_name = forms.CharField(label=_("Họ và tên"), help_text=_("Ghi như trên giấy tờ tùy thân"))
    number = forms.RegexField(
        r"^\d{12}$",
        label=_("Số CCCD"),
        help_text=_("12 chữ số"),
        error_messages={"invalid": _("Số CCCD phải có 12 chữ số")},
    )
    channel = forms.ChoiceField(
        label=_("Hình thức chi trả"),
        choices=[("bank", _("Chuyển khoản")), ("post", _("Tiền mặt qua bưu điện"))],
        widget=forms.RadioSelect,
    )
    is_pregnant = forms.BooleanField(label=_("Đang mang thai"), required=False)
    occupation = forms.ChoiceField(
        label=_("Nghề"),
        choices=[("lottery", _("Bán vé số lưu động")), ("porter", _("Bốc vác, vận chuyển hàng hóa"))],
        required=False,
    )
    note = forms.CharField(label=_("Ghi chú nội bộ"), widget=forms.Textarea, required=False)
    password = forms.CharField(label=_("Mật khẩu"), widget=forms.PasswordInput, required=False)
