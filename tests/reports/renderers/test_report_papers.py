"""Each shape of report as PDF, measured against Phụ lục I of NĐ 30/2020/NĐ-CP; wide tables are split, never cut."""

import datetime as dt
import re
from dataclasses import replace

import pytest

from accounts.enums import AreaLevel
from core.spreadsheets.tables import Column, Kind
from reports.definitions.base import Chart, ChartPoint, Figures, Report, Section, add_up, usual_signers
from reports.definitions.building import add_ratios
from reports.renderers.charts import charts_of
from reports.renderers.paper import paper_of
from reports.renderers.pdf import render_report_pdf
from reports.renderers.sheet import sheet_of
from tests.support_programs.documents.measuring import Sheet, read

# millimetres that a letter's own side bearing may take
HAIR = 0.7
NARROW = (
    Column("ordinal", "STT", Kind.ORDINAL),
    Column("label", "Đơn vị", width=30),
    Column("people", "Số người", Kind.INTEGER, total=True),
    Column("paid", "Đã chi", Kind.INTEGER, total=True),
    Column("share", "Tỷ lệ", Kind.PERCENT, ratio_of=("paid", "people")),
)
WIDE = (
    *NARROW[:2],
    *(
        Column(f"{what}{n}", title, kind, total=True, group=f"Nhóm {n}")
        for n in range(1, 13)
        for what, title, kind in (("p", "Số người", Kind.INTEGER), ("a", "Số tiền", Kind.MONEY))
    ),
)


def report(columns: tuple[Column, ...], lines: int = 12, rows: bool = False) -> Report:
    figures: list[Figures] = [
        add_ratios(
            {
                "label": f"Xã Phú Thạnh {n}",
                **{
                    column.key: (123_456_789_000 + n if column.kind is Kind.MONEY else 100 + n)
                    for column in columns[2:]
                    if column.total
                },
            },
            columns,
        )
        for n in range(lines)
    ]
    sums = add_up(figures, columns)
    return Report(
        code="measured",
        title="Tổng hợp kết quả ẶỆỘỮỴđĐ",
        subject="",
        period="Từ ngày 01/09/2021 đến ngày 27/09/2021",
        area_name="Tỉnh An Giang",
        parent_body="UBND tỉnh An Giang",
        body="Sở Lao động - Thương binh và Xã hội",
        place="An Giang, ngày …… tháng …… năm 2021",
        unit_note="Đơn vị tính: người, đồng",
        legal_basis=("Nghị quyết số 68/NQ-CP", "Quyết định số 1856/QĐ-UBND"),
        columns=columns,
        sections=() if rows else (Section("", "89", tuple(figures), sums),),
        totals=add_ratios(sums, columns),
        total_label="Tổng cộng",
        in_words=("Số tiền (bằng chữ): Không đồng.",),
        signers=usual_signers(AreaLevel.PROVINCE),
        recipients=("Lưu: VT",),
        figures_at=dt.datetime(2021, 9, 27, 1, tzinfo=dt.UTC),
        rows=tuple(figures) if rows else None,
        row_count=lines if rows else 0,
    )


CHART = Chart(
    "columns",
    "Đã chi theo tuần",
    "đồng",
    tuple(ChartPoint(f"{n:02d}/09", 1_500_000 * n, 9_000_000) for n in range(1, 11)),
    "Tuần cuối cao nhất.",
)
SHAPES = {
    "narrow": report(NARROW),
    "list": report(NARROW, lines=60, rows=True),
    "wide": report(WIDE),
    "with charts": replace(report(NARROW), charts=(CHART, replace(CHART, kind="bars", unit="người"))),
}


@pytest.fixture(scope="module")
def pages() -> dict[str, list[Sheet]]:
    return {name: read(render_report_pdf(shape)) for name, shape in SHAPES.items()}


