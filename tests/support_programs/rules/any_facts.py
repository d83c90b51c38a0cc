"""Facts at random for any version: what its rules want, their borders and one beyond, what is wrong, and nothing at all.

Read from the rules themselves, so that a new version is covered without a line here. Values are JSON, as cases keep them.
"""

import datetime as dt
from collections import defaultdict
from random import Random
from typing import Any, Final

from support_programs.rules.amounts.paid import Bands, PerDay
from support_programs.rules.criteria.ages import Age
from support_programs.rules.criteria.days import (
    DayBetween,
    DaysAtLeast,
    FreeDaysAtLeast,
    InsuredBefore,
    MonthAtLeast,
    ValidOn,
)
from support_programs.rules.criteria.numbers import BelowByArea, DropAtLeast, NumberLimit
from support_programs.rules.criteria.plain import Equals, NotOneOf, OccupationIn, OneOf, SomeTrue
from support_programs.rules.definition import Definition

DAY: Final = dt.timedelta(1)
# no value of a fact at all, or of another type than rules expect
WRONG: Final = (None, "", "có", "2021-02-30", "31/08/2021", 5, 1.5, -3, True, [], {"a": 1})
Good = dict[str, list[Any]]


def any_facts(definition: Definition, random: Random, on: dt.date) -> dict[str, Any]:
    """What the form of a version asks for, as one person might have it. Some have everything right, some little."""
    good, near = _wanted(definition, on)
    likely = random.choice([1.0, 0.95, 0.8, 0.5])
    facts: dict[str, Any] = {}
    for field in sorted(set(good) | set(near) | {field.code for field in definition.fields}):
        if random.random() < likely and good[field]:
            facts[field] = random.choice(good[field])
        elif near[field] and random.random() < 0.7:
            facts[field] = random.choice(near[field])
        elif random.random() < 0.5:
            facts[field] = random.choice(WRONG)
    facts.update(_spell(definition, random, is_right=random.random() < likely))
    if field := next((field for field in definition.fields if field.type == "children"), None):
        facts[field.code] = [_child(random, number) for number in range(random.choice([0, 0, 1, 2, 3]))]
    return facts


def any_birth(definition: Definition, random: Random, on: dt.date) -> tuple[dt.date | None, int | None]:
    """Birth date and year: at the borders of the rules' ages, on leap days, as a year alone, or unknown."""
    ages = [criterion.test.years for criterion in definition.criteria if isinstance(criterion.test, Age)]
    ages += [extra.years for extra in definition.supplements if extra.years]
    kind = random.random()
    if kind < 0.05:
        return None, None
    if kind < 0.2:
        return None, on.year - random.choice(ages or [40]) + random.randint(-1, 1)
    if kind < 0.6:
        years = random.choice(ages or [40])
        born = on.replace(year=on.year - years) + DAY * random.randint(-2, 2)
    elif kind < 0.65:
        born = dt.date(random.choice([1960, 2004, 2008]), 2, 29)
    else:
        born = dt.date(1930, 1, 1) + DAY * random.randrange(33_000)
    return born, born.year


def _wanted(definition: Definition, on: dt.date) -> tuple[Good, Good]:
    """Values that fulfil the criteria by field, and values around their borders."""
    good: Good = defaultdict(list)
    near: Good = defaultdict(list)
    for criterion in definition.criteria:
        _of_test(criterion.test, on, good, near)
        if criterion.confirm:
            near["confirmed." + criterion.code] += [True, True, False, None, "có"]
        if criterion.when:
            near[criterion.when.field] += [
                {"true": True, "false": False}.get(v, v) for v in criterion.when.values
            ]
    for field in definition.fields:
        near[field.code] += [code for code, _label in field.choices]
        if field.type in ("integer", "money"):
            near[field.code] += [0, 1, 2, 7, 1_000_000]
            good[field.code] += [] if good[field.code] else [1, 3, 12]
        elif field.type == "flag":
            near[field.code] += [True, False]
        elif field.type == "choice" and not good[field.code]:
            good[field.code] += [code for code, _label in field.choices]
        elif field.type in ("text", "long_text"):
            near[field.code] += ["Ấp 1", ""]
    return good, near


