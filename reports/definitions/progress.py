"""Báo cáo tiến độ ngày và tuần: what was done yesterday or this week, where it stands, who is late. The schedule makes these."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from core.dates import format_date
from core.money import format_dong
from core.querysets import Viewer
from core.spreadsheets.tables import Column
from reports.definitions.base import (
    Ask,
    Body,
    Chart,
    ChartPoint,
    Params,
    ReportDefinition,
    ReportGroup,
    Section,
    add_up,
    whole,
)
from reports.definitions.stages import (
    CLAIMS_NOTE,
    IN_PERIOD,
    ORDINAL,
    PAID_SHARE,
    Line,
    add_share,
    codes_of,
    figures_line,
    label_column,
    measure_columns,
    paid_in_words,
    unit_keys,
)
from reports.queries.figures import (
    Dimension,
    Fact,
    FigureQuery,
    Figures,
    Measure,
    Time,
    What,
    measure,
    read_figures,
)
from reports.queries.plan import Plan, plan_of

LATE: Final = measure(Fact.LATE, What.PEOPLE)
PAID: Final = measure(Fact.PAID, What.AMOUNT, Time.PERIOD)
_DONE: Final = tuple(
    measure(fact, what) for fact in (Fact.APPROVED, Fact.PAID, Fact.REMAINING) for what in What
)
# at the province's size five columns of đồng fit an A4 sheet
_NEW: Final = (measure(Fact.PROPOSED, What.PEOPLE, Time.PERIOD), *IN_PERIOD[2:])
DAILY: Final = (*_NEW, *_DONE, LATE)
# of the week before only what was paid is shown beside this one
WEEKLY: Final = (*(one for one in _NEW if one.fact is not Fact.APPROVED or not one.is_money), *_DONE, LATE)
BEFORE: Final = (PAID,)
DAYS_SHOWN: Final = 7
WEEKS_SHOWN: Final = 8
LATE_NAMED: Final = 5
UNSURE: Final = "Chưa có mẫu báo cáo của Bộ cho kỳ báo cáo này; các cột do hệ thống chọn."


def _titles(words: str) -> dict[str, str]:
    return {
        "proposed_period": f"Đề nghị {words}",
        "approved_period": f"Phê duyệt {words}",
        "paid_period": f"Đã chi {words}",
    }


def _columns(measures: Sequence[Measure], titles: dict[str, str], before: str = "") -> tuple[Column, ...]:
    columns: list[Column] = []
    for column in measure_columns(measures, titles):
        if before and column.key == "approved_people_to_date":
            columns += [
                replace(each, key=f"before_{each.key}", group=before) for each in measure_columns(BEFORE)
            ]
        columns.append(column)
    late = replace(columns.pop(), title="Hồ sơ quá hạn", group="")
    return (ORDINAL, label_column("Đơn vị"), *columns, PAID_SHARE, late)


def _daily_columns(params: Params) -> tuple[Column, ...]:
    return _columns(DAILY, _titles("trong ngày" if params.first == params.last else "trong kỳ"))


def _weekly_columns(params: Params) -> tuple[Column, ...]:
    is_week = params.last - params.first == dt.timedelta(days=6)
    words, before = ("trong tuần", "Đã chi tuần trước") if is_week else ("trong kỳ", "Đã chi kỳ trước")
    return _columns(WEEKLY, _titles(words), before)


def _read_daily(params: Params, viewer: Viewer) -> Body:
    now = _by_unit(params, viewer, DAILY)
    lines = [
        add_share({"label": unit.label, **figures_line(now, DAILY, unit.area_code)})
        for unit in unit_keys(params, codes_of(now))
    ]
    return _body(params, lines, _daily_columns(params), _money_chart(params, viewer, Dimension.DAY))


def _read_weekly(params: Params, viewer: Viewer) -> Body:
    now, earlier = _by_unit(params, viewer, WEEKLY), _by_unit(period_before(params), viewer, BEFORE)
    lines = [
        {
            "label": unit.label,
            **add_share(figures_line(now, WEEKLY, unit.area_code)),
            **{f"before_{one.code}": earlier.of(one, unit.area_code) for one in BEFORE},
        }
        for unit in unit_keys(params, {*codes_of(now), *codes_of(earlier)})
    ]
    return _body(params, lines, _weekly_columns(params), _money_chart(params, viewer, Dimension.WEEK))


def period_before(params: Params) -> Params:
    """The same days of the period before: as many, ending the day before it begins."""
    last = params.first - dt.timedelta(days=1)
    return replace(params, first=last - (params.last - params.first), last=last)


def _by_unit(params: Params, viewer: Viewer, measures: tuple[Measure, ...]) -> Figures:
    asked = FigureQuery(
        params.area, params.first, params.last, measures, (Dimension.UNIT,), params.programmes
    )
    return read_figures(viewer, asked)


def _body(params: Params, lines: list[Line], columns: tuple[Column, ...], money: Chart) -> Body:
    section = Section("", params.area.unit.area_code, tuple(lines), add_up(lines, columns))
    late = sorted(
        ((str(line["label"]), whole(line[LATE.code])) for line in lines if line[LATE.code]),
        key=lambda row: -row[1],
    )
    charts = (money, _late_chart(late)) if late else (money,)
    return Body(sections=(section,), charts=charts, notes=(_late_words(late), CLAIMS_NOTE))


def _late_words(late: list[tuple[str, int]]) -> str:
    if not late:
        return "Không có đơn vị nào có hồ sơ quá hạn."
    named = "; ".join(f"{label}: {format_dong(count)} hồ sơ" for label, count in late[:LATE_NAMED])
    more = len(late) - LATE_NAMED
    rest = f"; và {more} đơn vị khác" if more > 0 else ""
    return f"Đơn vị có hồ sơ quá hạn: {named}{rest}."


def _late_chart(late: list[tuple[str, int]]) -> Chart:
    label, count = late[0]
    total = sum(each for _label, each in late)
    return Chart(
        kind="bars",
        title="Hồ sơ quá hạn theo đơn vị",
        unit="hồ sơ",
        points=tuple(ChartPoint(*row) for row in late),
        summary=f"{format_dong(total)} hồ sơ quá hạn ở {len(late)} đơn vị; nhiều nhất là {label} ({format_dong(count)} hồ sơ).",
    )


def _money_chart(params: Params, viewer: Viewer, step: Dimension) -> Chart:
    """Money paid in the last days or weeks, those without payments too; beside each week what was planned for it."""
    days = 1 if step is Dimension.DAY else 7
    newest = params.last - dt.timedelta(days=params.last.weekday() if days == 7 else 0)
    shown = DAYS_SHOWN if days == 1 else WEEKS_SHOWN
    starts = [newest - dt.timedelta(days=days * turn) for turn in reversed(range(shown))]
    asked = FigureQuery(params.area, starts[0], params.last, (PAID,), (step,), params.programmes)
    figures = read_figures(viewer, asked)
    plan = (
        plan_of(viewer, params.area.unit.area_code, params.programmes, params.last) if days == 7 else Plan()
    )
    points = tuple(
        ChartPoint(
            f"{day:%d/%m}", figures.of(PAID, day), plan.weeks[day].amount if day in plan.weeks else None
        )
        for day in starts
    )
    most = max(zip(starts, points, strict=True), key=lambda row: row[1].value)
    word = "ngày" if days == 1 else "tuần từ ngày"
    total = (
        f"Đã chi {format_dong(sum(point.value for point in points))} đồng từ ngày {format_date(starts[0])}"
    )
    planned = [point.plan for point in points if point.plan is not None]
    total += f", kế hoạch {format_dong(sum(planned))} đồng" if planned else ""
    peak = f"; nhiều nhất {word} {format_date(most[0])}: {format_dong(most[1].value)} đồng."
    return Chart(
        kind="columns",
        title="Số tiền đã chi theo ngày" if days == 1 else "Số tiền đã chi theo tuần (ngày thứ Hai)",
        unit="đồng",
        points=points,
        summary=total + (peak if most[1].value else "."),
    )


DAILY_PROGRESS: Final = ReportDefinition(
    code="daily_progress",
    slug="daily-progress",
    group=ReportGroup.PROGRESS,
    title="Báo cáo tiến độ hằng ngày",
    purpose="Đề nghị, phê duyệt, đã chi trong ngày; lũy kế, còn phải chi và hồ sơ quá hạn theo đơn vị.",
    columns=_daily_columns,
    read=_read_daily,
    in_words=paid_in_words,
    unit_note="Đơn vị tính: người, đồng",
    asks=(Ask.PROGRAMMES,),
    period="day",
    unsure=UNSURE,
)
WEEKLY_PROGRESS: Final = ReportDefinition(
    code="weekly_progress",
    slug="weekly-progress",
    group=ReportGroup.PROGRESS,
    title="Báo cáo tiến độ hằng tuần",
    purpose="Kết quả trong tuần so với tuần trước; lũy kế, còn phải chi và hồ sơ quá hạn theo đơn vị.",
    columns=_weekly_columns,
    read=_read_weekly,
    in_words=paid_in_words,
    unit_note="Đơn vị tính: người, đồng",
    asks=(Ask.PROGRAMMES,),
    period="week",
    unsure=UNSURE,
)
DEFINITIONS: Final = (DAILY_PROGRESS, WEEKLY_PROGRESS)
