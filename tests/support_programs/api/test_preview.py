"""What the rules would say, through the API: the borders of the law, what can't be, and that nothing is kept."""

import datetime as dt
from typing import Any

import pytest

from accounts.enums import Role
from core.models import Event
from support_programs.models import Case, EligibilityDetermination, ProgrammeVersion
from tests.factories.api import Caller
from tests.factories.people import user

pytestmark = pytest.mark.django_db

Facts = dict[str, Any]


@pytest.fixture
def caller() -> Caller:
    return Caller(user(Role.DISTRICT_OFFICER))


def ask(
    caller: Caller,
    programme: str,
    facts: Facts,
    *,
    received: str = "2021-09-27",
    expect: int = 200,
    **applicant: Any,
) -> Any:
    body = {"programme": programme, "received_on": received, "facts": facts, "applicant": applicant}
    return caller.post("determinations/preview/", body, expect=expect)


def spell(start: str, days: int) -> Facts:
    first = dt.date.fromisoformat(start)
    return {"event_start": start, "event_end": (first + dt.timedelta(days - 1)).isoformat()}


def suspended(**more: Any) -> Facts:
    return {
        "employer_kind": "enterprise",
        "cause": "employer_stopped",
        "has_labour_contract": True,
        "within_contract_term": True,
        "insured_month_before": True,
        **more,
    }


def stopped(days: int, **more: Any) -> Facts:
    return {
        "stopped_under_art_99_3": True,
        "cause": "medical_isolation",
        "insured_month_before": True,
        **spell("2021-07-19", days),
        **more,
    }


def sick(variant: str, start: str, days: int, **more: Any) -> Facts:
    return {"variant": variant, "has_competent_decision": True, **spell(start, days), **more}


def outcome(answer: Any) -> tuple[str, int]:
    return answer["result"], answer["amount"]


def statements(answer: Any, wanted: str) -> list[str]:
    return [row["code"] for row in answer["criteria"] if row["outcome"] == wanted]


REFUSED = ("not_eligible", 0)


class TestBorders:
    """The cases of the law's borders that a preview can answer (1-5 and 8-12)."""

    @pytest.mark.parametrize(
        ("days", "expected"),
        [
            (14, REFUSED),
            (15, ("eligible", 1_855_000)),
            (29, ("eligible", 1_855_000)),
            (30, ("eligible", 3_710_000)),
        ],
    )
    @pytest.mark.parametrize("received", ["2021-09-27", "2021-11-15"])
    def test_1_days_of_suspension(
        self, caller: Caller, received: str, days: int, expected: tuple[str, int]
    ) -> None:
        answer = ask(caller, "TAM_HOAN", suspended(**spell("2021-07-19", days)), received=received)
        assert outcome(answer) == expected
        assert answer["version"]["code"] == ("v1" if received < "2021-10-08" else "v2")

    def test_2_a_start_on_the_day_before_the_window_is_refused(self, caller: Caller) -> None:
        early = ask(caller, "TAM_HOAN", suspended(**spell("2021-04-30", 60)))
        assert outcome(early) == REFUSED
        assert statements(early, "not_met") == ["start_in_window"]
        assert outcome(ask(caller, "TAM_HOAN", suspended(**spell("2021-05-01", 60)))) == (
            "eligible",
            3_710_000,
        )

    @pytest.mark.parametrize(
        ("start", "counted", "expected"),
        [
            ("2021-12-20", "12", REFUSED),
            ("2021-12-17", "15", ("eligible", 1_855_000)),
            ("2021-12-02", "30", ("eligible", 3_710_000)),
        ],
    )
    def test_3_only_days_to_the_end_of_the_year_count(
        self, caller: Caller, start: str, counted: str, expected: tuple[str, int]
    ) -> None:
        answer = ask(caller, "TAM_HOAN", suspended(**spell(start, 60)), received="2022-01-28")
        assert outcome(answer) == expected
        days = next(row for row in answer["criteria"] if row["code"] == "days")
        assert days["value"] == counted

    @pytest.mark.parametrize(("days", "expected"), [(13, REFUSED), (14, ("eligible", 1_000_000))])
    def test_4_days_of_stoppage(self, caller: Caller, days: int, expected: tuple[str, int]) -> None:
        assert outcome(ask(caller, "NGUNG_VIEC", stopped(days))) == expected

    def test_5_pregnant_with_two_young_children(self, caller: Caller) -> None:
        young = [{"name": "An", "birth_date": "2016-01-02"}, {"birth_date": "2020-05-06"}]
        answer = ask(caller, "NGUNG_VIEC", stopped(14, is_pregnant=True, children=young))
        assert outcome(answer) == ("eligible", 4_000_000)
        assert [line["amount"] for line in answer["lines"]] == [1_000_000] * 4
        assert all(line["article"] for line in answer["lines"])
        proofs = {paper["code"]: paper["is_open"] for paper in answer["papers"]}
        assert proofs["pregnancy_proof"] is False

    @pytest.mark.parametrize(
        ("facts", "born", "expected"),
        [
            (sick("F0", "2021-07-01", 50), "1980-01-01", 3_600_000),
            (sick("F0", "2021-07-01", 10), "2010-01-01", 1_800_000),
            (sick("F1", "2021-07-01", 25), "1980-01-01", 1_680_000),
        ],
    )
    def test_8_days_of_treatment_and_isolation(
        self, caller: Caller, facts: Facts, born: str, expected: int
    ) -> None:
        assert outcome(ask(caller, "F0_F1", facts, birth_date=born)) == ("eligible", expected)

    def test_9_days_before_the_window_do_not_count(self, caller: Caller) -> None:
        facts = {
            "variant": "F0",
            "has_competent_decision": True,
            "event_start": "20/04/2021",
            "event_end": "10/05/2021",
        }
        answer = ask(caller, "F0_F1", facts, birth_year=1980)
        assert outcome(answer) == ("eligible", 1_120_000)
        assert "14 ngày" in answer["lines"][0]["name"]

    @pytest.mark.parametrize(("received", "expected"), [("2021-11-05", 800_000), ("2021-11-06", 1_800_000)])
    def test_10_the_elderly_from_the_second_version_on(
        self, caller: Caller, received: str, expected: int
    ) -> None:
        answer = ask(
            caller, "F0_F1", sick("F0", "2021-08-01", 10), received=received, birth_date="1951-03-04"
        )
        assert outcome(answer) == ("eligible", expected)

    @pytest.mark.parametrize(
        ("received", "paid_up_to", "expected"),
        [
            ("2021-10-07", "2021-04", "not_eligible"),
            ("2021-10-08", "2021-01", "eligible"),
            ("2021-10-08", "2020-12", "not_eligible"),
        ],
    )
    def test_11_a_drop_of_twelve_percent(
        self, caller: Caller, received: str, paid_up_to: str, expected: str
    ) -> None:
        facts = {"paid_up_to": paid_up_to, "headcount_base": 100, "headcount_now": 88}
        assert ask(caller, "HTTT", facts, received=received)["result"] == expected

    def test_12_the_same_facts_a_day_later(self, caller: Caller) -> None:
        facts = suspended(cause="directive_16", **spell("2021-07-19", 40))
        before = ask(caller, "TAM_HOAN", facts, received="2021-10-07")
        after = ask(caller, "TAM_HOAN", facts, received="2021-10-08")
        assert (outcome(before), before["version"]["code"]) == (REFUSED, "v1")
        assert (outcome(after), after["version"]["code"]) == (("eligible", 3_710_000), "v2")
        assert before["eligible_from"] == "2021-10-08"
        assert after["eligible_from"] is None
        assert [(row["version"], row["result"], row["amount"]) for row in before["others"]] == [
            ("v2", "eligible", 3_710_000)
        ]
        assert [(row["version"], row["result"], row["amount"]) for row in after["others"]] == [
            ("v1", "not_eligible", 0)
        ]


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
        assert answer["missing"] == [
            "Chưa trả lời: Tạm hoãn, nghỉ không lương trong thời hạn của hợp đồng lao động."
        ]

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


