"""Every printed form, measured against Phụ lục I of NĐ 30/2020/NĐ-CP: page box, margins, fonts, sizes, places, page numbers."""

import os
import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from support_programs.enums import DocumentKind as K
from tests.support_programs.documents.measuring import Sheet, read
from tests.support_programs.documents.story import LONG_NAME, Rendered

Papers = Mapping[str, Rendered]
LANDSCAPE = {K.PROPOSAL, K.APPRAISAL}
# a sheet to hang up, with a head of its own
CERTIFICATES = {K.AWARD_CERTIFICATE}
WITHOUT_OWN_NUMBER = {
    K.CONTROL,
    K.POSTING_START,
    K.POSTING_END,
    K.RECONCILIATION,
    K.ACHIEVEMENT_REPORT,
    K.COUNCIL_MINUTES,
    K.AWARD_CERTIFICATE,
}
LETTERS = {K.NOT_ELIGIBLE, K.REMINDER, K.GRIEVANCE_ANSWER}
WITH_NUMBER = [kind for kind in K if kind not in LANDSCAPE | WITHOUT_OWN_NUMBER]
TITLES = {
    K.RECEIPT: "GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ",
    K.SUPPLEMENT: "PHIẾU YÊU CẦU BỔ SUNG, HOÀN THIỆN HỒ SƠ",
    K.REFUSAL: "PHIẾU TỪ CHỐI TIẾP NHẬN GIẢI QUYẾT HỒ SƠ",
    K.APOLOGY: "PHIẾU XIN LỖI VÀ HẸN LẠI NGÀY TRẢ KẾT QUẢ",
    K.CONTROL: "PHIẾU KIỂM SOÁT QUÁ TRÌNH GIẢI QUYẾT HỒ SƠ",
    K.SUBMISSION: "TỜ TRÌNH",
    K.PROPOSAL: "DANH SÁCH ĐỀ NGHỊ HỖ TRỢ",
    K.APPRAISAL: "DANH SÁCH THẨM ĐỊNH",
    K.DECISION: "QUYẾT ĐỊNH",
    K.POSTING_START: "BIÊN BẢN",
    K.POSTING_END: "BIÊN BẢN",
    K.PAYOUT_REQUEST: "GIẤY ĐỀ NGHỊ CHI",
    K.RECONCILIATION: "BIÊN BẢN",
    K.AWARD_SUBMISSION: "TỜ TRÌNH",
    K.ACHIEVEMENT_REPORT: "BÁO CÁO",
    K.COUNCIL_MINUTES: "BIÊN BẢN",
    K.AWARD_DECISION: "QUYẾT ĐỊNH",
}
# millimetres that a letter's own side bearing may take
HAIR = 0.7


@pytest.fixture(scope="session")
def pages(papers: Papers) -> Mapping[str, list[Sheet]]:
    """The issued papers measured; with DOCUMENT_SHOTS=<folder> they are kept there to be looked at."""
    folder = os.environ.get("DOCUMENT_SHOTS")
    for kind, paper in papers.items() if folder else ():
        Path(folder, f"{kind}.pdf").write_bytes(paper.issued)
        Path(folder, f"{kind}_draft.pdf").write_bytes(paper.draft)
    return {kind: read(paper.issued) for kind, paper in papers.items()}


@pytest.mark.parametrize("kind", list(K))
def test_page_box_and_margins(pages: Mapping[str, list[Sheet]], kind: str) -> None:
    for number, page in enumerate(pages[kind]):
        is_annex = kind == K.DECISION and number == len(pages[kind]) - 1
        wide = kind in LANDSCAPE | CERTIFICATES or is_annex
        assert (page.width, page.height) == ((297, 210) if wide else (210, 297))
        body = page.inside()
        assert min(run.left for run in body) >= 30 - HAIR
        assert max(run.right for run in body) <= page.width - 15 + HAIR
        assert min(run.top for run in body) >= 20 - HAIR
        assert max(run.bottom for run in body) <= page.height - 20 + HAIR


