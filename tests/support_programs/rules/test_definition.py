"""Catalogue files: what is in the shipped one, and how a wrong one is refused."""

import datetime as dt
import tomllib
from typing import Any

import pytest

from support_programs.rules.definition import read_definition
from support_programs.rules.parts import ACTORS
from support_programs.rules.reading import CatalogueError
from support_programs.services.catalogue import CATALOGUE, read_catalogue_file

FILE = CATALOGUE / "LD_TU_DO" / "v1.toml"


@pytest.fixture
def values() -> dict[str, Any]:
    return tomllib.loads(FILE.read_text("utf-8"))


def test_the_shipped_file_says_what_qd_1856_gives() -> None:
    definition, _values = read_catalogue_file(FILE)
    assert definition.amount.value == 1_500_000
    assert definition.min_age == 15
    assert [stream.code for stream in definition.streams] == ["VE_SO", "KHAC"]
    assert [(step.step, step.limit, step.is_inside_previous) for step in definition.chain] == [
        ("commune_review", 3, False),
        ("posting", 2, True),
        ("district_appraisal", 2, False),
        ("money_appraisal", 2, False),
        ("money_approval", None, False),
        ("payment", 3, False),
    ]
    assert definition.valid_from == dt.date(2021, 8, 6)
    assert definition.exclusive_group == "cash_once"


def test_rules_that_are_no_source_say_what_to_verify() -> None:
    definition, _values = read_catalogue_file(FILE)
    unsure = [c.code for c in definition.criteria if c.confidence in ("medium", "low")]
    assert unsure == ["age", "residence", "single_claim", "lost_income", "income"]
    assert all(definition.criterion(code).verify for code in unsure)


def _broken(values: dict[str, Any], change: Any) -> str:
    change(values)
    with pytest.raises(CatalogueError) as caught:
        read_definition(values, "LD_TU_DO/v1.toml")
    return str(caught.value)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda v: v.pop("name"), "LD_TU_DO/v1.toml.name: a text is expected"),
        (lambda v: v.update(nmae="x"), "LD_TU_DO/v1.toml.nmae: this key is not known here"),
        (
            lambda v: v["criteria"][1].update(years="15"),
            "LD_TU_DO/v1.toml.criteria[1].years: a whole number is expected",
        ),
        (
            lambda v: v["criteria"][1].update(years=True),
            "LD_TU_DO/v1.toml.criteria[1].years: a whole number is expected",
        ),
        (
            lambda v: v["amount"].update(value=0),
            "LD_TU_DO/v1.toml.amount.value: whole đồng above 0 are expected",
        ),
        (
            lambda v: v["amount"].update(value=1.5),
            "LD_TU_DO/v1.toml.amount.value: a whole number is expected",
        ),
        (lambda v: v.update(criteria=[]), "LD_TU_DO/v1.toml.criteria: at least one criterion is expected"),
        (
            lambda v: v["criteria"].append(v["criteria"][0]),
            "LD_TU_DO/v1.toml.criteria: no_contract stands twice",
        ),
        (
            lambda v: v.update(valid_from="6/8/2021"),
            "LD_TU_DO/v1.toml.valid_from: a date such as 2021-08-06 is expected",
        ),
        (
            lambda v: v["chain"][0].update(actor="ubnd_ap"),
            f"LD_TU_DO/v1.toml.chain[0].actor: one of {', '.join(ACTORS)} is expected",
        ),
        (
            lambda v: v["occupation_groups"][0].update(stream="LO_TO"),
            "LD_TU_DO/v1.toml.occupation_groups[0].stream: LO_TO is no stream",
        ),
        (
            lambda v: v["criteria"][5].update(last=dt.date(2021, 4, 30)),
            "LD_TU_DO/v1.toml.criteria[5].last: a day that is not before `first` is expected",
        ),
    ],
)
def test_a_wrong_file_is_refused_by_file_and_key(values: dict[str, Any], change: Any, message: str) -> None:
    assert _broken(values, change) == message
