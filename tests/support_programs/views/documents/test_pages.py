"""The pages of official papers: who opens them, what a form refuses, what the public page says and does not say."""

import datetime as dt
import io
import re
from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.enums import Role
from accounts.models import User
from core.models import Event
from support_programs.enums import DocumentKind as K
from support_programs.enums import DocumentStatus
from support_programs.models import Case, CaseList, OfficialDocument
from support_programs.services import documents as service
from support_programs.services import posting
from tests.factories import cases as make
from tests.factories.people import DISTRICT, OUTSIDE_COMMUNE, user

pytestmark = pytest.mark.django_db
As = Callable[[User], Client]
ISSUE = {
    "number": "15/TNHS",
    "dated": "27/9/2021",
    "signer_office": "Người tiếp nhận hồ sơ",
    "signer_name": "Lê Thị Hoa",
}


@pytest.fixture
def who() -> make.Staff:
    return make.staff()


@pytest.fixture
def case(who: make.Staff) -> Case:
    return Case.objects.get(case_list=make.draft_list(who))


@pytest.fixture
def as_(client: Client) -> As:
    def sign_in(person: User) -> Client:
        client.force_login(person)
        return client

    return sign_in


def receipt(case: Case, who: make.Staff) -> OfficialDocument:
    return service.draft_document(
        kind=K.RECEIPT, case=case, actor=who.commune, content={"result_on": "2021-10-12"}
    )


def issued(document: OfficialDocument, actor: User) -> OfficialDocument:
    return service.issue_document(
        document,
        number="15/TNHS",
        dated=dt.date(2021, 9, 27),
        signer_office="Người tiếp nhận hồ sơ",
        signer_name="Lê Thị Hoa",
        actor=actor,
    )


def test_from_the_case_page_to_the_issued_paper(who: make.Staff, case: Case, as_: As) -> None:
    desk = as_(who.commune)
    page = desk.get(f"/cases/{case.reference}/").content.decode()
    assert f"/documents/new/receipt/{case.reference}/" in page
    form = desk.get(f"/documents/new/receipt/{case.reference}/")
    # 3 + 2 + 2 + 3 working days from 27/09/2021
    assert form.context["form"].initial["result_on"] == "11/10/2021"
    assert "Chưa chắc chắn" in form.content.decode()
    refused = desk.post(
        f"/documents/new/receipt/{case.reference}/", {"result_on": "31/2", "note": "Gọi trước."}
    )
    assert refused.status_code == 422
    assert "Gọi trước." in refused.content.decode()
    assert not OfficialDocument.objects.exists()
    made = desk.post(
        f"/documents/new/receipt/{case.reference}/", {"result_on": "12/10/2021", "result_at": ""}
    )
    document = OfficialDocument.objects.get()
    assert made.headers["Location"] == f"/documents/{document.reference}/"
    preview = desk.get(f"/documents/{document.reference}/preview/")
    assert preview.headers["Content-Type"] == "application/pdf"
    assert preview.headers["Content-Disposition"].startswith("attachment")
    address = f"/documents/{document.reference}/issue/"
    assert desk.post(address, {**ISSUE, "number": ""}).status_code == 422
    assert desk.post(address, {**ISSUE, "version": document.version}).status_code == 302
    document.refresh_from_db()
    assert (document.status, document.number) == (DocumentStatus.ISSUED, "15/TNHS")
    taken = desk.get(f"/documents/{document.reference}/file/")
    assert taken.content.startswith(b"%PDF")
    assert Event.objects.filter(action="file.downloaded", actor_id=who.commune.pk).count() == 1
    assert "15/TNHS" in desk.get(f"/cases/{case.reference}/").content.decode()
    # sent twice it has one effect
    assert desk.post(address, {**ISSUE, "version": 1}).status_code == 422