@pytest.mark.parametrize("shape", SHAPES)
def test_page_box_margins_and_numbers(pages: dict[str, list[Sheet]], shape: str) -> None:
    for number, page in enumerate(pages[shape], start=1):
        assert (page.width, page.height) == ((297, 210) if shape == "wide" else (210, 297))
        body = page.inside()
        assert min(run.left for run in body) >= 30 - HAIR
        assert max(run.right for run in body) <= page.width - 15 + HAIR
        assert max(run.bottom for run in body) <= page.height - 20 + HAIR
        above = [run.text.strip() for run in page.runs if run.top < 17]
        assert above == ([] if number == 1 else [str(number)])
        assert {run.font for run in page.runs} <= {
            "Tinos", "Tinos-Bold", "Tinos-Italic", "Tinos-Bold-Italic"
        }  # fmt: skip


@pytest.mark.parametrize("shape", SHAPES)
def test_head_title_bases_and_signatures(pages: dict[str, list[Sheet]], shape: str) -> None:
    page = pages[shape][0]
    state, motto = page.find("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"), page.find("Độc lập - Tự do - Hạnh phúc")
    assert (state.font, state.size, motto.size) == ("Tinos-Bold", 12, 13)
    body = page.find("SỞ LAO ĐỘNG")
    assert (body.font, body.size) == ("Tinos-Bold", 12)
    kind = next(run for run in page.runs if run.text.strip() == "BÁO CÁO")
    assert (kind.font, kind.size) == ("Tinos-Bold", 14)
    assert abs(kind.middle - (30 + page.width - 15) / 2) < 2
    basis = page.find("Căn cứ Nghị quyết")
    assert (basis.font, basis.size) == ("Tinos-Italic", 14)
    signed = [sheet for sheet in pages[shape] if "(Ký, ghi rõ họ tên)" in sheet.text]
    assert len(signed) == 1
    assert "Tổng cộng" in signed[0].text
    to = signed[0].find("Nơi nhận:")
    assert (to.font, to.size) == ("Tinos-Bold-Italic", 12)


def test_a_wide_table_is_split_between_its_groups() -> None:
    shape = SHAPES["wide"]
    paper = paper_of(shape, sheet_of(shape))
    assert paper.is_landscape
    assert len(paper.parts) > 1
    assert [column for part in paper.parts for column in part] == list(shape.figure_columns)
    assert all(
        part[0].group != before[-1].group for before, part in zip(paper.parts, paper.parts[1:], strict=False)
    )
    text = " ".join(page.text for page in read(render_report_pdf(shape)))
    for number in range(1, len(shape.columns) + 1):
        assert f"({number})" in text
    assert f"Bảng 1/{len(paper.parts)}" in text


def test_no_figure_is_broken(pages: dict[str, list[Sheet]]) -> None:
    text = " ".join(page.text for page in pages["wide"])
    assert len(re.findall(r"123\.456\.789\.0\d\d", text)) == 12 * 12


def test_charts_are_drawn_with_their_values_behind(pages: dict[str, list[Sheet]]) -> None:
    text = " ".join(page.text for page in pages["with charts"][1:])
    assert "Phụ lục: biểu đồ" in text
    assert "Tuần cuối cao nhất." in text
    assert text.count("15.000.000") >= 2
    drawn = charts_of(SHAPES["with charts"])[0]
    assert drawn.drawing.count("<rect") == 10
    assert drawn.note == "triệu đồng"
    assert drawn.lines[-1].value == "15.000.000"
    # the page forbids styles in a document; a drawing brings its own only where it is printed
    assert "<style" not in drawn.drawing


def test_nothing_is_a_line_that_says_so() -> None:
    text = read(render_report_pdf(report(NARROW, lines=0)))[0].text
    assert "Không có dòng nào" in text


def test_the_kind_of_the_paper_is_not_said_twice() -> None:
    text = " ".join(
        read(render_report_pdf(replace(report(NARROW), title="Báo cáo tiến độ hằng ngày")))[0].text.split()
    )
    assert "BÁO CÁO Tiến độ hằng ngày" in text
    assert "Báo cáo tiến độ" not in text
