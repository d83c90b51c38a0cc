"""What a report is asked for."""

import datetime as dt
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from core import clock
from core.querysets import Viewer
from reports.definitions.base import Params
from reports.queries.areas import area_choice, units_within

_FORMATS: Final = ["%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%Y-%m-%d"]
_NO_DATE: Final = {
    "invalid": _("Không đọc được ngày. Hãy nhập ngày/tháng/năm, ví dụ 27/09/2021."),
    "required": _("Hãy nhập ngày."),
}


def _day(label: Any) -> forms.DateField:
    widget = forms.TextInput(
        {"autocomplete": "off", "inputmode": "numeric", "placeholder": _("ngày/tháng/năm")}
    )
    return forms.DateField(label=label, input_formats=_FORMATS, error_messages=_NO_DATE, widget=widget)


class ReportForm(forms.Form):
    """Period and area; `params` are what the form was filled with once it is valid."""

    first = _day(_("Từ ngày"))
    last = _day(_("Đến hết ngày"))
    area = forms.ChoiceField(label=_("Địa bàn"), required=False)

    def __init__(self, *args: Any, viewer: Viewer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.viewer = viewer
        self.params: Params | None = None
        field = self.fields["area"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [(unit.area_code, unit.name) for unit in units_within(viewer, clock.today())]

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
            self.params = Params(first, last, choice)
        return values


def usual_period(today: dt.date) -> dict[str, str]:
    """The month so far, as the form writes it."""
    return {"first": f"{today.replace(day=1):%d/%m/%Y}", "last": f"{today:%d/%m/%Y}"}
