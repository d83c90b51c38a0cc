"""What a preview answers, which input it refuses, and that nothing is kept."""

from typing import Any

import pytest

from accounts.enums import Role
from core.models import Event
from support_programs.models import Case, EligibilityDetermination, ProgrammeVersion
from tests.factories.api import Caller
from tests.factories.people import user
from tests.support_programs.api.preview_facts import (
    REFUSED,
    Facts,
    ask,
    outcome,
    sick,
    spell,
    statements,
    stopped,
    suspended,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def caller() -> Caller:
    return Caller(user(Role.DISTRICT_OFFICER))


class TestAnswers:
    def test_a_refusal_names_article_and_remedy_and_what_would_have_been_owed(self, caller: Caller) -> None:
        answer = ask(caller, "TAM_HOAN", suspended(insured_month_before=False, **spell("2021-07-19", 40)))
        assert outcome(answer) == REFUSED
        assert (answer["lines"], answer["amount_if_eligible"]) == ([], 3_710_000)
        (refusal,) = [row for row in answer["criteria"] if row["outcome"] == "not_met"]
        assert refusal["article"] == "Điều 13"
        assert refusal["sentence"] == "Không tham gia BHXH bắt buộc tháng 06/2021."
        assert refusal["remedy"]
        assert "Điều 13" in answer["sentence"]

    def test_every_programme_without_any_fact_is_undetermined(self, caller: Caller) -> None:
        codes = list(ProgrammeVersion.objects.values_list("programme_id", flat=True).distinct())
        assert len(codes) >= 13
        for code in codes:
            answer = ask(caller, code, {})
            assert outcome(answer) == ("undetermined", 0), code
            assert answer["missing"], code
            assert all(row["article"] for row in answer["criteria"]), code

    def test_one_fact_missing_is_said_by_its_question(self, caller: Caller) -> None:
        facts = suspended(**spell("2021-07-19", 40))
        del facts["within_contract_term"]
        answer = ask(caller, "TAM_HOAN", facts)
        assert outcome(answer) == ("undetermined", 0)
        question = "Tạm hoãn, nghỉ không lương trong thời hạn của hợp đồng lao động"
        assert answer["missing"] == [question]
        (unknown,) = [row for row in answer["criteria"] if row["outcome"] == "unknown"]
        assert unknown["sentence"] == f"Chưa trả lời: {question}."

    def test_an_answer_of_null_or_an_empty_text_is_no_answer(self, caller: Caller) -> None:
        facts = suspended(within_contract_term=None, cause="", **spell("2021-07-19", 40))
        answer = ask(caller, "TAM_HOAN", facts)
        assert answer["result"] == "undetermined"
        assert statements(answer, "unknown") == ["employer_stopped", "within_contract_term"]

    def test_a_year_of_birth_on_the_border_of_an_age_leaves_it_open(self, caller: Caller) -> None:
        answer = ask(caller, "F0_F1", sick("F0", "2021-08-01", 10), birth_year=2005)
        assert answer["notes"] == [
            "Trẻ em dưới 16 tuổi điều trị hoặc cách ly: chưa có đủ ngày sinh để tính tuổi."
        ]

    def test_before_the_first_version_there_is_no_rule(self, caller: Caller) -> None:
        answer = ask(caller, "DAO_TAO", {}, received="2021-07-06")
        assert outcome(answer) == ("undetermined", 0)
        assert answer["sentence"] == "Chưa có quy định có hiệu lực ngày 06/07/2021."
        assert (answer["version"], answer["criteria"], answer["chain"]) == (None, [], [])

    def test_a_deadline_on_a_day_off_moves_to_the_next_working_day(self, caller: Caller) -> None:
        facts = suspended(**spell("2021-07-19", 40))
        late = {
            received: ask(caller, "TAM_HOAN", facts, received=received)["deadline"]
            for received in ("2022-01-28", "2022-02-07", "2022-02-08")
        }
        assert [(said["ends_on"], said["is_over"]) for said in late.values()] == [
            ("2022-02-07", False),
            ("2022-02-07", False),
            ("2022-02-07", True),
        ]
        assert late["2022-01-28"]["apply_by"] == "2022-01-31"
        assert "ngày làm việc tiếp theo, 07/02/2022" in late["2022-01-28"]["note"]
        assert "quá hạn" in late["2022-02-08"]["note"]

    def test_a_cause_that_counts_later_says_from_when(self, caller: Caller) -> None:
        facts = suspended(cause="resolution_128", **spell("2021-07-19", 40))
        answer = ask(caller, "TAM_HOAN", facts, received="2021-10-20")
        assert (answer["result"], answer["eligible_from"]) == ("not_eligible", "2021-11-06")

    def test_a_later_rule_that_counts_another_month_says_so(self, caller: Caller) -> None:
        facts = {"paid_up_to": "2021-04", "headcount_base": 100, "headcount_now": 88}
        answer = ask(caller, "HTTT", facts, received="2021-10-07")
        assert answer["eligible_from"] == "2021-10-08"
        assert answer["asked_otherwise"] == ["Số lao động tham gia BHXH tháng 01/2021"]

    def test_what_only_the_amount_needs_is_missing_too(self, caller: Caller) -> None:
        facts = {
            "unemployment_insured_months": 12,
            "changes_structure_or_technology": True,
            "revenue_quarter": 80,
            "revenue_2019": 100,
            "has_training_plan": True,
        }
        answer = ask(caller, "DAO_TAO", facts)
        assert answer["result"] == "undetermined"
        assert answer["missing"] == [
            "Số lao động được đào tạo",
            "Số tháng đào tạo",
            "Tổng chi phí của phương án",
        ]
        full = {**facts, "workers": 10, "months": 7, "plan_cost": 100_000_000}
        assert outcome(ask(caller, "DAO_TAO", full)) == ("eligible", 90_000_000)

    def test_a_choice_that_only_another_version_has_is_said_in_words(self, caller: Caller) -> None:
        answer = ask(caller, "NGUNG_VIEC", stopped(20, cause="covid_treatment"))
        (refusal,) = [row for row in answer["criteria"] if row["outcome"] == "not_met"]
        assert "covid_treatment" not in refusal["sentence"]
        assert answer["eligible_from"] == "2021-11-06"

    def test_way_papers_place_and_doubts(self, caller: Caller) -> None:
        answer = ask(caller, "HO_KD", {"household_kind": "registered"})
        assert [row["limit"] for row in answer["chain"]] == [3, None, 2, 2, 2]
        assert "UBND cấp xã" in answer["where"]
        assert {row["code"] for row in answer["papers"]} >= {"request_11"}
        assert answer["doubts"]

    def test_the_register_is_not_asked_and_the_answer_says_so(self, caller: Caller) -> None:
        answer = ask(caller, "TAM_HOAN", suspended(**spell("2021-07-19", 40)))
        once = next(row for row in answer["criteria"] if row["code"] == "cash_once")
        assert once["outcome"] == "met"
        assert once["sentence"] == "Không tra cứu: coi như chưa hưởng chế độ nào khác."

    def test_a_free_worker_by_trade_commune_and_income(self, caller: Caller) -> None:
        facts = {
            "has_labour_contract": False,
            "residence": "permanent",
            "claims_elsewhere": False,
            "lost_income_on": "2021-07-15",
            "monthly_income": 1_800_000,
            "occupation": "bán vé số dạo",
        }
        rural = ask(caller, "LD_TU_DO", facts, birth_year=1970, area_code="8988830406")
        town = ask(caller, "LD_TU_DO", {**facts, "is_urban": True}, birth_year=1970)
        other = ask(caller, "LD_TU_DO", {**facts, "is_urban": False}, birth_year=1970)
        assert outcome(town) == ("eligible", 1_500_000)
        assert outcome(other) == REFUSED
        assert rural["result"] in ("eligible", "not_eligible")


class TestBadInput:
    @pytest.mark.parametrize(
        ("facts", "field", "words"),
        [
            ({"event_start": "2021-07-19", "event_end": "2021-07-10"}, "event_end", "trước ngày bắt đầu"),
            (spell("2020-12-01", 401), "event_end", "401 ngày"),
            ({"event_start": "31/02/2021"}, "event_start", "Không"),
            ({"event_start": "1999-01-01"}, "event_start", "nằm ngoài khoảng"),
            ({"children": [{"birth_date": "2021-10-01"}]}, "children", "chưa sinh"),
            ({"children": [{"name": "An"}]}, "children", "hãy ghi ngày sinh"),
            ({"children": "An"}, "children", "từng trẻ em"),
            ({"insured_month_before": "có thể"}, "insured_month_before", "Có hoặc Không"),
            ({"cause": "war"}, "cause", "Hãy chọn một trong"),
            ({"salary": 1}, "salary", "không hỏi"),
            ({"other_regimes": ["CHAM_DUT"]}, "other_regimes", "không hỏi"),
        ],
    )
    def test_a_wrong_fact_is_named_in_vietnamese(
        self, caller: Caller, facts: Facts, field: str, words: str
    ) -> None:
        problems = ask(caller, "TAM_HOAN", facts, expect=400)
        assert list(problems) == ["facts"]
        assert list(problems["facts"]) == [field]
        assert words in problems["facts"][field][0]

    @pytest.mark.parametrize(
        ("who", "field"),
        [
            ({"birth_date": "2021-12-01"}, "birth_date"),
            ({"birth_date": "ngày mai"}, "birth_date"),
            ({"birth_date": "2021-08-02"}, "birth_date"),
            ({"birth_year": 1700}, "birth_year"),
            ({"birth_year": 2022}, "birth_year"),
            ({"area_code": "8900000000"}, "area_code"),
            ({"sex": "X"}, "sex"),
        ],
    )
    def test_a_wrong_applicant_is_named(self, caller: Caller, who: dict[str, Any], field: str) -> None:
        problems = ask(caller, "F0_F1", sick("F0", "2021-08-01", 10), expect=400, **who)
        assert list(problems["applicant"]) == [field]

    @pytest.mark.parametrize("received", ["2019-12-31", "2031-01-01", "hôm nay", ""])
    def test_a_day_that_cannot_be(self, caller: Caller, received: str) -> None:
        problems = ask(caller, "TAM_HOAN", {}, received=received, expect=400)
        assert list(problems) == ["received_on"]
        assert isinstance(problems["received_on"], list)

    def test_all_problems_come_at_once(self, caller: Caller) -> None:
        problems = ask(caller, "TAM_HOAN", {"salary": 1, "cause": "war"}, received="2019-01-01", expect=400)
        assert set(problems) == {"received_on", "facts"}
        assert set(problems["facts"]) == {"salary", "cause"}

    def test_an_unknown_programme_is_not_found(self, caller: Caller) -> None:
        assert ask(caller, "KHONG_CO", {}, expect=404) == {"detail": "Không có chính sách này."}

    def test_a_body_that_is_no_preview(self, caller: Caller) -> None:
        assert set(caller.post("determinations/preview/", {"facts": []}, expect=400)) >= {
            "programme",
            "received_on",
        }


class TestWho:
    def test_strangers_sign_in_first(self, client: Any) -> None:
        assert client.post("/api/v1/determinations/preview/", {}).status_code in (401, 403)

    @pytest.mark.parametrize("role", [Role.AUDITOR, Role.LEADER, Role.ADMINISTRATOR])
    def test_who_only_reads_may_ask_and_nothing_is_kept(self, role: Role) -> None:
        kept = (Case.objects.count(), EligibilityDetermination.objects.count(), Event.objects.count())
        ask(Caller(user(role, area="89")), "TAM_HOAN", suspended(**spell("2021-07-19", 40)))
        assert (Case.objects.count(), EligibilityDetermination.objects.count(), Event.objects.count()) == kept
