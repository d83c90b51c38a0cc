"""The closed vocabulary of criteria: each type is a frozen dataclass that judges, prints itself and filters (see base.Test)."""

from collections.abc import Callable
from typing import Final

from support_programs.rules.criteria.ages import Age
from support_programs.rules.criteria.base import Finding, Outcome, Test
from support_programs.rules.criteria.days import (
    DayBetween,
    DaysAtLeast,
    FreeDaysAtLeast,
    InsuredBefore,
    MonthAtLeast,
    ValidOn,
)
from support_programs.rules.criteria.numbers import BelowByArea, DropAtLeast, NumberLimit
from support_programs.rules.criteria.plain import (
    Choice,
    Equals,
    IsGiven,
    NotOneOf,
    OccupationIn,
    OneOf,
    SomeTrue,
)
from support_programs.rules.criteria.register import NoOtherOfGroup, NotReceivedBefore, NotWith
from support_programs.rules.reading import CatalogueError, Table, read_window

__all__ = ["VOCABULARY", "Age", "CatalogueError", "Finding", "OccupationIn", "Outcome", "Test"]


def _equals(table: Table) -> Test:
    return Equals(
        table.code("field"), table.flag("value"), table.text("yes"), table.text("no"), table.text("missing")
    )


def _some_true(table: Table, *, needs_all: bool) -> Test:
    return SomeTrue(
        table.codes("fields"), needs_all, table.text("yes"), table.text("no"), table.text("missing")
    )


def _choices(table: Table) -> tuple[Choice, ...]:
    choices = []
    for choice in table.tables("choices"):
        choices.append(Choice(choice.text("code"), choice.text("label"), choice.optional_day("from")))
        choice.text("confidence", default="")
        choice.end()
    if not choices:
        raise table.error("choices", "at least one choice is expected")
    return tuple(choices)


def _age(table: Table, *, is_least: bool) -> Test:
    return Age(table.number("years"), is_least, table.text("at", default="received_on"))


def _between(table: Table) -> Test:
    window = read_window(table)
    return DayBetween(table.code("field"), window.first, window.last, table.text("missing"))


def _days(table: Table) -> Test:
    return DaysAtLeast(
        table.code("start"),
        table.code("end"),
        read_window(table),
        table.number("days"),
        table.text("noun"),
        table.flag("is_consecutive", default=True),
        table.text("missing"),
    )


def _free_days(table: Table) -> Test:
    return FreeDaysAtLeast(
        table.code("start"),
        table.code("end"),
        read_window(table),
        table.number("days"),
        table.text("noun"),
        table.text("missing"),
    )


def _number(table: Table, sign: str, key: str) -> Test:
    return NumberLimit(
        table.code("field"), sign, table.number(key), table.text("unit", default=""), table.text("missing")
    )


def _month(table: Table) -> Test:
    month = table.text("month")
    if len(month) != 7 or month[4] != "-" or not (month[:4] + month[5:]).isdecimal():
        raise table.error("month", "a month such as 2021-04 is expected")
    return MonthAtLeast(table.code("field"), month, table.text("missing"))


def _drop(table: Table) -> Test:
    return DropAtLeast(
        table.codes("bases"),
        table.code("now"),
        table.number("percent"),
        table.text("what"),
        table.text("missing"),
    )


# type -> reader of its parameters; `occupation_in` needs the programme's groups and is read in definition.py
VOCABULARY: Final[dict[str, Callable[[Table], Test]]] = {
    "equals": _equals,
    "any_true": lambda table: _some_true(table, needs_all=False),
    "all_true": lambda table: _some_true(table, needs_all=True),
    "one_of": lambda table: OneOf(table.code("field"), _choices(table), table.text("missing")),
    "not_one_of": lambda table: NotOneOf(table.code("field"), _choices(table), table.text("missing")),
    "is_given": lambda table: IsGiven(table.code("field"), table.text("missing")),
    "age_at_least": lambda table: _age(table, is_least=True),
    "age_below": lambda table: _age(table, is_least=False),
    "day_between": _between,
    "days_at_least": _days,
    "free_days_at_least": _free_days,
    "valid_on": lambda table: ValidOn(table.code("field"), table.text("missing")),
    "month_at_least": _month,
    "insured_before": lambda table: InsuredBefore(
        table.code("field"), table.code("start"), table.text("missing")
    ),
    "number_at_least": lambda table: _number(table, ">=", "least"),
    "number_at_most": lambda table: _number(table, "<=", "most"),
    "number_below": lambda table: _number(table, "<", "limit"),
    "below_by_area": lambda table: BelowByArea(
        table.code("field"), table.number("rural"), table.number("urban"), table.text("missing")
    ),
    "drop_at_least": _drop,
    "no_other_of_group": lambda table: NoOtherOfGroup(table.text("group")),
    "not_with": lambda table: NotWith(table.texts("programmes"), table.text("yes"), table.text("no")),
    "not_received_before": lambda _table: NotReceivedBefore(),
}
