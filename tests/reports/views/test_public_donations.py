"""Donations and rice on the public pages: who asked not to be named is not, and the department records the wish."""

import html

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection, transaction
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.enums import Role
from accounts.models import User
from core.models import Event
from core.transitions import TransitionRefused
from disbursements.enums import DonorKind
from disbursements.models import Donation
from disbursements.services.goods_donations import DonationPaper, correct_donation, record_donation
from disbursements.services.goods_results import record_all_received_except
from reports.models import UnnamedDonor
from reports.services.public_donors import hide_donor, name_donor
from tests.factories.goods import MOVED_ON, rice_list, started_handout
from tests.factories.people import user

pytestmark = pytest.mark.django_db
PAGE = "/public/donations/"


def text_of(page: HttpResponse) -> str:
    return html.unescape(page.content.decode())


def browser_of(person: User) -> Client:
    client = Client()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client


def given(name: str, receipt: str, amount: int = 5_000_000, purpose: str = "") -> Donation:
    paper = DonationPaper(name, DonorKind.PERSON, receipt, MOVED_ON, amount=amount, purpose=purpose)
    return record_donation(actor=user(Role.ACCOUNTANT), paper=paper)


@pytest.fixture
def reviewer() -> User:
    return user(Role.PROVINCIAL_REVIEWER)


def test_who_gave_what_stands_there_and_what_was_taken_back_does_not(client: Client) -> None:
    given("Ông Lê Văn Tám", "1/PT", purpose="Mua gạo, ĐT 0912.000.111")
    wrong = given("Bà Trần Thị Chín", "2/PT", 7_000_000)
    correct_donation(actor=User.objects.get(pk=wrong.recorded_by_id), donation=wrong, reason="Ghi nhầm")
    said = text_of(client.get(PAGE))
    assert "Ông Lê Văn Tám" in said
    assert "5.000.000 đ" in said
    assert "Mua gạo, ĐT •••" in said
    assert "Trần Thị Chín" not in said
    assert "7.000.000" not in said


def test_a_donor_who_asked_for_it_is_not_named_and_may_be_again(client: Client, reviewer: User) -> None:
    donation = given("Ông Lê Văn Tám", "1/PT", purpose="Gia đình ông Tám giúp bà con")
    desk = browser_of(reviewer)
    address = f"/reports/donors/{donation.reference}/"
    assert desk.post(address, {"note": "", "act": "hide"}).status_code == 422
    assert desk.post(address, {"note": "Nói khi trao ngày 20/9", "act": "hide"}).status_code == 302
    said = text_of(client.get(PAGE))
    assert "Nhà tài trợ không nêu tên" in said
    assert "5.000.000 đ" in said
    assert "Tám" not in said
    assert "Không nêu tên" in text_of(desk.get("/reports/donors/"))
    # the page that somebody else left open says the same thing a second time
    assert desk.post(address, {"note": "Lần nữa", "act": "hide"}).status_code == 422
    assert desk.post(address, {"note": "Đổi ý ngày 25/9", "act": "name"}).status_code == 302
    assert "Ông Lê Văn Tám" in text_of(client.get(PAGE))
    events = Event.objects.filter(action__startswith="donor.").order_by("pk")
    assert [(event.action, event.object_ref) for event in events] == [
        ("donor.unnamed", donation.reference),
        ("donor.named_again", donation.reference),
    ]


@pytest.mark.parametrize("role", [Role.ACCOUNTANT, Role.LEADER, Role.AUDITOR, Role.DISTRICT_OFFICER])
def test_only_the_department_records_it(role: Role) -> None:
    donation = given("Ông Lê Văn Tám", "1/PT")
    other = user(role)
    with pytest.raises(PermissionDenied):
        hide_donor(donation, note="Thử", actor=other)
    address = f"/reports/donors/{donation.reference}/"
    assert browser_of(other).get("/reports/donors/").status_code == 403
    assert browser_of(other).post(address, {"note": "x", "act": "hide"}).status_code == 403
    assert not UnnamedDonor.objects.exists()


def test_a_wish_is_refused_with_a_number_in_it_and_plain_sql_rewrites_none(reviewer: User) -> None:
    donation = given("Ông Lê Văn Tám", "1/PT")
    with pytest.raises(TransitionRefused, match="Đừng ghi số CCCD"):
        hide_donor(donation, note="CCCD 089178001234 yêu cầu", actor=reviewer)
    with pytest.raises(TransitionRefused, match="đang nêu tên"):
        name_donor(donation, note="Thử", actor=reviewer)
    hide_donor(donation, note="Nói khi trao", actor=reviewer)
    for sql in (
        "UPDATE reports_unnameddonor SET note = 'khác'",
        "UPDATE reports_unnameddonor SET asked_on = '2021-01-01'",
        "DELETE FROM reports_unnameddonor",
    ):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)


def test_more_donations_cost_no_more_queries(client: Client) -> None:
    given("Ông Lê Văn Tám", "1/PT")
    client.get(PAGE)
    with CaptureQueriesContext(connection) as few:
        client.get(PAGE)
    for number in range(2, 5):
        given(f"Công ty số {number}", f"{number}/PT")
    with CaptureQueriesContext(connection) as many:
        client.get(PAGE)
    assert len(few) == len(many)


def test_rice_of_few_people_is_not_told(client: Client) -> None:
    """The letter's figures stand there for every district; what was handed to four people doesn't."""
    made = rice_list(4)
    handout = started_handout(made)
    rice = {row.area: row for row in client.get(PAGE).context["rice"]}
    assert len(rice) == 11
    assert {row.handed for row in rice.values()} == {0}
    record_all_received_except(actor=made.staff.accountant, handout=handout, exceptions={})
    hidden = [row for row in client.get(PAGE).context["rice"] if row.handed is None]
    assert [row.area for row in hidden] == ["Huyện Phú Tân"]
