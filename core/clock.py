"""The clock: the business date is a setting (the demo lives in September 2021), the audit's time is always real."""

import datetime as dt

from django.conf import settings
from django.utils import timezone


def today() -> dt.date:
    """The business date: the configured one, else the day in Vietnam."""
    fixed: dt.date | None = settings.BUSINESS_DATE
    return fixed or timezone.localdate()


def now() -> dt.datetime:
    """The real time, for audit and freshness."""
    return timezone.now()
