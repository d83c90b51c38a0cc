"""What is recorded of one case beside its decisions: answers, a child, a month, another agency's paper, a new receipt."""

import datetime as dt
from collections.abc import Mapping
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from support_programs.forms import DayField, ListForm
from support_programs.models import Case
from support_programs.rules.definition import Definition
from support_programs.rules.form import FieldType, FormField, WrongValue
from support_programs.views.claim_forms import add_child_fields, answer_control, typed_form

_NUMERIC: Final = {"autocomplete": "off", "inputmode": "numeric"}


def show_at_fields(form: forms.Form, found: Mapping[str, list[str]]) -> None:
    """The service's sentences at their fields; what has none here stands above the form."""
    for field, texts in found.items():
        name = field.replace(".", "-")
        for text in texts:
            form.add_error(name if name in form.fields else None, text)


class AnswersForm(ListForm):
    """The questions of the version that judges the case, with what was answered so far."""

    is_all_optional = True  # the labels say themselves what may be left out

    def __init__(self, data: Any, *, case: Case, definition: Definition) -> None:
        self.asked = [field for field in definition.fields if field.type != "children"]
        stored = {field.code: case.facts.get(field.code, {}).get("value") for field in self.asked}
        known = {f"answers-{field.code}": typed_form(field, stored[field.code]) for field in self.asked}
        super().__init__(data, initial={"version": case.version, **known})
        for field in self.asked:
            self.fields[f"answers-{field.code}"] = answer_control(field)

    def changed(self) -> dict[str, str]:
        """The answers that are not as the page showed them, by code."""
        return {
            name.removeprefix("answers-"): self.cleaned_data[name]
            for name in self.fields
            if name != "version" and self.cleaned_data[name] != self.initial[name]
        }

    def questions(self) -> list[forms.BoundField]:
        return [self[f"answers-{field.code}"] for field in self.asked]


class ChildForm(ListForm):
    """One child; warnings are shown before they are kept."""

    is_all_optional = True

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        add_child_fields(self)
        self.fields["keep"] = forms.BooleanField(label=_("Đã đối chiếu giấy tờ, giữ nguyên"), required=False)


class RemovalForm(ListForm):
    reason = forms.CharField(label=_("Lý do"), widget=forms.Textarea, max_length=500)


class FigureField(forms.CharField):
    """A month or a whole number, read as the rules' forms read it."""

    def __init__(self, kind: FieldType, **kwargs: Any) -> None:
        css = "w-money" if kind == "money" else "w-date"
        super().__init__(widget=forms.TextInput({**_NUMERIC, "class": css}), **kwargs)
        self.asked = FormField("figure", kind, "", "", "extra", True, "", (), (), 0, 0, "source", "")

    def clean(self, value: Any) -> Any:
        try:
            return self.asked.read(super().clean(value))
        except WrongValue as problem:
            raise forms.ValidationError(str(problem)) from problem


class FiguresForm(ListForm):
    """People and money of one month."""

    workers = FigureField(
        "integer", label=_("Số lao động"), error_messages={"required": _("Hãy ghi số lao động.")}
    )
    amount = FigureField(
        "money", label=_("Số tiền (đồng)"), error_messages={"required": _("Hãy ghi số tiền.")}
    )
    note = forms.CharField(label=_("Ghi chú"), max_length=250, required=False)


class MonthForm(FiguresForm):
    month = FigureField(
        "month",
        label=_("Tháng"),
        help_text=_("Tháng/năm, ví dụ 08/2021."),
        error_messages={"required": _("Hãy ghi tháng.")},
    )
    field_order = ("month", "workers", "amount", "note")

    def clean_month(self) -> dt.date:
        year, month = str(self.cleaned_data["month"]).split("-")
        return dt.date(int(year), int(month), 1)


class MonthCorrectionForm(FiguresForm):
    reason = forms.CharField(label=_("Lý do sửa"), widget=forms.Textarea, max_length=500)


class OutsideDecisionForm(ListForm):
    """The paper of the agency that decided."""

    agency = forms.CharField(
        label=_("Cơ quan quyết định"), max_length=150, help_text=_("Ví dụ BHXH tỉnh An Giang.")
    )
    number = forms.CharField(label=_("Số văn bản"), max_length=60, required=False)
    signed_on = DayField(label=_("Ngày văn bản"))


class ReceivedAgainForm(ListForm):
    day = DayField(
        label=_("Ngày nộp lại"),
        help_text=_("Hồ sơ được xét theo quy định có hiệu lực ngày này; kết quả cũ vẫn được giữ."),
    )
