"""Trợ cấp hằng tháng: who is in the register, who is entitled for the month, who was paid, against the target of 100 %."""

from collections.abc import Mapping
from typing import Final

from core.money import amount_in_words, format_dong
from core.querysets import Viewer
from core.spreadsheets.tables import Column, Kind
from reports.definitions.base import Ask, Body, Chart, ChartPoint, Params, ReportDefinition, ReportGroup
from reports.definitions.lines import (
    Line,
    paper,
    people_and_money,
    people_column,
    sections_by,
)
from reports.definitions.stages import ORDINAL, label_column
from reports.queries.monthly_regimes import REGISTERS, UNNAMED, MonthSum, month_sums

_UNSURE: Final = (
    "Chỉ tiêu 100% lấy theo yêu cầu của Sở; chưa có mẫu của Bộ. Chưa rõ người vào sổ giữa tháng được tính từ tháng đó hay tháng "
    "sau; báo cáo tính từ tháng đó."
)
COLUMNS: Final = (
    ORDINAL,
    label_column("Đơn vị, nhóm đối tượng", 44),
    people_column("named", "Số người", "Có trong sổ"),
    *people_and_money("entitled", "Được duyệt của tháng"),
    *people_and_money("paid", "Đã chi của tháng"),
    people_column("paid_named", "Số người", "Có trong sổ, đã chi"),
    people_column("unpaid_named", "Số người", "Có trong sổ, chưa chi"),
    Column("share", "So với 100%", Kind.PERCENT, ratio_of=("paid_named", "named")),
)


def programme_asked(params: Params) -> str:
    """The regime asked for; the social allowance where none is."""
    known = [code for code in params.programmes if code in REGISTERS]
    return known[0] if known else next(iter(REGISTERS))


def _line(one: MonthSum) -> Line:
    label = "Được duyệt, không có trong sổ" if one.category == UNNAMED else paper(one.group)
    line: Line = {
        "label": label,
        "named": one.named,
        "entitled_people": one.entitled,
        "entitled_amount": one.entitled_amount,
        "paid_people": one.paid,
        "paid_amount": one.paid_amount,
        "paid_named": one.paid_named,
        "unpaid_named": one.named - one.paid_named,
    }
    return line


def _read(params: Params, viewer: Viewer) -> Body:
    sums = month_sums(viewer, params.area, programme_asked(params), params.last)
    sections = sections_by(sums, lambda one: (one.area_code, one.unit), _line, COLUMNS)
    month = f"{params.last:%m/%Y}"
    note = (
        f"Số liệu của tháng {month}, tháng có ngày cuối kỳ. Một người tính một lần, ở nhóm đầu tiên theo thứ tự của sổ. "
        "Được duyệt và đã chi là mức hưởng của tháng đó, chi vào ngày nào cũng tính."
    )
    return Body(sections=sections, charts=(_chart(sums, month),), notes=(note,))


def _chart(sums: list[MonthSum], month: str) -> Chart:
    units: dict[str, list[int]] = {}
    for one in sums:
        unit = units.setdefault(one.unit, [0, 0])
        unit[0] += one.paid_named
        unit[1] += one.named
    points = tuple(ChartPoint(name, paid, named or None) for name, (paid, named) in units.items())
    paid, named = sum(one.paid_named for one in sums), sum(one.named for one in sums)
    summary = f"Tháng {month} đã chi cho {format_dong(paid)} trong {format_dong(named)} người có trong sổ."
    return Chart("bars", "Người đã nhận trợ cấp so với người có trong sổ", "người", points, summary)


def _in_words(totals: Mapping[str, int]) -> tuple[str, ...]:
    return (f"Số tiền đã chi của tháng (bằng chữ): {amount_in_words(totals['paid_amount'])}.",)


DEFINITION: Final = ReportDefinition(
    code="monthly_regimes",
    slug="monthly-regimes",
    group=ReportGroup.STANDING,
    title="Chi trả trợ cấp hằng tháng so với chỉ tiêu 100%",
    purpose="Người trong sổ bảo trợ xã hội hoặc người có công: được duyệt, đã chi của tháng, tỷ lệ so với 100%.",
    columns=lambda _params: COLUMNS,
    read=_read,
    legal_basis=("Nghị định 20/2021/NĐ-CP", "Pháp lệnh 02/2020/UBTVQH14", "Nghị định 75/2021/NĐ-CP"),
    in_words=_in_words,
    unit_note="Đơn vị tính: người, đồng",
    asks=(Ask.PROGRAMME,),
    programmes=tuple(REGISTERS),
    unsure=_UNSURE,
)
