"""What a schedule is asked for."""

import datetime as dt
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core import clock
from core.dates import InvalidDateError, parse_date
from core.workflow import Actor
from reports.enums.schedules import WEEKDAYS, Every
from reports.models import ReportSchedule
from reports.queries.areas import units_within
from reports.queries.schedules import possible_recipients
from reports.services.schedules import SchedulePlan, schedulable
from support_programs.queries.programmes import programme_choices

_YEAR: Final = dt.timedelta(days=366)
_NO_TIME: Final = _("Không đọc được giờ. Hãy nhập giờ:phút, ví dụ 07:00.")


class FromDayField(forms.CharField):
    """A day typed as ngày/tháng/năm, a year ahead at most."""

    def clean(self, value: Any) -> dt.date | None:
        text = super().clean(value)
        if not text:
            return None
        try:
            return parse_date(text, latest=clock.today() + _YEAR)
        except InvalidDateError as error:
            raise forms.ValidationError(str(error)) from error


class ScheduleForm(forms.Form):
    """Which report, of what area, how often, for whom. `plan` is what was asked for, once the form is valid."""

    # which fields are needed depends on how often it comes; each says so itself
    is_all_optional = True

    definition = forms.ChoiceField(label=_("Mẫu báo cáo"))
    area = forms.ChoiceField(label=_("Địa bàn"))
    every = forms.ChoiceField(label=_("Kỳ báo cáo"), choices=Every.choices, widget=forms.RadioSelect)
    weekday = forms.TypedChoiceField(
        label=_("Thứ (lịch hằng tuần)"),
        choices=[("", "–"), *WEEKDAYS],
        coerce=int,
        empty_value=None,
        required=False,
    )
    month_day = forms.IntegerField(
        label=_("Ngày trong tháng (lịch hằng tháng)"),
        min_value=1,
        max_value=31,
        required=False,
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off"}),
        help_text=_("Từ 1 đến 31; tháng không có ngày này thì lập vào ngày cuối tháng."),
        error_messages={"invalid": _("Hãy ghi một ngày từ 1 đến 31.")},
    )
    at_time = forms.TimeField(
        label=_("Giờ lập"),
        input_formats=["%H:%M", "%Hh%M", "%Hh", "%H"],
        widget=forms.TimeInput({"autocomplete": "off", "inputmode": "numeric"}, format="%H:%M"),
        error_messages={"invalid": _NO_TIME},
    )
    counts_from = FromDayField(
        label=_("Tính từ ngày"),
        widget=forms.TextInput({"autocomplete": "off", "inputmode": "numeric"}),
        help_text=_("Kỳ đến hạn từ ngày này mà chưa có báo cáo sẽ được lập bù."),
    )
    programmes = forms.MultipleChoiceField(
        label=_("Chính sách"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Không chọn là mọi chính sách. Chỉ dùng cho mẫu báo cáo có chọn chính sách."),
    )
    recipients = forms.MultipleChoiceField(
        label=_("Người nhận"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Báo cáo hiện ở mục «Báo cáo định kỳ» của từng người."),
        error_messages={"required": _("Hãy chọn ít nhất một người nhận.")},
    )
    by_mail = forms.BooleanField(
        label=_("Gửi thư điện tử kèm tệp PDF"),
        required=False,
        help_text=_("Chỉ gửi khi máy chủ đã cài thư và người nhận có địa chỉ thư."),
    )

    def __init__(self, actor: Actor, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = possible_recipients(self.data.get("area") or self.initial.get("area") or actor.area_code)
        self._choices("definition", [(one.code, one.title) for one in schedulable(actor)])
        self._choices("area", [(unit.area_code, unit.name) for unit in units_within(actor, clock.today())])
        self._choices("programmes", programme_choices())
        self._choices("recipients", [(person.pk, _named(person)) for person in people])

    def _choices(self, name: str, choices: list[tuple[Any, Any]]) -> None:
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = choices

    def clean(self) -> dict[str, Any]:
        """A week has its weekday, a month its day."""
        typed = self.cleaned_data
        if typed.get("every") == Every.WEEK and not typed.get("weekday") and "weekday" not in self.errors:
            self.add_error("weekday", _("Lịch hằng tuần cần thứ. Hãy chọn thứ."))
        if (
            typed.get("every") == Every.MONTH
            and not typed.get("month_day")
            and "month_day" not in self.errors
        ):
            self.add_error("month_day", _("Lịch hằng tháng cần ngày. Hãy ghi ngày trong tháng."))
        return typed

    def plan(self) -> SchedulePlan:
        typed = self.cleaned_data
        return SchedulePlan(
            definition=typed["definition"],
            area_code=typed["area"],
            every=typed["every"],
            weekday=typed["weekday"],
            month_day=typed["month_day"],
            at_time=typed["at_time"],
            counts_from=typed["counts_from"],
            programmes=tuple(typed["programmes"]),
            recipients=tuple(int(pk) for pk in typed["recipients"]),
            by_mail=typed["by_mail"],
        )


def _named(person: User) -> str:
    return ", ".join(filter(None, [person.full_name, person.title, person.office]))


def initial_of(schedule: ReportSchedule) -> dict[str, Any]:
    """A schedule as its form shows it."""
    return {
        "definition": schedule.definition,
        "area": schedule.area_code,
        "every": schedule.every,
        "weekday": schedule.weekday,
        "month_day": schedule.month_day,
        "at_time": schedule.at_time,
        "counts_from": f"{schedule.counts_from:%d/%m/%Y}",
        "programmes": schedule.programmes,
        "recipients": schedule.recipients,
        "by_mail": schedule.by_mail,
    }
