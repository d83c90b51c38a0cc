"""What the API shows of cases, lists and programmes, and to whom."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from rest_framework.authtoken.models import Token
from rest_framework.test import APIClient

from accounts.enums import Role
from support_programs.models import Case, CaseList
from support_programs.rules.facts import CONFIRMED
from support_programs.services.assignment import claim_cases
from tests.factories import cases as make
from tests.factories.api import Caller
from tests.factories.people import OUTSIDE_COMMUNE, OUTSIDE_DISTRICT, user

pytestmark = pytest.mark.django_db


@pytest.fixture
def who() -> make.Staff:
    return make.staff()


def case_of(case_list: CaseList) -> Case:
    return Case.objects.filter(case_list=case_list).earliest("position")


class TestCases:
    def test_rows_are_those_of_the_page_with_masked_numbers(self, who: make.Staff) -> None:
        case = case_of(make.verified_list(who, rows=2))
        answer = Caller(who.officer).get("cases/", status="eligible", sort="name")
        assert (answer["count"], answer["next"]) == (2, None)
        row = next(row for row in answer["results"] if row["reference"] == case.reference)
        assert row["number"] == f"••• ••• ••• {case.number_last3}"
        assert (row["name"], row["amount"], row["status"], row["result"]) == (
            case.applicant_name, 1_500_000, "eligible", "eligible",
        )  # fmt: skip
        assert set(row["outcomes"]) == {"met"}

    @pytest.mark.parametrize(
        ("query", "found"),
        [
            ({}, 2), ({"status": "eligible"}, 0), ({"status": "appraising"}, 2), ({"q": "nguyen nguoi"}, 2), ({"q": "tran"}, 0),
            ({"area": "8988830406"}, 2), ({"area": "8988830409"}, 0), ({"programme": "LD_TU_DO"}, 2), ({"programme": "X"}, 0),
            ({"result": "eligible"}, 2), ({"result": "undetermined"}, 0), ({"late": "1"}, 0), ({"status": "nonsense"}, 2),
        ],
    )  # fmt: skip
    def test_filters(self, who: make.Staff, query: dict[str, str], found: int) -> None:
        make.list_at_district(who, rows=2)
        assert Caller(who.officer).get("cases/", **query)["count"] == found

    def test_my_own_cases_and_days_that_cannot_be_read(self, who: make.Staff) -> None:
        """Other rows than those asked for are never answered in silence."""
        make.list_at_district(who, rows=2)
        claim_cases(Case.objects.filter(position=1), actor=who.officer)
        caller = Caller(who.officer)
        asked = [caller.get("cases/", officer=word)["count"] for word in ("me", "none", str(who.officer.pk))]
        assert asked == [1, 1, 1]
        refused = caller.get("cases/", expect=400, received_from="31/2/2021")
        assert refused["filters"][0].startswith("Nhận từ ngày: ")

    def test_pages_have_a_limit(self, who: make.Staff) -> None:
        make.draft_list(who, rows=3)
        caller = Caller(who.commune)
        first = caller.get("cases/", page_size=2)
        assert (first["count"], len(first["results"])) == (3, 2)
        assert len(caller.get("cases/", page_size=2, page=2)["results"]) == 1
        assert len(caller.get("cases/", page_size=100_000)["results"]) == 3
        caller.get("cases/", expect=404, page=9)

    def test_a_case_says_what_the_rules_found_and_what_it_is_owed(self, who: make.Staff) -> None:
        case = case_of(make.verified_list(who))
        answer = Caller(who.officer).get(f"cases/{case.reference}/")
        assert (answer["status"], answer["name"], answer["case_list"]) == (
            "eligible", case.applicant_name, case.case_list.reference,
        )  # fmt: skip
        said = answer["determination"]
        assert (said["result"], said["judged_on"], said["version"]) == ("eligible", "2021-09-27", "v1")
        by_code = {row["code"]: row for row in said["criteria"]}
        assert by_code["residence"]["outcome"] == "met"
        assert by_code["residence"]["verify"].startswith("Điều kiện cư trú")
        facts = {row["code"]: row for row in said["facts"]}
        assert facts[CONFIRMED + "residence"]["origin"] == "commune"
        assert facts[CONFIRMED + "residence"]["by"] == who.commune.full_name
        assert answer["entitlement"]["status"] == "proposed"
        assert [line["amount"] for line in answer["entitlement"]["lines"]] == [1_500_000]
        assert {row["code"] for row in answer["actions"]} == {
            "case.reconsider", "case.refuse", "case.ask_supplement", "case.return_with_list",
        }  # fmt: skip

    def test_no_answer_holds_a_whole_identity_number(self, who: make.Staff) -> None:
        case_list = make.verified_list(who)
        case = case_of(case_list)
        client = APIClient()
        client.force_login(who.officer, backend="django.contrib.auth.backends.ModelBackend")
        for path in ("cases/", f"cases/{case.reference}/", f"lists/{case_list.reference}/cases/"):
            text = client.get(f"/api/v1/{path}").content.decode()
            assert f"89078000{case.number_last3}" not in text
            assert "••• ••• •••" in text

    def test_rows_cost_the_same_number_of_queries_however_many(self, who: make.Staff) -> None:
        caller = Caller(who.officer)
        make.list_at_district(who, rows=1)
        caller.get("cases/")
        counts = []
        for _ in range(2):
            with CaptureQueriesContext(connection) as seen:
                caller.get("cases/")
            counts.append(len(seen))
            make.list_at_district(who, rows=3)
        assert counts[0] == counts[1]
        assert counts[0] <= 12


class TestLists:
    def test_rows_have_people_and_money(self, who: make.Staff) -> None:
        case_list = make.list_at_district(who, rows=3)
        (row,) = Caller(who.head).get("lists/", status="at_district")["results"]
        assert (row["reference"], row["people"], row["amount"]) == (case_list.reference, 3, 4_500_000)
        assert Caller(who.head).get("lists/", status="draft")["count"] == 0

    def test_a_list_with_its_papers_and_what_may_be_done(self, who: make.Staff) -> None:
        case_list, decision = make.decided_list(who, rows=2)
        answer = Caller(who.accountant).get(f"lists/{case_list.reference}/")
        assert (answer["status"], answer["decision_number"]) == ("money_approved", decision.number)
        assert answer["totals"]["people"] == 2
        assert answer["totals"]["amount"] == 3_000_000
        assert [row["criterion"] for row in answer["confirmations"]] == sorted(make.CONFIRMED)
        assert answer["actions"] == []

    def test_an_action_that_is_blocked_says_why(self, who: make.Staff) -> None:
        case_list = make.list_at_district(who)
        actions = Caller(who.head).get(f"lists/{case_list.reference}/")["actions"]
        approve = next(row for row in actions if row["code"] == "list.approve")
        assert approve["refusal"] == "Còn hồ sơ chưa thẩm định xong."

    def test_steps_with_their_clock(self, who: make.Staff) -> None:
        case_list = make.list_at_district(who)
        steps = Caller(who.officer).get(f"lists/{case_list.reference}/steps/")
        assert [(row["step"], row["due_on"], row["finished_on"], row["is_late"]) for row in steps] == [
            ("commune_review", "2021-09-30", "2021-09-27", False),
            ("posting", "2021-09-30", "2021-09-27", False),
            ("district_appraisal", "2021-09-29", None, False),
        ]

    def test_rows_of_a_list_in_its_order(self, who: make.Staff) -> None:
        case_list = make.list_at_district(who, rows=3)
        make.list_at_district(who, rows=1)
        rows = Caller(who.officer).get(f"lists/{case_list.reference}/cases/")["results"]
        assert [row["position"] for row in rows] == [1, 2, 3]


class TestProgrammes:
    def test_rules_with_what_is_unsure(self, who: make.Staff) -> None:
        caller = Caller(user(Role.ADMINISTRATOR))
        assert "LD_TU_DO" in {row["code"] for row in caller.get("programmes/")["results"]}
        (version,) = caller.get("programmes/LD_TU_DO/")["versions"]
        rules = version["rules"]
        assert rules["amount"]["value"] == 1_500_000
        assert len(rules["criteria"]) >= 8
        assert [(step["step"], step["limit"]) for step in rules["chain"]][:2] == [
            ("commune_review", 3), ("posting", 2),
        ]  # fmt: skip
        assert rules["unsure"]
        caller.get("programmes/KHONG_CO/", expect=404)


class TestWhoIsLetIn:
    PATHS = ("cases/{case}/", "lists/{list}/", "lists/{list}/steps/", "lists/{list}/cases/")

    @pytest.mark.parametrize("path", PATHS)
    def test_an_outsider_finds_nothing(self, who: make.Staff, path: str) -> None:
        case_list = make.list_at_district(who)
        where = path.format(case=case_of(case_list).reference, list=case_list.reference)
        Caller(who.officer).get(where)
        for stranger in (
            user(Role.COMMUNE_OFFICER, area=OUTSIDE_COMMUNE), user(Role.DISTRICT_OFFICER, area=OUTSIDE_DISTRICT),
        ):  # fmt: skip
            answer = Caller(stranger).get(where, expect=404)
            assert answer == {"detail": "Không tìm thấy, hoặc thuộc đơn vị khác."}

    def test_an_outsider_sees_no_rows(self, who: make.Staff) -> None:
        make.list_at_district(who)
        stranger = Caller(user(Role.DISTRICT_OFFICER, area=OUTSIDE_DISTRICT))
        assert stranger.get("cases/")["count"] == stranger.get("lists/")["count"] == 0

    @pytest.mark.parametrize("path", ["cases/", "lists/", *PATHS])
    def test_the_administrator_is_kept_out(self, who: make.Staff, path: str) -> None:
        case_list = make.list_at_district(who)
        where = path.format(case=case_of(case_list).reference, list=case_list.reference)
        answer = Caller(user(Role.ADMINISTRATOR)).get(where, expect=403)
        assert answer == {"detail": "Tài khoản này không xem hồ sơ, danh sách."}

    @pytest.mark.parametrize("path", ["cases/", "lists/", "programmes/", "decisions/"])
    def test_nobody_is_not_let_in(self, path: str) -> None:
        assert APIClient().get(f"/api/v1/{path}").status_code in (401, 403)

    def test_a_token_signs_in(self, who: make.Staff) -> None:
        make.list_at_district(who)
        token = Token.objects.create(user=who.officer)
        client = APIClient(HTTP_AUTHORIZATION=f"Token {token.key}")
        assert client.get("/api/v1/cases/").json()["count"] == 1
