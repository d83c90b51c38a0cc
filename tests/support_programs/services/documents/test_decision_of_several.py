"""A decision that approves several lists: which may go with it, what is refused, what the paper says."""

import datetime as dt
import io
import os
import re
from pathlib import Path

import pypdf
import pytest
from django.test import Client

from core.transitions import TransitionRefused
from support_programs.enums import DocumentKind
from support_programs.models import CaseList, OfficialDocument
from support_programs.queries.documents.beside import beside_choices
from support_programs.queries.documents.decision import roman
from support_programs.queries.documents.shelf import panel_of_list
from support_programs.services import approval
from support_programs.services import documents as service
from tests.factories import cases as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def who() -> make.Staff:
    return make.staff()


@pytest.fixture
def lists(who: make.Staff) -> list[CaseList]:
    """Two lists of 2 and 3 people that wait for the province's decision."""
    return [make.appraised_list(who, rows) for rows in (2, 3)]


def draft(who: make.Staff, case_list: CaseList, *beside: str) -> OfficialDocument:
    return service.draft_document(
        kind=DocumentKind.DECISION,
        case_list=case_list,
        actor=who.approver,
        content={"beside": list(beside)},
    )


def text_of(content: bytes) -> list[str]:
    return [" ".join(page.extract_text().split()) for page in pypdf.PdfReader(io.BytesIO(content)).pages]


def test_each_list_is_an_annex_and_the_first_annex_sums_them_up(
    who: make.Staff, lists: list[CaseList]
) -> None:
    first, second = lists
    made = draft(who, first, second.reference)
    assert made.about_refs == [second.reference]
    content = service.preview_document(made, actor=who.approver)
    if folder := os.environ.get("DOCUMENT_SHOTS"):
        Path(folder, "decision_of_several.pdf").write_bytes(content)
    pages = text_of(content)
    assert "theo 2 danh sách, gồm 5 người với tổng số tiền 7.500.000 đồng" in pages[0]
    assert "(Bằng chữ: Bảy triệu năm trăm nghìn đồng)" in pages[0]
    summary, one, two = pages[-3:]
    assert "Phụ lục I TỔNG HỢP" in summary
    assert first.reference in summary
    assert second.reference in summary
    assert summary.index("Tổng cộng") < summary.index("5 7.500.000")
    assert "Phụ lục II DANH SÁCH NGƯỜI ĐƯỢC HỖ TRỢ" in one
    assert "Tổng cộng: 2 người" in one
    assert "Phụ lục III DANH SÁCH NGƯỜI ĐƯỢC HỖ TRỢ" in two
    assert "Tổng cộng: 3 người" in two
    # every annex counts its own pages, the first of which has no number
    assert not any(page.startswith(tuple("123456789")) for page in pages[-3:])


def test_the_paper_stands_on_the_pages_of_all_its_lists(who: make.Staff, lists: list[CaseList]) -> None:
    first, second = lists
    made = draft(who, first, second.reference)
    for case_list in lists:
        panel = panel_of_list(who.approver, case_list)
        assert panel is not None
        assert [row.reference for row in panel.context["documents"]] == [made.reference]


def test_only_lists_that_wait_for_the_same_decision_may_go_along(
    who: make.Staff, lists: list[CaseList]
) -> None:
    first, second = lists
    waiting = make.list_at_department(who)
    assert [ref for ref, _label in beside_choices(first, who.approver)] == [second.reference]
    assert "3 người, 4.500.000 đ" in beside_choices(first, who.approver)[0][1]
    with pytest.raises(TransitionRefused, match=f"{waiting.reference} không còn chờ quyết định"):
        draft(who, first, waiting.reference)
    with pytest.raises(TransitionRefused, match="Không có danh sách DS-2021-99999999"):
        draft(who, first, "DS-2021-99999999")
    with pytest.raises(TransitionRefused, match="không cùng chính sách"):
        draft(who, first, first.reference)
    assert not OfficialDocument.objects.filter(kind=DocumentKind.DECISION).exists()


def test_a_decision_is_not_issued_over_a_list_that_another_one_decided(
    who: make.Staff, lists: list[CaseList]
) -> None:
    first, second = lists
    made = draft(who, first, second.reference)
    paper = approval.DecisionPaper(number="2299/QĐ-UBND", signed_on=dt.date(2021, 9, 27))
    approval.approve_money([second], paper=paper, actor=who.approver)
    with pytest.raises(TransitionRefused, match=f"{second.reference} không còn chờ quyết định"):
        service.issue_document(
            made,
            number="2300/QĐ-UBND",
            dated=dt.date(2021, 9, 27),
            signer_office="Chủ tịch",
            signer_name="Nguyễn Thanh Bình",
            actor=who.approver,
        )


def test_the_form_offers_the_lists_and_keeps_what_was_ticked(
    client: Client, who: make.Staff, lists: list[CaseList]
) -> None:
    first, second = lists
    client.force_login(who.approver)
    address = f"/documents/new/decision/{first.reference}/"
    assert second.reference in client.get(address).content.decode()
    answer = client.post(address, {"beside": [second.reference], "recipients": "Như Điều 3"})
    made = OfficialDocument.objects.get()
    assert answer["Location"] == f"/documents/{made.reference}/"
    assert made.content["beside"] == [second.reference]
    edit = client.get(f"/documents/{made.reference}/edit/").content.decode()
    ticked = re.findall(r'<input type="checkbox" name="beside" value="([^"]+)"[^>]* checked', edit)
    assert ticked == [second.reference]
    client.post(f"/documents/{made.reference}/edit/", {"recipients": "Như Điều 3", "version": "1"})
    made.refresh_from_db()
    assert made.about_refs == []


def test_numbers_of_annexes() -> None:
    assert [roman(number) for number in (1, 2, 4, 9, 14, 40, 101)] == [
        "I",
        "II",
        "IV",
        "IX",
        "XIV",
        "XL",
        "CI",
    ]
