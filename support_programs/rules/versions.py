"""Which version of a programme judges a dossier, and whether its versions follow each other without gap or overlap."""

import datetime as dt
import itertools
from collections.abc import Iterable, Mapping

from support_programs.rules.definition import Definition
from support_programs.rules.reading import CatalogueError


def deciding_day(version_by: str, days: Mapping[str, dt.date | None]) -> dt.date | None:
    """The day that chooses the version, of `days` by received, decided, event; None while it isn't known."""
    return days.get(version_by)


def version_on(versions: Iterable[Definition], day: dt.date) -> Definition | None:
    """The version in force on a day; None where there is none."""
    in_force = [v for v in versions if v.valid_from <= day and (v.valid_to is None or day <= v.valid_to)]
    return max(in_force, key=lambda version: version.valid_from, default=None)


def check_versions(versions: Iterable[Definition]) -> None:
    """CatalogueError, naming file and key, where versions overlap, leave a gap, or differ in what must be one."""
    ordered = sorted(versions, key=lambda version: version.valid_from)
    for before, after in itertools.pairwise(ordered):
        place = f"{after.programme}/{after.code}.toml"
        expected = before.valid_to + dt.timedelta(1) if before.valid_to else None
        if expected is None or after.valid_from < expected:
            raise CatalogueError(
                f"{place}.valid_from: overlaps version {before.code}, which has to end before it"
            )
        if after.valid_from > expected:
            raise CatalogueError(
                f"{place}.valid_from: leaves a gap after version {before.code}, which ends {before.valid_to}"
            )
        for key in ("version_by", "beneficiary_kind", "exclusive_group", "period"):
            if getattr(before, key) != getattr(after, key):
                raise CatalogueError(
                    f"{place}.{key}: all versions of a programme have the same, {before.code} has another"
                )
