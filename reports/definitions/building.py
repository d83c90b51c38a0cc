"""A report from its definition, with the head of the office that issues it; and how a report is kept and read back."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from accounts.enums import AreaLevel
from accounts.models import AdministrativeUnit
from core import clock
from core.dates import format_date, format_period
from core.querysets import Viewer
from core.spreadsheets.tables import Column, Kind
from reports.definitions.base import (
    Chart,
    ChartPoint,
    Figures,
    Params,
    Report,
    ReportDefinition,
    Section,
    Signer,
    add_up,
)
from reports.queries.areas import level_of

_LABOUR: Final = "Lao động - Thương binh và Xã hội"


def build_report(definition: ReportDefinition, params: Params, viewer: Viewer) -> Report:
    """The report for a period and an area, as far as the viewer's area reaches, from the records of this moment.

    Of a list `rows` is what the definition gave: to be walked over once, `row_count` and totals are still unknown (0).
    """
    columns, head = definition.columns(params), issuer_of(viewer.area_code)
    body = definition.read(params, viewer)
    totals = body.totals
    if totals is None:
        totals = add_up([section.sums for section in body.sections], columns)
    return Report(
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
        sections=body.sections,
        totals=dict(totals),
        total_label="Tổng cộng",
        in_words=definition.in_words(totals),
        signers=definition.signers(level_of(viewer.area_code)),
        recipients=("Lưu: VT",),
        figures_at=clock.now(),
        rows=body.rows,
        charts=body.charts,
        notes=body.notes,
        unsure=definition.unsure,
    )


# what of a report is kept word for word; columns, signers and charts are kept part by part, rows apart
_WORDS: Final = (
    "code", "title", "subject", "period", "area_name", "parent_body", "body", "place", "unit_note",
    "total_label", "unsure", "row_count",
)  # fmt: skip
_LINES: Final = ("legal_basis", "in_words", "recipients", "notes")


def shape_of(report: Report) -> dict[str, Any]:
    """Everything of a report but its rows, sections and totals, to be kept with a run; `report_from` reads it back."""
    return {
        **{name: getattr(report, name) for name in _WORDS},
        **{name: [str(line) for line in getattr(report, name)] for name in _LINES},
        "columns": [
            {
                "key": column.key,
                "title": str(column.title),
                "kind": column.kind.value,
                "width": column.width,
                "total": column.total,
                "group": str(column.group),
                "ratio_of": list(column.ratio_of) if column.ratio_of else None,
            }
            for column in report.columns
        ],
        "signers": [{"office": signer.office, "how": signer.how} for signer in report.signers],
        "charts": [
            {
                "kind": chart.kind,
                "title": chart.title,
                "unit": chart.unit,
                "summary": chart.summary,
                "points": [[point.label, point.value, point.plan] for point in chart.points],
            }
            for chart in report.charts
        ],
    }


def report_from(
    shape: Mapping[str, Any],
    *,
    sections: Sequence[Section],
    rows: Iterable[Figures] | None,
    totals: Mapping[str, int],
    figures_at: dt.datetime,
) -> Report:
    """A kept report as it was made; nothing is read again from the records, nor from its definition."""
    kept: dict[str, Any] = {name: shape[name] for name in _WORDS}
    kept |= {name: tuple(shape[name]) for name in _LINES}
    return Report(
        **kept,
        columns=tuple(
            Column(
                part["key"],
                part["title"],
                Kind(part["kind"]),
                width=part["width"],
                total=part["total"],
                group=part["group"],
                ratio_of=tuple(part["ratio_of"]) if part["ratio_of"] else None,
            )
            for part in shape["columns"]
        ),
        signers=tuple(Signer(part["office"], part["how"]) for part in shape["signers"]),
        charts=tuple(
            Chart(
                part["kind"],
                part["title"],
                part["unit"],
                tuple(ChartPoint(*point) for point in part["points"]),
                part["summary"],
            )
            for part in shape["charts"]
        ),
        sections=tuple(sections),
        rows=rows,
        totals=dict(totals),
        figures_at=figures_at,
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
