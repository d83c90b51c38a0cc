"""Programmes and the rules that were in force on a day."""

import datetime as dt
from functools import lru_cache
from typing import Any

from django.core.cache import cache
from django.db.models import Q

from support_programs.models import ProgrammeVersion
from support_programs.rules.definition import Definition, read_definition
from support_programs.rules.versions import deciding_day


class NoRuleInForce(Exception):
    """No version of the programme covers the day."""


@lru_cache(maxsize=64)
def _version(pk: int) -> tuple[str, dict[str, Any]]:
    version = ProgrammeVersion.objects.get(pk=pk)
    return f"{version.programme_id}/{version.code}", version.definition


@lru_cache(maxsize=64)
def definition_of(version_id: int) -> Definition:
    """The rules of a stored version. Rows of versions are never rewritten, so this is read once per process."""
    place, values = _version(version_id)
    return read_definition(values, place)


def current_versions_of(programme: str) -> list[ProgrammeVersion]:
    """The texts in use of a programme, oldest first; empty for a code that is not known."""
    return list(ProgrammeVersion.objects.filter(programme=programme, is_current=True).order_by("valid_from"))


def version_for_dossier(
    programme: str,
    *,
    received: dt.date,
    event: dt.date | None = None,
    decided: dt.date | None = None,
) -> ProgrammeVersion:
    """The version that judges a dossier, by the day that the programme goes by; NoRuleInForce when there is none on that day.

    While that day is not known (an event without a date, a decision to come), the day of receipt stands in for it.
    """
    versions = current_versions_of(programme)
    if not versions:
        raise NoRuleInForce(programme)
    rule = definition_of(versions[-1].pk).version_by
    day = deciding_day(rule, {"received": received, "event": event, "decided": decided}) or received
    return version_for(programme, day)


def version_for(programme: str, on: dt.date) -> ProgrammeVersion:
    """The version in force on a day; NoRuleInForce when there is none."""
    in_force = ProgrammeVersion.objects.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gte=on),
        programme=programme,
        is_current=True,
        valid_from__lte=on,
    )
    version = in_force.order_by("-valid_from").first()
    if version is None:
        raise NoRuleInForce(programme)
    return version


def programme_choices() -> list[tuple[str, str]]:
    """(code, short name) of all programmes, kept for a minute per process group."""
    known: list[tuple[str, str]] | None = cache.get("programmes")
    if known is None:
        found = ProgrammeVersion.objects.filter(is_current=True).order_by("programme_id")
        known = list(dict.fromkeys(found.values_list("programme_id", "programme__short_name")))
        cache.set("programmes", known, 60)
    return known
