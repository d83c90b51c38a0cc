"""The page that asks for a batch: a preview first, one batch per request, and never one that nobody may approve."""

from collections.abc import Callable

import pytest
from django.http import HttpResponse
from django.test import Client

from accounts.enums import Role
from accounts.models import User
from core.services.jobs import run_job
from disbursements.models import Batch
from tests.factories.payments import PROGRAMME, approved_list, payable_list, two_decisions
from tests.factories.people import DISTRICT, OUTSIDE_DISTRICT, user

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]


@pytest.fixture
def as_(client: Client) -> SignIn:
    def sign_in(person: User) -> Client:
        client.force_login(person)
        return client

    return sign_in


def text_of(response: HttpResponse) -> str:
    return " ".join(response.content.decode().split())


class TestNewBatch:
    def form(self, **other: str) -> dict[str, str]:
        return {
            "programme": PROGRAMME,
            "area": DISTRICT,
            "stream": "",
            "channel": "cash",
            "title": "",
            "key": "k1",
            **other,
        }

    def test_preview_says_who_is_in_and_who_is_not(self, as_: SignIn) -> None:
        made = payable_list(2)
        approved_list(1, staff=made.staff)
        page = text_of(as_(made.staff.accountant).post("/batches/new/", self.form(preview="1")))
        assert "3.000.000" in page
        assert "Ba triệu đồng" in page
        assert "Kinh phí của quyết định chưa được phân bổ về huyện" in page
        assert not Batch.objects.exists()

    def test_a_form_sent_twice_makes_one_batch(self, as_: SignIn) -> None:
        made = payable_list(2)
        client = as_(made.staff.accountant)
        first = client.post("/batches/new/", self.form(confirm="1"))
        again = client.post("/batches/new/", self.form(confirm="1"))
        assert first.status_code == again.status_code == 302
        assert first["Location"] == again["Location"]
        assert Batch.objects.count() == 1

    def test_a_mixture_that_nobody_may_approve_names_its_approvers(self, as_: SignIn) -> None:
        first, second = two_decisions()
        client = as_(first.staff.accountant)
        page = text_of(client.post("/batches/new/", self.form(preview="1")))
        for made, people in ((first, 2), (second, 3)):
            words = (
                f"Quyết định {made.decision.number}, {people} người: {made.staff.money_approver.full_name}"
            )
            assert words in page
        assert "Hãy chọn một quyết định" in page
        assert 'name="confirm"' not in page
        assert client.post("/batches/new/", self.form(confirm="1")).status_code == 422
        assert not Batch.objects.exists()

    def test_one_decision_is_chosen_and_may_be_sent_twice(self, as_: SignIn) -> None:
        first, _second = two_decisions()
        client = as_(first.staff.accountant)
        asked = self.form(decision=first.decision.number)
        page = text_of(client.post("/batches/new/", {**asked, "preview": "1"}))
        assert "Lập đợt chi 2 người" in page
        assert "không được duyệt đợt chi này:" not in page
        answers = [client.post("/batches/new/", {**asked, "confirm": "1"}) for _ in range(2)]
        assert answers[0]["Location"] == answers[1]["Location"]
        run_job(Batch.objects.get().job_id or 0)
        again = client.post("/batches/new/", {**asked, "confirm": "1"})
        assert again["Location"] == answers[0]["Location"]
        assert Batch.objects.get().line_count == 2

    def test_an_outsider_sees_no_decision(self, as_: SignIn) -> None:
        made = payable_list(1)
        client = as_(user(Role.ACCOUNTANT, area=OUTSIDE_DISTRICT))
        assert made.decision.number not in text_of(client.get("/batches/new/"))
        asked = self.form(area=OUTSIDE_DISTRICT, decision=made.decision.number, preview="1")
        assert client.post("/batches/new/", asked).status_code == 422

    def test_nobody_to_pay_is_a_sentence(self, as_: SignIn) -> None:
        made = approved_list(2)
        response = as_(made.staff.accountant).post("/batches/new/", self.form(confirm="1"))
        assert response.status_code == 422
        assert "Không có ai để chi" in text_of(response)
        assert not Batch.objects.exists()
