"""The API of payouts: the same services, the same fence, the same refusals as the pages."""

from collections.abc import Callable

import pytest
from rest_framework.test import APIClient

from accounts.enums import Role
from accounts.models import User
from core.models import Event
from core.services.jobs import run_job
from disbursements.models import Batch, PaymentInstruction
from disbursements.services.rendering import start_rendering
from tests.factories.payments import (
    AMOUNT,
    PROGRAMME,
    approved_list,
    payable_list,
    prepared_batch,
    released_batch,
    two_decisions,
)
from tests.factories.people import DISTRICT, OUTSIDE_DISTRICT, user

pytestmark = pytest.mark.django_db
ROOT = "/api/v1/batches/"
BODY = {"programme": PROGRAMME, "area_code": DISTRICT, "channel": "cash"}


@pytest.fixture
def as_() -> Callable[[User], APIClient]:
    def sign_in(person: User) -> APIClient:
        client = APIClient()
        client.force_login(person)
        return client

    return sign_in


def test_the_whole_way(as_: Callable[[User], APIClient]) -> None:
    made = payable_list(3)
    accountant, approver = as_(made.staff.accountant), as_(made.staff.approver)
    asked = accountant.post(ROOT, BODY, format="json", headers={"Idempotency-Key": "abc"})
    assert asked.status_code == 202
    address = f"{ROOT}{asked.json()['reference']}/"
    run_job(Batch.objects.get().job_id or 0)
    batch = approver.get(address).json()
    assert (batch["status"], batch["people"], batch["amount"]) == ("prepared", 3, 3 * AMOUNT)
    assert (
        approver.post(f"{address}approve/", {"version": batch["version"]}, format="json").json()["status"]
        == "approved"
    )
    assert accountant.post(f"{address}release/").json()["status"] == "released"
    lines = accountant.get(f"{address}lines/").json()["results"]
    assert {line["number"][:3] for line in lines} == {"•••"}
    report = accountant.post(
        f"{address}results/",
        {
            "paid": [lines[0]["reference"]],
            "returned": [{"reference": lines[1]["reference"], "reason": "Vắng mặt"}],
        },
        format="json",
    )
    assert report.json() == {"paid": 1, "returned": 1, "failed": 0, "unknown": 0, "refused": []}
    assert accountant.post(f"{address}close/").status_code == 409
    assert accountant.post(f"{address}results/", {"all_others_paid": True}, format="json").json()["paid"] == 1
    closed = accountant.post(f"{address}close/").json()
    assert closed["status"] == "closed"
    assert closed["figures"]["difference"] == 0
    assert closed["figures"]["unpaid_people"] == 1


def test_failed_and_unknown_lines(as_: Callable[[User], APIClient]) -> None:
    batch = released_batch(payable_list(4))
    client = as_(User.objects.get(pk=batch.created_by_id))
    address = f"{ROOT}{batch.reference}/results/"
    ref = list(PaymentInstruction.objects.order_by("position").values_list("reference", flat=True))
    assert client.post(address, {"failed": [], "unknown": []}, format="json").status_code == 400
    nameless = client.post(address, {"failed": [{"reference": ref[0], "reason": ""}]}, format="json")
    assert nameless.status_code == 400
    both = client.post(address, {"paid": [ref[0]], "unknown": [ref[0]]}, format="json")
    assert both.status_code == 409
    assert set(PaymentInstruction.objects.values_list("status", flat=True)) == {"sent"}
    body = {"failed": [{"reference": ref[0], "reason": "Sai số tài khoản"}], "unknown": ref[1:3]}
    told = {"paid": 0, "returned": 0, "failed": 1, "unknown": 2, "refused": []}
    assert client.post(address, body, format="json").json() == told
    line = PaymentInstruction.objects.get(reference=ref[0])
    assert (line.status, line.result_code) == ("failed", "wrong_account")
    # the others are paid, but for the one that stays in doubt
    rest = client.post(address, {"all_others_paid": True, "unknown": [ref[2]]}, format="json").json()
    assert (rest["paid"], rest["unknown"]) == (2, 0)
    states = dict(PaymentInstruction.objects.values_list("reference", "status"))
    assert [states[each] for each in ref] == ["failed", "paid", "unknown", "paid"]


