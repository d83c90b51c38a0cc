"""The working-day calendar as the rules want it."""

from django.core.cache import cache

from core.models import CalendarDay
from core.working_days import Calendar


def working_calendar() -> Calendar:
    """The calendar of today's table, kept for a minute per process group."""
    days = cache.get("calendar")
    if days is None:
        days = list(CalendarDay.objects.values_list("day", "is_working"))
        cache.set("calendar", days, 60)
    return Calendar(
        days_off=frozenset(day for day, works in days if not works),
        days_on=frozenset(day for day, works in days if works),
    )
