"""Kết quả thực hiện Nghị quyết 68: policy x stage x measure, by district, for one area, and the loans on the bank's columns.

The Ministry's template was not found. The shape (policy, stage, measure, numbered columns) is that of the Social Policy Bank's
report form of 28 columns (docs: policies, §7); the loan part has its columns with the three kinds of loan below each other, so
that it fits A4.
"""

from collections.abc import Iterable, Mapping
from typing import Final

from core.querysets import Viewer
from core.spreadsheets.tables import Column, Kind
from reports.definitions.base import (
    Ask,
    Body,
    Params,
    ReportDefinition,
    ReportGroup,
    Section,
    add_up,
)
from reports.definitions.stages import (
    ALL_STAGES,
    CLAIMS_NOTE,
    ORDINAL,
    Line,
    codes_of,
    figures_line,
    label_column,
    measure_columns,
    paid_in_words,
    unit_keys,
)
from reports.queries.employers import employers_by_programme
from reports.queries.figures import Dimension, FigureQuery, Figures, read_figures
from reports.queries.loans import LOAN_KINDS, LoanFigures, Loans, loans
from reports.queries.programme_names import programme_names

# the policies of the resolution, in its order; the last is the province's own for free workers (mục II.12)
POLICIES: Final = (
    "TNLD_BNN",
    "HTTT",
    "DAO_TAO",
    "TAM_HOAN",
    "NGUNG_VIEC",
    "CHAM_DUT",
    "BO_SUNG",
    "F0_F1",
    "NGHE_THUAT",
    "HDV_DL",
    "HO_KD",
    "VAY_VON",
    "LD_TU_DO",
)
BASES: Final = (
    "Nghị quyết số 68/NQ-CP ngày 01 tháng 7 năm 2021 của Chính phủ",
    "Quyết định số 23/2021/QĐ-TTg ngày 07 tháng 7 năm 2021 của Thủ tướng Chính phủ",
)
UNSURE: Final = (
    "Chưa có mẫu báo cáo của Bộ Lao động - Thương binh và Xã hội; cột theo dạng chính sách, khâu, chỉ tiêu của mẫu báo cáo "
    "Ngân hàng Chính sách xã hội."
)
EMPLOYERS: Final = Column("employers", "Số đơn vị", Kind.INTEGER, total=True)
TRACKED_NOTE: Final = (
    "Chính sách do cơ quan khác quyết định (bảo hiểm xã hội, ngân hàng) chỉ gồm hồ sơ đã ghi quyết định của cơ quan đó; tiền "
    "không chi qua hệ thống nên không có ở cột đã chi."
)
_BY_UNIT: Final = (ORDINAL, label_column("Chính sách, đơn vị"), *measure_columns(ALL_STAGES))
# without what was asked for in the period, so that it fits an A4 sheet
_OF_AREA: Final = tuple(one for one in ALL_STAGES if one.code != "proposed_amount_period")
_BY_POLICY: Final = (ORDINAL, label_column("Chính sách"), EMPLOYERS, *measure_columns(_OF_AREA))


def _asked(params: Params) -> tuple[str, ...]:
    """The policies asked for, in the order of the resolution."""
    return tuple(code for code in POLICIES if not params.programmes or code in params.programmes)


def _figures(params: Params, viewer: Viewer, *by: Dimension) -> Figures:
    asked = FigureQuery(params.area, params.first, params.last, ALL_STAGES, by, _asked(params))
    return read_figures(viewer, asked)


def _read_by_unit(params: Params, viewer: Viewer) -> Body:
    figures, names = _figures(params, viewer, Dimension.UNIT, Dimension.PROGRAMME), programme_names()
    units = unit_keys(params, codes_of(figures))
    sections, without = [], []
    for code in _asked(params):
        found = [unit for unit in units if (unit.area_code, code) in figures.values]
        if not found:
            without.append(names.get(code, code))
            continue
        lines = [
            {"label": unit.label, **figures_line(figures, ALL_STAGES, unit.area_code, code)} for unit in found
        ]
        label = names.get(code, code)
        sections.append(Section(label, params.area.unit.area_code, tuple(lines), add_up(lines, _BY_UNIT)))
    return Body(sections=tuple(sections), notes=_notes(without))


def _read_by_policy(params: Params, viewer: Viewer) -> Body:
    figures, names = _figures(params, viewer, Dimension.PROGRAMME), programme_names()
    employers = employers_by_programme(viewer, params.area.unit.area_code, params.last)
    lines: list[Line] = [
        {
            "label": names.get(code, code),
            "employers": employers.get(code, 0),
            **figures_line(figures, _OF_AREA, code),
        }
        for code in _asked(params)
    ]
    section = Section("", params.area.unit.area_code, tuple(lines), add_up(lines, _BY_POLICY))
    note = "Đơn vị sử dụng lao động: tính mỗi đơn vị một lần ở mỗi chính sách, từ đầu đến hết kỳ."
    return Body(sections=(section,), notes=(note, *_notes(())))


def _notes(without: Iterable[str]) -> tuple[str, ...]:
    names = "; ".join(without)
    nothing = (f"Chưa phát sinh hồ sơ: {names}.",) if names else ()
    return (*nothing, TRACKED_NOTE, CLAIMS_NOTE)


