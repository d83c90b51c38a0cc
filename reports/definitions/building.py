"""A report from its form: the rows read once, with the head of the office that issues it."""

import datetime as dt
from collections.abc import Mapping
from typing import Any, Final

from accounts.enums import AreaLevel
from accounts.models import AdministrativeUnit
from core import clock
from core.dates import format_date, format_period
from core.querysets import Viewer
from reports.definitions.base import Params, Report, ReportDefinition, Section, read_sections
from reports.queries.areas import level_of

_LABOUR: Final = "Lao động - Thương binh và Xã hội"


def build_report(definition: ReportDefinition, params: Params, viewer: Viewer) -> Report:
    """The report of a form for a period and an area, as far as the viewer's area reaches, from the records of this moment."""
    sections = definition.sections(params, viewer)
    heading = {
        **issuer_of(viewer.area_code),
        "period": period_text(params),
        "area_name": params.area.unit.name,
    }
    return _report(definition, sections, heading, level_of(viewer.area_code), clock.now())


def rebuild_report(definition: ReportDefinition, kept: Mapping[str, Any], figures_at: dt.datetime) -> Report:
    """A kept report as it was made; nothing is read again from the records."""
    heading = kept["heading"]
    issuer = AreaLevel(heading["issuer"])
    return _report(definition, read_sections(kept["sections"]), heading, issuer, figures_at)


def heading_of(report: Report, issuer: AreaLevel) -> dict[str, Any]:
    """What of a report is neither form nor figures, to be kept with it."""
    return {
        "issuer": int(issuer),
        "parent_body": report.parent_body,
        "body": report.body,
        "place": report.place,
        "period": report.period,
        "area_name": report.area_name,
    }


def _report(
    definition: ReportDefinition,
    sections: tuple[Section, ...],
    heading: Mapping[str, Any],
    issuer: AreaLevel,
    figures_at: dt.datetime,
) -> Report:
    totals = definition.totals(sections)
    return Report(
        code=definition.code,
        title=definition.title,
        subject=definition.title,
        period=heading["period"],
        area_name=heading["area_name"],
        parent_body=heading["parent_body"],
        body=heading["body"],
        place=heading["place"],
        unit_note=definition.unit_note,
        legal_basis=definition.legal_basis,
        columns=definition.columns,
        sections=sections,
        totals=totals,
        total_label="Tổng cộng",
        in_words=definition.in_words(totals),
        signers=definition.signers(issuer),
        recipients=("Lưu: VT",),
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
