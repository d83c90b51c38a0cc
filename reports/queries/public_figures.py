"""Figures for everybody: claims and đồng by programme, month and district, without the small cells; kept for some minutes.

They come from the figures engine, and reach to the end of yesterday: a day that is running would tell of single people when it is
read twice. Of patients (F0, F1) the province's totals are told, by no month and no district.
"""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from django.core.cache import cache

from accounts.queries import children_of
from core import clock
from core.audit import PROVINCE
from reports.queries.areas import DEPARTMENT_DESK, area_choice
from reports.queries.figures import Dimension, Fact, FigureQuery, Figures, What, measure, read_figures
from support_programs.models import Programme
from support_programs.queries.public_lists import TOTALS_ONLY
from support_programs.rules.public_cells import FEWEST, Path, hidden_paths, sums_of

FACTS: Final = (Fact.PROPOSED, Fact.APPROVED, Fact.PAID)
LEVELS: Final = ("province", "programme", "month", "district")
KEPT_SECONDS: Final = 600
_FIRST_DAY: Final = dt.date(2021, 1, 1)


@dataclass(slots=True)
class Everybody:
    """The viewer of the public pages: the whole province, figures only."""

    area_code: str = PROVINCE
    sees_records: bool = True


@dataclass(frozen=True, slots=True)
class PublicCell:
    """People (claims) and đồng of one fact; both None where the cell is hidden."""

    people: int | None = 0
    amount: int | None = 0

    @property
    def is_hidden(self) -> bool:
        return self.people is None


@dataclass(frozen=True, slots=True)
class PublicFigureRow:
    """One line of the open data. `programme`, `month`, `area_code` are empty where the line is the sum of all."""

    level: str
    programme: str
    month: dt.date | None
    area_code: str
    cells: Mapping[Fact, PublicCell]


@dataclass(frozen=True, slots=True)
class WeekColumn:
    """People and đồng paid in one week, or in several that were joined because few people were paid in each."""

    first: dt.date
    last: dt.date
    people: int
    amount: int


@dataclass(frozen=True, slots=True)
class PublicFigures:
    """All that the public pages and the open data tell; `names` of programmes and units by their codes."""

    until: dt.date
    rows: tuple[PublicFigureRow, ...]
    weeks: tuple[WeekColumn, ...]
    names: Mapping[str, str]

    def at(self, level: str) -> tuple[PublicFigureRow, ...]:
        return tuple(row for row in self.rows if row.level == level)


def public_figures() -> PublicFigures:
    """The figures until the end of yesterday; read once in some minutes, whoever asks."""
    until = clock.today() - dt.timedelta(days=1)
    key = f"public.figures:{until.isoformat()}"
    kept: PublicFigures | None = cache.get(key)
    if kept is None:
        kept = read_public_figures(until)
        cache.set(key, kept, KEPT_SECONDS)
    return kept


def read_public_figures(until: dt.date) -> PublicFigures:
    """The figures from the records; four statements and the names."""
    figures = _read(until, FACTS, (Dimension.PROGRAMME, Dimension.MONTH, Dimension.UNIT))
    cells: dict[Path, dict[Fact, PublicCell]] = {}
    told: dict[Fact, dict[Path, PublicCell]] = {}
    for fact in FACTS:
        told[fact] = _told(figures, fact)
        for path, cell in told[fact].items():
            cells.setdefault(path, {})[fact] = cell
    # beside districts the province's code means what the department takes in itself
    names = {PROVINCE: DEPARTMENT_DESK, **dict(children_of(PROVINCE))}
    names |= dict(Programme.objects.order_by("pk").values_list("pk", "short_name"))
    rows = [_row(path, found) for path, found in cells.items() if _has_figure(found)]
    rows.sort(key=lambda row: (LEVELS.index(row.level), row.programme, row.month or until, row.area_code))
    return PublicFigures(until, tuple(rows), tuple(_weeks(until, told[Fact.PAID])), names)


