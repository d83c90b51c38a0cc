"""What a report is asked for."""

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from core import clock
from core.querysets import Viewer
from reports.definitions import ReportDefinition
from reports.definitions.asking import COMMUNES
from reports.definitions.base import Ask, Params
from reports.queries.areas import area_choice, units_within, with_communes
from support_programs.queries.programmes import programme_choices

_FORMATS: Final = ["%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%Y-%m-%d"]
_NO_DATE: Final = {
    "invalid": _("Không đọc được ngày. Hãy nhập ngày/tháng/năm, ví dụ 27/09/2021."),
    "required": _("Hãy nhập ngày."),
}
_NO_PROGRAMME: Final = {
    "invalid_choice": _("Không có chính sách này trong mẫu báo cáo. Hãy chọn trong danh sách."),
    "required": _("Hãy chọn chính sách."),
}


def _day(label: Any) -> forms.DateField:
    widget = forms.TextInput(
        {"autocomplete": "off", "inputmode": "numeric", "placeholder": _("ngày/tháng/năm")}
    )
    return forms.DateField(label=label, input_formats=_FORMATS, error_messages=_NO_DATE, widget=widget)


class ReportForm(forms.Form):
    """Period, area and what the definition asks beside; `params` are what the form was filled with once it is valid."""

    # what may be left out has a usual value, and is not marked
    is_all_optional = True
    first = _day(_("Từ ngày"))
    last = _day(_("Đến hết ngày"))
    area = forms.ChoiceField(label=_("Địa bàn"), required=False)

    def __init__(
        self, *args: Any, viewer: Viewer, definition: ReportDefinition | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.viewer = viewer
        self.params: Params | None = None
        field = self.fields["area"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [(unit.area_code, unit.name) for unit in units_within(viewer, clock.today())]
        if definition is not None:
            self.fields.update(_asked(definition))

    def clean(self) -> dict[str, Any]:
        """The period runs forward and ends today at the latest; the area lies within the reader's."""
        values: dict[str, Any] = super().clean() or {}
        first, last = values.get("first"), values.get("last")
        if first and last and last < first:
            self.add_error("last", _("Ngày cuối phải bằng hoặc sau ngày đầu."))
        if last and last > clock.today():
            self.add_error(
                "last", _("Ngày cuối ở sau ngày làm việc hiện tại. Hãy chọn đến hôm nay trở về trước.")
            )
        choice = area_choice(self.viewer, values.get("area") or "", clock.today())
        if choice is None:
            self.add_error("area", _("Địa bàn này nằm ngoài đơn vị của bạn."))
        elif isinstance(first, dt.date) and isinstance(last, dt.date) and not self.errors:
            if values.get("units") == COMMUNES:
                choice = with_communes(choice, clock.today())
            self.params = Params(first, last, choice, _programmes(values))
        return values

    @property
    def filled(self) -> Iterator[tuple[str, str]]:
        """Names and values as they were sent, to be sent again with the button that issues."""
        for name in self.fields:
            value = self[name].value()
            for one in value if isinstance(value, list | tuple) else [value]:
                if one not in (None, ""):
                    yield name, str(one)


def _asked(definition: ReportDefinition) -> dict[str, forms.Field]:
    names = [
        (code, name)
        for code, name in programme_choices()
        if not definition.programmes or code in definition.programmes
    ]
    fields: dict[str, forms.Field] = {}
    if Ask.PROGRAMME in definition.asks:
        fields["programme"] = forms.ChoiceField(
            label=Ask.PROGRAMME.label, choices=names, error_messages=_NO_PROGRAMME
        )
    if Ask.PROGRAMMES in definition.asks:
        fields["programmes"] = forms.MultipleChoiceField(
            label=Ask.PROGRAMMES.label,
            choices=names,
            required=False,
            widget=forms.CheckboxSelectMultiple,
            error_messages=_NO_PROGRAMME,
        )
    if Ask.UNITS in definition.asks:
        choices = [("", _("một cấp dưới địa bàn")), (COMMUNES, _("từng xã"))]
        fields["units"] = forms.ChoiceField(label=Ask.UNITS.label, choices=choices, required=False)
    return fields


def _programmes(values: Mapping[str, Any]) -> tuple[str, ...]:
    if one := values.get("programme"):
        return (one,)
    return tuple(values.get("programmes") or ())


def usual_period(today: dt.date, period: str = "month") -> dict[str, str]:
    """The day, week, month, quarter or year so far, as the form writes it."""
    first = {
        "day": today,
        "week": today - dt.timedelta(days=today.weekday()),
        "quarter": today.replace(month=today.month - (today.month - 1) % 3, day=1),
        "year": today.replace(month=1, day=1),
    }.get(period, today.replace(day=1))
    return {"first": f"{first:%d/%m/%Y}", "last": f"{today:%d/%m/%Y}"}


def first_asked(definition: ReportDefinition, today: dt.date) -> dict[str, str]:
    """What the page of a report shows before anything was chosen: its usual period so far, the first of its programmes."""
    asked = usual_period(today, definition.period)
    if Ask.PROGRAMME in definition.asks:
        names = [code for code, _name in programme_choices()]
        usual = [code for code in names if not definition.programmes or code in definition.programmes]
        asked["programme"] = usual[0] if usual else ""
    return asked
