"""What citizens type on the public pages."""

from collections.abc import Iterable, Iterator
from typing import Any, Final, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.queries import children_of
from beneficiaries.rules.identity import read_number
from beneficiaries.rules.phones import read_phone
from core import clock
from core.audit import PROVINCE
from core.dates import InvalidDateError, PartialDate, parse_partial_date
from core.references import parse_reference
from core.sent_once import new_token
from core.text import clean_text

_PLAIN: Final = {"autocomplete": "off", "spellcheck": "false"}
_NUMERIC: Final = {"autocomplete": "off", "inputmode": "numeric"}
_NUMBER_SHAPES: Final = (9, 12)
_WRONG_NUMBER: Final = _("Số CCCD có 12 số, CMND có 9 số. Ông/bà xem lại số đã gõ.")


def _text(
    label: Any, required: Any = "", *, help_text: Any = "", attributes: Any = _PLAIN, most: int = 150
) -> forms.CharField:
    """A text field; `required` is the sentence when it is left open, "" where it may be."""
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=bool(required),
        max_length=most,
        widget=forms.TextInput(dict(attributes)),
        error_messages={"required": required, "max_length": _("Chỗ này dài quá. Ông/bà ghi ngắn lại.")},
    )


def _born(typed: str) -> PartialDate:
    try:
        return parse_partial_date(typed, latest=clock.today())
    except InvalidDateError as error:
        raise forms.ValidationError(str(error)) from error


class LookupForm(forms.Form):
    """One's own case: its reference and the applicant's birth."""

    reference = _text(
        _("Mã hồ sơ"),
        _("Ông/bà ghi mã hồ sơ, có trên giấy tiếp nhận."),
        help_text=_("Ví dụ HS-2021-00001236"),
        most=40,
    )
    birth = _text(
        _("Năm sinh hoặc ngày sinh"),
        _("Ông/bà ghi năm sinh của người đề nghị."),
        help_text=_("Ví dụ 1978 hoặc 05/09/1978"),
        attributes=_NUMERIC,
        most=20,
    )

    def clean_birth(self) -> PartialDate:
        return _born(self.cleaned_data["birth"])


class FollowForm(forms.Form):
    """What was sent in: its reference and the code that was shown once."""

    reference = _text(_("Mã đơn"), _("Ông/bà ghi mã đơn."), help_text=_("Ví dụ DK-2021-00000017"), most=40)
    code = _text(
        _("Mã theo dõi"),
        _("Ông/bà ghi mã theo dõi đã được cấp khi gửi đơn."),
        help_text=_("12 chữ và số"),
        most=40,
    )

    def clean_reference(self) -> str:
        return str(parse_reference(self.cleaned_data["reference"]) or "")


class ApplicantForm(forms.Form):
    """Who applies, and where they live. `token` tells a second sending (core.sent_once)."""

    token = forms.CharField(required=False, widget=forms.HiddenInput, initial=new_token)
    full_name = _text(
        _("Họ và tên"), _("Ông/bà ghi họ và tên như trên CCCD."), attributes={"autocomplete": "name"}
    )
    dob = _text(
        _("Ngày sinh"),
        _("Ông/bà ghi ngày sinh."),
        help_text=_("Ngày/tháng/năm, ví dụ 05/09/1985. Giấy tờ chỉ có năm thì ghi năm."),
        attributes={**_NUMERIC, "class": "w-date"},
        most=20,
    )
    sex = forms.ChoiceField(
        label=_("Giới tính"),
        choices=[("Nam", _("Nam")), ("Nữ", _("Nữ"))],
        widget=forms.RadioSelect({"class": "choices"}),
        error_messages={"required": _("Ông/bà chọn giới tính.")},
    )
    id_number = _text(
        _("Số CCCD hoặc CMND"),
        _("Ông/bà ghi số CCCD hoặc CMND."),
        attributes={**_NUMERIC, "class": "w-id"},
        most=30,
    )
    phone = _text(
        _("Số điện thoại"),
        _("Ông/bà ghi số điện thoại để cán bộ liên hệ."),
        attributes={**_NUMERIC, "class": "w-id"},
        most=30,
    )
    commune = forms.ChoiceField(
        label=_("Xã, phường, thị trấn đang ở"), error_messages={"required": _("Ông/bà chọn xã đang ở.")}
    )
    address = _text(_("Khóm, ấp, số nhà"), _("Ông/bà ghi khóm hoặc ấp đang ở."))
    job = _text(_("Công việc"), help_text=_("Công việc trước khi bị ảnh hưởng của dịch."))
    note = forms.CharField(
        label=_("Lời nhắn cho cán bộ"), required=False, max_length=500, widget=forms.Textarea({"rows": 3})
    )
    # people don't see it, programs fill it in
    website = forms.CharField(
        label=_("Để trống ô này"),
        required=False,
        widget=forms.TextInput({"tabindex": "-1", "autocomplete": "off"}),
    )

    def __init__(self, data: Any = None, *, needs_job: bool = False) -> None:
        super().__init__(data)
        commune = cast("forms.ChoiceField", self.fields["commune"])
        commune.choices = [("", _("Chọn xã")), *_communes()]
        if needs_job:
            self.fields["job"].required = True
            self.fields["job"].error_messages["required"] = _("Ông/bà ghi công việc trước khi bị ảnh hưởng.")

    def clean_full_name(self) -> str:
        name = clean_text(self.cleaned_data["full_name"])
        if len(name.split()) < 2 or any(sign.isdigit() for sign in name):
            raise forms.ValidationError(_("Ông/bà ghi đủ họ và tên, không có chữ số."))
        return name

    def clean_dob(self) -> PartialDate:
        return _born(self.cleaned_data["dob"])

    def clean_id_number(self) -> str:
        number, findings = read_number(self.cleaned_data["id_number"])
        is_shaped = number.isascii() and number.isdigit() and len(number) in _NUMBER_SHAPES
        if not is_shaped or any(finding.code == "ID_BAD_PROVINCE" for finding in findings):
            raise forms.ValidationError(_WRONG_NUMBER)
        return number

    def clean_phone(self) -> str:
        phone, findings = read_phone(self.cleaned_data["phone"])
        if not phone or any(finding.code == "PHONE_UNUSUAL" for finding in findings):
            raise forms.ValidationError(
                _("Số điện thoại có 10 số, bắt đầu bằng số 0. Ông/bà xem lại số đã gõ.")
            )
        return phone

    def clean_website(self) -> str:
        if self.cleaned_data["website"]:
            raise forms.ValidationError(_("Ông/bà để trống ô này rồi gửi lại."))
        return ""

    def texts(self) -> dict[str, str]:
        """What the applicant typed, read, by the names of the desk's form; days as they were typed."""
        found = {
            name: str(self.cleaned_data.get(name, "")) for name in ("full_name", "sex", "id_number", "phone")
        }
        found |= {name: clean_text(self.cleaned_data.get(name, "")) for name in ("address", "job")}
        return found | {"dob": str(self.data.get("dob", "")).strip()}


def _communes() -> Iterator[tuple[str, Iterable[tuple[str, str]]]]:
    """The communes under the names of their districts."""
    for code, name in children_of(PROVINCE):
        yield name, list(children_of(code))
