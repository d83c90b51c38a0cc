"""The districts of An Giang in their true shape, as SVG: the second view of the map of tiles.

They stand in `core/data/district_shapes.json`, made by `tools/district_shapes.py`; source and licence: `core/data/SOURCES.md`.
"""

import json
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, Final

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from core.charts import MapTile, map_level

_FILE: Final = Path(__file__).parent / "data" / "district_shapes.json"
_LINE: Final = 17


@cache
def _drawing() -> Mapping[str, Any]:
    drawing: dict[str, Any] = json.loads(_FILE.read_text("utf-8"))
    return drawing


def shape_source() -> str:
    """Where the borders come from, to be printed with the map."""
    return str(_drawing()["source"])


def shape_map(tiles: Sequence[MapTile], *, title: str) -> SafeString:
    """Districts in their true shape, coloured as their tiles; each is a link. Names and values stand above all shapes.

    A tile of an area that has no shape is left out: the table behind the map has it.
    """
    drawing = _drawing()
    known = [
        (tile, drawing["districts"][tile.area_code])
        for tile in tiles
        if tile.area_code in drawing["districts"]
    ]
    return format_html(
        '<svg class="map map-real" viewBox="0 0 {} {}" role="group" aria-label="{}">{}'
        '<g class="labels" aria-hidden="true">{}</g></svg>',
        drawing["width"],
        drawing["height"],
        title,
        format_html_join("", "{}", ((_shape(tile, shape),) for tile, shape in known)),
        format_html_join("", "{}", ((_label(tile, shape),) for tile, shape in known)),
    )


def _shape(tile: MapTile, shape: Mapping[str, Any]) -> SafeString:
    face = format_html('<path class="t" d="{}"/>', shape["path"])
    level, label = map_level(tile.share), tile.summary or f"{tile.name} {tile.value}"
    if not tile.url:
        return format_html('<g class="m{}" role="img" aria-label="{}">{}</g>', level, label, face)
    return format_html('<a class="m{}" href="{}" aria-label="{}">{}</a>', level, tile.url, label, face)


def _label(tile: MapTile, shape: Mapping[str, Any]) -> SafeString:
    x, y = shape["label"]
    return format_html(
        '<text class="n" x="{}" y="{}">{}</text><text class="v" x="{}" y="{}">{}</text>',
        x, y - 2, tile.name, x, y + _LINE - 2, tile.value,
    )  # fmt: skip
