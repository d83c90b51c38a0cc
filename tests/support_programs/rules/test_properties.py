"""What holds of every version and every formula, whatever the facts: amounts, days, what is unknown."""

import datetime as dt
import itertools
import os
from collections.abc import Iterable
from dataclasses import replace
from random import Random
from typing import Any, Final

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from support_programs.rules.amounts import FORMULAS, AmountRule, read_amount
from support_programs.rules.criteria.base import day_of
from support_programs.rules.criteria.plain import OccupationIn
from support_programs.rules.definition import Definition
from support_programs.rules.facts import CONFIRMED, Fact
from support_programs.rules.judging import calculate, judge
from support_programs.rules.reading import Table
from support_programs.rules.spells import Span, Window, total, without
from support_programs.rules.supplements import GRANTED
from support_programs.services.catalogue import read_catalogue
from tests.support_programs.rules.any_facts import any_birth, any_facts

DAY: Final = dt.timedelta(1)
ON: Final = dt.date(2021, 11, 6)
VERSIONS: Final = [version for versions in read_catalogue().values() for version in versions]
every_version = pytest.mark.parametrize(
    "rules", VERSIONS, ids=lambda rules: f"{rules.programme}-{rules.code}"
)
randoms = st.integers(0, 2**32).map(Random)
FULL: Final = os.environ.get("SCALE") == "full"
pytestmark = pytest.mark.scale
often = settings(max_examples=400 if FULL else 25, deadline=None, database=None)


def any_case(rules: Definition, random: Random) -> dict[str, Fact]:
    """Facts of a case as it would be judged: the person's, the register's, and whatever was stated."""
    born, year = any_birth(rules, random, ON)
    known: dict[str, Any] = {
        "birth_date": born,
        "birth_year": year,
        "occupation": random.choice(["Bán vé số dạo", None]),
        "stream": random.choice(["VE_SO", "KHAC", None]),
        "received_on": ON,
        "is_urban": random.choice([True, False, None]),
        "other_regimes": random.choice([[], [], [], ["X"], None]),
        "other_programmes": random.choice([[], [], ["LD_TU_DO"], ["HO_KD/unregistered"], None]),
        "paid_days": random.choice(
            [[], [], [["2021-06-10", "2021-07-09"]], [["2021-04-27", "2021-12-31"]], None]
        ),
        GRANTED: random.choice([[], [], None, [extra.label for extra in rules.supplements[:1]]]),
        "received_before": random.choice(["", "", "", "HS-2021-00000019", None]),
        **any_facts(rules, random, ON),
    }
    return {code: Fact(value) for code, value in known.items() if value is not None}


# --- amounts ----------------------------------------------------------------------------------------------------------


@every_version
@often
@given(random=randoms)
def test_an_amount_is_never_negative_nor_above_its_cap_and_is_the_sum_of_its_lines(
    rules: Definition, random: Random
) -> None:
    sums = calculate(rules, any_case(rules, random), ON)
    assert 0 <= sums.total <= sums.cap
    assert sums.total == sum(amount for _label, _article, amount in sums.lines)
    assert all(amount >= 0 for _label, _article, amount in sums.lines)
    assert sums.quantity >= 0


@every_version
@often
@given(random=randoms, more=st.integers(1, 400))
def test_more_days_never_give_less(rules: Definition, random: Random, more: int) -> None:
    facts = any_case(rules, random)
    start, end = day_of(facts, "event_start"), day_of(facts, "event_end")
    if start is None or end is None or end < start:
        facts |= {
            "event_start": Fact(dt.date(2021, 6, 1)),
            "event_end": Fact(dt.date(2021, 6, 1) + DAY * random.randrange(50)),
        }
        end = facts["event_end"].value
    longer = facts | {"event_end": Fact(end + DAY * more)}
    assert calculate(rules, longer, ON).total >= calculate(rules, facts, ON).total


@every_version
@often
@given(random=randoms)
def test_supplements_only_add_and_only_to_an_amount_that_is_there(rules: Definition, random: Random) -> None:
    facts = any_case(rules, random)
    whole, bare = calculate(rules, facts, ON), calculate(replace(rules, supplements=()), facts, ON)
    added = whole.lines[len(bare.lines) :]
    assert whole.lines[: len(bare.lines)] == bare.lines
    assert (
        whole.total - bare.total == whole.cap - bare.cap == sum(amount for _label, _article, amount in added)
    )
    assert all(amount > 0 for _label, _article, amount in added)
    assert bare.total or not added