@pytest.mark.parametrize("kind", list(K))
def test_only_times_metrics_in_one_file_per_style(pages: Mapping[str, list[Sheet]], kind: str) -> None:
    fonts = {run.font for page in pages[kind] for run in page.runs}
    assert fonts <= {"Tinos", "Tinos-Bold", "Tinos-Italic", "Tinos-Bold-Italic"}


@pytest.mark.parametrize("kind", [kind for kind in K if kind not in CERTIFICATES])
def test_the_head_of_every_paper(papers: Papers, pages: Mapping[str, list[Sheet]], kind: str) -> None:
    page = pages[kind][0]
    state, motto = page.find("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"), page.find("Độc lập - Tự do - Hạnh phúc")
    assert (state.font, state.size) == ("Tinos-Bold", 12)
    assert (motto.font, motto.size) == ("Tinos-Bold", 13)
    assert abs(state.middle - motto.middle) < 1
    assert state.middle > page.width / 2
    assert state.bottom <= motto.top + 1
    body = page.find("ỦY BAN NHÂN DÂN" if "ỦY BAN NHÂN DÂN" in page.text.split("CỘNG")[0] else "THƯƠNG BINH")
    assert (body.font, body.size) == ("Tinos-Bold", 12)
    assert body.middle < page.width / 2
    place = page.find("ngày 27 tháng 9 năm 2021")
    assert (place.font, place.size) == ("Tinos-Italic", 13)
    assert abs(place.middle - state.middle) < 2
    if kind in WITH_NUMBER:
        number = page.find(f"Số: {papers[kind].number}")
        assert (number.font, number.size) == ("Tinos", 13)
        assert abs(number.middle - body.middle) < 2


def test_a_certificate_has_everything_in_its_middle(pages: Mapping[str, list[Sheet]]) -> None:
    (page,) = pages[K.AWARD_CERTIFICATE]
    middle = (30 + page.width - 15) / 2
    lines = [
        page.find(words)
        for words in (
            "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
            "Độc lập - Tự do - Hạnh phúc",
            "GIÁM ĐỐC",
            "TẶNG",
            "GIẤY KHEN",
            "NGUYỄN THỊ HIỀN",
            "Đã có thành tích xuất sắc",
        )
    ]
    assert all(abs(run.middle - middle) < 3 for run in lines)
    assert [run.top for run in lines] == sorted(run.top for run in lines)
    assert [(run.font, run.size) for run in lines[:2]] == [("Tinos-Bold", 12), ("Tinos-Bold", 13)]
    assert (lines[4].font, lines[4].size) == ("Tinos-Bold", 40)
    assert "Quyết định số 88/QĐ-SLĐTBXH ngày 20 tháng 9 năm 2021" in page.text
    assert page.find("ngày 27 tháng 9 năm 2021").middle > page.width / 2


def test_the_money_of_a_decision_on_commendation(pages: Mapping[str, list[Sheet]]) -> None:
    text = " ".join(page.text for page in pages[K.AWARD_DECISION])
    assert "1 tập thể và 1 cá nhân" in text
    assert "447.000" in text
    assert "1.341.000 đồng (Bằng chữ: Một triệu ba trăm bốn mươi mốt nghìn đồng)" in text


def test_the_body_above_is_upright(pages: Mapping[str, list[Sheet]]) -> None:
    parent = pages[K.SUBMISSION][0].find("UBND HUYỆN PHÚ TÂN")
    assert (parent.font, parent.size) == ("Tinos", 12)
    # nobody stands above the people's committee of the province
    assert pages[K.DECISION][0].runs[0].text.strip() == "ỦY BAN NHÂN DÂN"


