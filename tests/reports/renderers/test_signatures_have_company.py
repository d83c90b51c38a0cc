"""Nobody signs an empty sheet: the last two rows and the total stand on the page of the signatures, wherever a page ends."""

import datetime as dt
import io
import re
from types import SimpleNamespace

import pytest
from pypdf import PdfReader

from accounts.enums import AreaLevel
from core.documents import render_pdf
from disbursements.payment_lists.content import ListGroup, ListLine, PaymentList
from reports.definitions import DEFINITIONS
from reports.definitions.base import Report, Section
from reports.definitions.free_workers import COLUMNS
from reports.renderers.pdf import render_report_pdf
from support_programs.queries.papers import POSTING, PROPOSAL, Paper, PaperLine

NAME = "Nguyễn Văn Số"
SIGNED = "(Ký, ghi rõ họ tên)"
SIGNERS = ({"office": "Người lập"}, {"office": "TM. Ủy ban nhân dân"})


def paper(kind: str, rows: int) -> bytes:
    is_public = kind == POSTING
    content = Paper(
        kind=kind,
        title="Danh sách niêm yết công khai" if is_public else "Danh sách đề nghị hỗ trợ",
        parent_body="Ủy ban nhân dân huyện Phú Tân",
        body="Ủy ban nhân dân xã Phú Thọ",
        number="",
        place_date="Xã Phú Thọ, ngày …… tháng …… năm ……",
        subject="Hỗ trợ người lao động không có giao kết hợp đồng lao động (lao động tự do)",
        basis="Nghị quyết 68/NQ-CP Mục I; Quyết định 1856/QĐ-UBND tỉnh An Giang",
        posted="Niêm yết từ ngày 22/09/2021 đến hết ngày 24/09/2021 tại Trụ sở UBND." if is_public else "",
        lines=tuple(
            PaperLine(
                n, f"{NAME} {n}.", "04/03/1978", "089078000123", "Ấp Vĩnh Khánh", "Bán vé số dạo", 1_500_000
            )
            for n in range(1, rows + 1)
        ),
        amount=rows * 1_500_000,
        amount_words="Ba triệu đồng",
        signers=SIGNERS,
    )
    case_list = SimpleNamespace(
        reference="DS-2021-00000360", title="Danh sách lao động tự do xã Phú Thọ, đợt 3"
    )
    return render_pdf("pdf/proposed_list.html", {"paper": content, "case_list": case_list})


def payment_list(groups: tuple[ListGroup, ...]) -> PaymentList:
    return PaymentList(
        batch_reference="DC-2021-00000017",
        title="Chi hỗ trợ lao động tự do đợt 1, huyện Phú Tân",
        programme="Hỗ trợ người lao động không có giao kết hợp đồng lao động (lao động tự do)",
        parent_body="Ủy ban nhân dân tỉnh An Giang",
        body="Ủy ban nhân dân huyện Phú Tân",
        decisions=(("2208/QĐ-UBND", dt.date(2021, 9, 20)),),
        groups=groups,
        is_bank=False,
        is_draft=False,
    )


def line(n: int, name: str) -> ListLine:
    return ListLine(n, f"LC-2021-{n:08d}", name, "1978", "089078000123", "Ấp Vĩnh Khánh", 1_500_000, "", "")


def payments(rows: int) -> bytes:
    lines = tuple(line(n, f"{NAME} {n}.") for n in range(1, rows + 1))
    return render_pdf("pdf/payment_list.html", {"list": payment_list((ListGroup("Xã Phú Thọ", lines),))})


def payments_of_two_communes(rows: int) -> bytes:
    lines = tuple(line(n, f"{NAME} {n}.") for n in range(1, rows + 1))
    groups = (ListGroup("Xã Phú Thọ", lines[:-2]), ListGroup("Xã Phú An", lines[-2:]))
    return render_pdf("pdf/payment_list.html", {"list": payment_list(groups)})


def payments_by_commune(rows: int) -> bytes:
    groups = tuple(ListGroup(f"{NAME} {n}.", (line(n, "An"),)) for n in range(1, rows + 1))
    return render_pdf("pdf/payment_summary.html", {"list": payment_list(groups)})


def report(rows: int) -> bytes:
    definition = DEFINITIONS["free_workers"]
    figures = {column.key: 7 for column in COLUMNS[2:]}
    lines = tuple({"label": f"{NAME} {n}.", **figures} for n in range(1, rows + 1))
    content = Report(
        code=definition.code,
        title=definition.title,
        subject="",
        period="Từ ngày 01/09/2021 đến ngày 27/09/2021",
        area_name="Huyện Phú Tân",
        parent_body="Ủy ban nhân dân tỉnh An Giang",
        body="Ủy ban nhân dân huyện Phú Tân",
        place="Phú Tân, ngày …… tháng …… năm ……",
        unit_note=definition.unit_note,
        legal_basis=definition.legal_basis,
        columns=COLUMNS,
        sections=(Section("Huyện Phú Tân", "89888", lines, figures),),
        totals=figures,
        total_label="Tổng cộng",
        in_words=definition.in_words(figures),
        signers=definition.signers(AreaLevel.DISTRICT),
        recipients=("Như trên", "Lưu: VT"),
        figures_at=dt.datetime(2021, 9, 27, 8, tzinfo=dt.UTC),
    )
    return render_report_pdf(content)


PAPERS = {
    "proposal": lambda rows: paper(PROPOSAL, rows),
    "posting": lambda rows: paper(POSTING, rows),
    "payment list": payments,
    "payment list of two communes": payments_of_two_communes,
    "payments by commune": payments_by_commune,
    "report": report,
}
# around the ends of the first and the second page: fewer rows than one page, rows that fill it, and the first over it
COUNTS = {
    "proposal": (6, 7, 15, 16, 32),
    "posting": (4, 5, 15, 16),
    "payment list": (4, 5, 10, 11, 22),
    "payment list of two communes": (3, 4, 10, 11),
    "payments by commune": (6, 7, 16),
    "report": (1, 4, 14, 15),
}


def pages_of(content: bytes) -> list[str]:
    return [" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(content)).pages]


def rows_of(page: str) -> list[int]:
    return [int(number) for number in re.findall(rf"{NAME} (\d+)\.", page)]


@pytest.mark.parametrize("kind", PAPERS)
def test_the_last_two_rows_and_the_total_stand_with_the_signatures(kind: str) -> None:
    lengths = set()
    for rows in COUNTS[kind]:
        pages = pages_of(PAPERS[kind](rows))
        lengths.add(len(pages))
        signed = [page for page in pages if SIGNED in page]
        assert signed == pages[-1:], (rows, len(pages))
        assert rows_of(pages[-1])[-2:] == list(range(1, rows + 1))[-2:], (rows, pages[-1])
        assert pages[-1].find("Tổng cộng") > pages[-1].find(f"{NAME} {rows}."), (rows, pages[-1])
        if kind == "payment list of two communes":
            assert "Xã Phú An: 2 người" in pages[-1], (rows, pages[-1])
        assert [row for page in pages for row in rows_of(page)] == list(range(1, rows + 1)), rows
    # the counts are no test unless a page ends among them
    assert len(lengths) > 1
