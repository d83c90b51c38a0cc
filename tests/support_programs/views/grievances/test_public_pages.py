"""A citizen without an account: sends, follows, and is told nothing of anybody else."""

import datetime as dt
from typing import Any

import pytest
from django.db import OperationalError, connection
from django.test import Client
from django.urls import reverse

from support_programs.models import CaseList, Grievance
from support_programs.queries.documents.minutes import remarks_on
from support_programs.services import grievances as settle
from support_programs.services import posting
from tests.factories import cases as make
from tests.factories.people import COMMUNE, OUTSIDE_COMMUNE
from tests.support_programs.services.grievances.test_filing import SAID

pytestmark = pytest.mark.django_db
NEW, FOLLOW = "/public/grievances/new/", "/public/grievances/"
ANSWER = "Hồ sơ của ông đã được duyệt, tiền chi ngày 05/10/2021 tại UBND thị trấn."
TYPED = {
    "token": "", "kind": "complaint", "topic": "not_paid", "area": COMMUNE, "about": "", "text": SAID,
    "sender_name": "Trần Văn Hai", "phone": "0912345678", "address": "Ấp Mỹ Lương", "website": "",
}  # fmt: skip


def test_sent_followed_and_answered(client: Client) -> None:
    sent = client.post(NEW, TYPED)
    assert sent.status_code == 200
    assert sent["Cache-Control"] == "no-store"
    code, made = sent.context["filed"].code, Grievance.objects.get()
    assert code in sent.content.decode()
    assert made.reference in sent.content.decode()
    waiting = client.post(FOLLOW, {"code": code.lower()}).content.decode()
    assert "Mới nhận" in waiting
    assert "07/10/2021" in waiting
    who = make.staff()
    accepted = settle.accept_grievance(made, actor=who.commune)
    settle.answer_grievance(accepted, outcome="upheld", answer=ANSWER, actor=who.commune)
    answered = client.post(FOLLOW, {"code": code}).content.decode()
    assert ANSWER in answered
    assert "0912345678" not in answered
    assert "Trần Văn Hai" not in answered
    assert who.commune.full_name not in answered


def test_a_wrong_code_is_told_kindly(client: Client) -> None:
    answer = client.post(FOLLOW, {"code": "K7MP-2QXD-9FTA"})
    assert answer.status_code == 422
    assert "Không tìm thấy mã này" in answer.content.decode()


def test_sent_twice_it_is_one(client: Client) -> None:
    typed = {**TYPED, "token": client.get(NEW).context["form"]["token"].value()}
    first, again = client.post(NEW, typed), client.post(NEW, typed)
    # who pressed twice, or lost the answer on the way, has the code all the same
    assert again.status_code == 200
    assert again.context["filed"].code == first.context["filed"].code
    other = client.post(NEW, {**typed, "text": f"{SAID} Và một việc khác."})
    assert other.status_code == 422
    assert "Và một việc khác." in other.content.decode()
    assert Grievance.objects.count() == 1


def test_a_program_that_fills_everything_in_is_not_taken(client: Client) -> None:
    assert client.post(NEW, {**TYPED, "website": "http://ads.example"}).status_code == 422
    assert not Grievance.objects.exists()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"text": "Chưa có"}, "text"),
        ({"text": f"{SAID} Số CCCD 089178000123"}, "text"),
        ({"sender_name": ""}, "sender_name"),
        ({"area": "7900000000"}, "area"),
        ({"topic": ""}, "topic"),
        ({"text": "Chưa có", "about": "HS-2021-1"}, "text"),
        ({"about": "089178000123"}, "about"),
        ({"sender_name": "Trần Văn Hai " * 12}, "sender_name"),
        ({"phone": "0912345678 " * 6}, "phone"),
        ({"address": "Ấp Mỹ Lương " * 25}, "address"),
    ],
)
def test_what_is_wrong_stands_at_its_field(client: Client, changes: dict[str, str], field: str) -> None:
    answer = client.post(NEW, {**TYPED, **changes})
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert "Trần Văn Hai" in answer.content.decode() or field == "sender_name"
    assert not Grievance.objects.exists()


def test_about_a_case_of_that_commune_it_is_linked_and_never_says_whether_it_exists(client: Client) -> None:
    case = make.draft_list(make.staff()).cases.get()
    client.post(NEW, {**TYPED, "about": case.reference})
    linked = Grievance.objects.get()
    assert linked.case == case
    elsewhere = client.post(NEW, {**TYPED, "about": case.reference, "area": OUTSIDE_COMMUNE})
    assert elsewhere.status_code == 200
    unlinked = Grievance.objects.exclude(pk=linked.pk).get()
    assert unlinked.case is None
    assert case.reference in unlinked.text


def test_about_a_list_that_hangs_out_it_is_a_remark_on_that_list(client: Client) -> None:
    """The page of a posted list leads to the form with the list's reference in it."""
    who = make.staff()
    hanging = posting.post_list(
        make.confirmed_list(who), place="UBND", posting_from=dt.date(2021, 9, 27), actor=who.commune
    )
    page = client.get(reverse("support_programs:public_list", args=[COMMUNE, hanging.reference]))
    assert f"{NEW}?area={COMMUNE}&amp;about={hanging.reference}" in page.content.decode()
    client.post(NEW, {**TYPED, "kind": "feedback", "topic": "left_out", "about": hanging.reference})
    made = Grievance.objects.get()
    assert (made.case_list, made.text) == (hanging, SAID)
    # the minutes hang out: they say what it is about, not what somebody wrote
    words = f"Đủ điều kiện nhưng không có tên trong danh sách (gửi trên trang công khai, mã {made.reference})"
    assert remarks_on(hanging) == [("27/09/2021", words, "Mới nhận")]


def test_about_a_list_that_nobody_shows_it_stays_words(client: Client) -> None:
    drawn_up: CaseList = make.draft_list(make.staff())
    client.post(NEW, {**TYPED, "about": drawn_up.reference})
    made = Grievance.objects.get()
    assert made.case_list is None
    assert drawn_up.reference in made.text


def test_what_the_database_could_not_keep_may_be_sent_again(client: Client) -> None:
    """A disk that is full, a lock that nobody gives: the form is not taken for one that was sent."""
    typed = {**TYPED, "token": client.get(NEW).context["form"]["token"].value()}

    def is_full(execute: Any, sql: str, *rest: Any) -> Any:
        if sql.startswith('INSERT INTO "support_programs_grievance"'):
            raise OperationalError("no space left on device")
        return execute(sql, *rest)

    with connection.execute_wrapper(is_full):
        assert Client(raise_request_exception=False).post(NEW, typed).status_code == 500
    assert client.post(NEW, typed).status_code == 200
    assert Grievance.objects.count() == 1


def test_without_an_account_the_desks_pages_stay_closed(client: Client) -> None:
    client.post(NEW, TYPED)
    made = Grievance.objects.get()
    for address in ("/grievances/", f"/grievances/{made.reference}/"):
        assert client.get(address)["Location"].startswith("/sign-in/")
