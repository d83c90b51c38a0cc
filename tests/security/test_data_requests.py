"""What people ask about their own data: two working days to answer, by the district or the department, recorded."""

import datetime as dt
import io

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from pypdf import PdfReader

from accounts.enums import Role
from accounts.models import User
from beneficiaries.models import DataSubjectRequest, Person
from beneficiaries.queries.data_requests import request_rows, requests_of
from beneficiaries.services import data_requests as service
from beneficiaries.services.data_copies import data_copy
from core.models import Event
from core.transitions import StaleRecord, TransitionRefused
from tests.factories.people import COMMUNE, DISTRICT, OUTSIDE_COMMUNE, OUTSIDE_DISTRICT, user
from tests.security.story import ACCOUNTS, NUMBERS, OLD_NUMBERS, whole_story

pytestmark = pytest.mark.django_db
MONDAY = dt.date(2021, 9, 27)


def asked(**changes: object) -> service.Asked:
    given = {
        "asked_by": "Nguyễn Văn An",
        "contact": "0912345678",
        "kind": "access",
        "content": "Xem dữ liệu của mình",
        "received_on": MONDAY,
    }
    return service.Asked(**{**given, **changes})


def received(
    actor: User | None = None, person: Person | None = None, **changes: object
) -> DataSubjectRequest:
    return service.receive_request(
        asked=asked(**changes), actor=actor or user(Role.COMMUNE_OFFICER), person=person
    )


def signed_in(someone: User) -> Client:
    client = Client()
    client.force_login(someone, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.mark.parametrize(
    ("came", "due"),
    [
        (dt.date(2021, 9, 27), dt.date(2021, 9, 29)),
        (dt.date(2021, 9, 24), dt.date(2021, 9, 28)),  # a Friday
        (dt.date(2021, 9, 1), dt.date(2021, 9, 7)),  # before the national day's holiday and a weekend
    ],
)
def test_the_answer_is_due_in_two_working_days(came: dt.date, due: dt.date) -> None:
    made = received(received_on=came)
    assert made.due_on == due
    assert made.area_code == COMMUNE
    event = Event.objects.get(action="data_request.received")
    assert event.change == {"kind": "Xem dữ liệu của mình", "due": f"{due:%d/%m/%Y}"}


def test_the_overdue_come_first() -> None:
    late = received(received_on=dt.date(2021, 9, 20))
    fresh, later = received(), received(received_on=dt.date(2021, 9, 23))
    officer = user(Role.DISTRICT_OFFICER)
    rows = request_rows(requests_of(officer, "open"))
    assert [(row.asked.pk, row.days_left) for row in rows] == [(late.pk, -3), (later.pk, 0), (fresh.pk, 2)]
    page = signed_in(officer).get("/data-requests/").content.decode()
    assert page.index(late.reference) < page.index(later.reference) < page.index(fresh.reference)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"asked_by": " "}, "Người yêu cầu: hãy ghi họ tên."),
        ({"content": ""}, "Nội dung: hãy ghi người dân yêu cầu gì."),
        ({"kind": "khac"}, "Yêu cầu: hãy chọn loại yêu cầu."),
        ({"received_on": dt.date(2021, 9, 28)}, "Ngày nhận: không sau hôm nay."),
    ],
)
def test_what_cannot_be_taken_is_said_at_its_field(changes: dict[str, object], sentence: str) -> None:
    with pytest.raises(service.DataRequestRefused) as refusal:
        received(**changes)
    assert refusal.value.errors == {next(iter(changes)): [sentence]}
    assert not DataSubjectRequest.objects.exists()


def test_numbers_are_left_out_of_the_texts() -> None:
    made = received(content=f"Xem số {NUMBERS[0]}\nvà sổ hộ nghèo")
    assert made.content == "Xem số •••\nvà sổ hộ nghèo"


class TestClosing:
    def test_an_answer_closes_it(self) -> None:
        made, officer = received(), user(Role.DISTRICT_OFFICER, name="Lê Thị Hoa")
        done = service.answer_request(
            request=made, answer="Đã đưa bản sao", actor=officer, expected_version=1
        )
        assert (done.state, done.answer, done.answered_on, done.answered_by_name) == (
            "answered",
            "Đã đưa bản sao",
            MONDAY,
            "Lê Thị Hoa",
        )
        assert Event.objects.get(action="data_request.answered").reason == "Đã đưa bản sao"
        with pytest.raises(TransitionRefused, match="Lê Thị Hoa đã trả lời yêu cầu này ngày 27/09/2021"):
            service.refuse_request(request=made, reason="Không", actor=officer)

    def test_a_refusal_needs_its_reason(self) -> None:
        made, officer = received(kind="erasure"), user(Role.PROVINCIAL_REVIEWER)
        with pytest.raises(service.DataRequestRefused, match="Lý do từ chối: hãy ghi"):
            service.refuse_request(request=made, reason=" ", actor=officer)
        done = service.refuse_request(request=made, reason="Hồ sơ chi trả phải lưu", actor=officer)
        assert done.state == "refused"
        assert Event.objects.get(action="data_request.refused").reason == "Hồ sơ chi trả phải lưu"

    def test_an_old_page_is_refused(self) -> None:
        made = received()
        DataSubjectRequest.objects.filter(pk=made.pk).update(version=2)
        with pytest.raises(StaleRecord):
            service.answer_request(
                request=made, answer="Đã xong", actor=user(Role.DISTRICT_OFFICER), expected_version=1
            )

    @pytest.mark.parametrize(
        ("role", "area"),
        [
            (Role.COMMUNE_OFFICER, COMMUNE),
            (Role.DISTRICT_OFFICER, OUTSIDE_DISTRICT),
            (Role.DISTRICT_HEAD, DISTRICT),
            (Role.ACCOUNTANT, DISTRICT),
            (Role.AUDITOR, "89"),
            (Role.LEADER, "89"),
        ],
    )
    def test_others_do_not_answer(self, role: Role, area: str) -> None:
        made = received()
        with pytest.raises(PermissionDenied):
            service.answer_request(request=made, answer="Đã xong", actor=user(role, area=area))
        made.refresh_from_db()
        assert made.state == "received"

    @pytest.mark.parametrize("role", [Role.AUDITOR, Role.LEADER, Role.ACCOUNTANT, Role.DISTRICT_HEAD])
    def test_others_do_not_write_one_down(self, role: Role) -> None:
        with pytest.raises(PermissionDenied):
            received(user(role))


