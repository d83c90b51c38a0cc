"""Charts and the map as SVG."""

import xml.etree.ElementTree as ET

from core import charts


def _parse(markup: str) -> ET.Element:
    return ET.fromstring(markup)


def test_a_bar_is_as_long_as_its_share_and_never_longer() -> None:
    rect = _parse(charts.progress_bar(131, 214, label="131 / 214")).find("rect")
    assert rect is not None
    assert rect.get("width") == "61.21%"
    over = _parse(charts.progress_bar(300, 214, label="x")).find("rect")
    assert over is not None
    assert over.get("width") == "100.00%"
    assert "0.00%" in charts.progress_bar(1, 0, label="x")


def test_segments_follow_each_other() -> None:
    rects = _parse(charts.segment_bar([(50, "3"), (25, "2"), (25, "bad")], 100, label="x")).findall("rect")
    assert [(rect.get("x"), rect.get("width")) for rect in rects] == [
        ("0.00%", "50.00%"),
        ("50.00%", "25.00%"),
        ("75.00%", "25.00%"),
    ]


def test_columns_have_values_labels_and_the_plan() -> None:
    svg = _parse(
        charts.column_chart(
            [charts.Column("T38", 10, "10", 12), charts.Column("T39", 5, "5")], title="Tiền <mỗi> tuần"
        )
    )
    assert svg.findtext("title") == "Tiền <mỗi> tuần"
    heights = [float(rect.get("height", 0)) for rect in svg.findall("rect")]
    assert heights == [100.0, 50.0]
    assert [text.text for text in svg.findall("text")] == ["10", "T38", "5", "T39"]
    assert len([path for path in svg.findall("path") if path.get("class") == "plan"]) == 1


def test_a_value_stands_on_its_own_bar_and_not_on_the_plan() -> None:
    columns = [charts.Column("T38", 10, "10", 100), charts.Column("T39", 95, "95", 100)]
    svg = _parse(charts.column_chart(columns, title="x"))
    tops = [150 - float(rect.get("height", 0)) for rect in svg.findall("rect")]
    places = [float(text.get("y", 0)) for text in svg.findall("text") if text.get("class") == "val"]
    assert places == [tops[0] - 5, 150 - 120 - 5], "the second would be crossed by the mark at 100"


def test_no_columns_no_chart() -> None:
    assert charts.column_chart([], title="x") == ""
    assert charts.sparkline([5]) == ""


def test_columns_of_nothing_but_zeros_stay_on_the_floor() -> None:
    rects = _parse(charts.column_chart([charts.Column("T1", 0, "0")], title="x")).findall("rect")
    assert rects[0].get("height") == "0.0"


def test_the_map_has_the_eleven_districts_as_links_with_words() -> None:
    codes = [f"89{n}" for n in (883, 884, 886, 887, 888, 889, 890, 891, 892, 893, 894)]
    tiles = [
        charts.MapTile(code, f"Huyện {code}", "94%", 94.0, f"/x/{code}/", f"{code}: 94 trong 100")
        for code in codes
    ]
    svg = _parse(charts.district_map(tiles, title="Theo huyện"))
    links = svg.findall("a")
    assert [link.get("href") for link in links] == [f"/x/{code}/" for code in codes]
    assert links[0].get("aria-label") == "89883: 94 trong 100"
    assert links[0].get("class") == "m4"
    places = {(rect.get("x"), rect.get("y")) for rect in svg.iter("rect")}
    assert len(places) == 11


def test_map_levels_change_at_their_thresholds() -> None:
    assert [charts.map_level(share) for share in (None, 0, 59.9, 60, 75, 85, 95, 100)] == [
        0,
        1,
        1,
        2,
        3,
        4,
        5,
        5,
    ]


def test_an_area_outside_the_grid_is_left_out() -> None:
    assert (
        _parse(charts.district_map([charts.MapTile("92916", "Cần Thơ", "1%", 1.0)], title="x")).findall("g")
        == []
    )
