"""Người sử dụng lao động và người lao động: per employer and policy the workers and the money; and the same by policy."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from accounts.queries import area_names
from core.money import amount_in_words
from core.querysets import Viewer
from core.spreadsheets.tables import Cell, Column, Kind
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
from reports.definitions.stages import ORDINAL, Line, label_column
from reports.queries.employers import EmployerLine, EmployerRow, employer_kind, employer_rows
from reports.queries.programme_names import programme_names

# policies whose workers or claims come through an employer; household businesses claim for their owners
OF_EMPLOYERS: Final = (
    "TNLD_BNN",
    "HTTT",
    "DAO_TAO",
    "TAM_HOAN",
    "NGUNG_VIEC",
    "NGHE_THUAT",
    "VAY_VON",
)
_FIGURES: Final = (
    Column("claimed", "Lao động đề nghị", Kind.INTEGER, total=True),
    Column("approved", "Lao động", Kind.INTEGER, total=True, group="Phê duyệt"),
    Column("approved_amount", "Số tiền", Kind.MONEY, total=True, group="Phê duyệt"),
    Column("paid", "Lao động", Kind.INTEGER, total=True, group="Đã chi"),
    Column("paid_amount", "Số tiền", Kind.MONEY, total=True, group="Đã chi"),
    Column("turns", "Lượt lao động", Kind.INTEGER, total=True, group="Cơ quan khác thực hiện"),
    Column("months_amount", "Số tiền", Kind.MONEY, total=True, group="Cơ quan khác thực hiện"),
)
_LIST: Final = (
    ORDINAL,
    Column("name", "Đơn vị sử dụng lao động", Kind.TEXT, width=36),
    Column("tax_code", "Mã số thuế", Kind.CODE, width=13),
    Column("kind", "Loại hình", Kind.TEXT, width=16),
    Column("area", "Địa bàn", Kind.TEXT, width=18),
    Column("programme", "Chính sách", Kind.TEXT, width=24),
    *_FIGURES,
)
_SUMMARY: Final = (
    ORDINAL,
    label_column("Chính sách"),
    Column("employers", "Số đơn vị", Kind.INTEGER, total=True),
    *_FIGURES,
)
_NOTES: Final = (
    "Lũy kế từ đầu đến hết kỳ. Không gồm hộ kinh doanh đề nghị cho chủ hộ.",
    "Hồ sơ của chính đơn vị (đào tạo, vay vốn, bảo hiểm): số lao động theo đề nghị.",
    "Cơ quan khác thực hiện: số liệu từng tháng do bảo hiểm xã hội hoặc ngân hàng cung cấp, không chi qua hệ thống.",
)


def _found(params: Params, viewer: Viewer) -> Iterator[EmployerRow]:
    wanted = params.programmes or OF_EMPLOYERS
    return employer_rows(viewer, params.area.unit.area_code, params.last, wanted)


def _read_list(params: Params, viewer: Viewer) -> Body:
    found = list(_found(params, viewer))
    places = area_names(row.employer.area_code for row in found)
    return Body(rows=_rows(found, places, programme_names()), row_count=len(found), notes=_NOTES)


def _rows(
    found: Iterable[EmployerRow], places: Mapping[str, str], names: Mapping[str, str]
) -> Iterator[Figures]:
    for row in found:
        yield {
            "name": row.employer.name,
            "tax_code": row.employer.tax_code,
            "kind": employer_kind(row.employer),
            "area": places[row.employer.area_code],
            "programme": names.get(row.programme, row.programme),
            **_figures(row.figures),
        }


def _figures(line: EmployerLine) -> dict[str, Cell]:
    return {column.key: getattr(line, column.key) for column in _FIGURES}


def _read_summary(params: Params, viewer: Viewer) -> Body:
    by_programme: dict[str, list[Line]] = {}
    for row in _found(params, viewer):
        by_programme.setdefault(row.programme, []).append({"employers": 1, **_figures(row.figures)})
    names = programme_names()
    lines: list[Line] = [
        {"label": names.get(code, code), **add_up(by_programme.get(code, ()), _SUMMARY)}
        for code in params.programmes or OF_EMPLOYERS
    ]
    section = Section("", params.area.unit.area_code, tuple(lines), add_up(lines, _SUMMARY))
    return Body(sections=(section,), notes=_NOTES)


def _in_words(totals: Mapping[str, Any]) -> tuple[str, ...]:
    paid = totals.get("paid_amount")
    return () if paid is None else (f"Tổng số tiền đã chi (bằng chữ): {amount_in_words(paid)}.",)


EMPLOYER_LIST: Final = ReportDefinition(
    code="employer_list",
    slug="employer-list",
    group=ReportGroup.PEOPLE,
    title="Đơn vị sử dụng lao động và người lao động được hỗ trợ",
    purpose="Từng đơn vị và chính sách: lao động đề nghị, được duyệt, đã chi, số tiền.",
    columns=lambda _params: _LIST,
    read=_read_list,
    in_words=_in_words,
    unit_note="Đơn vị tính: người, đồng",
    asks=(Ask.PROGRAMMES,),
    programmes=OF_EMPLOYERS,
    is_list=True,
    unsure="Chưa có mẫu biểu chính thức; các cột do hệ thống chọn.",
)
EMPLOYER_SUMMARY: Final = ReportDefinition(
    code="employer_summary",
    slug="employer-summary",
    group=ReportGroup.PROGRESS,
    title="Tổng hợp đơn vị sử dụng lao động theo chính sách",
    purpose="Mỗi chính sách: số đơn vị, lao động đề nghị, được duyệt, đã chi, số tiền.",
    columns=lambda _params: _SUMMARY,
    read=_read_summary,
    in_words=_in_words,
    unit_note="Đơn vị tính: đơn vị, người, đồng",
    asks=(Ask.PROGRAMMES,),
    programmes=OF_EMPLOYERS,
    unsure="Chưa có mẫu biểu chính thức; các cột do hệ thống chọn.",
)
DEFINITIONS: Final = (EMPLOYER_LIST, EMPLOYER_SUMMARY)
