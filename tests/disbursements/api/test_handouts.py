"""The API of goods: the same services, the same fence, the same refusals as the pages."""

import pytest
from rest_framework.test import APIClient

from accounts.enums import Role
from accounts.models import User
from core.services.jobs import run_job
from disbursements.models import Handout
from tests.factories.api import Caller
from tests.factories.goods import prepared_handout, rice_list, started_handout, store
from tests.factories.payments import Staff
from tests.factories.people import DISTRICT, OUTSIDE_DISTRICT, user

pytestmark = pytest.mark.django_db


def asking(person: User) -> APIClient:
    client = APIClient()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_the_whole_way() -> None:
    made = rice_list(3)
    out_of = store(made.staff, kg=45)
    body = {"programme": "GAO_HO_TRO", "area_code": DISTRICT, "store": out_of.reference, "goods": "GAO"}
    client = asking(made.staff.accountant)
    assert client.post("/api/v1/handouts/", body, format="json").status_code == 400, "a request needs its key"
    asked = client.post("/api/v1/handouts/", body, format="json", headers={"Idempotency-Key": "abc"})
    assert asked.status_code == 202
    again = client.post("/api/v1/handouts/", body, format="json", headers={"Idempotency-Key": "abc"})
    assert again.json()["reference"] == asked.json()["reference"]
    run_job(Handout.objects.get().job_id or 0)
    address = f"handouts/{asked.json()['reference']}/"
    accountant, approver = Caller(made.staff.accountant), Caller(made.staff.approver)
    found = approver.get(address)
    assert (found["status"], found["people"], found["quantity"], found["unit"]) == ("prepared", 3, 45, "kg")
    assert approver.post(f"{address}approve/", {"version": found["version"]})["status"] == "approved"
    assert accountant.post(f"{address}start/", {"document_number": "7/PXK"})["status"] == "handing"
    lines = accountant.get(f"{address}lines/")["results"]
    assert {line["number"][:3] for line in lines} == {"•••"}
    report = accountant.post(
        f"{address}results/",
        {
            "received": [lines[0]["reference"]],
            "missed": [{"reference": lines[1]["reference"], "reason": "Vắng mặt"}],
        },
    )
    assert report == {"received": 1, "missed": 1, "refused": []}
    assert accountant.post(f"{address}results/", {"all_others_received": True})["received"] == 1
    refused = accountant.post(f"{address}close/", {}, expect=409)
    assert "Hãy ghi số phiếu nhập lại kho" in refused["detail"]
    closed = accountant.post(f"{address}close/", {"document_number": "8/PNK"})
    assert (closed["status"], closed["figures"]["difference"]) == ("closed", 0)
    (stock,) = accountant.get("goods/stock/")
    assert (stock["received"], stock["handed"], stock["on_hand"], stock["difference"]) == (45, 30, 15, 0)


def test_an_outsider_finds_nothing_and_readers_write_nothing() -> None:
    made = rice_list(1)
    handout = started_handout(made)
    outsider = Caller(user(Role.ACCOUNTANT, area=OUTSIDE_DISTRICT))
    address = f"handouts/{handout.reference}/"
    for path in (address, f"{address}lines/"):
        outsider.get(path, expect=404)
    for act in ("approve", "start", "close", "cancel", "results"):
        outsider.post(f"{address}{act}/", {"reason": "x", "all_others_received": True}, expect=404)
    assert outsider.get("handouts/")["results"] == []
    auditor = Caller(user(Role.AUDITOR, area=DISTRICT))
    assert auditor.get(address)["status"] == "handing"
    auditor.post(f"{address}results/", {"all_others_received": True}, expect=403)
    assert handout.lines.get().status == "waiting"


def test_a_stale_page_and_unknown_goods_are_refused() -> None:
    staff = Staff()
    handout = prepared_handout(rice_list(1, staff=staff), store(staff, kg=15))
    approver = Caller(staff.approver)
    approver.post(f"handouts/{handout.reference}/approve/", {"version": handout.version + 3}, expect=409)
    body = {
        "programme": "GAO_HO_TRO",
        "area_code": DISTRICT,
        "store": handout.store.reference,
        "goods": "VANG",
    }
    client = asking(staff.accountant)
    answer = client.post("/api/v1/handouts/", body, format="json", headers={"Idempotency-Key": "x"})
    assert (answer.status_code, answer.json()) == (400, {"goods": ["Mã hàng này chưa có trong danh mục."]})
