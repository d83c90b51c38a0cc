"""A paper from draft to issue and revocation: who may, what is refused, what stays."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection, transaction

from accounts.enums import Role
from core.models import Event
from core.services.files import read_file
from core.transitions import StaleRecord, TransitionRefused
from support_programs.enums import DocumentKind, DocumentStatus, Issuer
from support_programs.models import Case, OfficialDocument
from support_programs.services import documents as service
from support_programs.services import posting
from support_programs.services.casework import refuse_case, reopen
from support_programs.services.documents import issuing
from tests.factories import cases as make
from tests.factories.people import OTHER_COMMUNE, OUTSIDE_COMMUNE, user

pytestmark = pytest.mark.django_db
DAY = dt.date(2021, 9, 27)


@pytest.fixture
def who() -> make.Staff:
    return make.staff()


@pytest.fixture
def case(who: make.Staff) -> Case:
    return Case.objects.get(case_list=make.draft_list(who))


def receipt(case: Case, who: make.Staff) -> OfficialDocument:
    return service.draft_document(
        kind=DocumentKind.RECEIPT, case=case, actor=who.commune, content={"result_on": "2021-10-12"}
    )


def issue(document: OfficialDocument, who: make.Staff, **other: object) -> OfficialDocument:
    typed = {
        "number": "15/TNHS",
        "dated": DAY,
        "signer_office": "Người tiếp nhận hồ sơ",
        "signer_name": "Lê Thị Hoa",
        "actor": who.commune,
    }
    return service.issue_document(document, **{**typed, **other})


def test_a_draft_belongs_to_the_area_of_its_record_and_has_no_number(who: make.Staff, case: Case) -> None:
    draft = receipt(case, who)
    assert draft.area_code == case.area_code
    assert draft.content == {"result_on": "2021-10-12", "issuer": Issuer.COMMUNE}
    assert (draft.status, draft.number, draft.dated, draft.file_id) == (DocumentStatus.DRAFT, "", None, None)
    assert len(draft.token) == 22
    event = Event.objects.get(action="document.drafted")
    assert (event.actor_id, event.change["about"]) == (who.commune.pk, case.reference)


def test_what_is_issued_is_kept_as_one_file_with_its_sum(who: make.Staff, case: Case) -> None:
    issued = issue(receipt(case, who), who)
    assert issued.status == DocumentStatus.ISSUED
    assert (issued.number, issued.dated, issued.signer_name) == ("15/TNHS", DAY, "Lê Thị Hoa")
    assert (issued.issued_by_id, issued.issued_on) == (who.commune.pk, DAY)
    assert issued.file is not None
    assert issued.file.sha256 == issued.sha256
    assert issued.file.area_code == case.area_code
    assert read_file(issued.file).startswith(b"%PDF-1.7")
    assert Event.objects.get(action="document.issue").change["sha256"] == issued.sha256


def test_the_same_record_gives_the_same_bytes(who: make.Staff, case: Case) -> None:
    draft = receipt(case, who)
    first = service.preview_document(draft, actor=who.commune)
    assert service.preview_document(draft, actor=who.commune) == first
    assert Event.objects.filter(action="document.previewed").count() == 2


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"number": " "}, "Hãy ghi số, ký hiệu do văn thư cấp. Hệ thống không tự đặt số."),
        ({"dated": None}, "Hãy ghi ngày văn bản."),
        ({"dated": dt.date(2021, 9, 28)}, "Ngày văn bản 28/09/2021 ở sau ngày làm việc hiện tại 27/09/2021."),
        ({"signer_name": ""}, "Hãy ghi chức vụ và họ tên người ký."),
    ],
)
def test_nothing_is_issued_without_number_day_and_signer(
    who: make.Staff, case: Case, typed: dict[str, object], words: str
) -> None:
    draft = receipt(case, who)
    with pytest.raises(TransitionRefused) as refusal:
        issue(draft, who, **typed)
    assert words in str(refusal.value)
    draft.refresh_from_db()
    assert draft.status == DocumentStatus.DRAFT


def test_minutes_and_lists_may_go_without_a_number(who: make.Staff) -> None:
    case_list = make.draft_list(who)
    draft = service.draft_document(kind=DocumentKind.PROPOSAL, case_list=case_list, actor=who.commune)
    assert issue(draft, who, number="").status == DocumentStatus.ISSUED


def test_a_draft_changed_meanwhile_is_not_issued(who: make.Staff, case: Case) -> None:
    draft = receipt(case, who)
    opened = draft.version
    service.change_draft(draft, content={"result_on": "2021-10-13"}, actor=who.commune)
    with pytest.raises(StaleRecord):
        issue(draft, who, expected_version=opened)
    with pytest.raises(StaleRecord):
        service.change_draft(draft, content={}, actor=who.commune, expected_version=opened)
    draft.refresh_from_db()
    assert draft.content == {"result_on": "2021-10-13", "issuer": "commune"}


def test_an_issued_paper_is_only_revoked_with_a_reason(who: make.Staff, case: Case) -> None:
    issued = issue(receipt(case, who), who)
    with pytest.raises(TransitionRefused, match="không còn là dự thảo"):
        service.change_draft(issued, content={"result_on": "2021-11-01"}, actor=who.commune)
    with pytest.raises(TransitionRefused, match="Không làm được khi đang ở trạng thái «Đã phát hành»"):
        service.discard_document(issued, actor=who.commune)
    with pytest.raises(TransitionRefused, match="Hãy ghi lý do"):
        service.revoke_document(issued, reason=" ", actor=who.commune)
    revoked = service.revoke_document(issued, reason="Ghi sai ngày hẹn.", actor=who.commune)
    assert (revoked.status, revoked.revoked_reason) == (DocumentStatus.REVOKED, "Ghi sai ngày hẹn.")
    assert revoked.file_id == issued.file_id
    with pytest.raises(TransitionRefused):
        issue(revoked, who)


def test_what_a_citizen_is_handed_shows_no_whole_number(who: make.Staff, case: Case) -> None:
    draft = receipt(case, who)
    for content in ({"note": "Mang CCCD 089085000111."}, {"note": "CMND 351.234.567"}):
        with pytest.raises(TransitionRefused, match="Đừng ghi số CCCD"):
            service.change_draft(draft, content=content, actor=who.commune)
        with pytest.raises(TransitionRefused, match="Đừng ghi số CCCD"):
            service.draft_document(kind=DocumentKind.RECEIPT, case=case, actor=who.commune, content=content)
    issued = issue(draft, who)
    with pytest.raises(TransitionRefused, match="Đừng ghi số CCCD"):
        service.revoke_document(issued, reason="Nhầm số 089085000111", actor=who.commune)
    assert not Event.objects.filter(reason__contains="089085000111").exists()


def test_a_draft_is_put_away(who: make.Staff, case: Case) -> None:
    draft = service.discard_document(receipt(case, who), actor=who.commune)
    assert draft.status == DocumentStatus.DISCARDED
    with pytest.raises(TransitionRefused):
        issue(draft, who)


def test_only_the_body_that_signs_touches_its_paper(who: make.Staff, case: Case) -> None:
    draft = receipt(case, who)
    others = (
        who.officer,
        who.reviewer,
        user(Role.COMMUNE_OFFICER, area=OTHER_COMMUNE),
        user(Role.COMMUNE_OFFICER, area=OUTSIDE_COMMUNE),
        user(Role.AUDITOR),
    )
    for other in others:
        with pytest.raises(PermissionDenied):
            receipt(case, make.Staff(other, other, other, other, other, other))
        with pytest.raises(PermissionDenied):
            issue(draft, who, actor=other)
        with pytest.raises(PermissionDenied):
            service.discard_document(draft, actor=other)
        with pytest.raises(PermissionDenied):
            service.preview_document(draft, actor=other)
    assert OfficialDocument.objects.count() == 1
    draft.refresh_from_db()
    assert draft.status == DocumentStatus.DRAFT


def test_a_body_of_another_level_cannot_be_named(who: make.Staff, case: Case) -> None:
    with pytest.raises(PermissionDenied):
        service.draft_document(
            kind=DocumentKind.RECEIPT, case=case, actor=who.commune, content={"issuer": Issuer.PROVINCE}
        )


def test_an_answer_before_the_finding_is_refused(who: make.Staff, case: Case) -> None:
    with pytest.raises(TransitionRefused, match="Chỉ soạn khi hồ sơ đã có kết luận không đủ điều kiện"):
        service.draft_document(kind=DocumentKind.NOT_ELIGIBLE, case=case, actor=who.officer)
    with pytest.raises(TransitionRefused, match="Hồ sơ chưa quá hạn"):
        service.draft_document(kind=DocumentKind.APOLOGY, case=case, actor=who.commune)


def test_nobody_is_told_no_once_the_case_was_taken_up_again(who: make.Staff) -> None:
    """The letter was drafted while the case was refused; the case was reopened before the number came."""
    case = Case.objects.get(case_list=make.list_at_district(who))
    case = refuse_case(case, reason="Không cư trú tại xã.", actor=who.officer)
    letter = service.draft_document(
        kind=DocumentKind.NOT_ELIGIBLE, case=case, actor=who.officer, content={"reasons": "Không cư trú."}
    )
    reopen(case, reason="Có giấy tờ mới.", actor=who.officer)
    with pytest.raises(TransitionRefused, match="Chỉ soạn khi hồ sơ đã có kết luận không đủ điều kiện"):
        issue(letter, who, actor=who.officer)
    letter.refresh_from_db()
    assert (letter.status, letter.file_id) == (DocumentStatus.DRAFT, None)


def test_minutes_of_a_posting_are_issued_when_the_list_has_gone_on(who: make.Staff) -> None:
    case_list = make.confirmed_list(who)
    posting.post_list(case_list, place="Nhà văn hóa", posting_from=dt.date(2021, 9, 22), actor=who.commune)
    case_list = posting.close_posting(case_list, actor=who.commune)
    minutes = service.draft_document(kind=DocumentKind.POSTING_START, case_list=case_list, actor=who.commune)
    posting.submit_list(case_list, letter_number="12/TTr-UBND", letter_date=DAY, actor=who.commune)
    assert issue(minutes, who, number="").status == DocumentStatus.ISSUED


@pytest.mark.parametrize(
    "change",
    [
        "number = 'x'",
        "area_code = '8900000001'",
        "issued_by_name = 'x'",
        "content = '{}'",
        "sha256 = repeat('0', 64)",
        "token = 'other'",
        "signer_name = 'x'",
    ],
)
def test_the_database_keeps_an_issued_paper(who: make.Staff, case: Case, change: str) -> None:
    issued = issue(receipt(case, who), who)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE support_programs_officialdocument SET {change} WHERE id = %s", [issued.pk])
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE support_programs_officialdocument SET status = 'draft' WHERE id = %s", [issued.pk]
        )


@pytest.mark.parametrize("change", ["sha256 = repeat('0', 64)", "path = 'ab/other'", "name = 'khac.pdf'"])
def test_the_database_keeps_what_the_file_of_a_paper_is(who: make.Staff, case: Case, change: str) -> None:
    issued = issue(receipt(case, who), who)
    with pytest.raises(DatabaseError, match="stays"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE core_storedfile SET {change} WHERE id = %s", [issued.file_id])


def test_the_database_keeps_why_a_paper_was_revoked(who: make.Staff, case: Case) -> None:
    issued = issue(receipt(case, who), who)
    revoked = service.revoke_document(issued, reason="Ghi sai ngày hẹn.", actor=who.commune)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE support_programs_officialdocument SET revoked_reason = 'khác' WHERE id = %s", [revoked.pk]
        )


def test_the_database_refuses_an_issued_paper_without_its_file(who: make.Staff, case: Case) -> None:
    draft = receipt(case, who)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE support_programs_officialdocument SET status = 'issued' WHERE id = %s", [draft.pk]
        )


def test_a_list_that_is_too_long_is_no_paper(who: make.Staff, monkeypatch: pytest.MonkeyPatch) -> None:
    case_list = make.draft_list(who, 3)
    monkeypatch.setattr(issuing, "MOST_ROWS", 2)
    with pytest.raises(TransitionRefused, match="Danh sách có 3 người, quá dài"):
        service.draft_document(kind=DocumentKind.PROPOSAL, case_list=case_list, actor=who.commune)
    assert service.draft_document(kind=DocumentKind.SUBMISSION, case_list=case_list, actor=who.commune).pk