CODES: Final = ("a", "b")
numbers = st.integers(1, 10**9)
days = st.dates(dt.date(2021, 1, 1), dt.date(2022, 6, 30))
spans = st.tuples(days, days).map(lambda pair: (min(pair), max(pair)))


@st.composite
def formulas(draw: st.DrawFn, kind: str) -> AmountRule:
    """A formula of a kind with any parameters, read as from a catalogue file."""
    first, last = draw(spans)
    window = {"start": "event_start", "end": "event_end", "first": first, "last": last}
    bands, from_day, least = [], 1, 1
    for _ in range(draw(st.integers(0, 3))):
        to_day = from_day + draw(st.integers(0, 30))
        bands.append({"from_days": from_day, "to_days": to_day, "value": least})
        from_day, least = to_day + 1, least + draw(st.integers(0, 10**6))
    bands.append({"from_days": from_day, "value": least})
    items = [{"code": code, "label": code, "value": draw(numbers)} for code in CODES]
    money = {"value": draw(numbers)}
    of_firm = {"workers": "workers", "months": "months", "max_months": draw(st.integers(1, 12))}
    rate = str(draw(st.decimals("0.1", "9.9", places=1)))
    variants = [{"code": code, "label": code, "max_days": draw(st.integers(1, 60))} for code in CODES]
    coefficients = [{"code": code, "label": code, "value": rate} for code in CODES]
    parameters: dict[str, dict[str, Any]] = {
        "fixed": money,
        "bands": {**window, "bands": bands},
        "per_day": {**window, **money, "field": "kind", "variants": variants},
        "per_worker_month": {**of_firm, **money, "cost": "cost"},
        "base_times_coefficient": {"base": draw(numbers), "field": "kind", "coefficients": coefficients},
        "loan_cap": {**of_firm, "field": "kind", "wages": items},
        "rate": {"base": "cost", "normal_rate": rate, "months": 12, "first": first, "last": last},
        "contribution_pause": {"months": 6, "max_total": 12, "used": "months"},
        "in_kind": {"item": "gạo", "unit": "kg", "per": "người", **money},
        "floor_table": {"field": "kind", "items": items},
        "lookup": {"field": "kind", "items": items},
    }
    return read_amount(Table({"type": kind, "label": "Mức", **parameters[kind]}, "test"))


anything = st.one_of(
    st.none(), st.integers(), st.booleans(), st.text(max_size=3), st.floats(), st.sampled_from(CODES), days
)
facts_of_formulas = st.fixed_dictionaries(
    {},
    optional={
        "kind": st.one_of(st.sampled_from(CODES), anything),
        "workers": st.one_of(numbers, anything),
        "months": st.one_of(numbers, anything),
        "cost": st.one_of(numbers, anything),
        "event_start": st.one_of(days, anything),
        "event_end": st.one_of(days, anything),
        "paid_days": st.one_of(st.none(), st.lists(spans, max_size=4)),
    },
)


def as_facts(values: dict[str, Any]) -> dict[str, Fact]:
    return {code: Fact(value) for code, value in values.items()}


@pytest.mark.parametrize("kind", FORMULAS)
@settings(max_examples=150, deadline=None, database=None)
@given(data=st.data())
def test_any_formula_stays_between_nothing_and_its_cap_and_grows_with_the_days(
    kind: str, data: st.DataObject
) -> None:
    rule, values = data.draw(formulas(kind)), data.draw(facts_of_formulas)
    owed = rule.owed(as_facts(values), ON)
    assert 0 <= owed.total <= owed.cap
    assert owed.quantity >= 0
    assert not (owed.missing and owed.total)
    start, end = day_of(as_facts(values), "event_start"), day_of(as_facts(values), "event_end")
    if start and end and start <= end:
        later = rule.owed(as_facts(values | {"event_end": end + DAY * data.draw(st.integers(0, 300))}), ON)
        assert later.total >= owed.total
        assert total(later.days) >= total(owed.days)


# --- days -------------------------------------------------------------------------------------------------------------


def days_in(parts: Iterable[Span]) -> set[dt.date]:
    """The days of some spans, one by one; an end before its start has none."""
    return {first + DAY * place for first, last in parts for place in range((last - first).days + 1)}


