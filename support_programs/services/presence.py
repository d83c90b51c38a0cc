"""Who has a case open at the moment, so that two officers don't begin the same work: kept for minutes, in no table and no log."""

import datetime as dt
from dataclasses import dataclass
from typing import Final

from django.core.cache import cache
from django.utils import timezone

from core import clock
from core.workflow import Actor
from support_programs.models import Case
from support_programs.permissions import works_on_cases

REMEMBERED: Final = dt.timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Present:
    """Somebody else who opened the case within the last minutes, at which real time."""

    name: str
    at: dt.datetime


def others_at(case: Case, actor: Actor) -> list[Present]:
    """Who else opened this case within five minutes, the last one first; that the actor has it open now is remembered.

    Who only reads is neither shown nor remembered.
    """
    if not works_on_cases(actor):
        return []
    key, now = f"case-open:{case.pk}", clock.now()
    kept: dict[int, tuple[str, dt.datetime]] = cache.get(key) or {}
    fresh = {pk: seen for pk, seen in kept.items() if now - seen[1] < REMEMBERED}
    cache.set(key, {**fresh, actor.pk: (actor.full_name, now)}, int(REMEMBERED.total_seconds()))
    others = [Present(name, timezone.localtime(at)) for pk, (name, at) in fresh.items() if pk != actor.pk]
    return sorted(others, key=lambda one: one.at, reverse=True)


def leave(case: Case, actor: Actor) -> None:
    """The actor decided the case and goes on: nobody is told any more that they have it open."""
    key = f"case-open:{case.pk}"
    kept = cache.get(key) or {}
    if kept.pop(actor.pk, None):
        cache.set(key, kept, int(REMEMBERED.total_seconds()))