def test_a_draft_is_edited_and_put_away(who: make.Staff, case: Case, as_: As) -> None:
    document = receipt(case, who)
    desk = as_(who.commune)
    edit = desk.get(f"/documents/{document.reference}/edit/")
    assert edit.context["form"].initial["result_on"] == "12/10/2021"
    sent = {"result_on": "13/10/2021", "version": 1}
    assert desk.post(f"/documents/{document.reference}/edit/", sent).status_code == 302
    stale = desk.post(f"/documents/{document.reference}/edit/", {"result_on": "14/10/2021", "version": 1})
    assert stale.status_code == 422
    assert "14/10/2021" in stale.content.decode()
    document.refresh_from_db()
    assert document.content["result_on"] == "2021-10-13"
    desk.post(f"/documents/{document.reference}/discard/")
    document.refresh_from_db()
    assert document.status == DocumentStatus.DISCARDED
    assert not desk.get("/documents/").context["page"].object_list


def test_two_who_edit_one_draft_overwrite_nothing(who: make.Staff, case: Case, as_: As) -> None:
    """What only the colleague wrote is taken over, what both wrote is shown twice; then the officer's words may be kept."""
    document = receipt(case, who)
    desk, address = as_(who.commune), f"/documents/{document.reference}/edit/"
    opened = desk.get(address).context
    sent = {"result_on": "14/10/2021", "note": "", "version": 1, "shown": opened["shown"]}
    colleague = user(Role.COMMUNE_OFFICER, name="Trần Thị Đông")
    words = {"result_on": "2021-10-13", "note": "Mang theo CCCD."}
    service.change_draft(document, content=words, actor=colleague)
    refused = desk.post(address, sent)
    page, conflict = refused.content.decode(), refused.context["conflict"]
    assert refused.status_code == 422
    assert "Trần Thị Đông vừa ghi «Sửa dự thảo»" in page
    assert [(row.stored, row.typed) for row in conflict.both] == [("13/10/2021", "14/10/2021")]
    assert conflict.taken == ("Ghi chú thêm",)
    assert "Mang theo CCCD." in page
    document.refresh_from_db()
    assert document.content["result_on"] == "2021-10-13"
    form = refused.context["form"]
    kept = {name: form[name].value() for name in ("result_on", "note", "version")}
    assert desk.post(address, {**kept, "shown": refused.context["shown"]}).status_code == 302
    document.refresh_from_db()
    assert document.content == {
        "result_on": "2021-10-14",
        "note": "Mang theo CCCD.",
        "issuer": "commune",
    }
    issued(document, who.commune)
    late = desk.post(address, {**kept, "version": document.version}, follow=True)
    assert "Văn bản không còn là dự thảo nên không sửa được nữa." in late.content.decode()


def test_revoking_says_so_everywhere(who: make.Staff, case: Case, as_: As) -> None:
    document = issued(receipt(case, who), who.commune)
    desk = as_(who.commune)
    assert desk.post(f"/documents/{document.reference}/revoke/", {"reason": ""}).status_code == 422
    desk.post(f"/documents/{document.reference}/revoke/", {"reason": "Ghi sai ngày hẹn."})
    assert "Ghi sai ngày hẹn." in desk.get(f"/documents/{document.reference}/").content.decode()
    public = Client().get(f"/public/documents/{document.token}/").content.decode()
    assert "Văn bản đã bị thu hồi, không còn giá trị." in public
    assert "Ghi sai ngày hẹn." not in public


