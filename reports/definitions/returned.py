"""Chi chưa được và không có người nhận: who was not paid and is still owed, why and since when; what went back to the budget."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from itertools import groupby
from typing import Any, Final

from accounts.queries import area_names
from core.dates import format_date
from core.money import amount_in_words, format_dong
from core.querysets import Viewer
from core.spreadsheets.tables import Column, Kind
from core.text import mask_number
from disbursements.enums import PayoutChannel, ReturnReason
from disbursements.queries.returned import AGES
from reports.definitions.base import (
    Ask,
    Body,
    Chart,
    ChartPoint,
    Figures,
    Params,
    ReportDefinition,
    ReportGroup,
    Section,
)
from reports.definitions.lines import (
    Line,
    money_column,
    paper,
    people_and_money,
    people_column,
    section,
    sections_by,
)
from reports.definitions.stages import ORDINAL, label_column
from reports.queries.returned_money import ReturnedSum, returned_people, returned_sums, unclaimed_papers
from support_programs.queries.programmes import programme_choices
from support_programs.queries.public_lists import TOTALS_ONLY

_NOW_NOTE: Final = (
    "Người có lần chi gần nhất chưa được tính đến hết ngày cuối kỳ, theo tình trạng lúc lập báo cáo; ai đã nhận ở lần chi sau "
    "không còn trong báo cáo. Số ngày tính từ ngày có kết quả đến ngày cuối kỳ."
)
_HIDDEN: Final = "(Không ghi tên: người nhiễm, người cách ly)"


@cache
def columns() -> tuple[Column, ...]:
    """Everybody, by how long ago the money came back, and whose money is no longer there."""
    figures = (
        *people_and_money("all", "Chi chưa được, còn phải chi"),
        *(column for code in AGES for column in people_and_money(code, paper(AGES[code][2]))),
        *people_and_money("gone", "Tiền đã hoàn trả ngân sách"),
    )
    narrow = (replace(each, width=14 if each.kind is Kind.MONEY else 8) for each in figures)
    return (ORDINAL, label_column("Đơn vị, lý do", 34), *narrow)


def _line(reason: str, sums: Sequence[ReturnedSum]) -> Line:
    line: Line = {"label": paper(ReturnReason(reason).label)}
    for name in ("all", *AGES, "gone"):
        fitting = [one for one in sums if name in ("all", one.age) or (name == "gone" and one.is_gone)]
        line[f"{name}_people"] = sum(one.people for one in fitting)
        line[f"{name}_amount"] = sum(one.amount for one in fitting)
    return line


def _section(label: str, area_code: str, sums: Sequence[ReturnedSum]) -> Section:
    order = {code: place for place, code in enumerate(ReturnReason.values)}
    ordered = sorted(sums, key=lambda one: order[one.reason])
    lines = [_line(reason, list(group)) for reason, group in groupby(ordered, lambda one: one.reason)]
    return section(label, area_code, lines, columns())


def _read(params: Params, viewer: Viewer) -> Body:
    sums = returned_sums(viewer, params.area, params.last, params.programmes)
    names = {unit.area_code: unit.name for unit in params.area.units}
    above = area_names({one.unit for one in sums} - set(names))
    units = [*names.items(), *sorted(above.items())]
    sections = tuple(_section(name, code, [one for one in sums if one.unit == code]) for code, name in units)
    return Body(sections=sections, charts=(_chart(sums),), notes=(_NOW_NOTE,))


def _chart(sums: Sequence[ReturnedSum]) -> Chart:
    people = {code: sum(one.people for one in sums if one.reason == code) for code in ReturnReason.values}
    ranked = sorted((n, code) for code, n in people.items() if n)[::-1]
    points = tuple(ChartPoint(paper(ReturnReason(code).label), n) for n, code in ranked)
    if not points:
        summary = "Không có ai chi chưa được."
    else:
        summary = (
            f"Nhiều nhất: {points[0].label}, {format_dong(points[0].value)} trong "
            f"{format_dong(sum(point.value for point in points))} người."
        )
    return Chart("bars", "Số người chi chưa được theo lý do", "người", points, summary)


def _in_words(totals: Mapping[str, int]) -> tuple[str, ...]:
    return (f"Số tiền chi chưa được (bằng chữ): {amount_in_words(totals['all_amount'])}.",)


LIST_COLUMNS: Final = (
    ORDINAL,
    Column("name", "Họ và tên", width=24),
    Column("birth", "Năm sinh", Kind.CODE, width=9),
    Column("number", "Số giấy tờ", Kind.CODE, width=16),
    Column("hamlet", "Khóm, ấp", width=18),
    Column("commune", "Xã, phường, thị trấn", width=18),
    Column("programme", "Chính sách", width=22),
    money_column("amount"),
    Column("channel", "Hình thức", width=14),
    Column("reason", "Lý do", width=24),
    Column("returned_on", "Ngày trả lại", Kind.DATE),
    Column("days", "Số ngày", Kind.INTEGER, width=8),
    Column("state", "Tình trạng", width=20),
)


def _read_list(params: Params, viewer: Viewer) -> Body:
    return Body(rows=_people(params, viewer), notes=(_NOW_NOTE,))


def _people(params: Params, viewer: Viewer) -> Iterator[Figures]:
    programmes = dict(programme_choices())
    communes: dict[str, str] = {}
    for row in returned_people(viewer, params.area.unit.area_code, params.last, params.programmes):
        code = row["area_code"]
        if code not in communes:
            communes |= area_names([code])
        yield {
            **_who(row),
            "commune": communes[code],
            "programme": programmes.get(row["programme"], row["programme"]),
            "amount": row["amount"],
            "channel": paper(PayoutChannel(row["channel"]).label),
            "reason": row["result_reason"],
            "returned_on": row["resulted_on"],
            "days": (params.last - row["resulted_on"]).days,
            "state": "Tiền đã hoàn trả ngân sách" if row["is_gone"] else "Chờ chi lại",
        }


def _who(row: Mapping[str, Any]) -> Line:
    """Of programmes of the sick nobody is named, as on the public lists; the money stays in the totals."""
    if row["programme"] in TOTALS_ONLY:
        return {"name": _HIDDEN, "birth": "", "number": "", "hamlet": ""}
    year = row["birth_year"] or (row["birth_date"].year if row["birth_date"] else "")
    return {
        "name": row["payee_name"],
        "birth": str(year),
        "number": mask_number(f"000{row['payee_number_last3']}"),
        "hamlet": row["hamlet"],
    }


UNCLAIMED_COLUMNS: Final = (
    ORDINAL,
    label_column("Đơn vị, văn bản", 40),
    Column("programme", "Chính sách", width=26),
    Column("waited", "Số ngày chờ", Kind.CODE, width=10),
    people_column("people"),
    money_column("amount"),
)


def _read_unclaimed(params: Params, viewer: Viewer) -> Body:
    rows = list(
        unclaimed_papers(viewer, params.area.unit.area_code, params.first, params.last, params.programmes)
    )
    names = area_names({row.area_code for row in rows})
    sections = sections_by(
        rows,
        lambda row: (row.area_code, names[row.area_code]),
        lambda row: {
            "label": f"{row.document_number} ngày {format_date(row.returned_on)} ({row.reference})",
            "programme": row.programme.short_name,
            "waited": str(row.waited_days),
            "people": row.people,
            "amount": row.amount,
        },
        UNCLAIMED_COLUMNS,
    )
    return Body(sections=sections)


def _unclaimed_words(totals: Mapping[str, int]) -> tuple[str, ...]:
    return (f"Số tiền đã hoàn trả ngân sách (bằng chữ): {amount_in_words(totals['amount'])}.",)


DEFINITIONS: Final = (
    ReportDefinition(
        code="returned",
        slug="returned",
        group=ReportGroup.MONEY,
        title="Tổng hợp người chi chưa được",
        purpose="Người chưa nhận được tiền theo đơn vị, lý do và số ngày, phần tiền đã hoàn trả ngân sách.",
        columns=lambda _params: columns(),
        read=_read,
        in_words=_in_words,
        unit_note="Đơn vị tính: người, đồng",
        asks=(Ask.PROGRAMMES,),
        unsure="Chưa có mẫu của Bộ, của tỉnh; các nhóm số ngày do hệ thống chọn.",
    ),
    ReportDefinition(
        code="returned_people",
        slug="returned-people",
        group=ReportGroup.PEOPLE,
        title="Danh sách người chi chưa được",
        purpose="Từng người chưa nhận được tiền, lý do, số ngày và tình trạng của tiền.",
        columns=lambda _params: LIST_COLUMNS,
        read=_read_list,
        unit_note="Đơn vị tính: đồng",
        asks=(Ask.PROGRAMMES,),
        is_list=True,
        is_personal=True,
        unsure="Chưa có mẫu của Bộ, của tỉnh.",
    ),
    ReportDefinition(
        code="unclaimed",
        slug="unclaimed",
        group=ReportGroup.MONEY,
        title="Tiền không có người nhận đã hoàn trả ngân sách",
        purpose="Văn bản hoàn trả trong kỳ, số người và số tiền theo huyện, chính sách.",
        columns=lambda _params: UNCLAIMED_COLUMNS,
        read=_read_unclaimed,
        in_words=_unclaimed_words,
        unit_note="Đơn vị tính: người, đồng",
        asks=(Ask.PROGRAMMES,),
        unsure="Chưa có quy định về thời hạn hoàn trả tiền không có người nhận; số ngày chờ là thiết lập của hệ thống.",
    ),
)
