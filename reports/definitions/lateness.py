"""Tốc độ và quá hạn: how long each step takes by unit and how often in time, how long people wait, which lists are late."""

from collections.abc import Iterable, Mapping
from typing import Final

from django.utils import translation

from core.money import format_dong
from core.querysets import Viewer
from core.spreadsheets.tables import Cell, Column, Kind
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
)
from reports.definitions.stages import ORDINAL, Line, label_column, share_of, unit_keys
from reports.queries.late_lists import late_list_lines
from reports.queries.payment_days import Spread, days_to_payment
from reports.queries.step_times import MEDIAN, NINETY, StepTimes, quantile, step_times
from support_programs.enums import Step

_STEPS: Final = (
    ORDINAL,
    label_column("Bước, đơn vị"),
    Column("ended", "Số lượt đã xong", Kind.INTEGER, total=True, group="Xong trong kỳ"),
    Column("in_time", "Đúng hạn", Kind.INTEGER, total=True, group="Xong trong kỳ"),
    Column("late", "Quá hạn", Kind.INTEGER, total=True, group="Xong trong kỳ"),
    Column(
        "in_time_share",
        "Tỷ lệ đúng hạn",
        Kind.PERCENT,
        group="Xong trong kỳ",
        ratio_of=("in_time", "ended"),
    ),
    Column("median", "Trung vị", Kind.INTEGER, group="Số ngày làm việc"),
    Column("ninety", "90% xong trong", Kind.INTEGER, group="Số ngày làm việc"),
    Column("longest", "Lâu nhất", Kind.INTEGER, group="Số ngày làm việc"),
    Column("running", "Đang ở bước này", Kind.INTEGER, total=True, group="Chưa xong cuối kỳ"),
    Column("running_late", "Đã quá hạn", Kind.INTEGER, total=True, group="Chưa xong cuối kỳ"),
)
_WAITING: Final = (
    ORDINAL,
    label_column("Đơn vị"),
    Column("people", "Số người đã chi", Kind.INTEGER, total=True),
    Column("median", "Trung vị", Kind.INTEGER, group="Số ngày từ nhận hồ sơ đến khi chi"),
    Column("ninety", "90% xong trong", Kind.INTEGER, group="Số ngày từ nhận hồ sơ đến khi chi"),
    Column("shortest", "Nhanh nhất", Kind.INTEGER, group="Số ngày từ nhận hồ sơ đến khi chi"),
    Column("longest", "Lâu nhất", Kind.INTEGER, group="Số ngày từ nhận hồ sơ đến khi chi"),
)
_LATE: Final = (
    ORDINAL,
    Column("reference", "Mã danh sách", Kind.CODE, width=15),
    Column("title", "Tên danh sách", Kind.TEXT, width=40),
    Column("place", "Nơi lập", Kind.TEXT, width=20),
    Column("holder", "Đang ở", Kind.TEXT, width=22),
    Column("step", "Bước", Kind.TEXT, width=30),
    Column("due_on", "Hạn", Kind.DATE),
    Column("days_late", "Số ngày làm việc quá hạn", Kind.INTEGER),
    Column("people", "Số người", Kind.INTEGER, total=True),
)
_QUANTILE_NOTE: Final = (
    "Trung vị: một nửa xong trong số ngày này. 90% xong trong: chín phần mười xong trong số ngày này."
)


def _read_steps(params: Params, viewer: Viewer) -> Body:
    area = params.area
    found = step_times(
        viewer, area.unit.area_code, area.prefix_length, params.first, params.last, params.programmes
    )
    units = unit_keys(params, {code for _step, code in found})
    sections = []
    for step, name in _step_names().items():
        lines: list[Line] = [
            _step_line(unit.label, found[step, unit.area_code])
            for unit in units
            if (step, unit.area_code) in found
        ]
        if lines:
            sections.append(Section(name, area.unit.area_code, tuple(lines), add_up(lines, _STEPS)))
    every = sum(found.values(), StepTimes())
    return Body(sections=tuple(sections), notes=(_whole_words(every), *_STEP_NOTES))


_STEP_NOTES: Final = (
    _QUANTILE_NOTE,
    "Một lượt: một danh sách qua một bước; danh sách bị trả lại qua bước lần nữa. Bước không quy định hạn tính là đúng hạn.",
)


def _whole_words(every: StepTimes) -> str:
    if not every.count:
        return "Không có lượt nào xong trong kỳ."
    return (
        f"Tất cả các bước: {format_dong(every.count)} lượt xong trong kỳ, {format_dong(every.in_time)} đúng hạn; trung vị "
        f"{quantile(every.ended, MEDIAN)}, 90% xong trong {quantile(every.ended, NINETY)} ngày làm việc."
    )


