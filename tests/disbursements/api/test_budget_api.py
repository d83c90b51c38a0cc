"""The API of budget lines and the ledger: the same services, sums, fence and refusals as the pages."""

from collections.abc import Callable

import pytest
from rest_framework.test import APIClient

from accounts.enums import Role
from accounts.models import User
from disbursements.models import Allocation, BudgetMovement
from tests.factories.payments import (
    AMOUNT,
    PROGRAMME,
    approved_list,
    budget_line,
    payable_list,
    prepared_batch,
)
from tests.factories.people import DISTRICT, OUTSIDE_DISTRICT, user

pytestmark = pytest.mark.django_db
ROOT = "/api/v1/budget/"
SignIn = Callable[[User], APIClient]
PAPER = {"document_number": "3/QĐ", "date": "2021-09-27", "reason": "Thừa"}


@pytest.fixture
def as_() -> SignIn:
    def sign_in(person: User) -> APIClient:
        client = APIClient()
        client.force_login(person)
        return client

    return sign_in


def test_money_arrives_moves_and_goes_back(as_: SignIn) -> None:
    made = approved_list(3)
    client = as_(made.staff.accountant)
    said = {
        "decision": made.decision.number,
        "area_code": DISTRICT,
        "source": "TINH",
        "document_number": "12/TB",
        "date": "2021-09-24",
        "amount": 3 * AMOUNT,
    }
    first = client.post(f"{ROOT}allocations/", said, format="json")
    assert (first.status_code, first.json()["amount"]) == (201, 3 * AMOUNT)
    line = f"{ROOT}lines/{first.json()['line']}/"
    to = budget_line(made, source="HUYEN")
    moved = client.post(
        f"{line}transfer/", {**PAPER, "amount": AMOUNT, "to": to.reference}, format="json"
    ).json()
    assert (moved["kind"], moved["to_line"], moved["amount"]) == ("transfer", to.reference, AMOUNT)
    returned = client.post(f"{line}return/", {**PAPER, "amount": AMOUNT}, format="json")
    assert returned.status_code == 201
    whole = client.get(line).json()
    assert (whole["money"]["given"], whole["money"]["left"]) == (AMOUNT, AMOUNT)
    assert [paper["amount"] for paper in whole["papers"]].count(-AMOUNT) == 2
    book = client.get(f"{line}entries/").json()["results"]
    assert [row["left"] for row in book] == [3 * AMOUNT, 2 * AMOUNT, AMOUNT]
    assert all(
        sum(leg["amount"] for leg in entry["legs"]) == 0
        for entry in client.get(f"{ROOT}entries/").json()["results"]
    )


def test_a_wrong_record_is_taken_back(as_: SignIn) -> None:
    made = payable_list(2)
    wrong, client = Allocation.objects.get(), as_(made.staff.accountant)
    address = f"{ROOT}allocations/{wrong.reference}/correct/"
    assert client.post(address, PAPER, format="json").json()["amount"] == 2 * AMOUNT
    again = client.post(address, PAPER, format="json")
    assert again.status_code == 409
    assert "đã được hủy ghi nhận" in again.json()["detail"]
    assert [row["is_taken_back"] for row in client.get(f"{ROOT}allocations/").json()] == [True]


def test_sums_are_those_of_the_ledger(as_: SignIn) -> None:
    made = payable_list(3)
    prepared_batch(made)
    client = as_(made.staff.accountant)
    (row,) = client.get(f"{ROOT}sums/", {"by": "district,programme", "source": "TINH"}).json()
    assert row["key"] == {"district": DISTRICT, "programme": PROGRAMME}
    assert row["money"]["committed"] == {"amount": 3 * AMOUNT, "people": 3}
    (line,) = client.get(f"{ROOT}lines/").json()["results"]
    assert line["money"] == row["money"]
    for wrong in ("district,x", "day,line,area,batch"):
        assert "by" in client.get(f"{ROOT}sums/", {"by": wrong}).json()


@pytest.mark.parametrize("amount", ["abc", -5, 0, 1.5, "1,5", 10**16])
def test_an_amount_that_is_none_is_named(as_: SignIn, amount: object) -> None:
    made = payable_list(2)
    address = f"{ROOT}lines/{budget_line(made).reference}/return/"
    response = as_(made.staff.accountant).post(address, {**PAPER, "amount": amount}, format="json")
    assert (response.status_code, list(response.json())) == (400, ["amount"])
    assert not BudgetMovement.objects.exists()


def test_refusals_say_why_and_outsiders_find_nothing(as_: SignIn) -> None:
    made = payable_list(2)
    line = budget_line(made)
    address = f"{ROOT}lines/{line.reference}/return/"
    above = as_(made.staff.accountant).post(address, {**PAPER, "amount": 2 * AMOUNT + 1}, format="json")
    assert above.status_code == 409
    assert line.reference in above.json()["detail"]
    said = {**PAPER, "amount": AMOUNT}
    assert as_(made.staff.approver).post(address, said, format="json").status_code == 403
    outsider = as_(user(Role.ACCOUNTANT, area=OUTSIDE_DISTRICT))
    assert outsider.post(address, said, format="json").status_code == 404
    assert outsider.get(f"{ROOT}lines/{line.reference}/").status_code == 404
    assert outsider.get(f"{ROOT}entries/").json()["results"] == []
    assert outsider.get(f"{ROOT}sums/").json() == []
    assert as_(user(Role.ADMINISTRATOR)).get(f"{ROOT}lines/").status_code == 403
    assert APIClient().get(f"{ROOT}lines/").status_code in (401, 403)
    assert not BudgetMovement.objects.exists()
