"""What the catalogue may say of registers, and which entry tells a fact."""

import copy
import tomllib
from collections.abc import Callable
from typing import Any

import pytest

from beneficiaries.enums import RegisterCode
from support_programs.rules.definition import read_definition
from support_programs.rules.reading import CatalogueError
from support_programs.rules.registers import REGISTERS, Entry, told_by
from support_programs.services.catalogue import CATALOGUE, load_catalogue, read_catalogue, read_catalogue_file

Change = Callable[[dict[str, Any]], object]


def sources(version: str) -> Any:
    return read_catalogue_file(CATALOGUE / f"{version}.toml")[0].registers


def told(version: str, *entries: Entry) -> dict[str, Any]:
    return {code: each.value for code, each in told_by(sources(version), entries).items()}


def test_the_catalogue_knows_the_registers() -> None:
    assert set(REGISTERS) == set(RegisterCode.values)


def test_a_poor_household_goes_before_social_protection_whichever_is_newer() -> None:
    poor, disabled = Entry(1, "poor_households", "near_poor", {}), Entry(2, "social_protection", "k8", {})
    assert told("GAO_HO_TRO/wave_2021_08", disabled, poor) == {"group": "near_poor"}
    assert told("GAO_HO_TRO/wave_2021_08", disabled) == {"group": "social_assistance"}
    assert told("GAO_HO_TRO/wave_2021_08", Entry(3, "merit", "martyr", {})) == {}


def test_of_several_groups_the_highest_coefficient_counts() -> None:
    entries = [
        Entry(number, "social_protection", code, {}) for number, code in enumerate(("k5c", "k5d", "k8"))
    ]
    assert told("BTXH_THANG/base_360", *entries) == {"category": "k5d"}


@pytest.mark.parametrize(
    ("category", "details", "expected"),
    [
        ("heroic_mother", {}, "heroic_mother"),
        ("labour_hero", {}, "hero"),
        ("war_invalid", {"injury_rate": 61}, "other"),
        ("relative", {"martyrs": 2}, "martyr_family_2"),
        ("relative", {"martyrs": 4}, "martyr_family_3"),
        ("relative", {}, None),
        ("sick_soldier", {"injury_rate": 41}, None),
        ("martyr", {}, None),
    ],
)
def test_merit_is_told_only_where_the_category_is_certain(
    category: str, details: dict[str, Any], expected: str | None
) -> None:
    found = told("NCC_THANG/nd75", Entry(1, "merit", category, details))
    assert found.get("merit_category") == expected


def test_the_newest_entry_tells_a_detail_and_an_empty_one_tells_nothing() -> None:
    old = Entry(1, "free_workers", "tho_ho_phu_ho", {"monthly_income": 900_000, "lost_work_on": "2021-07-09"})
    new = Entry(2, "free_workers", "tho_ho_phu_ho", {"monthly_income": 0, "lost_work_on": ""})
    assert told("LD_TU_DO/v1", old, new) == {
        "occupation_group": "tho_ho_phu_ho",
        "monthly_income": 0,
        "lost_income_on": "2021-07-09",
    }


def broken(change: Change, version: str = "GAO_HO_TRO/wave_2021_08") -> str:
    values = copy.deepcopy(tomllib.loads((CATALOGUE / f"{version}.toml").read_text("utf-8")))
    change(values)
    with pytest.raises(CatalogueError) as caught:
        read_definition(values, f"{version}.toml")
    return str(caught.value).removeprefix(f"{version}.toml.")


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (
            lambda v: v["registers"][0].update(register="poor"),
            "registers[0].register: one of free_workers, poor_households, social_protection, merit is expected",
        ),
        (lambda v: v["registers"][0].update(fact="area"), "registers: the form has no field area"),
        (lambda v: v["registers"][0].update(colour="red"), "registers[0].colour: this key is not known here"),
        (
            lambda v: v["registers"][0]["values"][1].pop("to"),
            "registers[0].values[1].to: a text is expected",
        ),
        (
            lambda v: v["registers"][0].update(values=[]),
            "registers[0].values: at least one value is expected",
        ),
        (
            lambda v: v["registers"][0].update(categories=["poor"]),
            "registers[0].categories: `values` name the categories",
        ),
        (lambda v: v["registers"][1].pop("value"), "registers[1].value: a text is expected"),
        (
            lambda v: v["registers"][1].update(values=[{"from": "k8", "to": "poor"}]),
            "registers[1].values: an entry as such has one `value`",
        ),
    ],
)
def test_a_wrong_table_is_refused_by_its_key(change: Change, message: str) -> None:
    assert broken(change) == message


IN_IT = 'read = "entry"\nvalue = "social_assistance"'


@pytest.mark.parametrize(
    ("before", "after", "message"),
    [
        ('to = "near_poor" }', 'to = "nearly" }', "registers[0]: group takes no answer nearly"),
        ('from = "near_poor"', 'from = "close"', "registers[0]: the register poor_households has no category close"),
        (IN_IT, 'read = "degree"', "registers[1].read: the register social_protection has no detail degree"),
        (IN_IT, 'read = "monthly_amount"', "registers[1].read: monthly_amount is a money, group is not"),
    ],
)  # fmt: skip
def test_what_the_register_or_the_form_does_not_know_is_refused_before_loading(
    tmp_path: Any, before: str, after: str, message: str
) -> None:
    text = (CATALOGUE / "GAO_HO_TRO" / "wave_2021_08.toml").read_text("utf-8")
    assert before in text
    (tmp_path / "GAO_HO_TRO").mkdir()
    (tmp_path / "GAO_HO_TRO" / "wave_2021_08.toml").write_text(text.replace(before, after), "utf-8")
    with pytest.raises(CatalogueError) as caught:
        read_catalogue(tmp_path)
    assert str(caught.value) == f"GAO_HO_TRO/wave_2021_08.toml.{message}"


@pytest.mark.django_db
def test_another_source_is_another_text_and_what_judged_cases_stays() -> None:
    from support_programs.models import ProgrammeVersion

    now = ProgrammeVersion.objects.get(programme="GAO_HO_TRO", is_current=True)
    assert now.definition["registers"][0]["register"] == "poor_households"
    ProgrammeVersion.objects.filter(pk=now.pk).update(content_hash="of another text")
    assert load_catalogue().endswith("1 new or changed")
    assert not ProgrammeVersion.objects.get(pk=now.pk).is_current
