"""Charts and the district map as SVG, drawn on the server: the same markup in a page and in a PDF.

Every function is pure and returns markup with a title that says in words what is drawn. The table behind a chart belongs to the
page that shows it. Widths and heights are attributes, never style attributes (the content security policy forbids these);
colours come from classes of app.css.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

MAP_THRESHOLDS: Final = (60, 75, 85, 95)
_TILE_WIDTH: Final = 118
_TILE_HEIGHT: Final = 54
_TILE_PLACES: Final[dict[str, tuple[int, float]]] = {
    # column and row of the tile grid; half rows set the two mountain districts beside their neighbours
    "89886": (1, 0),
    "89887": (2, 0),
    "89884": (1, 1),
    "89888": (2, 1),
    "89890": (0, 1.5),
    "89889": (1, 2),
    "89893": (2, 2),
    "89891": (0, 2.5),
    "89892": (1, 3),
    "89883": (2, 3),
    "89894": (1, 4),
}


@dataclass(frozen=True, slots=True)
class MapTile:
    """One district: its area code, name, the value written on it, the share from 0 to 100 that colours it, and its page.

    `share` None means nothing to compare: the tile is left white. `summary` is read to people who don't see the colours.
    """

    area_code: str
    name: str
    value: str
    share: float | None
    url: str = ""
    summary: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a chart in time: what is done, what was planned, and how the value is written above it."""

    label: str
    value: float
    shown: str
    plan: float | None = None


@dataclass(frozen=True, slots=True)
class Bar:
    """One line of a bar list: label, part and whole, and the figures written after it."""

    label: str
    part: float
    whole: float
    shown: str
    note: str = ""
    url: str = ""


def share_of(part: float, whole: float) -> float:
    """Percent of the whole between 0 and 100; nothing of nothing is 0."""
    if whole <= 0:
        return 0.0
    return max(0.0, min(100.0, 100 * part / whole))


def percent_text(share: float) -> str:
    """83.6 gives "83,6%"."""
    return f"{share:.1f}%".replace(".", ",")


def progress_bar(
    part: float, whole: float, *, label: str, tone: str = "1", is_thick: bool = False
) -> SafeString:
    """A bar that is filled to part / whole; the label says it in words."""
    return segment_bar([(part, tone)], whole, label=label, is_thick=is_thick)


def segment_bar(
    segments: Sequence[tuple[float, str]],
    whole: float,
    *,
    label: str,
    is_thick: bool = False,
    target: float | None = None,
) -> SafeString:
    """A bar of several parts, each with a tone: "1" to "4" or "bad"; `target` draws a mark at that share of the whole."""
    pieces: list[tuple[str, str, str]] = []
    start = 0.0
    for part, tone in segments:
        share = min(share_of(part, whole), 100.0 - start)
        pieces.append((f"{start:.2f}", f"{share:.2f}", tone))
        start += share
    rects = format_html_join("", '<rect class="fill-{2}" x="{0}%" width="{1}%" height="100%"/>', pieces)
    mark = SafeString("")
    if target is not None:
        mark = format_html(
            '<rect class="fill-ink" x="{}%" width="2" height="100%"/>', f"{share_of(target, whole):.2f}"
        )
    return format_html(
        '<svg class="bar{}" role="img" aria-label="{}" width="100%" height="8">{}{}</svg>',
        " thick" if is_thick else "",
        label,
        rects,
        mark,
    )


def bar_list(bars: Sequence[Bar]) -> SafeString:
    """Lines of label, bar, percent and figures, for a comparison of a few things."""
    return format_html(
        '<div class="hbars">{}</div>', format_html_join("", "{}", ((_bar_line(bar),) for bar in bars))
    )


