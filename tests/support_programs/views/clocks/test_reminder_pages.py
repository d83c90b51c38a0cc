"""The department and the districts see who is late at which step, urge them, and learn that it was seen."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.enums import Role
from accounts.models import User
from core.models import Event
from support_programs.models import Case, OfficialDocument, Reminder
from support_programs.queries.late_work import holder_of, late_work
from support_programs.queries.queues import further_queues
from support_programs.services.reminders import see_reminder, send_reminder
from support_programs.services.supplements import ask_supplement
from tests.factories import cases as make
from tests.factories.people import COMMUNE, DISTRICT, OUTSIDE_DISTRICT, user

pytestmark = pytest.mark.django_db
As = Callable[[User], Client]
LATER = dt.date(2021, 10, 6)


@pytest.fixture
def who() -> make.Staff:
    return make.staff()


@pytest.fixture
def as_(client: Client) -> As:
    def sign_in(person: User) -> Client:
        client.force_login(person)
        return client

    return sign_in


@pytest.fixture
def late(who: make.Staff, settings: Any) -> dict[str, Any]:
    """On 06/10: a list at the district due on 29/09, one at the commune due on 30/09, a request due on 05/10."""
    district = make.list_at_district(who, rows=2)
    case = Case.objects.filter(case_list=district).order_by("position")[0]
    marked = {("other", "other"): "Thiếu chữ ký"}
    ask_supplement(case, marked=marked, reason="", answer_by=dt.date(2021, 10, 5), actor=who.officer)
    commune = make.draft_list(who, rows=3)
    settings.BUSINESS_DATE = LATER
    return {"district": district, "commune": commune, "case": case}


def everything() -> tuple[object, ...]:
    rows = [list(model.objects.order_by("pk").values()) for model in (Reminder, OfficialDocument)]
    return (*rows, Event.objects.exclude(action="access.denied").count())


def test_a_letter_that_is_sent_twice_goes_once(as_: As, who: make.Staff, late: dict[str, Any]) -> None:
    office = as_(who.reviewer)
    address = f"/reminders/new/{DISTRICT}/"
    sent = {"text": "Nhanh", "token": office.get(address).context["form"]["token"].value()}
    wrong = office.post(address, {**sent, "answer_by": "01/01/2021"})
    assert wrong.status_code == 422
    assert str(sent["token"]) in wrong.content.decode()
    refused = office.post(address, {**sent, "text": "Số 089178001234"})
    assert (refused.status_code, Reminder.objects.count()) == (422, 0)
    assert office.post(address, sent).status_code == 302
    before = everything()
    again = office.post(address, sent)
    assert again.status_code == 422
    assert "đã được gửi rồi" in again.content.decode()
    assert everything() == before


def test_who_has_a_list_follows_its_state() -> None:
    assert holder_of(COMMUNE, "draft") == COMMUNE
    assert holder_of(COMMUNE, "at_agency") == COMMUNE
    assert holder_of(COMMUNE, "at_district") == DISTRICT
    assert holder_of(COMMUNE, "at_department") == "89"


def test_the_department_sees_the_districts_and_a_district_its_communes(
    who: make.Staff, late: dict[str, Any]
) -> None:
    work = late_work(who.reviewer, "89", LATER)
    first, *others = work.areas
    assert (first.code, first.lists, first.people, first.requests) == (DISTRICT, 2, 4, 1)
    assert (first.worst_days, first.worst_step) == (5, "Huyện thẩm định, duyệt danh sách")
    assert [area.code for area in others if area.is_late] == []
    assert len(work.areas) == 11
    below = late_work(who.head, DISTRICT, LATER)
    assert [(area.code, area.lists, area.people) for area in below.areas if area.is_late] == [(COMMUNE, 1, 3)]
    assert [row.reference for row in below.lists] == [late["commune"].reference]
    opened = late_work(who.reviewer, DISTRICT, LATER, with_own=True)
    late_there = [(area.code, area.lists, area.people) for area in opened.areas if area.is_late]
    assert late_there == [(DISTRICT, 1, 1), (COMMUNE, 1, 3)]  # together what the district's line above says
    assert len(opened.lists) == first.lists
    assert opened.areas[0].name == "Cơ quan cấp huyện"
    outsider = user(Role.DISTRICT_HEAD, area=OUTSIDE_DISTRICT)
    assert [area.code for area in late_work(outsider, OUTSIDE_DISTRICT, LATER).areas if area.is_late] == []


def test_a_letter_is_sent_with_the_list_as_it_stood_and_seen_by_name(
    who: make.Staff, as_: As, late: dict[str, Any]
) -> None:
    page = as_(who.reviewer).get("/reminders/").content.decode()
    assert "Huyện Phú Tân" in page
    assert f"/reminders/new/{DISTRICT}/" in page
    form = as_(who.reviewer).get(f"/reminders/new/{DISTRICT}/")
    assert form.context["form"].initial["text"] == (
        "Qua theo dõi, huyện Phú Tân có 2 danh sách quá hạn, lâu nhất 5 ngày làm việc; có 1 yêu cầu bổ sung đã qua ngày hẹn mà "
        "chưa trả lời."
    )
    sent = {
        "lists": [late["district"].reference],
        "text": "Đề nghị thẩm định ngay.",
        "answer_by": "11/10/2021",
    }
    answer = as_(who.reviewer).post(f"/reminders/new/{DISTRICT}/", sent)
    reminder = Reminder.objects.get()
    assert answer["Location"] == f"/reminders/{reminder.pk}/"
    assert (reminder.area_code, reminder.sender_area_code, reminder.sent_on) == (DISTRICT, "89", LATER)
    assert reminder.lists == [
        {
            "reference": late["district"].reference,
            "title": late["district"].title,
            "area": "Thị trấn Phú Mỹ",
            "step": "Huyện thẩm định, duyệt danh sách",
            "due_on": "2021-09-29",
            "days_late": 5,
            "people": 1,
        }
    ]
    document = reminder.document
    assert document is not None
    assert (document.kind, document.status, document.area_code) == ("reminder", "draft", DISTRICT)
    assert document.content["recipient"] == "Ủy ban nhân dân huyện Phú Tân"
    assert document.content["answer_by"] == "2021-10-11"

    counters = {str(entry.label): (entry.count, entry.url) for entry in further_queues(who.officer)}
    assert counters["Đôn đốc chưa xem"] == (1, "/reminders/received/")
    received = as_(who.officer).get("/reminders/received/").content.decode()
    assert "Đề nghị thẩm định ngay." in received
    assert as_(who.officer).post(f"/reminders/{reminder.pk}/seen/").status_code == 302
    as_(who.head).post(f"/reminders/{reminder.pk}/seen/")
    reminder.refresh_from_db()
    assert (reminder.seen_by_name, reminder.seen_on) == (who.officer.full_name, LATER)
    assert Event.objects.filter(action="reminder.seen").count() == 1
    shown = as_(who.reviewer).get(f"/reminders/{reminder.pk}/").content.decode()
    assert f"{who.officer.full_name}, 06/10/2021" in shown
    assert "vẫn quá hạn" in shown
    assert "Đôn đốc chưa xem" not in [str(entry.label) for entry in further_queues(who.officer)]


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"text": " "}, "Hãy ghi nội dung đôn đốc."),
        ({"text": "Nhanh", "answer_by": "6/10/2021"}, "phải sau hôm nay"),
        ({"text": "Nhanh", "lists": ["DS-2021-99999999"]}, "không còn quá hạn"),
    ],
)
def test_what_can_not_be_sent_stays_on_the_page(
    who: make.Staff, as_: As, late: dict[str, Any], sent: dict[str, Any], words: str
) -> None:
    before = everything()
    answer = as_(who.reviewer).post(f"/reminders/new/{DISTRICT}/", sent)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert everything() == before


def test_nothing_late_nothing_sent(who: make.Staff, as_: As) -> None:
    answer = as_(who.reviewer).post(f"/reminders/new/{DISTRICT}/", {"text": "Nhanh"})
    assert answer.status_code == 422
    assert "Đơn vị này không có việc quá hạn." in answer.content.decode()
    assert Reminder.objects.count() == 0


def test_only_those_above_urge_and_only_those_below_have_seen(
    who: make.Staff, as_: As, late: dict[str, Any]
) -> None:
    reminder = send_reminder(
        area_code=DISTRICT, lists=[late["district"].reference], text="Nhanh", actor=who.reviewer
    )
    before = everything()
    outsider = user(Role.DISTRICT_OFFICER, area=OUTSIDE_DISTRICT)
    for address in (f"/reminders/{reminder.pk}/", f"/reminders/new/{COMMUNE}/"):
        assert as_(outsider).get(address).status_code == 404
    assert as_(outsider).post(f"/reminders/{reminder.pk}/seen/").status_code == 404
    assert as_(outsider).post(f"/reminders/new/{DISTRICT}/", {"text": "Nhanh"}).status_code == 404
    assert as_(who.commune).get(f"/reminders/{reminder.pk}/").status_code == 404
    assert as_(who.commune).get("/reminders/").status_code == 403
    assert as_(who.commune).post(f"/reminders/new/{DISTRICT}/", {"text": "Nhanh"}).status_code == 403
    assert as_(who.officer).post(f"/reminders/new/{DISTRICT}/", {"text": "Nhanh"}).status_code == 404
    assert as_(who.reviewer).post(f"/reminders/{reminder.pk}/seen/").status_code == 403
    leader = user(Role.LEADER, area=DISTRICT)
    assert as_(leader).get("/reminders/").status_code == 200
    assert as_(leader).post(f"/reminders/{reminder.pk}/seen/").status_code == 403
    with pytest.raises(PermissionDenied):
        send_reminder(area_code=DISTRICT, lists=[], text="Nhanh", actor=who.officer)
    assert everything() == before


def test_the_page_asks_as_many_questions_for_three_late_lists_as_for_one(
    who: make.Staff, as_: As, settings: Any
) -> None:
    counts = []
    for _more in range(3):
        make.draft_list(who)
        settings.BUSINESS_DATE = LATER
        as_(who.reviewer).get("/reminders/")
        with CaptureQueriesContext(connection) as queries:
            as_(who.reviewer).get(f"/reminders/?area={DISTRICT}")
        counts.append(len(queries))
        settings.BUSINESS_DATE = dt.date(2021, 9, 27)
    assert counts[0] == counts[2], counts


@pytest.mark.parametrize(
    "change",
    [
        "text = 'Khác'",
        "lists = '[1]'",
        "area_code = '8988830409'",
        "sender_area_code = '89888'",
        "sent_on = '2021-01-01'",
        "sent_by_id = 1",
        "document_id = NULL",
        "seen_on = NULL, seen_by_id = NULL",
        "seen_by_name = 'Người khác'",
    ],
)
def test_a_letter_stays_as_it_was_sent_and_seen(who: make.Staff, late: dict[str, Any], change: str) -> None:
    reminder = send_reminder(area_code=DISTRICT, lists=[], text="Nhanh", actor=who.reviewer)
    see_reminder(reminder, actor=who.officer)
    with (
        pytest.raises(DatabaseError, match="is not rewritten"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"UPDATE support_programs_reminder SET {change} WHERE id = %s", [reminder.pk])
