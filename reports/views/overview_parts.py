"""The tables, maps and charts of the overview page, made of its figures."""

from dataclasses import dataclass
from typing import Final

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from accounts.enums import AreaLevel
from core.charts import Bar, Column, MapTile, bar_list, column_chart, district_map, share_of
from core.district_shapes import shape_map
from core.money import format_dong
from reports.definitions.free_workers import STREAMS
from reports.links import LISTS, link
from reports.queries.areas import AreaChoice
from reports.queries.overview import LateList, Overview
from reports.queries.people import Stage
from reports.queries.progress import Measure, Progress, UnitProgress
from reports.views.overview_asked import Filters
from reports.views.overview_tiles import share_text
from support_programs.queries.programmes import programme_choices

_MILLION: Final = 1_000_000


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of the table with the address of the list behind it."""

    value: int
    url: str


@dataclass(frozen=True, slots=True)
class UnitRow:
    """One line of the table; the figures are people or đồng, as asked; the share is that of people."""

    name: str
    url: str
    proposed: Figure
    approved: Figure
    paid: Figure
    in_period: Figure
    share: str
    paid_people: int
    approved_people: int
    returned: Figure
    waiting: Figure
    late: Figure
    # what was to be paid by now; None where nothing is planned
    plan: int | None


@dataclass(frozen=True, slots=True)
class LateRow:
    """A late list with its address."""

    item: LateList
    url: str


def unit_rows(found: Overview, choice: AreaChoice, asked: Filters) -> list[UnitRow]:
    """The units in the order of their approved people, as leaders read them; the area's own desk last."""
    own = choice.own.area_code if choice.own else ""
    by_size = sorted(
        found.units, key=lambda row: (row.unit.area_code == own, -row.total.cumulative.approved.people)
    )
    is_leaf = choice.level == AreaLevel.COMMUNE
    return [
        _unit_row(found, row, asked, is_own=row.unit.area_code == own, is_leaf=is_leaf) for row in by_size
    ]


def total_row(found: Overview, asked: Filters) -> UnitRow:
    """All units together."""
    plan = found.plan.to_date or found.plan.whole
    standing = Standing(found.returned, found.waiting, found.late, plan)
    return _row(_("Tổng cộng"), "", found.total, standing, asked, is_own=False)


def _unit_row(found: Overview, row: UnitProgress, asked: Filters, *, is_own: bool, is_leaf: bool) -> UnitRow:
    code = row.unit.area_code
    inside = asked.to(area=code)
    url = "" if is_leaf or is_own else inside.overview()
    standing = Standing(
        found.returned_by_unit.get(code, Measure()),
        found.waiting_by_unit.get(code, Measure()),
        found.late_by_unit.get(code, 0),
        found.plan.by_area.get(code),
    )
    return _row(row.unit.short_name, url, row.total, standing, inside, is_own=is_own)


@dataclass(frozen=True, slots=True)
class Standing:
    """What is the case now in a unit, and what was planned for it."""

    returned: Measure
    waiting: Measure
    late: int
    plan: Measure | None


def _row(
    name: str, url: str, total: Progress, standing: Standing, asked: Filters, *, is_own: bool
) -> UnitRow:
    now = total.cumulative

    def figure(measured: Measure, stage: Stage, *, in_period: bool = False) -> Figure:
        value = measured.amount if asked.is_amount else measured.people
        return Figure(value, asked.people(stage, is_own=is_own, in_period=in_period))

    return UnitRow(
        name=name,
        url=url,
        proposed=figure(now.proposed, Stage.PROPOSED),
        approved=figure(now.approved, Stage.APPROVED),
        paid=figure(now.paid, Stage.PAID),
        in_period=figure(total.period.paid, Stage.PAID, in_period=True),
        share=share_text(now),
        paid_people=now.paid.people,
        approved_people=now.approved.people,
        returned=figure(standing.returned, Stage.RETURNED),
        waiting=figure(standing.waiting, Stage.LATE),
        # lists of the units below would be among those of the own desk
        late=Figure(standing.late, "" if is_own else asked.late()),
        plan=(standing.plan.amount if asked.is_amount else standing.plan.people) if standing.plan else None,
    )