def _step_names() -> dict[str, str]:
    """Steps in the order of their way; a paper is Vietnamese, whatever the language of who makes it."""
    with translation.override("vi"):
        return {step.value: str(step.label) for step in Step}


def _step_line(label: str, times: StepTimes) -> Line:
    return {
        "label": label,
        "ended": times.count,
        "in_time": times.in_time,
        "late": times.late,
        "in_time_share": share_of(times.in_time, times.count),
        **_days(times.ended, "median", "ninety", "longest"),
        "running": times.running,
        "running_late": times.running_late,
    }


_WAITED: Final = ("median", "ninety", "shortest", "longest")


def _days(days: Mapping[int, int], *names: str) -> dict[str, Cell]:
    found: dict[str, Cell] = {
        "median": quantile(days, MEDIAN),
        "ninety": quantile(days, NINETY),
        "shortest": min(days, default=None),
        "longest": max(days, default=None),
    }
    return {name: found[name] for name in names or _WAITED}


def _read_waiting(params: Params, viewer: Viewer) -> Body:
    area = params.area
    found = days_to_payment(viewer, area, params.first, params.last, params.programmes)
    lines: list[Line] = []
    for unit in unit_keys(params, found.by_unit):
        spread = found.by_unit.get(unit.area_code, Spread())
        lines.append({"label": unit.label, "people": spread.people, **_days(spread.by_days)})
    section = Section("", area.unit.area_code, tuple(lines), add_up(lines, _WAITING))
    chart = _waiting_chart(lines, found.total)
    return Body(
        sections=(section,),
        totals={**add_up(lines, _WAITING), **_days(found.total.by_days)},
        charts=(chart,) if chart else (),
        notes=(_QUANTILE_NOTE, _WAITING_NOTE),
    )


_WAITING_NOTE: Final = (
    "Số ngày theo lịch, từ ngày nhận hồ sơ đến ngày chi tiền, của những người được chi trong kỳ."
)


def _waiting_chart(lines: Iterable[Line], every: Spread) -> Chart | None:
    points = tuple(
        ChartPoint(str(line["label"]), line["median"]) for line in lines if isinstance(line["median"], int)
    )
    if not points:
        return None
    slowest = max(points, key=lambda point: point.value)
    return Chart(
        kind="bars",
        title="Số ngày từ nhận hồ sơ đến khi chi (trung vị)",
        unit="ngày",
        points=points,
        summary=f"Một nửa số người được chi trong {every.median} ngày, 90% trong {every.ninth} ngày; "
        f"lâu nhất là {slowest.label} (trung vị {slowest.value} ngày).",
    )


def _read_late(params: Params, viewer: Viewer) -> Body:
    with translation.override("vi"):
        rows = late_list_lines(viewer, params.area.unit.area_code, params.last, params.programmes)
    return Body(
        rows=rows,
        row_count=len(rows),
        notes=("Danh sách có hạn của bước hiện tại trước ngày cuối kỳ, theo tình trạng lúc lập báo cáo.",),
    )


STEP_SPEED: Final = ReportDefinition(
    code="step_speed",
    slug="step-speed",
    group=ReportGroup.QUALITY,
    title="Thời gian xử lý danh sách theo bước và đơn vị",
    purpose="Mỗi bước: số lượt, tỷ lệ đúng hạn, trung vị và số ngày mà 90% đã xong; lượt đang chờ và quá hạn.",
    columns=lambda _params: _STEPS,
    read=_read_steps,
    unit_note="Đơn vị tính: lượt, ngày làm việc",
    asks=(Ask.PROGRAMMES,),
    unsure="Chưa có mẫu biểu chính thức; các cột do hệ thống chọn.",
)
WAITING_TIME: Final = ReportDefinition(
    code="waiting_time",
    slug="waiting-time",
    group=ReportGroup.QUALITY,
    title="Thời gian từ nhận hồ sơ đến khi chi tiền",
    purpose="Người được chi trong kỳ phải chờ bao nhiêu ngày, theo đơn vị: trung vị, 90%, nhanh nhất, lâu nhất.",
    columns=lambda _params: _WAITING,
    read=_read_waiting,
    unit_note="Đơn vị tính: người, ngày",
    asks=(Ask.PROGRAMMES,),
    unsure="Chưa có mẫu biểu chính thức; các cột do hệ thống chọn.",
)
LATE_LISTS: Final = ReportDefinition(
    code="late_lists",
    slug="late-lists",
    group=ReportGroup.QUALITY,
    title="Danh sách quá hạn xử lý",
    purpose="Từng danh sách đang quá hạn: đang ở đâu, bước nào, quá bao nhiêu ngày làm việc, bao nhiêu người.",
    columns=lambda _params: _LATE,
    read=_read_late,
    asks=(Ask.PROGRAMMES,),
    is_list=True,
)
DEFINITIONS: Final = (STEP_SPEED, WAITING_TIME, LATE_LISTS)