@given(window=spans, start=days, end=days)
def test_clipping_gives_the_days_that_lie_in_both(window: Span, start: dt.date, end: dt.date) -> None:
    limits = Window(*window)
    clipped = limits.clip(start, end)
    both = days_in([window]) & days_in([(start, end)])
    assert days_in([clipped] if clipped else []) == both
    assert limits.days(start, end) == len(both) <= len(days_in([window]))
    assert limits.most(start) >= limits.days(start, end)


@given(span=spans, taken=st.lists(st.tuples(days, days), max_size=6))
def test_days_that_are_left_are_those_that_nobody_took_each_once_and_in_order(
    span: Span, taken: list[Span]
) -> None:
    free = without(span, taken)
    assert days_in(free) == days_in([span]) - days_in(taken)
    assert total(free) == len(days_in(free))
    assert list(free) == sorted(free)
    assert all(first <= last for first, last in free)
    # parts that touch were one part
    assert all(after[0] - before[1] > DAY for before, after in itertools.pairwise(free))


@pytest.mark.parametrize(
    "rules", [r for r in VERSIONS if r.programme == "F0_F1"], ids=lambda rules: rules.code
)
@often
@given(random=randoms, paid=st.lists(spans, max_size=3))
def test_days_that_are_paid_are_free_inside_the_window_and_not_too_many(
    rules: Definition, random: Random, paid: list[Span]
) -> None:
    facts = any_case(rules, random) | {"paid_days": Fact(paid)}
    sums = calculate(rules, facts, ON)
    assert not days_in(sums.days) & days_in(paid)
    assert total(sums.days) <= 45
    assert all(dt.date(2021, 4, 27) <= first <= last <= dt.date(2021, 12, 31) for first, last in sums.days)


# --- what is unknown --------------------------------------------------------------------------------------------------


@every_version
@often
@given(random=randoms)
def test_the_result_follows_from_the_letters(rules: Definition, random: Random) -> None:
    judgement = judge(rules, any_case(rules, random), ON)
    letters = judgement.letters
    assert (judgement.result == "not_eligible") is ("n" in letters)
    if judgement.result == "eligible":
        assert set(letters) <= {"m", "r"}
        assert not rules.amount.is_paid_here or judgement.calculation.total or judgement.calculation.quantity


@every_version
@often
@given(random=randoms)
def test_a_fact_less_makes_a_criterion_unknown_or_changes_nothing_and_never_refuses(
    rules: Definition, random: Random
) -> None:
    """Without confirmations, which step in where a fact is missing, and without spells that end before they start."""
    facts = {code: fact for code, fact in any_case(rules, random).items() if not code.startswith(CONFIRMED)}
    start, end = day_of(facts, "event_start"), day_of(facts, "event_end")
    assume(start is None or end is None or start <= end)
    before = dict(judge(rules, facts, ON).findings)
    for criterion in rules.criteria:
        for field in set(criterion.fields) & set(facts):
            fewer = {code: fact for code, fact in facts.items() if code != field}
            now, was = (
                dict(judge(rules, fewer, ON).findings)[criterion.code].outcome,
                before[criterion.code].outcome,
            )
            is_other_stream = (
                isinstance(criterion.test, OccupationIn) and field == "stream" and was == "review"
            )
            assert now in {"unknown", was} or (is_other_stream and now == "met"), (criterion.code, field)


@every_version
@often
@given(random=randoms, data=st.data())
def test_who_is_not_refused_is_not_refused_for_any_facts_less(
    rules: Definition, random: Random, data: st.DataObject
) -> None:
    facts = {code: fact for code, fact in any_case(rules, random).items() if not code.startswith(CONFIRMED)}
    start, end = day_of(facts, "event_start"), day_of(facts, "event_end")
    assume(start is None or end is None or start <= end)
    before = judge(rules, facts, ON)
    assume(before.result != "not_eligible")
    gone = data.draw(st.sets(st.sampled_from(sorted(facts))))
    after = judge(rules, {code: fact for code, fact in facts.items() if code not in gone}, ON)
    assert after.result in ("undetermined", before.result)
    assert after.calculation.total <= before.calculation.total or gone & {"paid_days", GRANTED}


@every_version
def test_of_somebody_of_whom_nothing_is_known_nothing_is_said(rules: Definition) -> None:
    judgement = judge(rules, {}, ON)
    assert judgement.result == "undetermined"
    assert set(judgement.letters) == {"u"}