def map_of(found: Overview, asked: Filters) -> SafeString:
    """The districts coloured by the share that was paid, as tiles or in their true shape."""
    tiles = [_tile(row, asked) for row in found.units]
    drawn = shape_map if asked.map == "real" else district_map
    return drawn(tiles, title=_("Tỷ lệ đã chi theo huyện"))


def _tile(row: UnitProgress, asked: Filters) -> MapTile:
    now = row.total.cumulative
    share = share_of(now.paid.people, now.approved.people) if now.approved.people else None
    summary = _("%(name)s %(share)s, đã chi %(paid)s trong %(approved)s người") % {
        "name": row.unit.short_name,
        "share": share_text(now),
        "paid": format_dong(now.paid.people),
        "approved": format_dong(now.approved.people),
    }
    value = _("Chưa có") if share is None else f"{share:.0f}%"
    code = row.unit.area_code
    return MapTile(code, row.unit.short_name, value, share, asked.overview(area=code), summary)


def programme_bars(found: Overview, asked: Filters) -> SafeString:
    """Paid of approved for each programme that anybody was approved in; of one programme for each of its groups."""
    if asked.programme:
        return _stream_bars(found)
    parts = found.by_programme
    bars = [
        _bar(name, parts[code], asked.overview(programme=code))
        for code, name in programme_choices()
        if code in parts and parts[code].cumulative.approved.people
    ]
    return bar_list(bars)


def _stream_bars(found: Overview) -> SafeString:
    names = dict(STREAMS)
    parts: dict[str, Progress] = {}
    for row in found.units:
        for code, progress in row.by_stream.items():
            parts[code] = parts.get(code, Progress()) + progress
    ordered = sorted(parts, key=lambda code: (code not in names, code))
    return bar_list([_bar(names.get(code, code) or _("Chưa ghi nhóm"), parts[code]) for code in ordered])


def _bar(label: str, progress: Progress, url: str = "") -> Bar:
    now = progress.cumulative
    note = _("%(paid)s trong %(approved)s người") % {
        "paid": format_dong(now.paid.people),
        "approved": format_dong(now.approved.people),
    }
    return Bar(label, now.paid.people, now.approved.people, share_text(now), note, url)


def week_chart(found: Overview) -> SafeString:
    """Đồng paid per week, in millions, with a mark at what was planned."""
    columns = [
        Column(
            f"{week.monday:%d/%m}",
            week.paid.amount,
            format_dong(round(week.paid.amount / _MILLION)),
            week.plan.amount if week.plan else None,
        )
        for week in found.weeks
    ]
    return column_chart(columns, title=_("Số tiền đã chi theo tuần, triệu đồng"))


@dataclass(frozen=True, slots=True)
class DaysRow:
    """How long people of one unit waited, in days."""

    name: str
    url: str
    people: int
    median: int | None
    ninth: int | None


def days_rows(found: Overview, asked: Filters) -> list[DaysRow]:
    """The units that paid anybody in the period, the slowest first; the total last."""
    names = {row.unit.area_code: row.unit.short_name for row in found.units}
    rows = [
        DaysRow(
            names[code],
            asked.people(Stage.PAID, area=code, in_period=True),
            spread.people,
            spread.median,
            spread.ninth,
        )
        for code, spread in found.days.by_unit.items()
        if code in names
    ]
    return sorted(rows, key=lambda row: (-(row.ninth or 0), -(row.median or 0), row.name))


def late_rows(found: Overview) -> list[LateRow]:
    """The latest lists first, each with its page."""
    return [LateRow(item, _list_url(item.reference)) for item in found.late_lists]


def _list_url(reference: str) -> str:
    address = link(LISTS)
    return f"{address}{reference}/" if address else ""
