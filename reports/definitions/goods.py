"""Gạo và hàng cứu trợ: what came into the stores and left them, what is there, and whom the rice reached, against the quota."""

from typing import Final

from accounts.enums import AreaLevel
from accounts.queries import area_names
from core.querysets import Viewer
from core.spreadsheets.tables import Column, Kind
from disbursements.enums import HandoutStatus
from disbursements.queries.goods_quotas import QUOTA_PAPER, Quota, quotas
from reports.definitions.base import Body, Chart, ChartPoint, Params, ReportDefinition, ReportGroup
from reports.definitions.lines import (
    KILOGRAMS,
    Line,
    paper,
    people_and_kg,
    people_column,
    section,
    sections_by,
)
from reports.definitions.stages import ORDINAL, label_column
from reports.queries.stock_moves import MOVES, RICE, Handed, StockSum, rice_by_unit, rice_rounds, stock_sums

_TITLES: Final = (
    ("before", "Tồn đầu kỳ", ""),
    ("received", "Nhập kho", "Nhập trong kỳ"),
    ("came", "Nhận chuyển kho", "Nhập trong kỳ"),
    ("leftover", "Nhập lại sau cấp phát", "Nhập trong kỳ"),
    ("issued", "Xuất cấp phát", "Xuất trong kỳ"),
    ("went", "Chuyển kho", "Xuất trong kỳ"),
    ("lost", "Hao hụt", "Xuất trong kỳ"),
    ("corrected", "Hủy ghi sai (+, -)", ""),
    ("left", "Tồn cuối kỳ", ""),
    ("underway", "Đang chuyển, chưa nhận", ""),
)
_OUT: Final = ("issued", "went", "lost")
_STOCK_NOTE: Final = (
    "Tồn cuối kỳ bằng tồn đầu kỳ cộng nhập, trừ xuất, cộng hoặc trừ phần hủy ghi sai. Hàng đang chuyển đã xuất khỏi kho gửi, "
    "kho nhận chưa ghi."
)
_UNSURE: Final = "Chưa có mẫu của Bộ, của tỉnh; các cột do hệ thống chọn."
RICE_STOCK: Final = (
    ORDINAL,
    label_column("Địa bàn, kho", 34),
    *(people_column(key, title, group) for key, title, group in _TITLES),
)
# kilograms and boxes have no common sum
GOODS_STOCK: Final = (
    ORDINAL,
    label_column("Kho", 30),
    Column("goods", "Hàng", width=18),
    Column("unit", "Đơn vị tính", Kind.TEXT, width=9),
    *(Column(key, title, Kind.INTEGER, group=group) for key, title, group in _TITLES),
)


def _stock_line(one: StockSum) -> Line:
    moved = {name: -one.moved[name] if name in _OUT else one.moved[name] for name in MOVES}
    return {"label": one.store, "before": one.before, **moved, "left": one.left, "underway": one.underway}


def _read_rice_stock(params: Params, viewer: Viewer) -> Body:
    sums = stock_sums(viewer, params.area.unit.area_code, params.first, params.last, RICE)
    length = params.area.prefix_length
    names = area_names({one.area_code[:length] for one in sums})
    sections = sections_by(
        sums,
        lambda one: (one.area_code[:length], _place(one.area_code[:length], names, params)),
        _stock_line,
        RICE_STOCK,
    )
    return Body(sections=sections, notes=(_STOCK_NOTE,))


def _place(code: str, names: dict[str, str], params: Params) -> str:
    is_office = code == params.area.unit.area_code and params.area.level != AreaLevel.COMMUNE
    return f"Kho chung ({names[code]})" if is_office else names[code]


def _read_goods_stock(params: Params, viewer: Viewer) -> Body:
    sums = stock_sums(viewer, params.area.unit.area_code, params.first, params.last)
    lines = [{**_stock_line(one), "goods": one.goods, "unit": one.unit} for one in sums]
    return Body(sections=(section("", "", lines, GOODS_STOCK),), notes=(_STOCK_NOTE,))


RICE_QUOTA: Final = (
    ORDINAL,
    label_column("Đơn vị", 30),
    *people_and_kg("quota", "Chỉ tiêu"),
    *people_and_kg("waiting", "Đã lập đợt, chờ nhận"),
    *people_and_kg("period", "Đã nhận trong kỳ"),
    *people_and_kg("received", "Đã nhận lũy kế"),
    *people_and_kg("missed", "Chưa nhận"),
    people_column("left_kg", KILOGRAMS, "Còn theo chỉ tiêu"),
    Column("share", "Tỷ lệ đã nhận", Kind.PERCENT, ratio_of=("received_kg", "quota_kg")),
)
_QUOTA_NOTE: Final = (
    f"Chỉ tiêu theo {QUOTA_PAPER}, phân đến huyện, không phân đến xã. Còn theo chỉ tiêu: chỉ tiêu trừ phần đã lập đợt và phần "
    "đã nhận. Chưa nhận là dòng cấp phát đã ghi không nhận; người được cấp lại ở đợt sau được tính ở đợt sau."
)
_NONE: Final = Quota("", 0, 0)


