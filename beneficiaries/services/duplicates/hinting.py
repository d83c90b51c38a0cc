"""Telling an officer, while they type, who may be registered already: so many times a minute, and with a line in the log."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from beneficiaries.models import Person
from beneficiaries.permissions import may_register_in
from beneficiaries.services.duplicates.likely import Likely, likely_same
from core import clock
from core.audit import record_event
from core.workflow import Actor

ACTION: Final = "person.hinted"
MOST_PER_MINUTE: Final = 40
_TOLD_FOR: Final = 600  # seconds in which the same person is told and logged once


class HintRefused(Exception):
    """Asked too often; the sentence says when to go on."""


@transaction.atomic
def hint_for(*, typed: Mapping[str, str], area_code: str, actor: Actor) -> list[Likely]:
    """Who may be the person of what has been typed so far, best first; an event for each, once in ten minutes.

    Nobody without a name and a birth, a number, a telephone or an account. PermissionDenied for who doesn't register people
    there, HintRefused after forty questions in a minute.
    """
    if not actor.is_active or not may_register_in(actor, area_code):
        raise PermissionDenied(_("Bạn không ghi người thụ hưởng của địa bàn này."))
    _count(actor)
    if not typed.get("full_name", "").strip():
        return []
    found = likely_same(typed, area_code=area_code, on=clock.today(), seen_from=actor.area_code)
    record_told(found, actor)
    return found


def record_told(found: Sequence[Likely], actor: Actor) -> None:
    """An event for each of these, once in ten minutes: the officer was told that they may be registered already."""
    for likely in found:
        if cache.add(f"hinted:{actor.pk}:{likely.person_id}", 1, _TOLD_FOR):
            shown = likely.person or Person(pk=likely.person_id, area_code=actor.area_code)
            record_event(ACTION, shown, actor=actor, area_code=actor.area_code)


def _count(actor: Actor) -> None:
    key = f"hints:{actor.pk}:{clock.now():%H%M}"
    cache.add(key, 0, 60)
    if cache.incr(key) > MOST_PER_MINUTE:
        raise HintRefused(_("Bạn gõ quá nhanh để so trùng; sau một phút hệ thống so lại."))
