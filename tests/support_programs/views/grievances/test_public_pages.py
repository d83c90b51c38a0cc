"""A citizen without an account: sends, follows, and is told nothing of anybody else."""

import pytest
from django.test import Client

from support_programs.models import Grievance
from support_programs.services import grievances as settle
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
    client.post(NEW, typed)
    again = client.post(NEW, typed)
    assert again.status_code == 422
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


def test_without_an_account_the_desks_pages_stay_closed(client: Client) -> None:
    client.post(NEW, TYPED)
    made = Grievance.objects.get()
    for address in ("/grievances/", f"/grievances/{made.reference}/"):
        assert client.get(address)["Location"].startswith("/sign-in/")