@pytest.mark.parametrize("kind", list(TITLES))
def test_title_and_subject(pages: Mapping[str, list[Sheet]], kind: str) -> None:
    page = pages[kind][0]
    title = next(run for run in page.runs if run.text.strip() == TITLES[kind])
    assert (title.font, title.size) == ("Tinos-Bold", 14)
    middle = (30 + page.width - 15) / 2
    assert abs(title.middle - middle) < 2
    if kind in {
        K.SUBMISSION,
        K.DECISION,
        K.POSTING_START,
        K.POSTING_END,
        K.AWARD_SUBMISSION,
        K.AWARD_DECISION,
    }:
        subject = page.find("Về việc")
        assert (subject.font, subject.size) == ("Tinos-Bold", 14)


@pytest.mark.parametrize("kind", sorted(LETTERS))
def test_a_letter_has_its_subject_under_the_number(pages: Mapping[str, list[Sheet]], kind: str) -> None:
    page = pages[kind][0]
    subject, number = page.find("V/v"), page.find("Số: ")
    assert (subject.font, subject.size) == ("Tinos", 12)
    assert subject.top > number.bottom
    assert subject.middle < page.width / 2
    addressee = page.find("Kính gửi:")
    assert (addressee.font, addressee.size) == ("Tinos", 14)


def test_bases_are_italic_one_to_a_line(pages: Mapping[str, list[Sheet]]) -> None:
    page = pages[K.DECISION][0]
    bases = [run for run in page.runs if run.text.startswith("Căn cứ")]
    assert len(bases) == 2
    assert {(run.font, run.size) for run in bases} == {("Tinos-Italic", 14)}
    assert all(abs(run.left - 40) < HAIR for run in bases)
    assert "COVID-19; Theo đề nghị của Giám đốc Sở Lao động - Thương binh và Xã hội." in page.text


def test_articles_of_the_decision(pages: Mapping[str, list[Sheet]]) -> None:
    page = pages[K.DECISION][0]
    for number in (1, 2, 3):
        article = page.find(f"Điều {number}.")
        assert (article.font, article.size) == ("Tinos-Bold", 14)
        assert abs(article.left - 40) < HAIR
    assert "gồm 2 người với tổng số tiền 3.000.000 đồng (Bằng chữ: Ba triệu đồng)" in page.text


@pytest.mark.parametrize(
    "kind", sorted({*LETTERS, K.SUBMISSION, K.DECISION, K.AWARD_SUBMISSION, K.AWARD_DECISION})
)
def test_recipients_and_signature(pages: Mapping[str, list[Sheet]], kind: str) -> None:
    page = next(page for page in pages[kind] if "Nơi nhận:" in page.text)
    to, name = page.find("Nơi nhận:"), page.find("Trần Thị Mỹ Hạnh")
    assert (to.font, to.size) == ("Tinos-Bold-Italic", 12)
    assert abs(to.left - 30) < HAIR
    line = page.find("- Lưu: VT.")
    assert (line.font, line.size) == ("Tinos", 11)
    assert (name.font, name.size) == ("Tinos-Bold", 14)
    assert name.middle > page.width / 2


def test_signatures_of_the_committee(pages: Mapping[str, list[Sheet]]) -> None:
    page = pages[K.SUBMISSION][0]
    places = [page.find(words) for words in ("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH")]
    assert {(run.font, run.size) for run in places} == {("Tinos-Bold", 14)}
    assert [run.top for run in places] == sorted(run.top for run in places)


def test_page_numbers_stand_in_the_top_margin_from_the_second_page(pages: Mapping[str, list[Sheet]]) -> None:
    long = pages["long"]
    assert len(long) > 10
    assert not [run for run in long[0].runs if run.top < 17]
    for number, page in enumerate(long[1:], start=2):
        top = [run for run in page.runs if run.bottom < 20]
        assert [(run.text.strip(), run.font, run.size) for run in top] == [(str(number), "Tinos", 13)]
        assert abs(top[0].middle - (30 + page.width - 15) / 2) < 2


