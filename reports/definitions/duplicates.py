"""Trùng lặp và tiền giữ được: pairs found and answered, claims refused, money held back or recovered, by unit."""

from collections.abc import Mapping
from dataclasses import fields
from typing import Any, Final

from core.money import amount_in_words
from core.querysets import Viewer
from reports.definitions.base import Body, Params, ReportDefinition, ReportGroup, Section, add_up
from reports.definitions.lines import money_column, people_column
from reports.definitions.stages import ORDINAL, Line, label_column, unit_keys
from reports.queries.doubles import Doubles, doubles_by_unit

_PAIRS = "Cặp người nghi là một, phát hiện trong kỳ"
_BEFORE, _AFTER = "Chặn trước khi chi, lũy kế", "Đã chi trùng, lũy kế"
_COLUMNS: Final = (
    ORDINAL,
    label_column("Đơn vị"),
    people_column("found", "Phát hiện", _PAIRS),
    people_column("same", "Cùng một người", _PAIRS),
    people_column("different", "Hai người khác nhau", _PAIRS),
    people_column("waiting", "Chưa kết luận", _PAIRS),
    people_column("refused", "Hồ sơ từ chối vì đã hưởng", _BEFORE),
    people_column("held", "Mức hưởng trùng không chi", _BEFORE),
    money_column("held_amount", "Số tiền không chi", _BEFORE),
    people_column("repeated", "Số khoản", _AFTER),
    money_column("repeated_amount", "Phải thu hồi", _AFTER),
    money_column("recovered_amount", "Đã thu hồi", _AFTER),
    money_column("saved_amount", "Tiền giữ được lũy kế", ""),
)
_NOTES: Final = (
    "Tiền giữ được = số tiền của mức hưởng trùng không chi + số tiền chi trùng đã thu hồi.",
    "Mức hưởng trùng: khi gộp hai bản ghi của một người, mức hưởng lặp lại mức khác; tính đến lúc lập báo cáo.",
    "Hồ sơ từ chối vì đã hưởng: không đạt điều kiện chưa hưởng chính sách này hoặc chính sách khác; không tính thành tiền.",
)


def _read(params: Params, viewer: Viewer) -> Body:
    area = params.area
    found = doubles_by_unit(viewer, area.unit.area_code, area.prefix_length, params.first, params.last)
    lines = [
        _line(unit.label, found.get(unit.area_code, Doubles()))
        for unit in unit_keys(params, found, "cặp thuộc nhiều đơn vị")
    ]
    section = Section("", area.unit.area_code, tuple(lines), add_up(lines, _COLUMNS))
    return Body(sections=(section,), notes=_NOTES)


def _line(label: str, figures: Doubles) -> Line:
    return {
        "label": label,
        **{field.name: getattr(figures, field.name) for field in fields(figures)},
        "saved_amount": figures.saved_amount,
    }


def _in_words(totals: Mapping[str, Any]) -> tuple[str, ...]:
    if "saved_amount" not in totals:
        return ()
    return (f"Tiền giữ được (bằng chữ): {amount_in_words(totals['saved_amount'])}.",)


DUPLICATES: Final = ReportDefinition(
    code="duplicates",
    slug="duplicates",
    group=ReportGroup.QUALITY,
    title="Trùng lặp đã phát hiện và tiền giữ được",
    purpose="Cặp người nghi là một, hồ sơ từ chối vì đã hưởng, tiền không chi hai lần và tiền chi trùng đã thu hồi.",
    columns=lambda _params: _COLUMNS,
    read=_read,
    in_words=_in_words,
    unit_note="Đơn vị tính: cặp, hồ sơ, đồng",
    unsure="Chưa có quy định cách tính tiền giữ được; cách tính do hệ thống chọn, ghi dưới bảng.",
)
DEFINITIONS: Final = (DUPLICATES,)