def _of_test(test: Any, on: dt.date, good: Good, near: Good) -> None:
    match test:
        case Equals():
            good[test.field].append(test.value)
            near[test.field] += [True, False]
        case SomeTrue():
            for field in test.flags:
                good[field].append(True)
                near[field] += [True, False]
        case InsuredBefore():
            good[test.field].append(True)
            near[test.field].append(False)
        case OneOf():
            good[test.field] += [choice.code for choice in test.choices]
            near[test.field] += ["nothing_known", *(choice.code for choice in test.choices)]
        case NotOneOf():
            good[test.field].append("enterprise")
            near[test.field] += [choice.code for choice in test.choices]
        case OccupationIn():
            good["occupation_group"] += [code for code, _label, _stream in test.groups]
            near["occupation_group"] += ["lai_taxi"]
            near["stream"] += [stream for _code, _label, stream in test.groups]
        case _:
            _of_days(test, on, good, near)


def _of_days(test: Any, on: dt.date, good: Good, near: Good) -> None:
    match test:
        case DayBetween():
            good[test.field] += _days(test.first, test.first + DAY, test.last)
            near[test.field] += _days(test.first - DAY, test.last + DAY)
        case ValidOn():
            good[test.field] += _days(on, on + DAY)
            near[test.field] += _days(on - DAY)
        case MonthAtLeast():
            good[test.field] += [test.month, "2021-12"]
            near[test.field] += ["2020-12", "2021-03", "2021-13", "04/2021", test.month + "-01"]
        case _:
            _of_numbers(test, good, near)


def _of_numbers(test: Any, good: Good, near: Good) -> None:
    match test:
        case NumberLimit():
            good[test.field].append(test.limit - (test.sign == "<"))
            near[test.field] += [test.limit - 1, test.limit, test.limit + 1]
        case BelowByArea():
            good[test.field] += [0, test.rural - 1]
            near[test.field] += [test.rural, test.urban - 1, test.urban, 10**15]
        case DropAtLeast():
            for base in test.bases:
                good[base] += [200, 201, 1_000_000_007]
                near[base] += [0, 1, 100, 199]
            good[test.now] += [0, 200 * (100 - test.percent) // 100]
            near[test.now] += [200 * (100 - test.percent) // 100 + 1, 201, 10**15]


def _days(*days: dt.date) -> list[str]:
    return [day.isoformat() for day in days]


def _spell(definition: Definition, random: Random, *, is_right: bool) -> dict[str, Any]:
    """`event_start` and `event_end`: lengths around every limit, starts around both ends of the window, ends before the start."""
    tests = [c.test for c in definition.criteria if isinstance(c.test, DaysAtLeast | FreeDaysAtLeast)]
    amount = definition.amount
    if not tests and not isinstance(amount, Bands | PerDay):
        return {}
    window = tests[0].window if tests else amount.window
    limits = [test.days for test in tests]
    if isinstance(amount, Bands):
        limits += [band.from_days for band in amount.bands]
    elif isinstance(amount, PerDay):
        limits += [variant.max_days for variant in amount.variants]
    length = random.choice(limits) + random.choice([0, 1, 7] if is_right else [-1, 0, 1])
    starts = [window.first, window.first + DAY * 40, window.last - DAY * (length - 1)]
    if not is_right:
        starts += [
            window.first - DAY,
            window.first - DAY * 3,
            window.last,
            window.last + DAY,
            window.last - DAY * length,
        ]
        length = random.choice([length, length, 0, -4, 1, 400])
    start = random.choice(starts)
    spell: dict[str, Any] = dict(
        zip(("event_start", "event_end"), _days(start, start + DAY * (length - 1)), strict=True)
    )
    if not is_right and random.random() < 0.4:
        spell[random.choice(list(spell))] = random.choice(WRONG)
    return spell


def _child(random: Random, number: int) -> dict[str, Any]:
    born = dt.date(2021, 7, 1) - DAY * random.choice([-30, 0, 400, 6 * 365, 2191, 2192, 4000])
    return {"name": f"Bé {number}", "birth_date": random.choice([born.isoformat(), born.isoformat(), None])}
