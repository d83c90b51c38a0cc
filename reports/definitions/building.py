"""A report from its definition, with the head of the office that issues it."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

from accounts.enums import AreaLevel
from accounts.models import AdministrativeUnit
from core import clock
from core.dates import format_date, format_period
from core.querysets import Viewer
from core.spreadsheets.tables import Cell, Column
from reports.definitions.base import Figures, Params, Report, ReportDefinition, Section, add_up, whole
from reports.queries.areas import level_of

_LABOUR: Final = "Lao động - Thương binh và Xã hội"


# a preview walks over so many rows of a list to count it
_MOST_COUNTED: Final = 10_000
Layout = Callable[[Report], Report]
_layouts: Final[list[Layout]] = []


def register_layout(layout: Layout) -> None:
    """Say who changes titles, order and visibility of a report's columns before it is shown and kept."""
    if layout not in _layouts:
        _layouts.append(layout)


def build_report(
    definition: ReportDefinition, params: Params, viewer: Viewer, *, is_worded: bool = True
) -> Report:
    """The report for a period and an area, as far as the viewer's area reaches, from the records of this moment.

    Of a list `rows` is what the definition gave: to be walked over once; `row_count` is 0 where the definition doesn't say, and
    totals are unknown until `with_rows` is told them. `is_worded` False: as the software brings it, before the department's
    layout. ValueError for a definition that mixes labelled and flat sections.
    """
    columns, head = definition.columns(params), issuer_of(viewer.area_code)
    body = definition.read(params, viewer)
    if len({bool(section.label) for section in body.sections}) > 1:
        raise ValueError(f"{definition.code}: either every section has a label, or none")
    totals: Mapping[str, Cell] | None = body.totals
    if totals is None:
        totals = {} if definition.is_list else add_up([section.sums for section in body.sections], columns)
    report = Report(
        code=definition.code,
        title=definition.title,
        subject=definition.title,
        period=period_text(params),
        area_name=params.area.unit.name,
        parent_body=head["parent_body"],
        body=head["body"],
        place=head["place"],
        unit_note=definition.unit_note,
        legal_basis=definition.legal_basis,
        columns=columns,
        sections=tuple(_with_ratios(section, columns) for section in body.sections),
        totals=add_ratios(totals, columns),
        total_label="Tổng cộng",
        in_words=definition.in_words(totals) if totals else (),
        signers=definition.signers(level_of(viewer.area_code)),
        recipients=("Lưu: VT",),
        figures_at=clock.now(),
        rows=None if body.rows is None else filled_rows(body.rows, columns),
        row_count=body.row_count or 0,
        charts=body.charts,
        notes=body.notes,
        words=body.words,
        unsure=definition.unsure,
    )
    for layout in _layouts if is_worded else ():
        report = layout(report)
    return report


def with_rows(
    report: Report,
    definition: ReportDefinition,
    rows: Iterable[Figures],
    row_count: int,
    totals: Mapping[str, int],
) -> Report:
    """A list once its rows have been read: how many there are, their sums, and these in words.

    What the definition gave as totals stays; it knows more than sums.
    """
    known: dict[str, Cell] = {**totals, **report.totals}
    return replace(
        report,
        rows=rows,
        row_count=row_count,
        totals=add_ratios(known, report.columns),
        in_words=report.in_words or (definition.in_words(known) if known else ()),
    )


def first_rows(report: Report, definition: ReportDefinition, most: int) -> tuple[Report, bool]:
    """The beginning of a list for a preview, and whether all of it was counted.

    A list that isn't counted by its definition is walked over to `_MOST_COUNTED` rows; then its totals are known too.
    """
    rows, keys = iter(report.rows or ()), [column.key for column in report.columns if column.total]
    sums, count = dict.fromkeys(keys, 0), 0
    kept: list[Figures] = []
    for row in rows:
        count += 1
        if count > _MOST_COUNTED or (report.row_count and count > most):
            return replace(report, rows=tuple(kept), row_count=report.row_count or _MOST_COUNTED), bool(
                report.row_count
            )
        if count <= most:
            kept.append(row)
        for key in keys:
            sums[key] += whole(row.get(key))
    return with_rows(report, definition, tuple(kept), count, sums), True


def filled_rows(rows: Iterable[Figures], columns: Sequence[Column]) -> Iterator[Figures]:
    """Rows with their ratios, one by one."""
    ratios = [column for column in columns if column.ratio_of]
    return (add_ratios(row, ratios) for row in rows) if ratios else iter(rows)


def add_ratios(figures: Figures, columns: Sequence[Column]) -> dict[str, Cell]:
    """The figures of a line with what its ratio columns say; a ratio that the definition gave stays, one of nothing is empty."""
    filled: dict[str, Cell] = dict(figures)
    for column in columns:
        if column.ratio_of and figures and filled.get(column.key) is None:
            part, of = (whole(figures.get(key)) for key in column.ratio_of)
            filled[column.key] = part / of if of else None
    return filled


def _with_ratios(section: Section, columns: Sequence[Column]) -> Section:
    return replace(
        section,
        lines=tuple(add_ratios(line, columns) for line in section.lines),
        sums=add_ratios(section.sums, columns),
    )


def period_text(params: Params) -> str:
    """The period in words, and what cumulative means."""
    return f"{format_period(params.first, params.last)}; lũy kế đến hết ngày {format_date(params.last)}"


def issuer_of(area_code: str) -> dict[str, str]:
    """The head of a paper that an office of this area issues, and its place with the date left open."""
    names = dict(
        AdministrativeUnit.objects.valid_on(clock.today())
        .filter(area_code__in=[area_code[:2], area_code[:5], area_code])
        .values_list("area_code", "name")
    )
    province = names.get(area_code[:2], "").removeprefix("Tỉnh ")
    district = names.get(area_code[:5], "")
    level = level_of(area_code)
    place, parent, body = {
        AreaLevel.PROVINCE: (province, f"UBND tỉnh {province}", f"Sở {_LABOUR}"),
        AreaLevel.DISTRICT: (_bare(district), f"UBND {district}", f"Phòng {_LABOUR}"),
        AreaLevel.COMMUNE: (
            _bare(names.get(area_code, "")),
            f"UBND {district}",
            f"UBND {names.get(area_code, '')}",
        ),
    }[level]
    return {
        "parent_body": parent,
        "body": body,
        "place": f"{place}, ngày …… tháng …… năm {clock.today().year}",
    }


def _bare(name: str) -> str:
    for kind in ("Thành phố ", "Thị xã ", "Thị trấn ", "Huyện ", "Phường ", "Xã "):
        name = name.removeprefix(kind)
    return name