_STAGES: Final = (("received", "Nhận hồ sơ"), ("approved", "Phê duyệt"), ("paid", "Giải ngân"))
# what the bank approves isn't known here
_AMOUNTS: Final = {"received": "Mức vay tối đa", "paid": "Số tiền"}


def _loan_columns() -> tuple[Column, ...]:
    columns = [ORDINAL, label_column("Loại vay, đơn vị", width=46)]
    for stage, group in _STAGES:
        columns.append(Column(f"{stage}_employers", "Số đơn vị", Kind.INTEGER, total=True, group=group))
        columns.append(
            Column(f"{stage}_workers", "Lượt người lao động", Kind.INTEGER, total=True, group=group)
        )
        if stage in _AMOUNTS:
            columns.append(Column(f"{stage}_amount", _AMOUNTS[stage], Kind.MONEY, total=True, group=group))
    return tuple(columns)


_LOANS: Final = _loan_columns()


def _loan_line(found: Loans, label: str, area_code: str, kind: str) -> Line:
    line: Line = {"label": label}
    for stage, _title in _STAGES:
        of_stage: Mapping[tuple[str, str], LoanFigures] = getattr(found, stage)
        figures = of_stage.get((area_code, kind), LoanFigures())
        line[f"{stage}_employers"], line[f"{stage}_workers"] = figures.employers, figures.workers
        if stage in _AMOUNTS:
            line[f"{stage}_amount"] = figures.amount
    return line


def _read_loans(params: Params, viewer: Viewer) -> Body:
    found = loans(viewer, params.area.unit.area_code, params.area.prefix_length, params.last)
    keys = {*found.received, *found.approved, *found.paid}
    units = unit_keys(params, {area_code for area_code, _kind in keys})
    kinds = (*LOAN_KINDS, *((("", "Chưa ghi loại vay"),) if any(not kind for _code, kind in keys) else ()))
    sections = []
    for kind, label in kinds:
        lines = tuple(_loan_line(found, unit.label, unit.area_code, kind) for unit in units)
        sections.append(Section(label, params.area.unit.area_code, lines, add_up(lines, _LOANS)))
    return Body(sections=tuple(sections), notes=_LOAN_NOTES)


_LOAN_NOTES: Final = (
    "Lũy kế từ đầu đến hết kỳ. Đơn vị tính theo nơi đăng ký của người sử dụng lao động.",
    "Nhận hồ sơ: hồ sơ do hệ thống theo dõi, trừ hồ sơ đã rút; mức vay tối đa do hệ thống tính theo quy định.",
    "Phê duyệt: hồ sơ đã ghi quyết định của ngân hàng; hệ thống không phân biệt quyết định từ chối.",
    "Giải ngân: số lao động và số tiền từng tháng đã ghi.",
)

NQ68_RESULT: Final = ReportDefinition(
    code="nq68_result",
    slug="nq68-result",
    group=ReportGroup.PROGRESS,
    title="Tổng hợp kết quả thực hiện Nghị quyết số 68/NQ-CP theo đơn vị",
    purpose="Từng chính sách theo đơn vị: đề nghị, phê duyệt, đã chi trong kỳ và lũy kế, còn phải chi.",
    columns=lambda _params: _BY_UNIT,
    read=_read_by_unit,
    legal_basis=BASES,
    in_words=paid_in_words,
    unit_note="Đơn vị tính: người, đồng",
    asks=(Ask.PROGRAMMES,),
    programmes=POLICIES,
    unsure=UNSURE,
)
NQ68_POLICIES: Final = ReportDefinition(
    code="nq68_policies",
    slug="nq68-policies",
    group=ReportGroup.PROGRESS,
    title="Kết quả thực hiện Nghị quyết số 68/NQ-CP theo chính sách",
    purpose="Mỗi chính sách một dòng cho một địa bàn: đơn vị sử dụng lao động, đề nghị, phê duyệt, đã chi, còn phải chi.",
    columns=lambda _params: _BY_POLICY,
    read=_read_by_policy,
    legal_basis=BASES,
    in_words=paid_in_words,
    unit_note="Đơn vị tính: người, đồng",
    asks=(Ask.PROGRAMMES,),
    programmes=POLICIES,
    unsure=UNSURE,
)
NQ68_LOANS: Final = ReportDefinition(
    code="nq68_loans",
    slug="nq68-loans",
    group=ReportGroup.PROGRESS,
    title="Kết quả cho vay trả lương theo Nghị quyết số 68/NQ-CP",
    purpose="Ba loại vay theo đơn vị: nhận hồ sơ, phê duyệt, giải ngân; người sử dụng lao động, lượt người lao động, số tiền.",
    columns=lambda _params: _LOANS,
    read=_read_loans,
    legal_basis=BASES,
    unit_note="Đơn vị tính: đơn vị, lượt người, đồng",
    unsure="Cột theo mẫu 28 cột của Ngân hàng Chính sách xã hội, xếp ba loại vay theo dòng. Số tiền ngân hàng phê duyệt không "
    "có trong hệ thống nên không có cột.",
)
DEFINITIONS: Final = (NQ68_RESULT, NQ68_POLICIES, NQ68_LOANS)
