"""A catalogue file whose rules could never be met is refused by file and key."""

import copy
import tomllib
from collections.abc import Callable
from typing import Any

import pytest

from support_programs.rules.checking import check_definition
from support_programs.rules.definition import read_definition
from support_programs.rules.reading import CatalogueError
from support_programs.services.catalogue import CATALOGUE

Change = Callable[[dict[str, Any]], object]


def of(rows: list[dict[str, Any]], code: str) -> dict[str, Any]:
    return next(row for row in rows if row["code"] == code)


def check(version: str, change: Change = lambda values: None) -> None:
    values = copy.deepcopy(tomllib.loads((CATALOGUE / f"{version}.toml").read_text("utf-8")))
    change(values)
    check_definition(read_definition(values, f"{version}.toml"), f"{version}.toml")


@pytest.mark.parametrize("version", sorted(f"{p.parent.name}/{p.stem}" for p in CATALOGUE.glob("*/*.toml")))
def test_shipped_files_pass(version: str) -> None:
    check(version)


@pytest.mark.parametrize(
    ("version", "change", "message"),
    [
        (
            "TAM_HOAN/v2",
            lambda v: of(v["fields"], "insured_month_before").update(type="text"),
            "criteria.insured_before.field: insured_month_before is a text, flag is expected",
        ),
        (
            "TAM_HOAN/v2",
            lambda v: of(v["fields"], "event_end").update(type="month"),
            "criteria.days.end: event_end is a month, date is expected",
        ),
        (
            "TAM_HOAN/v2",
            lambda v: of(v["criteria"], "cause")["choices"].append({"code": "flood", "label": "Lũ"}),
            "criteria.cause.choices: the form offers no answer flood to cause",
        ),
        (
            "TAM_HOAN/v2",
            lambda v: of(v["criteria"], "cash_once").update(group="monthly"),
            "criteria.cash_once.group: the version's own exclusive_group is expected",
        ),
        (
            "F0_F1/v2",
            lambda v: v["supplements"].reverse(),
            "supplements.ELDER_DISABLED_F0.not_with: no supplement CHILD_F stands before it",
        ),
        (
            "F0_F1/v2",
            lambda v: of(v["supplements"], "ELDER_DISABLED_F0")["when"].update(any=["F2"]),
            "supplements.ELDER_DISABLED_F0.when: the form offers no answer F2 to variant",
        ),
        (
            "F0_F1/v2",
            lambda v: v["amount"]["variants"][0].update(code="F3"),
            "amount.variants: the form offers no answer F3 to variant",
        ),
        (
            "DAO_TAO/v1",
            lambda v: of(v["fields"], "plan_cost").update(type="text"),
            "amount.cost: plan_cost is a text, integer or money is expected",
        ),
        (
            "HO_KD/v2",
            lambda v: v["excludes"][0]["when"].update(any=["unregisterd"]),
            "excludes.free_worker_or_household.when: the form offers no answer unregisterd to household_kind",
        ),
        (
            "BO_SUNG/v1",
            lambda v: v["amount"]["items"][0].update(code="OLD"),
            "amount.items: the form offers no answer OLD to supplement",
        ),
    ],
)
def test_a_rule_that_could_never_be_met_is_refused(version: str, change: Change, message: str) -> None:
    with pytest.raises(CatalogueError) as caught:
        check(version, change)
    assert str(caught.value) == f"{version}.toml.{message}"
