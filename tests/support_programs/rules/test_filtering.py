"""The SQL of the rules answers as the engine does: every type of criterion, every formula, on whatever facts."""

import datetime as dt
import json
from random import Random
from typing import Any, Final

import pytest
from django.db import connection

from support_programs.rules.amounts import FORMULAS
from support_programs.rules.criteria import VOCABULARY
from support_programs.rules.definition import Definition, read_definition
from support_programs.rules.facts import Fact
from support_programs.rules.filtering import letters_sql, result_sql
from support_programs.rules.judging import judge
from tests.support_programs.rules.any_facts import WRONG, any_birth, any_facts

pytestmark = pytest.mark.django_db
ON: Final = dt.date(2021, 11, 6)
WINDOW: Final = {"first": "2021-05-01", "last": "2021-12-31"}
SPELL: Final = {"start": "event_start", "end": "event_end", **WINDOW}
YES_NO: Final = {"yes": "Có", "no": "Không"}
CHOICES: Final = [{"code": "a'b%s", "label": "A"}, {"code": "late", "label": "B", "from": "2021-11-06"}]
CRITERIA: Final[list[dict[str, Any]]] = [
    {"type": "equals", "field": "flag", "value": False, **YES_NO},
    {"type": "equals", "field": "second_flag", "value": True, "confirm": "Đúng vậy", **YES_NO},
    {"type": "any_true", "fields": ["flag", "second_flag", "third_flag"], **YES_NO},
    {"type": "all_true", "fields": ["second_flag", "third_flag"], **YES_NO},
    {"type": "one_of", "field": "cause", "choices": CHOICES},
    {"type": "one_of", "field": "late_cause", "choices": [CHOICES[1]], "is_warning": True},
    {"type": "not_one_of", "field": "cause", "choices": [{"code": "state_body", "label": "Nhà nước"}]},
    {"type": "is_given", "field": "paper"},
    {"type": "age_at_least", "years": 16},
    {"type": "age_at_least", "years": 60, "at": "event_start", "is_warning": True},
    {"type": "age_below", "years": 16, "when": {"field": "second_flag", "any": ["true"]}},
    {"type": "occupation_in"},
    {"type": "day_between", "field": "happened_on", "confirm": "Đúng lúc", **WINDOW},
    {"type": "days_at_least", "days": 15, "noun": "nghỉ", "is_consecutive": False, **SPELL},
    {"type": "free_days_at_least", "days": 3, "noun": "nghỉ", **SPELL},
    {"type": "valid_on", "field": "expires_on", "when": {"field": "cause", "any": ["a'b%s", "other"]}},
    {"type": "month_at_least", "field": "paid_up_to", "month": "2021-04"},
    {"type": "insured_before", "field": "insured", "start": "event_start"},
    {"type": "number_at_least", "field": "number", "least": 3, "unit": "tháng"},
    {"type": "number_at_most", "field": "number", "most": 5},
    {"type": "number_below", "field": "other_number", "limit": 12, "confirm": "Dưới 12"},
    {"type": "below_by_area", "field": "income", "rural": 1_500_000, "urban": 2_000_000},
    {
        "type": "drop_at_least",
        "bases": ["base", "other_base"],
        "now": "now",
        "percent": 15,
        "what": "Số lao động",
    },
    {"type": "no_other_of_group", "group": "g"},
    {"type": "not_with", "programmes": ["X", "Y/Z"], **YES_NO},
    {"type": "not_received_before"},
]
CODED: Final = {"code": "a", "label": "A"}
AMOUNTS: Final[list[dict[str, Any]]] = [
    {"type": "fixed", "value": 1},
    {"type": "bands", "bands": [{"from_days": 15, "to_days": 29, "value": 1}, {"from_days": 30, "value": 2}], **SPELL},
    {"type": "per_day", "value": 80, "field": "variant", "variants": [{**CODED, "max_days": 45}], **SPELL},
    {
        "type": "per_worker_month",
        "value": 10,
        "max_months": 6,
        "workers": "number",
        "months": "other_number",
        "cost": "income",
    },
    {"type": "base_times_coefficient", "base": 10, "field": "variant", "coefficients": [{**CODED, "value": "2.5"}]},
    {
        "type": "loan_cap",
        "field": "variant",
        "wages": [{**CODED, "value": 5}],
        "workers": "number",
        "months": "other_number",
        "max_months": 3,
    },
    {"type": "rate", "base": "income", "normal_rate": "0.5", "months": 12, **WINDOW},
    {"type": "contribution_pause", "months": 6, "max_total": 12, "used": "number"},
    {"type": "in_kind", "item": "gạo", "unit": "kg", "value": 15, "per": "người"},
    {"type": "floor_table", "field": "variant", "items": [{**CODED, "value": 5}]},
    {"type": "lookup", "field": "variant", "items": [{**CODED, "value": 5}]},
]  # fmt: skip


