"""F2: a double click, the back button, two tabs: the same form sent twice has one effect."""

from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from core.models import Event
from support_programs.models import ApprovalDecision, Case, CaseList, CaseListStep, Entitlement
from tests.factories import cases as make

pytestmark = pytest.mark.django_db
Send = Callable[[User, str, Mapping[str, Any]], None]


@pytest.fixture
def twice(client: Client) -> Send:
    """Send a form as this person, and again as it was: the second one is a page too, and adds no transition to the log."""

    def send(person: User, path: str, body: Mapping[str, Any]) -> None:
        client.force_login(person)
        assert client.post(path, body).status_code == 302
        rows, events = everything(), transitions()
        answer = client.post(path, body)
        assert answer.status_code in (302, 422), (path, answer.status_code)
        assert everything() == rows, path
        assert transitions() == events, path

    return send


def everything() -> dict[str, list[Any]]:
    return {
        "lists": list(CaseList.objects.order_by("pk").values("status", "version")),
        "cases": list(Case.objects.order_by("pk").values("status", "case_list_id", "appraised_by_id")),
        "steps": list(CaseListStep.objects.order_by("pk").values("step", "finished_on")),
        "owed": list(Entitlement.objects.order_by("pk").values("status", "version", "decision_id")),
        "decisions": list(ApprovalDecision.objects.values("number", "people", "amount")),
    }


def transitions() -> Counter[str]:
    said = ["list.facts_confirmed", "list.papers_confirmed", "case.determined"]
    names = Event.objects.exclude(action__in=said)
    return Counter(names.values_list("action", flat=True))


def test_every_form_of_the_way(twice: Send) -> None:
    who = make.staff()
    case_list = make.draft_list(who, rows=2)
    address = f"/lists/{case_list.reference}/"
    first, second = Case.objects.filter(case_list=case_list).order_by("position")
    twice(who.commune, f"{address}facts/", make.TICKS)
    twice(who.commune, f"{address}post/", {"posting_from": "22/9/2021", "place": "Trụ sở UBND"})
    twice(who.commune, f"{address}close-posting/", {"remarks": ""})
    twice(who.commune, f"{address}submit/", {"letter_number": "12/TTr-UBND", "letter_date": "27/9/2021"})
    twice(who.officer, f"/cases/{first.reference}/mark-eligible/", {})
    twice(who.officer, f"/cases/{second.reference}/refuse/", {"reason": "Có hợp đồng lao động"})
    twice(who.head, f"{address}approve/", {"number": "45/QĐ", "date": "27/9/2021"})
    twice(who.officer, f"{address}forward/", {})
    twice(
        who.reviewer, f"{address}appraise-money/", {"finance_number": "1024/STC", "finance_date": "27/9/2021"}
    )
    twice(
        who.approver,
        "/lists/decide/",
        {"pick": case_list.reference, "number": "2208/QĐ-UBND", "signed_on": "24/9/2021"},
    )
    assert ApprovalDecision.objects.get().people == 1
    counted = transitions()
    assert all(counted[action] == 1 for action in counted if action.startswith(("list.", "decision."))), (
        counted
    )
    assert counted["case.mark_eligible"] == counted["case.refuse"] == counted["entitlement.proposed"] == 1


def test_the_forms_of_the_way_back(twice: Send) -> None:
    who = make.staff()
    case_list = make.verified_list(who, rows=2)
    address = f"/lists/{case_list.reference}/"
    first = Case.objects.filter(case_list=case_list).earliest("position")
    twice(who.officer, f"{address}send-back/", {"reason": "Sai địa chỉ", "marked_rows": "1: sai ấp"})
    twice(who.commune, f"/cases/{first.reference}/resolve-mark/", {"note": "Đã sửa ấp"})
    twice(who.commune, f"{address}resubmit/", {"letter_number": "13/TTr-UBND", "letter_date": "27/9/2021"})
    twice(who.officer, f"/cases/{first.reference}/ask-supplement/", {"reason": "Thiếu đơn"})
    twice(who.commune, f"/cases/{first.reference}/supplement/", {"note": "Đã có đơn"})
    twice(who.commune, f"/cases/{first.reference}/withdraw/", {"reason": "Đã có việc"})
    assert Entitlement.objects.filter(case=first).values_list("status", flat=True).get() == "cancelled"