class TestPages:
    def test_from_the_counter_to_the_answer(self) -> None:
        clerk, officer = signed_in(user(Role.COMMUNE_OFFICER)), signed_in(user(Role.DISTRICT_OFFICER))
        typed = {"asked_by": "Trần Thị Bình", "kind": "correction", "content": "Sửa ngày sinh"}
        refused = clerk.post("/data-requests/new/", {**typed, "received_on": "27/09/2021", "content": ""})
        assert refused.status_code == 422
        assert "Trần Thị Bình" in refused.content.decode()
        made = clerk.post("/data-requests/new/", {**typed, "received_on": "27/09/2021"})
        page = made.headers["Location"]
        assert 'name="act"' not in clerk.get(page).content.decode()
        assert officer.post(page, {"act": "answer", "answer": "", "version": "1"}).status_code == 422
        assert officer.post(page, {"act": "answer", "answer": "Đã sửa", "version": "1"}).status_code == 302
        assert "Đã sửa" in clerk.get(page).content.decode()
        assert "Trần Thị Bình" in clerk.get("/data-requests/?state=closed").content.decode()
        assert "Trần Thị Bình" not in clerk.get("/data-requests/").content.decode()

    def test_the_worklist_counts_them(self) -> None:
        officer = signed_in(user(Role.DISTRICT_OFFICER))
        link = 'href="/data-requests/"'
        assert link not in officer.get("/").content.decode()
        made = received(received_on=dt.date(2021, 9, 20))
        assert link in officer.get("/").content.decode()
        assert link not in signed_in(user(Role.COMMUNE_OFFICER)).get("/").content.decode()
        service.answer_request(request=made, answer="Đã xong", actor=user(Role.DISTRICT_OFFICER))
        assert link not in officer.get("/").content.decode()

    def test_the_person_must_be_of_the_area(self) -> None:
        story = whole_story()
        person = story.people[0]
        here, there = user(Role.COMMUNE_OFFICER), user(Role.COMMUNE_OFFICER, area=OUTSIDE_COMMUNE)
        form = signed_in(here).get(f"/data-requests/new/?person={person.reference}").content.decode()
        assert f'value="{person.reference}"' in form
        typed = {"person": person.reference, "asked_by": "Ai đó", "kind": "access", "content": "Xem dữ liệu"}
        answer = signed_in(there).post("/data-requests/new/", {**typed, "received_on": "27/09/2021"})
        assert answer.status_code == 422
        assert "không có người này trong địa bàn của bạn" in answer.content.decode()

    def test_another_district_finds_nothing(self) -> None:
        made = received()
        outsider = signed_in(user(Role.DISTRICT_OFFICER, area=OUTSIDE_DISTRICT))
        assert outsider.get(f"/data-requests/{made.reference}/").status_code == 404
        assert outsider.post(f"/data-requests/{made.reference}/copy/").status_code == 404
        assert made.reference not in outsider.get("/data-requests/").content.decode()


class TestCopy:
    def test_it_holds_everything_of_the_person_and_no_number_of_others(self) -> None:
        story = whole_story()
        person = story.people[0]
        made, officer = received(person=person), user(Role.DISTRICT_OFFICER)
        answer = signed_in(officer).post(f"/data-requests/{made.reference}/copy/")
        assert answer.headers["Content-Type"] == "application/pdf"
        text = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages)
        own = {NUMBERS[0], OLD_NUMBERS[0], ACCOUNTS[0]}
        assert {number for number in story.numbers if number in text} == own
        for wanted in (
            "Nguyễn Văn An",
            "Khóm Mỹ Lương",
            story.list_import.reference,
            "LC-2021-",
            "1.500.000",
        ):
            assert wanted in text
        event = Event.objects.get(action="person.data_exported")
        assert (event.object_id, event.actor_id, event.change["request"]) == (
            person.pk,
            officer.pk,
            made.reference,
        )
        assert event.change["rows"] >= 7

    def test_only_for_somebody_who_asks_to_see_their_own(self) -> None:
        story = whole_story()
        officer, person = user(Role.DISTRICT_OFFICER), story.people[0]
        for made in (received(person=person, kind="erasure"), received()):
            with pytest.raises(TransitionRefused, match="chỉ lập cho yêu cầu xem dữ liệu"):
                data_copy(request=made, actor=officer)
        closed = received(person=person)
        service.answer_request(request=closed, answer="Đã đưa", actor=officer)
        closed.refresh_from_db()
        with pytest.raises(TransitionRefused, match="đã đóng"):
            data_copy(request=closed, actor=officer)
        with pytest.raises(PermissionDenied):
            data_copy(request=received(person=person), actor=user(Role.COMMUNE_OFFICER))
        assert not Event.objects.filter(action="person.data_exported").exists()
