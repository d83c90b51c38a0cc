"""Chỉ tiêu của ngành: the half-year report with the department's words, and the progress of every unit.

No form of such a report could be found; the columns are those that the brief names (plan, done, share). Figures of several units
of measure stand in one table, so nothing is added up; counts and rates have columns of their own, as numbers.
"""

import datetime as dt
from decimal import Decimal
from typing import Final

from core.querysets import Viewer
from core.spreadsheets.tables import Cell, Column, Kind
from reports.definitions.base import Body, Figures, Params, ReportDefinition, ReportGroup, Section
from reports.enums.targets import TargetPeriod, TargetTextPart
from reports.queries.targets import TargetLine, TargetProgress, target_progress
from reports.queries.targets_texts import texts_in_force
from reports.rules.targets import PERIODS_PER_YEAR

_COUNTS: Final = "Chỉ tiêu số lượng"
_RATES: Final = "Chỉ tiêu tỷ lệ"
_BASIS: Final = ("Nghị quyết số 30/NQ-HĐND của Hội đồng nhân dân tỉnh An Giang",)
_UNSURE: Final = (
    "Chưa tìm thấy biểu mẫu, danh mục và mức giao chỉ tiêu năm 2021; danh mục là đề xuất, kế hoạch do Sở nhập "
    "theo văn bản."
)


def _columns(period: str) -> tuple[Column, ...]:
    return (
        Column("ordinal", "STT", Kind.ORDINAL),
        Column("name", "Chỉ tiêu (đơn vị tính)", Kind.TEXT, 46),
        Column("plan", "Kế hoạch năm", Kind.INTEGER, 12, group=_COUNTS),
        Column("period", period, Kind.INTEGER, 12, group=_COUNTS),
        Column("done", "Lũy kế từ đầu năm", Kind.INTEGER, 12, group=_COUNTS),
        Column("plan_rate", "Kế hoạch năm", Kind.PERCENT, 11, group=_RATES),
        Column("done_rate", "Kỳ gần nhất", Kind.PERCENT, 11, group=_RATES),
        Column("share", "Thực hiện so với kế hoạch", Kind.PERCENT, 12),
    )


def half_of(last: dt.date) -> tuple[int, int]:
    """Year and half that a day lies in."""
    return last.year, 1 if last.month <= 6 else 2


def _read_half_year(params: Params, viewer: Viewer) -> Body:
    year, half = half_of(params.last)
    progress = target_progress(viewer, params.area, year, params.last)
    lines = tuple(_figures(line, half) for line in progress.lines(params.area.unit.area_code))
    words = _words(viewer, params, year, half)
    return Body(
        sections=(Section("", params.area.unit.area_code, lines, {}),),
        totals={},
        notes=_doubts(progress),
        words=words,
    )


def _read_progress(params: Params, viewer: Viewer) -> Body:
    year, half = half_of(params.last)
    progress = target_progress(viewer, params.area, year, params.last)
    units = (progress.unit, *progress.units)
    sections = []
    for unit in units:
        lines = tuple(_figures(line, half) for line in progress.lines(unit.area_code))
        if lines:
            sections.append(Section(unit.name, unit.area_code, lines, {}))
    return Body(sections=tuple(sections), totals={}, notes=_doubts(progress))


def _figures(line: TargetLine, half: int) -> Figures:
    one = line.indicator
    per_half = max(PERIODS_PER_YEAR[one.period] // 2, 1)
    last = PERIODS_PER_YEAR[one.period] if half == 2 else per_half
    first = 1 if one.period == TargetPeriod.YEAR else last - per_half + 1
    cells: dict[str, Cell] = {"name": f"{one.title} ({one.unit})", "share": _share(line.share)}
    if one.decimals:
        return {**cells, "plan_rate": _rate(line.plan), "done_rate": _rate(line.done)}
    return {
        **cells,
        "plan": _whole(line.plan),
        "period": _whole(line.done_within(first, last)),
        "done": _whole(line.done),
    }


def _whole(value: Decimal | None) -> Cell:
    return None if value is None else int(value)


def _rate(value: Decimal | None) -> Cell:
    return None if value is None else float(value / 100)


def _share(value: Decimal | None) -> Cell:
    return None if value is None else float(round(value, 4))


def _words(viewer: Viewer, params: Params, year: int, half: int) -> tuple[str, ...]:
    """The department's words in the order of the parts, paragraph by paragraph; below the province there are none."""
    texts = texts_in_force(viewer, params.area.unit.area_code, year, half)
    words: list[str] = []
    for ordinal, part in enumerate((part for part in TargetTextPart if part in texts), 1):
        paragraphs = [line.strip() for line in texts[part].body.splitlines() if line.strip()]
        if paragraphs:
            words += [f"{ordinal}. {_HEADS[part]}", *paragraphs]
    return tuple(words)


# papers are Vietnamese whatever the reader's language
_HEADS: Final = {
    TargetTextPart.GENERAL: "Đánh giá chung",
    TargetTextPart.RESULTS: "Kết quả nổi bật",
    TargetTextPart.OBSTACLES: "Khó khăn, vướng mắc và nguyên nhân",
    TargetTextPart.NEXT: "Nhiệm vụ, giải pháp thời gian tới",
    TargetTextPart.PROPOSALS: "Kiến nghị, đề xuất",
}


def _doubts(progress: TargetProgress) -> tuple[str, ...]:
    """What of the indicators no source says, and what of them are missing."""
    lines = progress.lines(progress.unit.area_code)
    doubts = [f"Chưa chắc chắn: {one.title}. {one.verify}" for one in progress.indicators if one.verify]
    no_plan = [line.indicator.title for line in lines if line.plan is None]
    no_figure = [line.indicator.title for line in lines if line.done is None]
    told = [("Chưa giao kế hoạch", no_plan), ("Chưa có số liệu", no_figure)]
    return (*(f"{head}: {'; '.join(titles)}." for head, titles in told if titles), *doubts)


HALF_YEAR: Final = ReportDefinition(
    code="targets_half_year",
    slug="targets-half-year",
    group=ReportGroup.STANDING,
    title="Kết quả thực hiện chỉ tiêu ngành 6 tháng",
    purpose="Kế hoạch, thực hiện trong 6 tháng và lũy kế của từng chỉ tiêu, kèm lời đánh giá của Sở.",
    legal_basis=_BASIS,
    columns=lambda _params: _columns("Thực hiện 6 tháng"),
    read=_read_half_year,
    unsure=_UNSURE,
)
PROGRESS: Final = ReportDefinition(
    code="targets_progress",
    slug="targets-progress",
    group=ReportGroup.STANDING,
    title="Tiến độ thực hiện chỉ tiêu ngành theo đơn vị",
    purpose="Từng chỉ tiêu của tỉnh và của mỗi huyện: kế hoạch, thực hiện, tỷ lệ.",
    legal_basis=_BASIS,
    columns=lambda _params: _columns("Thực hiện 6 tháng"),
    read=_read_progress,
    unsure=_UNSURE,
)
DEFINITIONS: Final = (HALF_YEAR, PROGRESS)
