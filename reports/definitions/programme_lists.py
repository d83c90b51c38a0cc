"""Danh sách và tổng hợp theo từng chính sách: every claim with what became of it, and the same by commune."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from django.utils import translation

from accounts.permissions import reads_records
from accounts.queries import area_names
from core.money import amount_in_words
from core.querysets import Viewer
from core.spreadsheets.tables import Column, Kind
from reports.definitions.base import (
    Ask,
    Body,
    Figures,
    Params,
    ReportDefinition,
    ReportGroup,
    Section,
    add_up,
)
from reports.definitions.stages import (
    ORDINAL,
    PAID_SHARE,
    Line,
    UnitKey,
    add_share,
    codes_of,
    figures_line,
    label_column,
    measure_columns,
    paid_in_words,
    unit_keys,
)
from reports.queries.figures import Dimension, Fact, FigureQuery, Time, What, measure, read_figures
from reports.queries.programme_people import ProgrammePerson, programme_people, proposed_people
from support_programs.enums import CaseStatus

# claims of people. F0 and F1 are never listed by name; employers' claims and goods have reports of their own
OF_PEOPLE: Final = (
    "LD_TU_DO",
    "TAM_HOAN",
    "NGUNG_VIEC",
    "CHAM_DUT",
    "NGHE_THUAT",
    "HDV_DL",
    "HO_KD",
    "BTXH_THANG",
    "NCC_THANG",
    "QUA_27_7",
    "TRO_GIUP_KHAN_CAP",
    "BO_SUNG",
)
# the same without names: goods and patients may be counted by unit
COUNTED: Final = (*OF_PEOPLE, "F0_F1", "GAO_HO_TRO", "DAO_TAO", "VAY_VON", "HTTT", "TNLD_BNN")
_LIST: Final = (
    ORDINAL,
    Column("name", "Họ và tên", Kind.TEXT, width=26),
    Column("birth_year", "Năm sinh", Kind.CODE, width=8),
    Column("hamlet", "Khóm, ấp", Kind.TEXT, width=20),
    Column("commune", "Xã, phường, thị trấn", Kind.TEXT, width=22),
    Column("number", "Số giấy tờ", Kind.CODE, width=11),
    Column("received_on", "Ngày nhận hồ sơ", Kind.DATE),
    Column("amount", "Mức đề nghị", Kind.MONEY, total=True),
    Column("decision", "Số quyết định", Kind.CODE, width=18),
    Column("paid", "Đã chi", Kind.MONEY, total=True),
    Column("paid_on", "Ngày chi", Kind.DATE),
    Column("state", "Tình trạng", Kind.TEXT, width=22),
)
_PAID: Final = "Đã chi"
_DECIDED: Final = "Chờ chi"


def _read_list(params: Params, viewer: Viewer) -> Body:
    cases = proposed_people(viewer, params.area.unit.area_code, params.programme, params.first, params.last)
    names = area_names(cases.order_by().values_list("area_code", flat=True).distinct())
    return Body(
        rows=_rows(programme_people(cases), names, _states()), row_count=cases.count(), notes=_LIST_NOTES
    )


_LIST_NOTES: Final = (
    "Hồ sơ đề nghị có ngày nhận trong kỳ, trừ bản nháp và hồ sơ đã rút. Số giấy tờ chỉ ghi 3 số cuối.",
    "Chính sách chi nhiều kỳ: cột đã chi là tổng các kỳ, quyết định và ngày chi là của lần sau cùng.",
)


def _rows(
    people: Iterable[ProgrammePerson], names: dict[str, str], states: dict[str, str]
) -> Iterator[Figures]:
    for person in people:
        yield {
            "name": person.name,
            "birth_year": str(person.birth_year or ""),
            "hamlet": person.hamlet,
            "commune": names.get(person.area_code, person.area_code),
            "number": f"•••{person.number_last3}" if person.number_last3 else "",
            "received_on": person.received_on,
            "amount": person.amount,
            "decision": person.decision,
            "paid": person.paid,
            "paid_on": person.paid_on,
            "state": _state(person, states),
        }


def _state(person: ProgrammePerson, states: dict[str, str]) -> str:
    if person.paid_on:
        return _PAID
    return _DECIDED if person.decision else states.get(person.status, person.status)


def _states() -> dict[str, str]:
    """A paper is Vietnamese, whatever the language of who makes it."""
    with translation.override("vi"):
        return {status.value: str(status.label) for status in CaseStatus}


def _list_words(totals: Mapping[str, Any]) -> tuple[str, ...]:
    return (
        (f"Tổng số tiền đã chi (bằng chữ): {amount_in_words(totals['paid'])}.",) if "paid" in totals else ()
    )


_SUMMED: Final = (
    measure(Fact.PROPOSED, What.PEOPLE, Time.PERIOD),
    measure(Fact.APPROVED, What.PEOPLE, Time.PERIOD),
    *(measure(Fact.PAID, what, Time.PERIOD) for what in What),
    *(measure(Fact.PROPOSED, what) for what in What),
    measure(Fact.REFUSED, What.PEOPLE),
    *(measure(fact, what) for fact in (Fact.APPROVED, Fact.PAID, Fact.REMAINING) for what in What),
    measure(Fact.RETURNED, What.PEOPLE),
)
_SUMMARY: Final = (ORDINAL, label_column("Đơn vị"), *measure_columns(_SUMMED), PAID_SHARE)
DISTRICT_DIGITS: Final = 5


def _read_summary(params: Params, viewer: Viewer) -> Body:
    asked = FigureQuery(
        params.area, params.first, params.last, _SUMMED, (Dimension.UNIT,), (params.programme,)
    )
    figures = read_figures(viewer, asked)
    units = unit_keys(params, codes_of(figures))
    lines = {
        unit: add_share({"label": unit.label, **figures_line(figures, _SUMMED, unit.area_code)})
        for unit in units
    }
    return Body(sections=tuple(_sections(params, lines)), notes=_SUMMARY_NOTES)


_SUMMARY_NOTES: Final = (
    "Không đủ điều kiện: hồ sơ đã kết luận, tính đến hết kỳ. Chi chưa được: lần chi sau cùng bị trả lại hoặc không chi được.",
)


def _sections(params: Params, lines: dict[UnitKey, Line]) -> Iterator[Section]:
    """Communes of several districts stand under their districts; else the units stand by themselves."""
    districts: dict[str, list[Line]] = defaultdict(list)
    for unit, line in lines.items():
        districts[unit.area_code[:DISTRICT_DIGITS]].append(line)
    is_detailed = len(districts) > 1 and any(len(unit.area_code) > DISTRICT_DIGITS for unit in lines)
    if not is_detailed:
        every = tuple(lines.values())
        yield Section("", params.area.unit.area_code, every, add_up(every, _SUMMARY))
        return
    names = area_names(districts)
    for code, found in districts.items():
        yield Section(names.get(code, code), code, tuple(found), add_up(found, _SUMMARY))


PROGRAMME_LIST: Final = ReportDefinition(
    code="programme_list",
    slug="programme-list",
    group=ReportGroup.PEOPLE,
    title="Danh sách người đề nghị và kết quả chi trả",
    purpose="Từng người của một chính sách: mức đề nghị, quyết định, đã chi, ngày chi, tình trạng.",
    columns=lambda _params: _LIST,
    read=_read_list,
    in_words=_list_words,
    unit_note="Đơn vị tính: đồng",
    asks=(Ask.PROGRAMME,),
    programmes=OF_PEOPLE,
    readers=reads_records,
    is_list=True,
    is_personal=True,
)
PROGRAMME_SUMMARY: Final = ReportDefinition(
    code="programme_summary",
    slug="programme-summary",
    group=ReportGroup.PROGRESS,
    title="Tổng hợp kết quả một chính sách theo đơn vị",
    purpose="Một chính sách theo huyện hoặc xã: đề nghị, không đủ điều kiện, phê duyệt, đã chi, còn phải chi, chi chưa được.",
    columns=lambda _params: _SUMMARY,
    read=_read_summary,
    in_words=paid_in_words,
    unit_note="Đơn vị tính: người, đồng",
    asks=(Ask.PROGRAMME, Ask.UNITS),
    programmes=COUNTED,
    unsure="Chưa có mẫu biểu chính thức; các cột do hệ thống chọn.",
)
DEFINITIONS: Final = (PROGRAMME_LIST, PROGRAMME_SUMMARY)
