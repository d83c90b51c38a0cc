"""Every action of the API: done once by its own role, refused to others, unknown to outsiders, without trace where refused."""

from typing import Any

import pytest
from django.urls import URLPattern

from accounts.enums import Role
from core.models import Event
from support_programs.api.urls import urlpatterns
from support_programs.models import (
    AgencyConfirmation,
    ApprovalDecision,
    Case,
    CaseChild,
    CaseList,
    CaseListStep,
    Entitlement,
    Exclusion,
    FactConfirmation,
)
from tests.factories import cases as make
from tests.factories.api import Caller
from tests.factories.people import OUTSIDE_COMMUNE, OUTSIDE_DISTRICT, user
from tests.support_programs.api.acts import ACTS, Act, Ready, at_district, confirmed, drafted, verified
from tests.support_programs.api.acts_of_other_lists import OTHER_ACTS

pytestmark = pytest.mark.django_db
ALL_ACTS = (*ACTS, *OTHER_ACTS)
every_act = pytest.mark.parametrize("act", ALL_ACTS, ids=lambda act: act.path)


@pytest.fixture
def who() -> make.Staff:
    return make.staff()


def everything() -> dict[str, Any]:
    """All rows that an action could touch; denials are logged, and not counted."""
    models = (
        Case,
        CaseChild,
        CaseList,
        CaseListStep,
        Entitlement,
        Exclusion,
        FactConfirmation,
        ApprovalDecision,
    )
    rows: dict[str, Any] = {model.__name__: list(model.objects.order_by("pk").values()) for model in models}
    rows["events"] = Event.objects.exclude(action="access.denied").count()
    rows["papers"] = list(AgencyConfirmation.objects.order_by("pk").values())
    return rows


def states(ready: Ready) -> tuple[str, str]:
    return (
        CaseList.objects.get(pk=ready.case_list.pk).status,
        Case.objects.get(pk=ready.case.pk).status,
    )


# posted because it carries facts; what it answers is in test_preview.py
KEEPS_NOTHING = {"determinations/preview/"}
# files, and a paper by its number: test_case_papers_api.py
PAPERS = {"cases/<str:reference>/papers/", "cases/<str:reference>/papers/<int:number>/remove/"}
# about records of their own: test_grievances.py
GRIEVANCES = "grievances/"


def test_every_address_that_changes_something_is_tried() -> None:
    tried = {
        act.path.replace("{case}", "<str:reference>").replace("{list}", "<str:reference>") for act in ALL_ACTS
    }
    changing = {
        str(entry.pattern)
        for entry in urlpatterns
        if isinstance(entry, URLPattern) and hasattr(entry.callback.cls, "post")
        if not str(entry.pattern).startswith(GRIEVANCES)
    }
    assert tried == changing - KEEPS_NOTHING - PAPERS


@every_act
def test_its_own_role_does_it(who: make.Staff, act: Act) -> None:
    ready = act.ready(who)
    Caller(getattr(who, act.by)).post(act.where(ready), act.body(ready), expect=act.status)
    assert states(ready) == act.after


@every_act
def test_other_roles_hear_403_and_nothing_changes(who: make.Staff, act: Act) -> None:
    ready = act.ready(who)
    before = everything()
    for role in act.wrong:
        answer = Caller(getattr(who, role)).post(act.where(ready), act.body(ready), expect=403)
        assert answer["detail"].startswith("Việc này do"), (role, answer)
    assert everything() == before
    assert Event.objects.filter(action="access.denied").count() == len(act.wrong)


@every_act
def test_who_only_reads_writes_nothing(who: make.Staff, act: Act) -> None:
    ready = act.ready(who)
    before = everything()
    for role in (Role.AUDITOR, Role.LEADER, Role.ADMINISTRATOR):
        Caller(user(role)).post(act.where(ready), act.body(ready), expect=403)
    assert everything() == before


@every_act
def test_an_outsider_of_the_same_role_finds_nothing(who: make.Staff, act: Act) -> None:
    ready = act.ready(who)
    before = everything()
    own = getattr(who, act.by)
    role = next(iter(own.role_codes))
    area = OUTSIDE_COMMUNE if role == Role.COMMUNE_OFFICER else OUTSIDE_DISTRICT
    Caller(user(Role(role), area=area)).post(act.where(ready), act.body(ready), expect=404)
    assert everything() == before


@every_act
def test_sent_twice_it_has_one_effect(who: make.Staff, act: Act) -> None:
    ready = act.ready(who)
    caller, body = Caller(getattr(who, act.by)), act.body(ready)
    caller.post(act.where(ready), body, expect=act.status)
    rows = {name: len(found) for name, found in everything().items() if name != "events"}
    once = states(ready)
    response = caller.client.post(f"/api/v1/{act.where(ready)}", body, format="json")
    assert response.status_code in (200, 409), response.content.decode()
    assert states(ready) == once
    keeps_each = {
        "FactConfirmation"
    }  # saying it again is a second confirmation, kept with its own name and day
    again = {name: len(found) for name, found in everything().items() if name != "events"}
    assert {k: v for k, v in again.items() if k not in keeps_each} == {
        k: v for k, v in rows.items() if k not in keeps_each
    }


