"""How far the payments have come, by unit, programme and stream: proposed, approved, paid; people and đồng, in a period and
cumulative.

Proposed: cases that a commune has put forward (neither draft nor withdrawn), by the day of receipt. Approved: entitlements under
a decision of the province, by the day on which it was signed. Paid: what reached the ledger's account «đã chi», by the day of
the answer, and goods by the day they were handed over (people, no đồng). Every figure comes from `figures`, counted when
it is read.
"""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final

from core.querysets import Viewer
from reports.queries.areas import AreaChoice, Unit
from reports.queries.figures import Dimension, Fact, FigureQuery, Figures, Time, What, measure, read_figures

STAGES: Final = (Fact.PROPOSED, Fact.APPROVED, Fact.PAID)
_BY: Final = (Dimension.UNIT, Dimension.PROGRAMME, Dimension.STREAM)
_MEASURES: Final = tuple(measure(fact, what, time) for fact in STAGES for what in What for time in Time)


@dataclass(frozen=True, slots=True)
class Measure:
    """People and whole đồng."""

    people: int = 0
    amount: int = 0

    def __add__(self, other: "Measure") -> "Measure":
        return Measure(self.people + other.people, self.amount + other.amount)

    def __sub__(self, other: "Measure") -> "Measure":
        return Measure(self.people - other.people, self.amount - other.amount)


@dataclass(frozen=True, slots=True)
class StageFigures:
    """The three stages of the money's way."""

    proposed: Measure = field(default_factory=Measure)
    approved: Measure = field(default_factory=Measure)
    paid: Measure = field(default_factory=Measure)

    @property
    def remaining(self) -> Measure:
        """Approved and not yet paid."""
        return self.approved - self.paid

    def __add__(self, other: "StageFigures") -> "StageFigures":
        return StageFigures(
            self.proposed + other.proposed, self.approved + other.approved, self.paid + other.paid
        )


@dataclass(frozen=True, slots=True)
class Progress:
    """The figures of one unit and stream: in the period, and from the beginning to the period's end."""

    period: StageFigures = field(default_factory=StageFigures)
    cumulative: StageFigures = field(default_factory=StageFigures)

    def __add__(self, other: "Progress") -> "Progress":
        return Progress(self.period + other.period, self.cumulative + other.cumulative)


Part = tuple[str, str]


@dataclass(frozen=True, slots=True)
class UnitProgress:
    """One unit with its figures by programme and stream; what has no records is absent."""

    unit: Unit
    parts: Mapping[Part, Progress]

    @property
    def by_stream(self) -> dict[str, Progress]:
        return self._by(lambda part: part[1])

    @property
    def by_programme(self) -> dict[str, Progress]:
        return self._by(lambda part: part[0])

    @property
    def total(self) -> Progress:
        return sum(self.parts.values(), Progress())

    def _by(self, name: Callable[[Part], str]) -> dict[str, Progress]:
        found: dict[str, Progress] = {}
        for part, progress in self.parts.items():
            found[name(part)] = found.get(name(part), Progress()) + progress
        return found


def progress_by_unit(
    viewer: Viewer, choice: AreaChoice, first: dt.date, last: dt.date, programmes: tuple[str, ...] = ()
) -> tuple[UnitProgress, ...]:
    """One entry per unit of the choice, in the order of the codes, and one more for the area's own desk where it has dossiers;
    four queries, whatever the size. `programmes` () are all.
    """
    figures = read_figures(viewer, FigureQuery(choice, first, last, _MEASURES, _BY, programmes))
    by_unit: dict[str, dict[Part, Progress]] = {}
    for unit, programme, stream in figures:
        found = _progress(figures, (unit, programme, stream))
        by_unit.setdefault(unit, {})[programme, stream or ""] = found
    desk = choice.own
    units = (*choice.units, desk) if desk and desk.area_code in by_unit else choice.units
    return tuple(UnitProgress(unit, by_unit.get(unit.area_code, {})) for unit in units)


def _progress(figures: Figures, key: tuple[str, str, str]) -> Progress:
    return Progress(_stages(figures, key, Time.PERIOD), _stages(figures, key, Time.TO_DATE))


def _stages(figures: Figures, key: tuple[str, str, str], time: Time) -> StageFigures:
    return StageFigures(
        *(
            Measure(*(figures.of(measure(fact, what, time), *key) for what in (What.PEOPLE, What.AMOUNT)))
            for fact in STAGES
        )
    )
