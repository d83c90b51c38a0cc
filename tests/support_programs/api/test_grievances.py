"""Complaints and reports through the API: the same services, the same refusals."""

import pytest

from accounts.enums import Role
from support_programs.models import Grievance
from tests.factories import cases as make
from tests.factories.api import Caller
from tests.factories.people import COMMUNE, DISTRICT, OUTSIDE_COMMUNE, user
from tests.support_programs.services.grievances.test_filing import SAID

pytestmark = pytest.mark.django_db
ANSWER = "Hồ sơ của ông đã được duyệt, tiền chi ngày 05/10/2021 tại UBND thị trấn."
SENT = {
    "kind": "complaint",
    "topic": "not_paid",
    "channel": "phone",
    "text": SAID,
    "sender_name": "Trần Văn Hai",
    "phone": "0912345678",
}


def test_written_down_taken_up_and_answered() -> None:
    who = make.staff()
    case = make.draft_list(who).cases.get()
    api = Caller(user(Role.COMMUNE_OFFICER))
    filed = api.post("grievances/", {**SENT, "about": case.reference}, expect=201)
    assert len(filed["tracking_code"]) == 14
    assert (filed["case"], filed["area_code"], filed["status"]) == (case.reference, COMMUNE, "received")
    assert "0912345678" not in str(filed)
    at = f"grievances/{filed['reference']}/"
    assert "tracking_code" not in api.get(at)
    assert api.post(f"{at}accept/", {"version": filed["version"]})["status"] == "accepted"
    assert api.post(f"{at}accept/", expect=409)["detail"]
    answered = api.post(f"{at}answer/", {"outcome": "partly", "answer": ANSWER})
    assert (answered["status"], answered["outcome"], answered["answer"]) == ("answered", "partly", ANSWER)
    assert [row["reference"] for row in api.get("grievances/", state="closed")["results"]] == [
        filed["reference"]
    ]


def test_what_is_wrong_is_named_and_nothing_is_kept() -> None:
    api = Caller(user(Role.COMMUNE_OFFICER))
    assert set(api.post("grievances/", {**SENT, "kind": "petition"}, expect=400)) == {"kind"}
    assert set(api.post("grievances/", {**SENT, "sender_name": ""}, expect=400)) == {"sender_name"}
    assert set(api.post("grievances/", {**SENT, "channel": "public"}, expect=400)) == {"channel"}
    api.post("grievances/", {**SENT, "about": "HS-2021-00000017"}, expect=404)
    assert not Grievance.objects.exists()


def test_others_read_or_find_nothing() -> None:
    filed = Caller(user(Role.COMMUNE_OFFICER)).post("grievances/", SENT, expect=201)
    at = f"grievances/{filed['reference']}/"
    Caller(user(Role.COMMUNE_OFFICER, area=OUTSIDE_COMMUNE)).get(at, expect=404)
    auditor = Caller(user(Role.AUDITOR))
    assert auditor.get(at)["text"] == SAID
    for act, body in (("accept", {}), ("decline", {"reason": "Không"}), ("withdraw", {"reason": "Không"})):
        auditor.post(f"{at}{act}/", body, expect=403)
        Caller(user(Role.COMMUNE_OFFICER, area=OUTSIDE_COMMUNE)).post(f"{at}{act}/", body, expect=404)
    assert Grievance.objects.get().status == "received"


def test_handed_up_and_declined_there() -> None:
    filed = Caller(user(Role.COMMUNE_OFFICER)).post("grievances/", SENT, expect=201)
    at = f"grievances/{filed['reference']}/"
    commune = Caller(user(Role.COMMUNE_OFFICER))
    commune.post(f"{at}forward/", {"to_area": OUTSIDE_COMMUNE, "reason": "Xã khác"}, expect=409)
    moved = commune.post(f"{at}forward/", {"to_area": DISTRICT, "reason": "Thuộc thẩm quyền huyện"})
    assert moved["area_code"] == DISTRICT
    commune.get(at, expect=404)
    declined = Caller(user(Role.DISTRICT_HEAD)).post(f"{at}decline/", {"reason": "Đã giải quyết trước đây."})
    assert declined["decline_reason"] == "Đã giải quyết trước đây."
