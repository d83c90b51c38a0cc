"""The catalogue of reports as its page shows it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from core.text import search_key
from core.wording import Text
from reports.definitions.base import ReportDefinition, ReportGroup
from reports.models import ReportRun


@dataclass(frozen=True, slots=True)
class CatalogueLine:
    """A report, and the newest run of it that the reader may open."""

    definition: ReportDefinition
    newest: ReportRun | None


@dataclass(frozen=True, slots=True)
class CatalogueGroup:
    """The reports of one subject."""

    title: Text
    lines: tuple[CatalogueLine, ...]


def catalogue(
    definitions: Iterable[ReportDefinition], words: str, newest: Mapping[str, ReportRun]
) -> list[CatalogueGroup]:
    """The reports whose title or purpose holds every word, marks and case left aside, by subject."""
    wanted = search_key(words).split()
    found = [one for one in definitions if _holds(one, wanted)]
    groups = []
    for group in ReportGroup:
        lines = tuple(CatalogueLine(one, newest.get(one.code)) for one in found if one.group == group)
        if lines:
            groups.append(CatalogueGroup(group.label, lines))
    return groups


def _holds(definition: ReportDefinition, wanted: list[str]) -> bool:
    text = search_key(f"{definition.title} {definition.purpose}")
    return all(word in text for word in wanted)
