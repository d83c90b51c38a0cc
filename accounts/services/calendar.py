"""The working-day calendar as the administrator keeps it. Deadlines that were laid down earlier stay as they are."""

import datetime as dt
from typing import Final

from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.permissions import is_administrator
from core.audit import record_event
from core.dates import format_date, weekday_name
from core.models import CalendarDay
from core.workflow import Actor

_SATURDAY: Final = 5


class CalendarRefused(Exception):
    """A day that needs no entry; `str()` is the sentence for the administrator."""


@transaction.atomic
def set_special_day(*, actor: Actor, day: dt.date, is_working: bool, name: str, source: str) -> CalendarDay:
    """Enter a public holiday, or a weekend day that is worked in exchange; an entry of that day is replaced.

    Refused: a day off on a weekend, a swapped day on a weekday (both are so already). `source` is the notice that says it.
    """
    _check_administrator(actor)
    is_weekend = day.weekday() >= _SATURDAY
    if is_working and not is_weekend:
        raise CalendarRefused(
            _("%(weekday)s, %(day)s vốn là ngày làm việc, không cần ghi làm bù.")
            % {"weekday": weekday_name(day), "day": format_date(day)}
        )
    if not is_working and is_weekend:
        raise CalendarRefused(
            _("%(weekday)s, %(day)s vốn là ngày nghỉ cuối tuần, không cần ghi thêm.")
            % {"weekday": weekday_name(day), "day": format_date(day)}
        )
    action = "calendar.day_worked" if is_working else "calendar.day_off"
    return _write(actor, action, day, is_working=is_working, name=name, source=source)


@transaction.atomic
def make_day_ordinary(*, actor: Actor, day: dt.date, reason: str) -> CalendarDay:
    """Take an entry back: the day counts like every other of its weekday. The row stays, the log says why."""
    _check_administrator(actor)
    if not reason.strip():
        raise CalendarRefused(_("Hãy ghi lý do bỏ ngày này."))
    entry = CalendarDay.objects.filter(day=day).first()
    if entry is None or not is_special(entry):
        raise CalendarRefused(_("Ngày %(day)s không có trong lịch nghỉ, làm bù.") % {"day": format_date(day)})
    is_working = day.weekday() < _SATURDAY
    return _write(
        actor,
        "calendar.day_ordinary",
        day,
        is_working=is_working,
        name=entry.name,
        source=entry.source,
        reason=reason.strip(),
    )


def is_special(entry: CalendarDay) -> bool:
    """Does the day differ from the ordinary week?"""
    return entry.is_working == (entry.day.weekday() >= _SATURDAY)


def _write(
    actor: Actor, action: str, day: dt.date, *, is_working: bool, name: str, source: str, reason: str = ""
) -> CalendarDay:
    entry, _made = CalendarDay.objects.update_or_create(
        day=day, defaults={"is_working": is_working, "name": name, "source": source}
    )
    record_event(
        action,
        entry,
        actor=actor,
        reason=reason,
        change={"day": format_date(day), "name": name},
        area_code=actor.area_code,
    )
    transaction.on_commit(lambda: cache.delete("calendar"))
    return entry


def _check_administrator(actor: Actor) -> None:
    if not (actor.is_active and is_administrator(actor)):
        raise PermissionDenied(_("Việc này do người quản trị làm."))