def _read_rice_quota(params: Params, viewer: Viewer) -> Body:
    known = {quota.area_code: quota for quota in quotas()}
    found = rice_by_unit(viewer, params.area, params.first, params.last)
    lines = [
        _quota_line(unit.name, known.get(unit.area_code, _NONE), found.get(unit.area_code, Handed()))
        for unit in params.area.units
    ]
    here = params.area.unit
    if params.area.level == AreaLevel.DISTRICT and here.area_code in known:
        lines.insert(0, _quota_line(f"Chỉ tiêu chung của {here.name}", known[here.area_code], Handed()))
    rest = section("", "", lines, RICE_QUOTA)
    return Body(sections=(rest,), charts=(_rice_chart(lines),), notes=(_QUOTA_NOTE,))


def _quota_line(label: str, quota: Quota, handed: Handed) -> Line:
    line: Line = {
        "label": label,
        "quota_people": quota.people,
        "quota_kg": quota.kg,
        **_handed(handed, "waiting", "period", "received", "missed"),
        "left_kg": quota.kg - handed.waiting_kg - handed.received_kg,
    }
    return line


def _handed(handed: Handed, *names: str) -> Line:
    return {
        f"{name}_{what}": getattr(handed, f"{name}_{what}") for name in names for what in ("people", "kg")
    }


def _rice_chart(lines: list[Line]) -> Chart:
    points = tuple(
        ChartPoint(str(line["label"]), int(str(line["received_kg"])), int(str(line["quota_kg"])) or None)
        for line in lines
    )
    done, planned = sum(point.value for point in points), sum(point.plan or 0 for point in points)
    summary = f"Đã cấp {done:,} kg".replace(",", ".")
    if planned:
        summary += f" trong {planned:,} kg theo chỉ tiêu".replace(",", ".")
    return Chart("bars", "Gạo đã nhận so với chỉ tiêu", "kg", points, f"{summary}.")


ROUNDS: Final = (
    ORDINAL,
    label_column("Đơn vị, đợt cấp phát", 40),
    Column("decision", "Số quyết định", width=20),
    Column("state", "Tình trạng", width=16),
    *people_and_kg("planned", "Đã lập"),
    *people_and_kg("received", "Đã nhận"),
    *people_and_kg("missed", "Chưa nhận"),
    *people_and_kg("waiting", "Chờ nhận"),
)


def _read_rounds(params: Params, viewer: Viewer) -> Body:
    rounds = rice_rounds(viewer, params.area.unit.area_code, params.first, params.last)
    names = area_names({one.area_code for one, _figures in rounds})
    sections = sections_by(
        rounds,
        lambda row: (row[0].area_code, names[row[0].area_code]),
        lambda row: {
            "label": f"{row[0].title} ({row[0].reference})",
            "decision": row[0].decision_number,
            "state": paper(HandoutStatus(row[0].status).label),
            "planned_people": row[1].waiting_people + row[1].received_people + row[1].missed_people,
            "planned_kg": row[1].waiting_kg + row[1].received_kg + row[1].missed_kg,
            **_handed(row[1], "received", "missed", "waiting"),
        },
        ROUNDS,
    )
    return Body(sections=sections)


_RICE_LAW: Final = (f"{QUOTA_PAPER} ngày 30 tháng 8 năm 2021 của Sở Lao động - Thương binh và Xã hội",)
DEFINITIONS: Final = (
    ReportDefinition(
        code="rice_quota",
        slug="rice-quota",
        group=ReportGroup.GOODS,
        title="Kết quả cấp gạo hỗ trợ so với chỉ tiêu",
        purpose="Người và kg gạo đã lập đợt, đã nhận, chưa nhận của từng huyện so với chỉ tiêu.",
        columns=lambda _params: RICE_QUOTA,
        read=_read_rice_quota,
        legal_basis=_RICE_LAW,
        unit_note="Đơn vị tính: người, kg",
        unsure=_UNSURE,
    ),
    ReportDefinition(
        code="rice_rounds",
        slug="rice-rounds",
        group=ReportGroup.GOODS,
        title="Các đợt cấp phát gạo",
        purpose="Từng đợt cấp phát: người và kg đã lập, đã nhận, chưa nhận, chờ nhận.",
        columns=lambda _params: ROUNDS,
        read=_read_rounds,
        legal_basis=_RICE_LAW,
        unit_note="Đơn vị tính: người, kg",
        unsure=_UNSURE,
    ),
    ReportDefinition(
        code="rice_stock",
        slug="rice-stock",
        group=ReportGroup.GOODS,
        title="Nhập, xuất, tồn gạo",
        purpose="Gạo nhập, xuất, tồn của từng kho theo huyện, phần đang chuyển.",
        columns=lambda _params: RICE_STOCK,
        read=_read_rice_stock,
        unit_note="Đơn vị tính: kg",
        unsure=_UNSURE,
    ),
    ReportDefinition(
        code="goods_stock",
        slug="goods-stock",
        group=ReportGroup.GOODS,
        title="Nhập, xuất, tồn hàng cứu trợ",
        purpose="Mọi mặt hàng của từng kho; các đơn vị tính khác nhau nên không cộng.",
        columns=lambda _params: GOODS_STOCK,
        read=_read_goods_stock,
        unsure=_UNSURE,
    ),
)
