"""Hồ sơ không đủ điều kiện theo lý do: criteria that weren't met with their articles, by programme."""

from typing import Final

from core.money import format_dong
from core.querysets import Viewer
from core.spreadsheets.tables import Column, Kind
from reports.definitions.base import (
    Ask,
    Body,
    Chart,
    ChartPoint,
    Params,
    ReportDefinition,
    ReportGroup,
    Section,
    add_up,
    whole,
)
from reports.definitions.stages import ORDINAL, Line, label_column
from reports.queries.programme_names import programme_names
from reports.queries.refusals import Reason, Refused, refusals

_COLUMNS: Final = (
    ORDINAL,
    label_column("Chính sách, điều kiện không đạt", width=60),
    Column("article", "Căn cứ", Kind.TEXT, width=26),
    Column("claims", "Số hồ sơ", Kind.INTEGER, total=True, group="Mỗi hồ sơ một lần"),
    Column("amount", "Số tiền đề nghị", Kind.MONEY, total=True, group="Mỗi hồ sơ một lần"),
    Column("failed", "Mọi hồ sơ không đạt điều kiện này", Kind.INTEGER, width=16),
)
_BY_HAND: Final = "Cán bộ kết luận, không có điều kiện nào được máy đánh giá là không đạt"
_NOTES: Final = (
    "Hồ sơ kết luận không đủ điều kiện trong kỳ; số tiền đề nghị là 0 khi không tính được mức hỗ trợ.",
    "Hồ sơ không đạt nhiều điều kiện được tính một lần, ở điều kiện đầu tiên theo thứ tự của quy định.",
    "Cột cuối đếm cả các điều kiện không đạt khác của hồ sơ, nên không cộng được.",
)


def _read(params: Params, viewer: Viewer) -> Body:
    found = refusals(viewer, params.area.unit.area_code, params.first, params.last, params.programmes)
    names = programme_names()
    sections = []
    for programme in sorted({reason.programme for reason in found}, key=lambda code: names.get(code, code)):
        reasons = [(reason, figures) for reason, figures in found.items() if reason.programme == programme]
        reasons.sort(key=lambda row: (-row[1].claims, -row[1].failed, row[0].code))
        lines = tuple(_line(reason, figures) for reason, figures in reasons)
        sections.append(
            Section(
                names.get(programme, programme), params.area.unit.area_code, lines, add_up(lines, _COLUMNS)
            )
        )
    chart = _chart(sections)
    return Body(sections=tuple(sections), charts=(chart,) if chart else (), notes=_NOTES)


def _line(reason: Reason, figures: Refused) -> Line:
    return {
        "label": reason.statement or _BY_HAND,
        "article": reason.article,
        "claims": figures.claims,
        "amount": figures.amount,
        "failed": figures.failed,
    }


def _chart(sections: list[Section]) -> Chart | None:
    points = tuple(ChartPoint(section.label, whole(section.sums["claims"])) for section in sections)
    if len(points) < 2:
        return None
    total, most = sum(point.value for point in points), max(points, key=lambda point: point.value)
    return Chart(
        kind="bars",
        title="Hồ sơ không đủ điều kiện theo chính sách",
        unit="hồ sơ",
        points=points,
        summary=f"{format_dong(total)} hồ sơ không đủ điều kiện; nhiều nhất là {most.label} ({format_dong(most.value)} hồ sơ).",
    )


REFUSAL_REASONS: Final = ReportDefinition(
    code="refusal_reasons",
    slug="refusal-reasons",
    group=ReportGroup.QUALITY,
    title="Hồ sơ không đủ điều kiện theo lý do",
    purpose="Từng chính sách: điều kiện nào không đạt, điều khoản nào, bao nhiêu hồ sơ, bao nhiêu tiền đề nghị.",
    columns=lambda _params: _COLUMNS,
    read=_read,
    unit_note="Đơn vị tính: hồ sơ, đồng",
    asks=(Ask.PROGRAMMES,),
    unsure="Chưa có mẫu biểu chính thức; các cột do hệ thống chọn.",
)
DEFINITIONS: Final = (REFUSAL_REASONS,)
