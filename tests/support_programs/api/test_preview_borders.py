"""The borders of the law that a preview can answer, through the API."""

import pytest

from accounts.enums import Role
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