def test_outsiders_get_404_and_others_change_nothing(who: make.Staff, case: Case, as_: As) -> None:
    document = receipt(case, who)
    outsider = as_(user(Role.COMMUNE_OFFICER, area=OUTSIDE_COMMUNE))
    for part in ("", "edit/", "preview/", "file/"):
        assert outsider.get(f"/documents/{document.reference}/{part}").status_code == 404
    for part in ("issue/", "revoke/", "discard/"):
        assert outsider.post(f"/documents/{document.reference}/{part}", ISSUE).status_code == 404
    assert outsider.get(f"/documents/new/receipt/{case.reference}/").status_code == 404
    # another desk doesn't see the draft either, and can't make this kind
    assert as_(who.officer).get(f"/documents/{document.reference}/").status_code == 404
    assert as_(who.officer).get(f"/documents/new/receipt/{case.reference}/").status_code == 403
    assert as_(who.commune).get(f"/documents/new/reminder/{case.reference}/").status_code == 404
    assert as_(who.commune).get(f"/documents/new/khong-co/{case.reference}/").status_code == 404
    issued(document, who.commune)
    page = as_(who.officer).get(f"/documents/{document.reference}/")
    assert page.status_code == 200
    assert "Chỉ cán bộ của cơ quan ký văn bản" in page.content.decode()
    assert (
        as_(who.officer).post(f"/documents/{document.reference}/revoke/", {"reason": "x"}).status_code == 403
    )
    document.refresh_from_db()
    assert document.status == DocumentStatus.ISSUED


def test_lists_with_whole_numbers_are_for_those_who_sign_or_check(who: make.Staff, as_: As) -> None:
    case_list = make.draft_list(who)
    draft = service.draft_document(kind=K.PROPOSAL, case_list=case_list, actor=who.commune)
    document = issued(draft, who.commune)
    assert as_(who.officer).get(f"/documents/{document.reference}/file/").status_code == 200
    accountant = user(Role.ACCOUNTANT, area=DISTRICT)
    assert as_(accountant).get(f"/documents/{document.reference}/").status_code == 200
    assert as_(accountant).get(f"/documents/{document.reference}/file/").status_code == 403


def test_the_shelf_asks_the_same_queries_for_one_paper_and_for_three(who: make.Staff, as_: As) -> None:
    desk = as_(who.commune)
    counts = []
    for rows in (1, 2):
        for case in Case.objects.filter(case_list=make.draft_list(who, rows)):
            receipt(case, who)
        desk.get("/documents/")
        with CaptureQueriesContext(connection) as queries:
            page = desk.get("/documents/")
        counts.append(len([query for query in queries if "SAVEPOINT" not in query["sql"]]))
        assert len(page.context["page"].object_list) == (1 if rows == 1 else 3)
    assert counts == [6, 6]


def test_the_shelf_is_filtered_by_the_address(who: make.Staff, case: Case, as_: As) -> None:
    document = issued(receipt(case, who), who.commune)
    control = service.draft_document(kind=K.CONTROL, case=case, actor=who.commune)
    desk = as_(who.commune)

    def found(query: str) -> list[str]:
        return [row.reference for row in desk.get(f"/documents/?{query}").context["page"].object_list]

    assert found("") == [control.reference, document.reference]
    assert found("kind=receipt") == [document.reference]
    assert found("status=draft") == [control.reference]
    assert found("q=15/TN") == [document.reference]
    assert found(f"q={case.reference}") == [control.reference, document.reference]
    assert found("kind=khong-co") == [control.reference, document.reference]


def test_minutes_are_offered_when_they_are_due(who: make.Staff, as_: As) -> None:
    case_list = make.confirmed_list(who)
    posting.post_list(case_list, place="Trụ sở UBND", posting_from=dt.date(2021, 9, 22), actor=who.commune)
    desk = as_(who.commune)
    start, end = (f"/documents/new/posting_{part}/{case_list.reference}/" for part in ("start", "end"))
    page = desk.get(f"/lists/{case_list.reference}/").content.decode()
    assert start in page
    assert end in page
    closing = desk.get(f"/lists/{case_list.reference}/close-posting/").content.decode()
    assert end in closing
    sent = {"place": "Trụ sở UBND", "remarks": "Không có ý kiến khác."}
    assert desk.post(end, sent).status_code == 302
    document = OfficialDocument.objects.get()
    again = desk.get(f"/lists/{case_list.reference}/close-posting/").content.decode()
    assert f"/documents/{document.reference}/" in again
    # the district reads the list, but makes no minutes
    assert end not in as_(who.officer).get(f"/lists/{case_list.reference}/").content.decode()


