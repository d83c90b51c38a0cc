"""Hỗ trợ người điều trị COVID-19 (F0), cách ly y tế (F1): totals by unit. No names, no list: health data."""

from typing import Final

from core.querysets import Viewer
from reports.definitions.base import Body, Params, ReportDefinition, ReportGroup, Section, add_up
from reports.definitions.stages import (
    ALL_STAGES,
    ORDINAL,
    Line,
    label_column,
    measure_columns,
    paid_in_words,
    unit_keys,
)
from reports.queries.isolation import PROGRAMME, VARIANTS, Totals, isolation_totals

_COLUMNS: Final = (ORDINAL, label_column("Đơn vị, loại hỗ trợ"), *measure_columns(ALL_STAGES))
_NOTES: Final = (
    "Chỉ có số tổng, không có danh sách người điều trị, cách ly. Mỗi đợt điều trị, cách ly là một lượt.",
)


def _read(params: Params, viewer: Viewer) -> Body:
    area = params.area
    found = isolation_totals(viewer, area.unit.area_code, area.prefix_length, params.first, params.last)
    sections = []
    for unit in unit_keys(params, {code for code, _variant in found}):
        lines = tuple(_lines(found, unit.area_code))
        sections.append(Section(unit.label, unit.area_code, lines, add_up(lines, _COLUMNS)))
    return Body(sections=tuple(sections), notes=_NOTES)


def _lines(found: Totals, area_code: str) -> list[Line]:
    """F0 and F1 always, what isn't written down where there is some."""
    return [
        {
            "label": label,
            **{one.code: found.get((area_code, code), {}).get(one.code, 0) for one in ALL_STAGES},
        }
        for code, label in VARIANTS
        if code or (area_code, code) in found
    ]


F0_F1_TOTALS: Final = ReportDefinition(
    code="f0_f1_totals",
    slug="f0-f1-totals",
    group=ReportGroup.PROGRESS,
    title="Tổng hợp hỗ trợ người điều trị COVID-19 (F0), cách ly y tế (F1)",
    purpose="F0 và F1 theo đơn vị: đề nghị, phê duyệt, đã chi, còn phải chi. Chỉ số tổng, không có tên người.",
    columns=lambda _params: _COLUMNS,
    read=_read,
    legal_basis=(
        "Nghị quyết số 68/NQ-CP ngày 01 tháng 7 năm 2021 của Chính phủ (khoản 8 Mục II)",
        "Quyết định số 23/2021/QĐ-TTg ngày 07 tháng 7 năm 2021 của Thủ tướng Chính phủ (Điều 25 đến Điều 27)",
    ),
    in_words=paid_in_words,
    unit_note="Đơn vị tính: lượt người, đồng",
    programmes=(PROGRAMME,),
    unsure="Chưa có mẫu biểu chính thức; các cột do hệ thống chọn.",
)
DEFINITIONS: Final = (F0_F1_TOTALS,)