def test_a_replayed_request_has_one_effect(as_: Callable[[User], APIClient]) -> None:
    made = payable_list(1)
    client = as_(made.staff.accountant)
    headers = {"Idempotency-Key": "abc"}
    answers = [client.post(ROOT, BODY, format="json", headers=headers).json()["reference"] for _ in range(3)]
    assert len(set(answers)) == Batch.objects.count() == 1
    other = client.post(ROOT, {**BODY, "channel": "bank"}, format="json", headers=headers)
    assert other.status_code == 409
    assert "nội dung khác" in other.json()["detail"]


def test_one_decision(as_: Callable[[User], APIClient]) -> None:
    first, _second = two_decisions()
    client = as_(first.staff.accountant)
    mixed = client.post(ROOT, BODY, format="json", headers={"Idempotency-Key": "a"})
    assert mixed.status_code == 409
    assert "Hãy chọn một quyết định" in mixed.json()["detail"]
    body = {**BODY, "decision": first.decision.number}
    asked = client.post(ROOT, body, format="json", headers={"Idempotency-Key": "b"})
    assert (asked.status_code, asked.json()["decision"]) == (202, first.decision.number)
    run_job(Batch.objects.get().job_id or 0)
    assert client.get(f"{ROOT}{asked.json()['reference']}/").json()["people"] == 2
    assert client.post(ROOT, BODY, format="json", headers={"Idempotency-Key": "b"}).status_code == 409


@pytest.mark.parametrize(
    ("body", "headers", "status"),
    [
        (BODY, {}, 400),
        ({**BODY, "channel": "gold"}, {"Idempotency-Key": "a"}, 400),
        ({**BODY, "area_code": OUTSIDE_DISTRICT}, {"Idempotency-Key": "a"}, 409),
        (BODY, {"Idempotency-Key": "a"}, 409),
    ],
)
def test_wrong_requests_leave_nothing(
    body: dict[str, str], headers: dict[str, str], status: int, as_: Callable[[User], APIClient]
) -> None:
    made = approved_list(1)
    assert as_(made.staff.accountant).post(ROOT, body, format="json", headers=headers).status_code == status
    assert not Batch.objects.exists()


def test_an_outsider_gets_404_and_changes_nothing(as_: Callable[[User], APIClient]) -> None:
    batch = released_batch(payable_list(1))
    client = as_(user(Role.ACCOUNTANT, Role.PROVINCIAL_APPROVER, area=OUTSIDE_DISTRICT))
    address = f"{ROOT}{batch.reference}/"
    for path in ("", "lines/", "files/list_xlsx/"):
        assert client.get(f"{address}{path}").status_code == 404, path
    for path in ("approve/", "release/", "close/", "cancel/", "results/"):
        body = {"reason": "x", "all_others_paid": True}
        assert client.post(f"{address}{path}", body, format="json").status_code == 404, path
    assert client.get(ROOT).json()["count"] == 0
    assert set(PaymentInstruction.objects.values_list("status", flat=True)) == {"sent"}


def test_roles_are_those_of_the_pages(as_: Callable[[User], APIClient]) -> None:
    made = payable_list(1)
    batch = prepared_batch(made)
    address = f"{ROOT}{batch.reference}/"
    assert as_(user(Role.ADMINISTRATOR)).get(address).status_code == 403
    assert as_(made.staff.accountant).post(f"{address}approve/").status_code == 403
    refused = as_(made.staff.money_approver).post(f"{address}approve/")
    assert refused.status_code == 409
    assert "Bạn đã phê duyệt kinh phí" in refused.json()["detail"]
    assert APIClient().get(address).status_code in (401, 403)


def test_a_file_is_downloaded_and_recorded(as_: Callable[[User], APIClient]) -> None:
    made = payable_list(1)
    batch = prepared_batch(made)
    run_job(start_rendering(batch=batch, actor=made.staff.accountant).pk)
    client = as_(made.staff.accountant)
    assert client.get(f"{ROOT}{batch.reference}/files/list_xlsx/").status_code == 404
    found = client.get(f"{ROOT}{batch.reference}/files/list_xlsx/?draft=1")
    assert found.status_code == 200
    assert found.content[:2] == b"PK"
    assert Event.objects.filter(action="file.downloaded").count() == 1
    assert (
        as_(user(Role.LEADER, area=DISTRICT))
        .get(f"{ROOT}{batch.reference}/files/list_xlsx/?draft=1")
        .status_code
        == 403
    )
