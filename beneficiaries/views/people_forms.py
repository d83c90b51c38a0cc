"""What officers type about one person: registering, correcting, another number, another account."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from beneficiaries.enums import IdentityKind
from beneficiaries.views.form_pages import KEEP, PLAIN, DayField, ReasonField

_SEXES: Final = [("", _("Chưa có")), ("Nam", _("Nam")), ("Nữ", _("Nữ"))]
_BIRTH: Final = _("Ngày/tháng/năm. Chỉ biết năm sinh thì ghi năm.")
_NO_REASON: Final = _("Hãy ghi lý do.")
_NO_NAME: Final = _("Hãy ghi họ và tên.")


def _text(label: Any, most: int, *, missing: Any = "", hint: Any = "", css: str = "", **attrs: str) -> Any:
    """A line of text; with `missing`, what is said when it is left empty, it has to be there."""
    widget = forms.TextInput({**PLAIN, **({"class": css} if css else {}), **attrs})
    return forms.CharField(
        label=label,
        max_length=most,
        required=bool(missing),
        help_text=hint,
        widget=widget,
        error_messages={"required": missing} if missing else None,
    )


def _reason(label: Any, hint: Any = "") -> ReasonField:
    return ReasonField(label=label, missing=cast("Any", _NO_REASON), help_text=hint)


def _day(label: Any) -> DayField:
    return DayField(label=label)


class _VersionForm(forms.Form):
    """A form about somebody: the version that the page showed, and the tick that keeps warnings."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    keep = forms.BooleanField(label=KEEP, required=False)


class DetailsForm(_VersionForm):
    """What the register says of a person, but the number and the account."""

    full_name = _text(_("Họ và tên"), 150, missing=_NO_NAME)
    dob = _text(_("Ngày sinh"), 30, hint=_BIRTH, css="w-date", inputmode="numeric")
    sex = forms.ChoiceField(label=_("Giới tính"), choices=_SEXES, required=False)
    address = _text(_("Khóm, ấp (nơi ở)"), 100)
    permanent_address = _text(_("Thường trú"), 250)
    temporary_address = _text(_("Tạm trú"), 250)
    phone = _text(_("Số điện thoại"), 20, css="w-id", inputmode="tel")
    job = _text(_("Công việc"), 150)
    reason = _reason(_("Lý do sửa"), _("Ví dụ: đối chiếu thẻ CCCD."))


class NumberForm(_VersionForm):
    """Another paper: the number as printed on it."""

    kind = forms.ChoiceField(label=_("Loại giấy tờ"), choices=IdentityKind.choices)
    id_number = _text(
        _("Số trên giấy tờ"),
        60,
        missing=_("Hãy ghi số trên giấy tờ."),
        hint=_("CCCD 12 chữ số, CMND 9 chữ số."),
        css="w-id",
        inputmode="numeric",
    )
    issued_on = _day(_("Ngày cấp"))
    issued_by = _text(_("Nơi cấp"), 150)
    reason = _reason(_("Lý do thay đổi"), _("Ví dụ: đổi CMND sang CCCD, ghi nhầm số."))


class AccountForm(_VersionForm):
    """The account that the person is paid into from today on."""

    bank = _text(
        _("Ngân hàng"), 100, missing=_("Hãy ghi tên ngân hàng."), hint=_("Ghi cả chi nhánh, nếu có.")
    )
    account = _text(
        _("Số tài khoản"), 40, missing=_("Hãy ghi số tài khoản."), css="w-id", inputmode="numeric"
    )
    holder = _text(_("Tên chủ tài khoản"), 150, hint=_("Để trống nếu là người thụ hưởng."))
    reason = _reason(_("Lý do thay đổi"), _("Ví dụ: mở tài khoản khác, ngân hàng trả lại tiền."))

    def __init__(self, *args: Any, is_first: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_first:
            del self.fields["reason"]


class EndAccountForm(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    reason = _reason(_("Lý do dừng"))


class NewPersonForm(forms.Form):
    """One person by hand. `hint_url` answers, while somebody types, who may be the same human already."""

    area = forms.ChoiceField(label=_("Xã, phường, thị trấn"), error_messages={"required": _("Hãy chọn xã.")})
    full_name = _text(_("Họ và tên"), 150, missing=_NO_NAME)
    dob = _text(
        _("Ngày sinh"),
        30,
        missing=_("Hãy ghi ngày sinh, hoặc năm sinh."),
        hint=_BIRTH,
        css="w-date",
        inputmode="numeric",
    )
    sex = forms.ChoiceField(label=_("Giới tính"), choices=_SEXES, required=False)
    id_number = _text(
        _("Số CCCD, CMND"), 60, missing=_("Hãy ghi số CCCD hoặc CMND."), css="w-id", inputmode="numeric"
    )
    address = _text(_("Khóm, ấp (nơi ở)"), 100)
    permanent_address = _text(_("Thường trú"), 250)
    phone = _text(_("Số điện thoại"), 20, css="w-id", inputmode="tel")
    job = _text(_("Công việc"), 150)
    bank = _text(_("Ngân hàng"), 100)
    account = _text(_("Số tài khoản"), 40, css="w-id", inputmode="numeric")
    account_holder = _text(_("Tên chủ tài khoản"), 150, hint=_("Để trống nếu là người thụ hưởng."))
    keep = forms.BooleanField(label=KEEP, required=False)

    WATCHED: Final = ("full_name", "dob", "id_number", "address", "phone", "account")

    def __init__(self, *args: Any, areas: Sequence[Any], hint_url: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["area"]
        if not areas:
            del self.fields["area"]
        elif isinstance(field, forms.ChoiceField):
            field.choices = [("", _("Chọn xã")), *areas]
        for name in self.WATCHED if hint_url else ():
            self.fields[name].widget.attrs |= {
                "hx-post": hint_url,
                "hx-trigger": "input changed delay:400ms",
            }
