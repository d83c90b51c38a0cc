"""Người có thể thuộc diện mà chưa có hồ sơ: whom a register names and no claim, and what communes found of them."""

from dataclasses import fields
from typing import Final

from core.querysets import Viewer
from reports.definitions.base import (
    Ask,
    Body,
    Params,
    ReportDefinition,
    ReportGroup,
    Section,
    add_up,
)
from reports.definitions.lines import people_column
from reports.definitions.stages import ORDINAL, Line, label_column, unit_keys
from reports.queries.programme_names import programme_names
from reports.queries.unreached import Unreached, unreached

# programmes of which a register tells who may be entitled; one at a time, for the rules are asked of every person of the area
BY_REGISTER: Final = ("LD_TU_DO", "BTXH_THANG", "NCC_THANG", "GAO_HO_TRO")
_REGISTER, _HANDED = "Hồ sơ của người có tên trong sổ, đến cuối kỳ", "Giao xã rà soát trong kỳ"
_COLUMNS: Final = (
    ORDINAL,
    label_column("Đơn vị"),
    people_column("with_case", "Đã có hồ sơ", _REGISTER),
    people_column("eligible", "Đủ điều kiện, chưa có", _REGISTER),
    people_column("undetermined", "Thiếu thông tin, chưa có", _REGISTER),
    people_column("handed", "Đã giao", _HANDED),
    people_column("waiting", "Chờ rà soát", _HANDED),
    people_column("invited", "Đã mời", _HANDED),
    people_column("declined", "Không đề nghị", _HANDED),
    people_column("not_entitled", "Không thuộc diện", _HANDED),
    people_column("moved", "Không còn ở xã", _HANDED),
    people_column("opened", "Nay có hồ sơ", _HANDED),
)
_NOTES: Final = (
    "Chỉ gồm người có tên trong sổ mà chính sách dùng để xét; kết quả xét theo thông tin đã có, chưa phải kết luận.",
    "Giao xã rà soát: người đã giao trong kỳ và kết quả đến lúc lập báo cáo.",
)


def _read(params: Params, viewer: Viewer) -> Body:
    area = params.area
    found = unreached(
        viewer, area.unit.area_code, area.prefix_length, params.first, params.last, params.programme
    )
    lines = [
        _line(unit.label, found.get(unit.area_code, Unreached()))
        for unit in unit_keys(params, found, "chưa rõ xã")
    ]
    section = Section("", area.unit.area_code, tuple(lines), add_up(lines, _COLUMNS))
    name = programme_names().get(params.programme, params.programme)
    return Body(sections=(section,), notes=(f"Chính sách: {name}.", *_NOTES))


def _line(label: str, figures: Unreached) -> Line:
    return {"label": label, **{field.name: getattr(figures, field.name) for field in fields(figures)}}


LEFT_BEHIND: Final = ReportDefinition(
    code="left_behind",
    slug="left-behind",
    group=ReportGroup.PEOPLE,
    title="Người có thể thuộc diện hỗ trợ mà chưa có hồ sơ",
    purpose="Một chính sách theo đơn vị: đủ điều kiện mà chưa có hồ sơ, thiếu thông tin, đã giao xã rà soát và kết quả.",
    columns=lambda _params: _COLUMNS,
    read=_read,
    unit_note="Đơn vị tính: người",
    asks=(Ask.PROGRAMME,),
    programmes=BY_REGISTER,
    unsure="Chưa có mẫu biểu chính thức; các cột do hệ thống chọn.",
)
DEFINITIONS: Final = (LEFT_BEHIND,)
