"""Programmes and the rules that were in force on a day."""

import datetime as dt
from functools import lru_cache
from typing import Any

from django.core.cache import cache
from django.db.models import Q

from support_programs.models import ProgrammeVersion
from support_programs.rules.definition import Definition, read_definition


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


def version_for(programme: str, on: dt.date) -> ProgrammeVersion:
    """The version in force on the day of receipt; NoRuleInForce when there is none."""
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
