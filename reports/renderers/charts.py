"""The pictures of a report: the same drawing on the page and in the PDF, its values in a table behind it."""

from dataclasses import dataclass
from typing import Final

from django.utils.safestring import SafeString

from core.charts import Bar, Column, bar_chart, column_chart
from core.money import format_dong
from reports.definitions.base import Chart, Report

# what can be read one beside the other
_MOST_LABELS: Final = 12
_BILLION: Final = 1_000_000_000
_MILLION: Final = 1_000_000
# a printed drawing gets its colours here: style sheets of a document don't reach into drawings
_PRINTED: Final = (
    "text{font-family:Tinos;font-size:12px;text-anchor:middle;fill:#000}"
    ".lbl{text-anchor:end}.lead{text-anchor:start}.fill-1{fill:#3d6d8f}"
    ".axis{stroke:#000;fill:none}.plan{stroke:#000;stroke-width:2;fill:none}"
)


@dataclass(frozen=True, slots=True)
class ChartLine:
    """One value as the table behind a chart writes it."""

    label: str
    value: str
    plan: str


@dataclass(frozen=True, slots=True)
class DrawnChart:
    """A chart with its drawing; `note` says in what the figures beside the drawing are counted."""

    title: str
    unit: str
    note: str
    summary: str
    drawing: SafeString
    lines: tuple[ChartLine, ...]
    has_plan: bool


def charts_of(report: Report, *, is_printed: bool = False) -> tuple[DrawnChart, ...]:
    """The charts of a report that have anything to show."""
    return tuple(_drawn(chart, is_printed=is_printed) for chart in report.charts if chart.points)


def _drawn(chart: Chart, *, is_printed: bool) -> DrawnChart:
    highest = max(max(point.value, point.plan or 0) for point in chart.points)
    divisor, word = _scale(highest) if chart.unit == "đồng" else (1, chart.unit)
    drawing = (_columns if chart.kind == "columns" else _bars)(chart, divisor)
    if is_printed:
        head, _sign, rest = drawing.partition(">")
        drawing = SafeString(f"{head}><style>{_PRINTED}</style>{rest}")
    return DrawnChart(
        title=chart.title,
        unit=chart.unit,
        note=word,
        summary=chart.summary,
        drawing=drawing,
        lines=tuple(
            ChartLine(
                point.label, format_dong(point.value), "" if point.plan is None else format_dong(point.plan)
            )
            for point in chart.points
        ),
        has_plan=any(point.plan is not None for point in chart.points),
    )


def _columns(chart: Chart, divisor: int) -> SafeString:
    every = -(-len(chart.points) // _MOST_LABELS)
    return column_chart(
        [
            Column(
                point.label if place % every == 0 else "",
                point.value,
                _short(point.value, divisor) if place % every == 0 else "",
                point.plan,
            )
            for place, point in enumerate(chart.points)
        ],
        title=f"{chart.title}. {chart.summary}",
    )


def _bars(chart: Chart, divisor: int) -> SafeString:
    return bar_chart(
        [
            Bar(point.label, point.value, point.plan or 0, _short(point.value, divisor))
            for point in chart.points
        ],
        title=f"{chart.title}. {chart.summary}",
    )


def _scale(highest: int) -> tuple[int, str]:
    if highest >= _BILLION:
        return _BILLION, "tỷ đồng"
    return (_MILLION, "triệu đồng") if highest >= _MILLION else (1, "đồng")


def _short(value: int, divisor: int) -> str:
    if divisor == 1:
        return format_dong(value)
    whole, rest = divmod(abs(value), divisor)
    places = f"{rest * 10 // divisor}" if rest else ""
    return f"{'-' if value < 0 else ''}{format_dong(whole)}{',' + places if places.strip('0') else ''}"
