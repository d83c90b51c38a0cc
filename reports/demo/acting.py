"""The demo's people at work: as somebody signed in, or as a citizen on the public pages, on a day of the demo's past."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings

from accounts.demo import PROVINCE
from accounts.models import User
from core.fence import fenced


@contextmanager
def acting(username: str, day: dt.date | None = None) -> Iterator[User]:
    """Work as this person, inside the fence of their area; with `day` that was the business date."""
    actor = User.objects.get(username=username)
    with on_day(day), fenced(actor.pk, actor.area_code):
        yield actor


@contextmanager
def as_citizen(day: dt.date | None = None) -> Iterator[None]:
    """Use the public pages as nobody in particular."""
    with on_day(day), fenced(None, PROVINCE):
        yield


@contextmanager
def on_day(day: dt.date | None) -> Iterator[None]:
    """What happens in the block happened on this business day; the log's own time stays the real one."""
    usual = settings.BUSINESS_DATE
    settings.BUSINESS_DATE = day or usual
    try:
        yield
    finally:
        settings.BUSINESS_DATE = usual