class TestRefusals:
    def test_a_blocked_action_answers_the_sentence_of_the_page(self, who: make.Staff) -> None:
        ready = at_district(who)
        before = everything()
        answer = Caller(who.head).post(
            f"lists/{ready.case_list.reference}/approve/",
            {"number": "1/QĐ", "date": "2021-09-27"},
            expect=409,
        )
        assert answer == {"detail": "Còn hồ sơ chưa thẩm định xong."}
        assert everything() == before

    def test_a_record_changed_since_it_was_read(self, who: make.Staff) -> None:
        ready = at_district(who)
        Caller(who.officer).post(
            f"cases/{ready.case.reference}/mark-eligible/", {"version": ready.case.version - 1}, expect=409
        )
        told = Caller(who.officer).post(
            f"cases/{ready.case.reference}/refuse/",
            {"version": ready.case.version - 1, "reason": "Sai"},
            expect=409,
        )
        assert "vừa ghi «" in told["detail"]
        for page, body in (("facts", {"values": {"income": True}}), ("ask-supplement", {"reason": "Sai"})):
            stale = {**body, "version": ready.case.version - 1}
            Caller(who.officer).post(f"cases/{ready.case.reference}/{page}/", stale, expect=409)
        seen = Caller(who.officer).get(f"cases/{ready.case.reference}/")["version"]
        Caller(who.officer).post(f"cases/{ready.case.reference}/mark-eligible/", {"version": seen})

    @pytest.mark.parametrize(
        ("path", "body", "fields"),
        [
            ("cases/{case}/refuse/", {}, {"reason"}),
            ("cases/{case}/refuse/", {"reason": "   "}, {"reason"}),
            ("cases/verify/", {"cases": []}, {"cases"}),
            ("cases/verify/", {"cases": "HS"}, {"cases"}),
            ("cases/{case}/facts/", {"values": {"income": "có lẽ"}}, {"values"}),
            ("lists/{list}/exclude/", {"cases": ["x"], "to": "approved", "reason": "x"}, {"to"}),
            ("lists/{list}/send-back/", {"reason": "Sai", "marks": [{"case": "x"}]}, {"marks"}),
            ("lists/{list}/submit/", {"letter_number": "1", "letter_date": "31/12/2021"}, {"letter_date"}),
            ("lists/{list}/confirm-facts/", {"criteria": ["a"], "excepted": [{"criterion": "x", "cases": ["y"]}]}, {"excepted"}),
            ("lists/{list}/approve/", {"version": "mới", "number": "1", "date": "2021-09-27"}, {"version"}),
        ],
    )  # fmt: skip
    def test_what_cannot_be_read_names_its_field(
        self, who: make.Staff, path: str, body: dict[str, Any], fields: set[str]
    ) -> None:
        ready = at_district(who)
        before = everything()
        where = path.format(case=ready.case.reference, list=ready.case_list.reference)
        assert set(Caller(who.officer).post(where, body, expect=400)) == fields
        assert everything() == before

    def test_text_that_is_no_json(self, who: make.Staff) -> None:
        ready = at_district(who)
        response = Caller(who.officer).client.post(
            f"/api/v1/cases/{ready.case.reference}/refuse/", "{", content_type="application/json"
        )
        assert response.status_code == 400

    def test_a_row_of_another_list_is_named(self, who: make.Staff) -> None:
        ready, other = at_district(who), at_district(who)
        before = everything()
        for path, more in (
            ("exclude", {"to": "ineligible", "cases": [other.case.reference]}),
            ("send-back", {"marks": [{"case": other.case.reference, "text": "Sai"}]}),
        ):
            answer = Caller(who.officer).post(
                f"lists/{ready.case_list.reference}/{path}/", {"reason": "Sai", **more}, expect=409
            )
            assert other.case.reference in answer["detail"]
        assert everything() == before

    def test_one_unknown_case_keeps_a_bulk_verify_from_all(self, who: make.Staff) -> None:
        ready = at_district(who)
        before = everything()
        answer = Caller(who.officer).post(
            "cases/verify/", {"cases": [ready.case.reference, "HS-2021-99999999"]}, expect=404
        )
        assert "HS-2021-99999999" in answer["detail"]
        assert everything() == before

    def test_rows_that_need_eyes_are_named_and_left(self, who: make.Staff) -> None:
        ready = verified(who)
        fresh = at_district(who)
        answer = Caller(who.officer).post(
            "cases/verify/", {"cases": [ready.case.reference, fresh.case.reference]}
        )
        assert answer["done"] == 1
        assert [row["reference"] for row in answer["needs_eyes"]] == [ready.case.reference]

    def test_confirmed_facts_answer_how_the_rows_came_out(self, who: make.Staff) -> None:
        ready = drafted(who)
        answer = Caller(who.commune).post(
            f"lists/{ready.case_list.reference}/confirm-facts/",
            {
                "criteria": list(make.CONFIRMED),
                "excepted": [{"criterion": "income", "cases": [ready.case.reference]}],
            },
        )
        assert answer == {"eligible": 1, "not_eligible": 0, "undetermined": 1, "papers_missing": 2}

    def test_a_programme_that_asks_for_no_such_fact(self, who: make.Staff) -> None:
        ready = confirmed(who)
        answer = Caller(who.commune).post(
            f"cases/{ready.case.reference}/facts/", {"values": {"mood": True}}, expect=409
        )
        assert answer["detail"] == "Điều kiện này không do xã xác nhận."
