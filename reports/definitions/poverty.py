"""Hộ nghèo, hộ cận nghèo: households and members at the beginning and the end of a period, and month by month."""

import datetime as dt
from collections import Counter
from typing import Final

from accounts.queries import area_names
from core.dates import format_date
from core.money import format_dong
from core.querysets import Viewer
from core.spreadsheets.tables import Column
from reports.definitions.base import Body, Chart, ChartPoint, Params, ReportDefinition, ReportGroup
from reports.definitions.lines import Line, people_column, section
from reports.definitions.stages import ORDINAL, label_column
from reports.queries.poverty import Key, months_of, poverty_on

MONTHS: Final = 12
_KINDS: Final = (("poor", "nghèo"), ("near_poor", "cận nghèo"))
_TIMES: Final = (("start", "đầu kỳ"), ("end", "cuối kỳ"), ("change", "tăng, giảm (+, -)"))


def _columns() -> tuple[Column, ...]:
    columns = [ORDINAL, label_column("Đơn vị")]
    for kind, words in _KINDS:
        for time, when in _TIMES:
            group = f"Hộ {words} {when}"
            columns.append(people_column(f"{kind}_households_{time}", "Số hộ", group))
            columns.append(people_column(f"{kind}_members_{time}", "Số người", group))
    return tuple(columns)


COLUMNS: Final = _columns()


def _read(params: Params, viewer: Viewer) -> Body:
    before = params.first - dt.timedelta(days=1)
    start, end = (poverty_on(viewer, params.area, day) for day in (before, params.last))
    names = {unit.area_code: unit.name for unit in params.area.units}
    above = sorted({unit for unit, _kind, _what in (*start, *end)} - set(names))
    units = [*names.items(), *area_names(above).items()]
    lines = [_line(name, code, start, end) for code, name in units]
    note = (
        f"Đầu kỳ là hết ngày {format_date(before)}, cuối kỳ là hết ngày {format_date(params.last)}. Hộ có mục trong sổ "
        "còn hiệu lực vào ngày đó; người là thành viên của hộ vào ngày đó. Mục của sổ có hiệu lực theo năm, từ 01/01 đến 31/12."
    )
    return Body(sections=(section("", "", lines, COLUMNS),), charts=(_chart(params, viewer),), notes=(note,))


def _line(label: str, code: str, start: Counter[Key], end: Counter[Key]) -> Line:
    line: Line = {"label": label}
    for kind, _words in _KINDS:
        for what in ("households", "members"):
            key = (code, kind, what)
            line[f"{kind}_{what}_start"] = start[key]
            line[f"{kind}_{what}_end"] = end[key]
            line[f"{kind}_{what}_change"] = end[key] - start[key]
    return line


def _chart(params: Params, viewer: Viewer) -> Chart:
    points = tuple(
        ChartPoint(f"{day:%m/%Y}", _poor_households(poverty_on(viewer, params.area, day)))
        for day in months_of(params.first, params.last, MONTHS)
    )
    first, last = points[0], points[-1]
    summary = f"Tháng {last.label} có {format_dong(last.value)} hộ nghèo"
    if first is not last:
        summary += f", tháng {first.label} có {format_dong(first.value)} hộ"
    return Chart("columns", "Số hộ nghèo theo tháng", "hộ", points, f"{summary}.")


def _poor_households(found: Counter[Key]) -> int:
    return sum(n for (_unit, kind, what), n in found.items() if (kind, what) == ("poor", "households"))


DEFINITION: Final = ReportDefinition(
    code="poverty",
    slug="poverty",
    group=ReportGroup.STANDING,
    title="Hộ nghèo, hộ cận nghèo",
    purpose="Số hộ, số người nghèo và cận nghèo theo đơn vị: đầu kỳ, cuối kỳ, tăng giảm, từng tháng.",
    columns=lambda _params: COLUMNS,
    read=_read,
    legal_basis=(
        "Quyết định 59/2015/QĐ-TTg (đến 31/12/2021)",
        "Nghị định 07/2021/NĐ-CP (từ 01/01/2022)",
    ),
    unit_note="Đơn vị tính: hộ, người",
    unsure="Mẫu báo cáo rà soát hộ nghèo của Bộ chưa tìm thấy; các cột do hệ thống chọn.",
)
