"""Days off and swapped working days, typed by the administrator."""

from typing import Final

from django import forms
from django.utils.translation import gettext_lazy as _

_FORMATS: Final = ["%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%Y-%m-%d"]


class SpecialDayForm(forms.Form):
    """One day that differs from the ordinary week, and the notice that says so."""

    day = forms.DateField(
        label=_("Ngày"),
        help_text=_("Ngày/tháng/năm, ví dụ 03/09/2021"),
        input_formats=_FORMATS,
        widget=forms.TextInput({"autocomplete": "off", "inputmode": "numeric"}),
        error_messages={"invalid": _("Không đọc được ngày. Hãy nhập ngày/tháng/năm, ví dụ 03/09/2021.")},
    )
    kind = forms.ChoiceField(
        label=_("Loại ngày"),
        choices=[("off", _("Ngày nghỉ")), ("worked", _("Ngày làm bù"))],
        initial="off",
        widget=forms.RadioSelect,
    )
    name = forms.CharField(label=_("Tên ngày"), help_text=_("Ví dụ: Nghỉ Quốc khánh"), max_length=100)
    source = forms.CharField(
        label=_("Căn cứ"), help_text=_("Số, ngày của thông báo lịch nghỉ"), max_length=200
    )


class ReasonForm(forms.Form):
    """Why an entry is taken back."""

    reason = forms.CharField(label=_("Lý do"), max_length=300)
