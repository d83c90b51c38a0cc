"""Make core/data/district_shapes.json, the districts as SVG paths, from the GeoJSON of their borders.

    .venv/bin/python tools/district_shapes.py an_giang_districts_2021.geojson

Corners are rounded to whole units of a drawing 560 wide, equally for neighbours, so that their borders stay together.
"""

import json
import math
import sys
from pathlib import Path
from typing import Any

WIDTH = 560
TARGET = Path(__file__).resolve().parent.parent / "core" / "data" / "district_shapes.json"
SOURCE = "vietnamese-provinces-database (MIT), sapnhap.bando.com.vn; đã đơn giản hóa"

Point = tuple[int, int]


def main(path: str) -> None:
    features: list[dict[str, Any]] = json.loads(Path(path).read_text("utf-8"))["features"]
    corners = [corner for feature in features for ring in _rings(feature) for corner in ring]
    west, east = min(x for x, _y in corners), max(x for x, _y in corners)
    south, north = min(y for _x, y in corners), max(y for _x, y in corners)
    # a degree of longitude is shorter than one of latitude
    narrow = math.cos(math.radians((south + north) / 2))
    scale = (WIDTH - 8) / ((east - west) * narrow)

    def place(x: float, y: float) -> Point:
        return round(4 + (x - west) * narrow * scale), round(4 + (north - y) * scale)

    districts = {}
    for feature in features:
        known = feature["properties"]
        at = place(known["label_lon"], known["label_lat"])
        path_text = "".join(_path([place(x, y) for x, y in ring]) for ring in _rings(feature))
        districts[f"89{known['code']}"] = {"label": list(at), "path": path_text}
    height = round(8 + (north - south) * scale)
    shown = {"source": SOURCE, "width": WIDTH, "height": height, "districts": districts}
    TARGET.write_text(json.dumps(shown, ensure_ascii=False, indent=1, sort_keys=True) + "\n", "utf-8")


def _rings(feature: dict[str, Any]) -> list[list[list[float]]]:
    shape = feature["geometry"]
    polygons = shape["coordinates"] if shape["type"] == "MultiPolygon" else [shape["coordinates"]]
    return [ring for polygon in polygons for ring in polygon]


def _path(corners: list[Point]) -> str:
    """A closed ring as moves from corner to corner; corners that fell together are one."""
    first, *others = corners
    steps, here = [], first
    for corner in others:
        if corner != here:
            steps.append(f"{corner[0] - here[0]} {corner[1] - here[1]}")
            here = corner
    return f"M{first[0]} {first[1]}l{' '.join(steps)}z"


if __name__ == "__main__":
    main(sys.argv[1])
