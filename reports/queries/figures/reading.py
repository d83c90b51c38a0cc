"""Figures read: one statement per fact, grouped by whatever is asked for."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Q
from django.db.models.functions import Substr

from core.querysets import Viewer
from reports.queries.areas import AreaChoice
from reports.queries.figures.measures import Fact, Measure, Time, measure
from reports.queries.figures.sources import Dimension, FactSource, rows_of, sources_of

Key = tuple[Any, ...]
_ZERO: Final[Mapping[str, int]] = {}


@dataclass(frozen=True, slots=True)
class FigureQuery:
    """What is asked: measures of an area, told apart by dimensions, in a period (both days included); `programmes` () are all."""

    area: AreaChoice
    first: dt.date
    last: dt.date
    measures: tuple[Measure, ...]
    by: tuple[Dimension, ...] = ()
    programmes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Figures:
    """The answer: figures by key, a key having one part per dimension in the order asked for. What isn't there is 0."""

    by: tuple[Dimension, ...]
    values: Mapping[Key, Mapping[str, int]]

    def of(self, one: Measure, *key: Any) -> int:
        """One figure; the sum over all keys that begin with `key`, so `of(m)` is the total."""
        if len(key) == len(self.by):
            return self.values.get(key, _ZERO).get(one.code, 0)
        return sum(row.get(one.code, 0) for found, row in self.values.items() if found[: len(key)] == key)

    def __iter__(self) -> Iterator[Key]:
        return self.keys()

    def keys(self) -> Iterator[Key]:
        """The keys that have any figure, in order."""
        return iter(sorted(self.values, key=lambda key: tuple(str(part or "") for part in key)))


def read_figures(viewer: Viewer, asked: FigureQuery) -> Figures:
    """The figures as far as the viewer's area reaches; nothing for who sees no records. ValueError for a dimension that a fact
    doesn't know.
    """
    values: dict[Key, dict[str, int]] = {}
    for fact in dict.fromkeys(one.fact for one in _counted(asked.measures)):
        for source in sources_of(fact, asked.by):
            for key, figures in _read_source(viewer, asked, fact, source):
                row = values.setdefault(key, {})
                for code, figure in figures.items():
                    row[code] = row.get(code, 0) + figure
    for one in asked.measures:
        if one.fact is Fact.REMAINING:
            _subtract(values, one)
    return Figures(asked.by, values)


def _counted(measures: Sequence[Measure]) -> list[Measure]:
    """The measures that a statement has to count: what remains is approved less paid."""
    counted = []
    for one in measures:
        facts = (Fact.APPROVED, Fact.PAID) if one.fact is Fact.REMAINING else (one.fact,)
        counted += [measure(fact, one.what, one.time) for fact in facts]
    return list(dict.fromkeys(counted))


def _read_source(
    viewer: Viewer, asked: FigureQuery, fact: Fact, source: FactSource
) -> Iterator[tuple[Key, dict[str, int]]]:
    rows = rows_of(source, viewer, asked.area.unit.area_code, asked.last, asked.programmes)
    if source.day:
        rows = rows.filter(**{f"{source.day}__lte": asked.last})
    names = {dimension: f"by_{dimension}" for dimension in asked.by}
    parts = {names[dimension]: _part(source.by, dimension, asked, source.area) for dimension in asked.by}
    in_period = Q(**{f"{source.day}__gte": asked.first}) if source.day else None
    wanted = [one for one in _counted(asked.measures) if one.fact is fact]
    sums = {
        one.code: source.value_of(one.what, in_period if one.time is Time.PERIOD else None) for one in wanted
    }
    if not parts:
        yield (), rows.aggregate(**sums)
        return
    for row in rows.annotate(**parts).values(*parts).order_by(*parts).annotate(**sums):
        yield (
            tuple(_day_of(row[names[dimension]]) for dimension in asked.by),
            {one.code: row[one.code] for one in wanted},
        )


def _part(by: Mapping[Dimension, Any], dimension: Dimension, asked: FigureQuery, area: str) -> Any:
    if dimension is Dimension.UNIT:
        return Substr(area, 1, asked.area.prefix_length)
    if dimension not in by:
        raise ValueError(f"{dimension} tells apart nothing here")
    return by[dimension]


def _day_of(part: Any) -> Any:
    """Weeks and months are told by their first day."""
    return part.date() if isinstance(part, dt.datetime) else part


def _subtract(values: dict[Key, dict[str, int]], one: Measure) -> None:
    approved = measure(Fact.APPROVED, one.what, one.time).code
    paid = measure(Fact.PAID, one.what, one.time).code
    for row in values.values():
        row[one.code] = row.get(approved, 0) - row.get(paid, 0)