def rules_of(criteria: list[dict[str, Any]], amount: dict[str, Any]) -> Definition:
    needed = {"statement": "Điều kiện", "article": "Điều 1", "confidence": "source", "missing": "Chưa rõ."}
    without_missing = (
        "age_at_least",
        "age_below",
        "occupation_in",
        "no_other_of_group",
        "not_with",
        "not_received_before",
    )
    written = []
    for number, criterion in enumerate(criteria):
        full = {**needed, **criterion, "code": f"c{number}"}
        if criterion["type"] in without_missing:
            del full["missing"]
        written.append(full)
    values = {
        "programme": "P",
        "version": "v1",
        "name": "N",
        "short_name": "N",
        "valid_from": "2021-07-01",
        "exclusive_group": "g",
        "confidence": "source",
        "legal_basis": [{"document": "D", "title": "T"}],
        "streams": [{"code": "S", "name": "S", "fund": "F"}],
        "occupation_groups": [
            {"code": "lottery", "label": "Vé số", "stream": "S", "keywords": ["vé số"]},
            {"code": "any", "label": "Khác", "keywords": []},
        ],
        "criteria": written,
        "amount": {"label": "Mức", **amount},
    }
    return read_definition(values, "test")


def any_person(rules: Definition, random: Random) -> dict[str, Any]:
    born, year = any_birth(rules, random, ON)
    paid = [
        ["2021-05-01", "2021-05-03"],
        ["2021-06-10", "2021-07-09"],
        ["2021-12-31", "2022-01-01"],
        ["2021-09-02", "2021-09-01"],
    ]
    facts = {
        "birth_date": born and born.isoformat(),
        "birth_year": year,
        "received_on": random.choice(["2021-11-05", "2021-11-06", None]),
        "is_urban": random.choice([True, False]),
        "stream": random.choice(["S", "T", ""]),
        "other_regimes": random.choice([[], [], ["X"]]),
        "other_programmes": random.choice([[], ["Y"], ["A", "Y/Z"]]),
        "paid_days": random.sample(paid, random.randint(0, 4)),
        "received_before": random.choice(["", "", "HS-2021-00000019"]),
        "variant": random.choice(["a", "a", "b", None]),
        "paper": random.choice(["x", "", None, 0, False, []]),
        **any_facts(rules, random, ON),
    }
    for code in random.sample(sorted(facts), random.choice([0, 0, 0, 1, 3])):
        # lists and days of the register are never of another kind than missing
        facts[code] = (
            None if code in ("other_regimes", "other_programmes", "paid_days") else random.choice(WRONG)
        )
    return facts


def filtered(rules: Definition, people: list[dict[str, Any]]) -> list[tuple[str, str]]:
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {letters_sql(rules)}, {result_sql(rules)} FROM jsonb_array_elements(%(people)s) AS p (f)",
            {"people": json.dumps(people), "on": ON},
        )
        return cursor.fetchall()


def judged(rules: Definition, facts: dict[str, Any]) -> tuple[str, str]:
    judgement = judge(rules, {code: Fact(value) for code, value in facts.items()}, ON)
    return judgement.letters, judgement.result


def test_every_type_is_here() -> None:
    assert {criterion["type"] for criterion in CRITERIA} == {*VOCABULARY, "occupation_in"}
    assert {amount["type"] for amount in AMOUNTS} == {*FORMULAS}


def test_every_criterion_filters_as_it_judges() -> None:
    rules, random = rules_of(CRITERIA, AMOUNTS[0]), Random(68)
    people = [any_person(rules, random) for _ in range(3_000)]
    letters: list[set[str]] = [set() for _ in CRITERIA]
    for facts, found in zip(people, filtered(rules, people), strict=True):
        assert found == judged(rules, facts), facts
        for place, letter in enumerate(found[0]):
            letters[place].add(letter)
    for criterion, seen in zip(CRITERIA, letters, strict=True):
        no = "r" if criterion.get("is_warning") else "n"
        can_fail = criterion["type"] != "is_given"
        assert seen >= ({"m", "u", no} if can_fail else {"m", "u"}), criterion


@pytest.mark.parametrize("amount", AMOUNTS, ids=lambda amount: amount["type"])
def test_every_formula_filters_as_it_judges(amount: dict[str, Any]) -> None:
    rules, random = rules_of([{"type": "is_given", "field": "received_on"}], amount), Random(amount["type"])
    people = [any_person(rules, random) | _of_amount(random) for _ in range(500)]
    results = set()
    for facts, found in zip(people, filtered(rules, people), strict=True):
        assert found == judged(rules, facts), facts
        results.add(found[1])
    assert "eligible" in results


def _of_amount(random: Random) -> dict[str, Any]:
    numbers = [*WRONG, 0, 1, 6, 7, 10**15]
    return {code: random.choice(numbers) for code in ("number", "other_number", "income")}