def test_minutes_of_the_end_wait_for_the_end(who: make.Staff, as_: As) -> None:
    case_list: CaseList = make.confirmed_list(who)
    posting.post_list(case_list, place="Trụ sở UBND", posting_from=dt.date(2021, 9, 24), actor=who.commune)
    page = as_(who.commune).get(f"/documents/new/posting_end/{case_list.reference}/").content.decode()
    assert "Thời gian niêm yết chưa hết." in page
    refused = as_(who.commune).post(f"/documents/new/posting_end/{case_list.reference}/", {})
    assert refused.status_code == 422
    assert not OfficialDocument.objects.exists()


def test_the_page_of_a_list_says_why_not(who: make.Staff, as_: As) -> None:
    """In the words of its own chain: nothing is said of agencies that don't confirm it."""
    case_list = make.list_at_district(who)
    page = as_(who.officer).get(f"/lists/{case_list.reference}/")
    why = {str(row.label): " ".join(row.reasons) for row in page.context["why"]}
    assert why["Duyệt danh sách"] == "Việc này do lãnh đạo UBND cấp huyện làm."
    assert why["Trình Sở"] == "Không làm được khi đang ở trạng thái «Huyện đang thẩm định»."
    assert not [label for label in why if "xác nhận" in label or "Niêm yết" in label or "UBND tỉnh" in label]


def test_the_public_page_confirms_and_tells_nothing_of_the_person(who: make.Staff, case: Case) -> None:
    document = issued(receipt(case, who), who.commune)
    page = Client().get(f"/public/documents/{document.token}/")
    text = page.content.decode()
    assert page.status_code == 200
    for words in (
        "Văn bản có thật, đang có hiệu lực.",
        "15/TNHS",
        "27/09/2021",
        "Ủy ban nhân dân thị trấn Phú Mỹ",
    ):
        assert words in text
    for private in (case.applicant_name, case.number_last3, case.reference, case.hamlet, "Lê Thị Hoa"):
        assert private not in text
    assert not re.search(r"\b\d{9}(\d{3})?\b", text)
    assert page.headers["X-Robots-Tag"] == "noindex"


def test_a_file_is_compared_and_not_kept(who: make.Staff, case: Case, as_: As) -> None:
    document = issued(receipt(case, who), who.commune)
    content = as_(who.commune).get(f"/documents/{document.reference}/file/").content
    stranger, address = Client(), f"/public/documents/{document.token}/"

    def sent(file: bytes) -> str:
        upload = SimpleUploadedFile("van-ban.pdf", file, content_type="application/pdf")
        return stranger.post(address, {"file": upload}).content.decode()

    assert "đúng là văn bản đã phát hành" in sent(content)
    assert "không phải văn bản này, hoặc đã bị sửa" in sent(content + b"\n")
    empty = stranger.post(address, {})
    assert empty.status_code == 422
    assert "Hãy chọn tệp PDF cần kiểm tra." in empty.content.decode()
    large = stranger.post(address, {"file": io.BytesIO(b"0" * (20 * 1024 * 1024 + 1))})
    assert large.status_code == 422
    assert OfficialDocument.objects.count() == 1


def test_a_draft_and_an_unknown_code_confirm_nothing(who: make.Staff, case: Case) -> None:
    draft = receipt(case, who)
    page = Client().get(f"/public/documents/{draft.token}/").content.decode()
    assert "Đây mới là dự thảo" in page
    assert "Kiểm tra tệp" not in page
    unknown = Client().get("/public/documents/khong-co/")
    assert unknown.status_code == 404
    assert "Không có văn bản nào có mã này." in unknown.content.decode()