def test_an_annex_counts_its_own_pages(pages: Mapping[str, list[Sheet]]) -> None:
    annex = pages[K.DECISION][-1]
    assert not [run for run in annex.runs if run.top < 17]
    title = annex.find("DANH SÁCH NGƯỜI ĐƯỢC HỖ TRỢ")
    assert (title.font, title.size) == ("Tinos-Bold", 14)
    enclosed = annex.find(
        "(Kèm theo Quyết định số 2208/QĐ-UBND ngày 27 tháng 9 năm 2021 của Ủy ban nhân dân tỉnh An Giang)"
    )
    assert (enclosed.font, enclosed.size) == ("Tinos-Italic", 14)


def test_the_annex_that_is_published_opens_nobodys_case(pages: Mapping[str, list[Sheet]]) -> None:
    annex = pages[K.DECISION][-1].text
    assert "Năm sinh" in annex
    assert "HS-" not in annex


def test_a_list_of_300_breaks_well(pages: Mapping[str, list[Sheet]]) -> None:
    long = pages["long"]
    assert all("Họ và tên" in page.text for page in long)
    rows = [name for page in long for name in re.findall(r"Nguyễn Văn Người \d+", page.text)]
    assert len(rows) == 300
    # nobody signs an empty sheet: the total stands with the last rows and the signatures
    assert "Tổng cộng: 300 người" in long[-1].text
    assert "Nguyễn Văn Người" in long[-1].text
    assert "Trần Thị Mỹ Hạnh" in long[-1].text
    assert "Bốn trăm năm mươi triệu đồng" in long[-1].text


@pytest.mark.parametrize("kind", list(K))
def test_no_paper_ends_with_a_signature_alone(pages: Mapping[str, list[Sheet]], kind: str) -> None:
    signed = next(page for page in pages[kind] if "Trần Thị Mỹ Hạnh" in page.text)
    first = min(run.top for run in signed.inside())
    name = signed.find("Trần Thị Mỹ Hạnh")
    assert name.top - first > 45


def test_long_names_stay_on_the_sheet(pages: Mapping[str, list[Sheet]]) -> None:
    for kind in (K.RECEIPT, K.PROPOSAL, K.DECISION):
        assert LONG_NAME in " ".join(page.text for page in pages[kind])


@pytest.mark.parametrize("kind", list(K))
def test_a_draft_says_so_and_has_no_number(papers: Papers, kind: str) -> None:
    draft, issued = read(papers[kind].draft), read(papers[kind].issued)
    mark = draft[0].find("DỰ THẢO")
    assert (mark.font, mark.size) == ("Tinos-Bold", 12)
    assert all("DỰ THẢO" in page.text for page in draft)
    assert "Trần Thị Mỹ Hạnh" not in draft[0].text
    assert "ngày …… tháng …… năm ……" in draft[0].text
    assert not any("DỰ THẢO" in page.text for page in issued)
    if papers[kind].number:
        assert papers[kind].number not in draft[0].text


def test_glyphs(pages: Mapping[str, list[Sheet]]) -> None:
    everything = " ".join(page.text for found in pages.values() for page in found)
    missing = [sign for sign in "ẶỆỘỮỴđĐẾỦỬƯƠ" if sign not in everything]
    # those that no paper of the story happens to need are held by tests/core/pdf/test_official_style.py
    assert set(missing) <= set("ẶỮỴỬ")
    assert "\ufffd" not in everything


@pytest.mark.parametrize("kind", sorted(set(K) - LANDSCAPE))
def test_no_whole_identity_number_outside_the_lists_to_sign(
    pages: Mapping[str, list[Sheet]], kind: str
) -> None:
    text = " ".join(page.text for page in pages[kind])
    assert "0890780" not in text
    assert bool(re.search(r"••• \d{3}\b", text)) == (kind in {K.RECEIPT, K.SUPPLEMENT, K.REFUSAL, K.DECISION})


def test_every_paper_carries_its_code(papers: Papers, pages: Mapping[str, list[Sheet]]) -> None:
    for kind, found in pages.items():
        text = " ".join(page.text for page in found)
        assert f"Mã văn bản: {papers[kind].reference}" in text, kind
        assert "/public/documents/" in text.replace(" ", ""), kind
        assert "{#" not in text, kind
