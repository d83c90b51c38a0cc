"""Accounts as the administrator writes them."""

from typing import Any, Final

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from accounts.enums import Role
from accounts.queries.staff import area_choices
from accounts.services.staff import StaffDetails
from core.text import clean_spaces

check_username: Final = RegexValidator(
    r"^(?!new$)[a-z0-9][a-z0-9._-]{2,39}$",
    _("Tên đăng nhập gồm 3 đến 40 ký tự: chữ thường không dấu, chữ số, dấu chấm, gạch ngang hoặc gạch dưới."),
)
_PLAIN: Final = {"autocomplete": "off", "spellcheck": "false"}


class StaffForm(forms.Form):
    """What an account says: the person, where they work, and what they may do."""

    full_name = forms.CharField(label=_("Họ và tên"), max_length=150, widget=forms.TextInput(_PLAIN))
    title = forms.CharField(
        label=_("Chức vụ"), max_length=150, required=False, widget=forms.TextInput(_PLAIN)
    )
    office = forms.CharField(
        label=_("Cơ quan"), max_length=200, required=False, widget=forms.TextInput(_PLAIN)
    )
    phone = forms.CharField(
        label=_("Số điện thoại"),
        max_length=20,
        required=False,
        widget=forms.TextInput({**_PLAIN, "inputmode": "tel"}),
    )
    email = forms.EmailField(
        label=_("Thư điện tử"),
        max_length=254,
        required=False,
        help_text=_(
            "Bản tin việc trong ngày gửi về đây, nếu hệ thống có máy chủ thư. Không gửi dữ liệu cá nhân."
        ),
        widget=forms.EmailInput(_PLAIN),
        error_messages={"invalid": _("Địa chỉ thư không đúng. Ví dụ: lan.ntk@angiang.gov.vn")},
    )
    area_code = forms.ChoiceField(
        label=_("Đơn vị"), help_text=_("Người này thấy hồ sơ của đơn vị này và các đơn vị dưới.")
    )
    roles = forms.TypedMultipleChoiceField(
        label=_("Vai trò"), coerce=Role, choices=Role.choices, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, within: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        area = self.fields["area_code"]
        if isinstance(area, forms.ChoiceField):
            area.choices = [("", _("Chọn đơn vị")), *area_choices(within)]

    def details(self) -> StaffDetails:
        """The typed account of a valid form."""
        values = self.cleaned_data
        return StaffDetails(
            full_name=clean_spaces(values["full_name"]),
            title=clean_spaces(values["title"]),
            office=clean_spaces(values["office"]),
            phone=clean_spaces(values["phone"]),
            email=values["email"],
            area_code=values["area_code"],
            roles=frozenset(values["roles"]),
        )


class NewStaffForm(StaffForm):
    """A new account, with the name that its person signs in with."""

    field_order = ("username",)
    username = forms.CharField(
        label=_("Tên đăng nhập"),
        help_text=_("Chữ thường không dấu, ví dụ lan.ntk"),
        validators=[check_username],
        widget=forms.TextInput({**_PLAIN, "autocapitalize": "none"}),
    )


class CloseForm(forms.Form):
    """Why somebody is kept out."""

    reason = forms.CharField(label=_("Lý do khóa"), max_length=500, widget=forms.Textarea({"rows": 3}))


class StaffFilterForm(forms.Form):
    """The filter of the list of accounts; a value that is none of the choices is ignored."""

    STATES: Final = (
        ("", _("Mọi trạng thái")),
        ("open", _("Đang hoạt động")),
        ("waiting", _("Chờ đổi mật khẩu")),
        ("closed", _("Đã khóa")),
    )

    q = forms.CharField(required=False)
    role = forms.ChoiceField(required=False, choices=[("", _("Mọi vai trò")), *Role.choices])
    state = forms.ChoiceField(required=False, choices=STATES)
    area = forms.RegexField(r"^[0-9]{2,10}$", required=False)