def _read(until: dt.date, facts: tuple[Fact, ...], by: tuple[Dimension, ...]) -> Figures:
    viewer = Everybody()
    choice = area_choice(viewer, PROVINCE, until)
    if choice is None:
        return Figures(by, {})
    measures = tuple(measure(fact, what) for fact in facts for what in What)
    return read_figures(viewer, FigureQuery(choice, _FIRST_DAY, until, measures, by))


def _told(figures: Figures, fact: Fact) -> dict[Path, PublicCell]:
    """Every cell of one fact's tree (programme, month, district), hidden ones without figures."""
    of_people, of_amount = measure(fact, What.PEOPLE), measure(fact, What.AMOUNT)
    people: dict[Path, int] = {}
    amounts: dict[Path, int] = {}
    for key in _keys(figures):
        path = _path(key)
        people[path] = people.get(path, 0) + figures.of(of_people, *key)
        amounts[path] = amounts.get(path, 0) + figures.of(of_amount, *key)
    _fill(people)
    hidden, sums = hidden_paths(people), sums_of(amounts)
    return {
        path: PublicCell(None, None) if path in hidden else PublicCell(count, sums.get(path, 0))
        for path, count in sums_of(people).items()
    }


def _keys(figures: Figures) -> list[Path]:
    return list(figures.keys())


def _path(key: Path) -> Path:
    """Of patients neither month nor district is a part of the tree: with totals of lists they would give small lists away."""
    return key[:1] if key[0] in TOTALS_ONLY else key


def _fill(people: dict[Path, int]) -> None:
    """Districts without anybody are parts too: an empty one may have to be hidden among others."""
    districts = [code for code, _name in children_of(PROVINCE)]
    for programme, month in {path[:2] for path in people if len(path) == 3}:
        for code in districts:
            people.setdefault((programme, month, code), 0)


def _has_figure(found: Mapping[Fact, PublicCell]) -> bool:
    return any(cell.is_hidden or cell.people or cell.amount for cell in found.values())


def _row(path: Path, found: Mapping[Fact, PublicCell]) -> PublicFigureRow:
    parts: Path = ("", None, "")
    programme, month, area = path + parts[len(path) :]
    cells = {fact: found.get(fact, PublicCell()) for fact in FACTS}
    return PublicFigureRow(LEVELS[len(path)], programme, month, area, cells)


def _weeks(until: dt.date, told: Mapping[Path, PublicCell]) -> Iterator[WeekColumn]:
    """Weeks of what was paid, of the months of programmes that are told; a week of few people is joined with those after it."""
    figures = _read(until, (Fact.PAID,), (Dimension.PROGRAMME, Dimension.MONTH, Dimension.WEEK))
    of_people, of_amount = measure(Fact.PAID, What.PEOPLE), measure(Fact.PAID, What.AMOUNT)
    by_week: dict[dt.date, list[int]] = {}
    for key in _keys(figures):
        cell = told.get(key[:2])
        if cell is None or cell.is_hidden:
            continue
        sums = by_week.setdefault(key[2], [0, 0])
        sums[0] += figures.of(of_people, *key)
        sums[1] += figures.of(of_amount, *key)
    yield from join_weeks([(week, people, amount) for week, (people, amount) in sorted(by_week.items())])


def join_weeks(weeks: list[tuple[dt.date, int, int]]) -> list[WeekColumn]:
    """Weeks of at least FEWEST people each: fewer are counted with the weeks after them, the last ones with those before."""
    joined: list[WeekColumn] = []
    open_from: dt.date | None = None
    people = amount = 0
    for week, more_people, more_amount in weeks:
        open_from = open_from or week
        people, amount = people + more_people, amount + more_amount
        last = week + dt.timedelta(days=6)
        if people >= FEWEST:
            joined.append(WeekColumn(open_from, last, people, amount))
            open_from, people, amount = None, 0, 0
    if open_from is not None and joined:
        before = joined.pop()
        last = weeks[-1][0] + dt.timedelta(days=6)
        joined.append(WeekColumn(before.first, last, before.people + people, before.amount + amount))
    return joined
