"""The working-day calendar's table, filled from the shipped file."""

from django.core.cache import cache

from core.models import CalendarDay
from core.working_days import read_calendar_days

SOURCE = "Lịch nghỉ kèm theo hệ thống"  # the file and where it comes from: core/data/SOURCES.md


def load_calendar() -> str:
    """Add the shipped days that the table lacks; days that an administrator entered or changed stay as they are."""
    days = read_calendar_days()
    CalendarDay.objects.bulk_create(
        [CalendarDay(day=d.date, is_working=d.is_working, name=d.name, source=SOURCE) for d in days],
        ignore_conflicts=True,
    )
    cache.delete("calendar")
    return f"{len(days)} days off or swapped"
