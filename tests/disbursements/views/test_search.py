"""Batches and instructions in the search of the masthead."""

import pytest
from django.test import Client
from django.urls import reverse

from accounts.enums import Role
from accounts.models import User
from disbursements.models import Batch
from tests.factories import payments, people

pytestmark = pytest.mark.django_db

SEARCH = reverse("search")


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def batch() -> Batch:
    return payments.prepared_batch(payments.payable_list(2))


@pytest.fixture
def accountant() -> Client:
    return signed_in(people.user(Role.ACCOUNTANT))


def page_of(batch: Batch) -> str:
    return reverse("disbursements:batch_page", args=[batch.reference])


def test_a_batch_is_opened_by_its_reference(accountant: Client, batch: Batch) -> None:
    assert accountant.post(SEARCH, {"q": batch.reference.replace("-", " ").lower()})["Location"] == page_of(
        batch
    )


def test_a_batch_is_found_by_words_of_its_title_without_marks(accountant: Client, batch: Batch) -> None:
    Batch.objects.filter(pk=batch.pk).update(title="Đợt chi thị trấn Chợ Vàm")
    html = accountant.post(SEARCH, {"q": "cho vam"}).content.decode()
    assert page_of(batch) in html
    assert "3.000.000 đ" in html


def test_the_reference_of_an_instruction_leads_to_its_batch(accountant: Client, batch: Batch) -> None:
    line = batch.instructions.order_by("position")[0]
    html = accountant.post(SEARCH, {"q": line.reference}).content.decode()
    assert page_of(batch) in html
    assert line.payee_name in html


def test_an_outsider_finds_neither(batch: Batch) -> None:
    outsider = signed_in(people.user(Role.ACCOUNTANT, area=people.OUTSIDE_DISTRICT))
    Batch.objects.filter(pk=batch.pk).update(title="Đợt chi thị trấn Chợ Vàm")
    line = batch.instructions.order_by("position")[0]
    for typed in ("cho vam", line.reference):
        html = outsider.post(SEARCH, {"q": typed}).content.decode()
        assert batch.reference not in html
        assert line.payee_name not in html
