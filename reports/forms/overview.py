"""Period and programme of the overview."""

import datetime as dt
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from core import clock
from reports.queries.periods import Period, PeriodKind, period_of
from support_programs.queries.programmes import programme_choices

_FORMATS: Final = ["%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%Y-%m-%d"]


def _day(label: Any) -> forms.DateField:
    widget = forms.TextInput(
        {"autocomplete": "off", "inputmode": "numeric", "placeholder": _("ngày/tháng/năm"), "class": "in"}
    )
    wrong = {"invalid": _("Không đọc được ngày. Hãy nhập ngày/tháng/năm, ví dụ 27/09/2021.")}
    return forms.DateField(
        label=label, required=False, input_formats=_FORMATS, error_messages=wrong, widget=widget
    )


class OverviewForm(forms.Form):
    """What the overview is asked for. Whatever it doesn't know is left out; only a free period that can't be is refused, and then
    the figures are those of the month.
    """

    period = forms.ChoiceField(label=_("Kỳ"), required=False, choices=PeriodKind.choices)
    programme = forms.ChoiceField(label=_("Chính sách"), required=False)
    first = _day(_("Từ ngày"))
    last = _day(_("Đến hết ngày"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["programme"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [("", _("Mọi chính sách")), *programme_choices()]

    def clean(self) -> dict[str, Any]:
        """A free period has both days, runs forward and ends today at the latest."""
        values: dict[str, Any] = super().clean() or {}
        if values.get("period") != PeriodKind.FREE or self._is_just_chosen():
            return values
        first, last = values.get("first"), values.get("last")
        for name, day in (("first", first), ("last", last)):
            if day is None and name not in self.errors:
                self.add_error(name, _("Hãy nhập ngày."))
        if first and last and last < first:
            self.add_error("last", _("Ngày cuối phải bằng hoặc sau ngày đầu."))
        if last and last > clock.today():
            self.add_error(
                "last", _("Ngày cuối ở sau ngày làm việc hiện tại. Hãy chọn đến hôm nay trở về trước.")
            )
        return values

    def _is_just_chosen(self) -> bool:
        """Was the free period chosen on the page, whose fields for days come only now?"""
        return "first" not in self.data and "last" not in self.data

    def asked(self) -> tuple[Period, str]:
        """The period and the code of the programme, "" for all; of what was refused the usual. A free period that has no days yet
        begins with those of this month.
        """
        self.is_valid()
        values, today = self.cleaned_data, clock.today()
        known = values.get("period")
        kind = PeriodKind(known) if known else PeriodKind.MONTH
        first, last = values.get("first"), values.get("last")
        if kind is not PeriodKind.FREE:
            return period_of(kind, today), values.get("programme") or ""
        month = period_of(PeriodKind.MONTH, today)
        if self._is_just_chosen():
            return Period(kind, month.first, month.last), values.get("programme") or ""
        is_right = isinstance(first, dt.date) and isinstance(last, dt.date) and not self.errors
        if is_right and first and last:
            return Period(kind, first, last), values.get("programme") or ""
        return month, values.get("programme") or ""
