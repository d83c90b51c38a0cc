"""Pages of complaints and reports at the desks: through the buttons, by role and area, nothing lost of what was typed."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.enums import Role
from accounts.models import User
from core.sent_once import new_token
from support_programs.enums import GrievanceChannel as Channel
from support_programs.models import Grievance, OfficialDocument
from support_programs.services import grievances as settle
from support_programs.services.grievances import file_grievance
from tests.factories import cases as make
from tests.factories.people import COMMUNE, DISTRICT, OUTSIDE_COMMUNE, user
from tests.support_programs.services.grievances.test_filing import SAID, report

pytestmark = pytest.mark.django_db
As = Callable[[User], Client]
ANSWER = "Hồ sơ của ông đã được duyệt, tiền chi ngày 05/10/2021 tại UBND thị trấn."


@pytest.fixture
def as_(client: Client) -> As:
    def sign_in(person: User) -> Client:
        client.force_login(person)
        return client

    return sign_in


def filed(**changes: object) -> Grievance:
    return file_grievance(report(**changes), channel=Channel.PUBLIC, actor=None).grievance


def test_from_the_public_page_to_the_answer_through_the_buttons(as_: As) -> None:
    made, officer = filed(phone="0912345678"), user(Role.COMMUNE_OFFICER, name="Lê Thị Hoa")
    signed_in = as_(officer)
    listed = signed_in.get("/grievances/").content.decode()
    assert made.reference in listed
    assert "Chưa nhận được tiền" in listed
    page = signed_in.get(f"/grievances/{made.reference}/").content.decode()
    assert "0912345678" in page
    assert "Chưa chắc chắn" in page
    version = {"version": made.version}
    assert signed_in.post(f"/grievances/{made.reference}/accept/", version).status_code == 302
    address = f"/grievances/{made.reference}/answer/"
    version = {"version": signed_in.get(address).context["form"].initial["version"]}
    short = signed_in.post(address, {**version, "outcome": "upheld", "answer": "Xong"})
    assert short.status_code == 422
    assert "Xong" in short.content.decode()
    assert signed_in.post(address, {**version, "outcome": "upheld", "answer": ANSWER}).status_code == 302
    made.refresh_from_db()
    assert (made.status, made.answer, made.answered_by_name) == ("answered", ANSWER, "Lê Thị Hoa")
    closed = signed_in.get("/grievances/?state=closed").content.decode()
    assert made.reference in closed
    assert made.reference not in signed_in.get("/grievances/").content.decode()


def test_written_down_at_a_desk_about_a_list_that_hangs_out(as_: As) -> None:
    who = make.staff()
    case_list = make.confirmed_list(who)
    signed_in = as_(who.commune)
    address = f"/grievances/new/?about={case_list.reference}"
    form = signed_in.get(address).context["form"]
    assert form.initial["channel"] == Channel.POSTING
    assert form["received_on"].value() == "27/09/2021"
    typed = {
        "token": form["token"].value(), "channel": "posting", "received_on": "27/09/2021", "kind": "feedback",
        "topic": "wrong_person", "about": case_list.reference, "text": SAID, "sender_name": "", "phone": "", "address": "",
    }  # fmt: skip
    answer = signed_in.post(address, typed)
    assert answer.status_code == 200
    made = Grievance.objects.get()
    assert (made.case_list, made.channel, made.entered_by_id) == (case_list, "posting", who.commune.pk)
    assert answer.context["filed"].code in answer.content.decode()
    again = signed_in.post(address, typed)
    assert (again.status_code, again.context["filed"]) == (200, answer.context["filed"])
    other = signed_in.post(address, {**typed, "text": f"{SAID} Thêm một việc."})
    assert other.status_code == 422
    assert "đã được gửi rồi" in other.content.decode()
    assert Grievance.objects.count() == 1
    assert made.reference in signed_in.get(f"/lists/{case_list.reference}/").content.decode()


def test_what_is_wrong_stands_at_its_field_and_the_corrected_form_is_taken(as_: As) -> None:
    signed_in = as_(user(Role.COMMUNE_OFFICER))
    typed = {
        "token": new_token(), "channel": "phone", "received_on": "27/09/2021", "kind": "complaint", "topic": "amount",
        "about": "HS-2021-00000017", "text": SAID, "sender_name": "", "phone": "", "address": "",
    }  # fmt: skip
    refused = signed_in.post("/grievances/new/", typed)
    assert refused.status_code == 422
    assert list(refused.context["form"].errors) == ["about"]
    refused = signed_in.post("/grievances/new/", {**typed, "about": ""})
    assert list(refused.context["form"].errors) == ["sender_name"]
    assert SAID in refused.content.decode()
    taken = signed_in.post("/grievances/new/", {**typed, "about": "", "sender_name": "Trần Văn Hai"})
    assert taken.status_code == 200
    assert Grievance.objects.get().sender_name == "Trần Văn Hai"


def test_the_outsider_finds_nothing_and_changes_nothing(as_: As) -> None:
    made = filed()
    signed_in = as_(user(Role.COMMUNE_OFFICER, area=OUTSIDE_COMMUNE))
    assert made.reference not in signed_in.get("/grievances/").content.decode()
    assert signed_in.get(f"/grievances/{made.reference}/").status_code == 404
    for act in ("accept", "answer", "forward", "decline", "withdraw", "assign", "note"):
        assert (
            signed_in.post(f"/grievances/{made.reference}/{act}/", {"version": 1, "reason": "x"}).status_code
            == 404
        )
    before = (made.status, made.version)
    made.refresh_from_db()
    assert (made.status, made.version) == before


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.LEADER, Role.PROVINCIAL_APPROVER])
def test_readers_read_and_do_nothing(as_: As, role: Role) -> None:
    made = filed(phone="0912345678")
    signed_in = as_(user(role))
    page = signed_in.get(f"/grievances/{made.reference}/")
    assert page.status_code == 200
    assert "0912345678" not in page.content.decode()
    assert signed_in.post(f"/grievances/{made.reference}/accept/", {"version": made.version}).status_code in (
        302,
        403,
    )
    assert signed_in.get("/grievances/new/").status_code == 403
    made.refresh_from_db()
    assert made.status == "received"


def test_handed_up_the_commune_is_told_and_sees_it_no_longer(as_: As) -> None:
    made = filed()
    signed_in = as_(user(Role.COMMUNE_OFFICER))
    address = f"/grievances/{made.reference}/forward/"
    offices = [code for code, _name in signed_in.get(address).context["form"].fields["to_area"].choices]
    assert offices == ["", DISTRICT, "89"]
    typed = {"version": made.version, "to_area": DISTRICT, "reason": "Thuộc thẩm quyền huyện"}
    answer = signed_in.post(address, typed, follow=True)
    assert answer.redirect_chain[-1][0] == "/grievances/"
    assert "Chuyển cơ quan khác giải quyết" in answer.content.decode()
    assert made.reference in as_(user(Role.DISTRICT_OFFICER)).get("/grievances/").content.decode()


def test_the_worklist_counts_what_waits_at_ones_own_desk(as_: As) -> None:
    filed()
    filed(topic="refused")
    page = as_(user(Role.COMMUNE_OFFICER)).get("/").content.decode()
    assert 'href="/grievances/"' in page
    district = as_(user(Role.DISTRICT_OFFICER))
    assert [tab.count for tab in district.get("/grievances/").context["tabs"][:2]] == [2, 1]
    # the district sees its communes' as well: the count leads to its own alone
    assert 'href="/grievances/?state=desk"' in district.get("/").content.decode()
    assert len(district.get("/grievances/?state=desk").context["page"].object_list) == 1


def test_a_long_list_asks_no_more_than_a_short_one(as_: As) -> None:
    signed_in = as_(user(Role.COMMUNE_OFFICER))
    counts = []
    for rows in (1, 3):
        while Grievance.objects.count() < rows:
            filed()
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert signed_in.get("/grievances/").status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1]
    assert counts[0] <= 12


def test_an_open_complaint_shows_on_the_case(as_: As) -> None:
    who = make.staff()
    case = make.list_at_district(who).cases.get()
    complaint = filed(kind="complaint", topic="amount", case=case, area_code=COMMUNE)
    page = as_(who.officer).get(f"/cases/{case.reference}/").content.decode()
    assert complaint.reference in page
    assert "chưa trả lời" in page


def test_the_letter_is_drafted_from_the_answer(as_: As) -> None:
    officer = user(Role.COMMUNE_OFFICER)
    made = filed()
    signed_in = as_(officer)
    early = signed_in.post(f"/grievances/{made.reference}/letter/", follow=True)
    assert "Hãy ghi trả lời trước" in early.content.decode()
    accepted = settle.accept_grievance(made, actor=officer)
    settle.answer_grievance(accepted, outcome="upheld", answer=ANSWER, actor=officer)
    drafted = signed_in.post(f"/grievances/{made.reference}/letter/")
    letter = OfficialDocument.objects.get()
    assert drafted["Location"] == f"/documents/{letter.reference}/"
    assert (letter.grievance, letter.status) == (made, "draft")
    assert (letter.content["answer"], letter.content["addressee"]) == (ANSWER, "Ông/bà Trần Văn Hai")
    assert letter.reference in signed_in.get(f"/grievances/{made.reference}/").content.decode()