class TestRulesOfEachVersion:
    def test_fields_criteria_amount_and_what_changed(self, caller: Caller) -> None:
        versions = caller.get("programmes/TAM_HOAN/")["versions"]
        assert [version["code"] for version in versions] == ["v1", "v2"]
        first, second = (version["rules"] for version in versions)
        start = next(field for field in second["fields"] if field["code"] == "event_start")
        assert (start["type"], start["required"], start["article"]) == ("date", True, "Điều 13")
        cause = next(field for field in second["fields"] if field["code"] == "cause")
        assert {"code": "other", "label": "Lý do khác"} in cause["choices"]
        days = next(row for row in second["criteria"] if row["code"] == "days")
        assert days["limits"].startswith("Từ 15 ngày tạm hoãn")
        assert second["amount"]["value"] is None
        assert any("1.855.000" in line for line in second["amount"]["description"])
        assert {extra["code"] for extra in second["supplements"]} == {"PREGNANT", "CHILD_U6"}
        assert second["changes"]
        assert first["apply_by"] == "2022-01-31"
        assert {"code", "name", "article", "when"} <= set(second["papers"][0])
        assert second["evidence"][0] == second["papers"][0]["name"]
        assert second["chain"][0]["step"] == "confirmation"
        assert len(second["doubts"]) >= len(second["unsure"])

    def test_every_programme_is_described_whole(self, caller: Caller) -> None:
        for row in caller.get("programmes/", page_size=100)["results"]:
            for version in caller.get(f"programmes/{row['code']}/")["versions"]:
                rules = version["rules"]
                asked = {field["code"] for field in [*rules["fields"], *rules["brought_along"]]}
                assert rules["summary"], row["code"]
                assert asked, row["code"]
                assert all(field["label"] for field in rules["fields"]), row["code"]
                assert rules["amount"]["name"], row["code"]

    def test_excluding_regimes(self, caller: Caller) -> None:
        rules = caller.get("programmes/HO_KD/")["versions"][-1]["rules"]
        (exclude,) = rules["excludes"]
        assert exclude["programmes"] == ["LD_TU_DO"]
        assert exclude["when"] == {"field": "household_kind", "any": ["unregistered"]}

    def test_what_a_free_worker_brings_along(self, caller: Caller) -> None:
        rules = caller.get("programmes/LD_TU_DO/")["versions"][0]["rules"]
        assert [field["code"] for field in rules["brought_along"]] == [
            "occupation",
            "occupation_group",
            "is_urban",
        ]