def _bar_line(bar: Bar) -> SafeString:
    label = (
        format_html('<a href="{}">{}</a>', bar.url, bar.label) if bar.url else format_html("{}", bar.label)
    )
    drawn = progress_bar(bar.part, bar.whole, label=f"{bar.label}: {bar.shown} {bar.note}".strip())
    return format_html(
        '<span>{}</span>{}<span class="num">{} <span class="muted small">{}</span></span>',
        label,
        drawn,
        bar.shown,
        bar.note,
    )


def column_chart(columns: Sequence[Column], *, title: str) -> SafeString:
    """Columns side by side with their values above and, where a plan is given, a line across at the plan's height."""
    width, height, floor, left = 500, 172, 150, 30
    if not columns:
        return SafeString("")
    top = max(max(column.value, column.plan or 0) for column in columns) or 1
    step = (width - left - 4) / len(columns)
    drawn = format_html_join(
        "",
        "{}",
        (
            (_column(column, left + step * index, min(step * 0.62, 60), step, floor, top),)
            for index, column in enumerate(columns)
        ),
    )
    return format_html(
        '<svg class="chart" viewBox="0 0 {} {}" role="img"><title>{}</title><path class="axis" d="M{} {}H{}"/>{}</svg>',
        width,
        height,
        title,
        left,
        floor,
        width - 4,
        drawn,
    )


_VALUE_HEIGHT: Final = 20


def _column(column: Column, x: float, bar_width: float, step: float, floor: int, top: float) -> SafeString:
    usable = floor - 30
    tall = max(column.value, 0) / top * usable
    middle = x + step / 2
    plan, highest = SafeString(""), tall
    if column.plan is not None:
        level = column.plan / top * usable
        # the value stands on its bar, above the mark only where the mark would cross it
        highest = level if tall <= level < tall + _VALUE_HEIGHT else tall
        plan = format_html(
            '<path class="plan" d="M{} {}h{}"/>',
            f"{middle - bar_width / 2 - 4:.1f}",
            f"{floor - level:.1f}",
            f"{bar_width + 8:.1f}",
        )
    return format_html(
        '<rect class="fill-1" x="{}" y="{}" width="{}" height="{}" rx="2"/>{}'
        '<text class="val" x="{}" y="{}">{}</text><text x="{}" y="{}">{}</text>',
        f"{middle - bar_width / 2:.1f}",
        f"{floor - tall:.1f}",
        f"{bar_width:.1f}",
        f"{tall:.1f}",
        plan,
        f"{middle:.1f}",
        f"{floor - highest - 5:.1f}",
        column.shown,
        f"{middle:.1f}",
        floor + 16,
        column.label,
    )


def bar_chart(bars: Sequence[Bar], *, title: str) -> SafeString:
    """Lines of label, bar and value as one drawing, for where it is printed too; a mark stands at the plan (`whole`, 0: none)."""
    if not bars:
        return SafeString("")
    width, left, right, step = 500, 150, 96, 24
    top = max(max(bar.part, bar.whole) for bar in bars) or 1
    usable = width - left - right
    drawn = format_html_join(
        "",
        "{}",
        ((_bar(bar, 4 + step * index, (left, usable, step), top),) for index, bar in enumerate(bars)),
    )
    return format_html(
        '<svg class="chart" viewBox="0 0 {} {}" role="img"><title>{}</title>{}</svg>',
        width,
        step * len(bars) + 8,
        title,
        drawn,
    )


_LONGEST_LABEL: Final = 26


def _bar(bar: Bar, y: int, sizes: tuple[int, int, int], top: float) -> SafeString:
    left, usable, step = sizes
    long = max(bar.part, 0) / top * usable
    reach, plan = long, SafeString("")
    if bar.whole:
        place = bar.whole / top * usable
        reach = max(long, place)
        plan = format_html('<path class="plan" d="M{} {}v{}"/>', f"{left + place:.1f}", y, step - 6)
    label = bar.label if len(bar.label) <= _LONGEST_LABEL else f"{bar.label[: _LONGEST_LABEL - 1].rstrip()}…"
    return format_html(
        '<text class="lbl" x="{}" y="{}">{}</text><rect class="fill-1" x="{}" y="{}" width="{}" height="{}" rx="2"/>{}'
        '<text class="lead" x="{}" y="{}">{}</text>',
        left - 8,
        f"{y + step / 2 + 1:.1f}",
        label,
        left,
        y + 3,
        f"{long:.1f}",
        step - 12,
        plan,
        f"{left + reach + 6:.1f}",
        f"{y + step / 2 + 1:.1f}",
        bar.shown,
    )


def sparkline(values: Sequence[float], *, tone: str = "1") -> SafeString:
    """A small line of a figure over time, for tiles; hidden from screen readers because the figure stands beside it."""
    if len(values) < 2:
        return SafeString("")
    lowest, highest = min(values), max(values)
    spread = (highest - lowest) or 1
    points = " ".join(
        f"{200 * index / (len(values) - 1):.0f},{31 - (value - lowest) / spread * 27:.1f}"
        for index, value in enumerate(values)
    )
    return format_html(
        '<svg class="spark spark-{0}" viewBox="0 0 200 34" preserveAspectRatio="none" aria-hidden="true">'
        '<polygon points="0,34 {1} 200,34"/><polyline points="{1}"/></svg>',
        tone,
        points,
    )


def map_level(share: float | None) -> int:
    """The colour step of the map: 0 nothing, 1 under 60 percent, ... 5 from 95 percent."""
    if share is None:
        return 0
    return 1 + sum(share >= threshold for threshold in MAP_THRESHOLDS)


def district_map(tiles: Sequence[MapTile], *, title: str) -> SafeString:
    """Eleven districts as tiles at their true places with the Hậu river as landmark; each tile is a link.

    A tile of an area outside the province's grid is left out: the table behind the map has it.
    """
    drawn = format_html_join("", "{}", ((_tile(tile),) for tile in tiles if tile.area_code in _TILE_PLACES))
    return format_html(
        '<svg class="map" viewBox="0 0 386 328" role="group" aria-label="{}">'
        '<path class="river" d="M258 0V190q0 6 6 6h122"/>{}</svg>',
        title,
        drawn,
    )


def _tile(tile: MapTile) -> SafeString:
    column, row = _TILE_PLACES[tile.area_code]
    x, y = 4 + column * 130, 4 + row * 66
    middle = x + _TILE_WIDTH / 2
    face = format_html(
        '<rect class="t" x="{}" y="{}" width="{}" height="{}" rx="8"/>'
        '<text class="n" x="{}" y="{}">{}</text> <text class="v" x="{}" y="{}">{}</text>',
        x,
        f"{y:g}",
        _TILE_WIDTH,
        _TILE_HEIGHT,
        f"{middle:g}",
        f"{y + 21:g}",
        tile.name,
        f"{middle:g}",
        f"{y + 43:g}",
        tile.value,
    )
    level = map_level(tile.share)
    label = tile.summary or f"{tile.name} {tile.value}"
    if not tile.url:
        return format_html('<g class="m{}" role="img" aria-label="{}">{}</g>', level, label, face)
    return format_html('<a class="m{}" href="{}" aria-label="{}">{}</a>', level, tile.url, label, face)


def map_legend(*, has_river: bool = True) -> SafeString:
    """What the colours of the map mean; the river is drawn between the tiles only."""
    steps = [
        ("m1", _("dưới 60%")),
        ("m2", "60–74%"),
        ("m3", "75–84%"),
        ("m4", "85–94%"),
        ("m5", _("từ 95%")),
    ]
    keys = format_html_join("", '<span><i class="k-{}"></i>{}</span>', steps)
    river = SafeString("")
    if has_river:
        river = format_html('<span><i class="k-river line"></i>{}</span>', _("Sông Hậu"))
    return format_html('<div class="legend mt-2">{}{}</div>', keys, river)
