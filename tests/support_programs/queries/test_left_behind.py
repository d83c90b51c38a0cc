"""The people left behind are those whom a judgement of everybody, one by one, finds without a case."""

import datetime as dt
import os
from random import Random
from typing import Any, Final

import pytest
from pytest_django import DjangoAssertNumQueries

from support_programs.models import ProgrammeVersion
from support_programs.queries.left_behind import Sought, left_behind
from support_programs.queries.programmes import definition_of
from support_programs.rules.judging import Judgement, judge
from tests.factories.people import COMMUNE, DISTRICT, OTHER_COMMUNE, OUTSIDE_COMMUNE
from tests.support_programs.queries.register_rows import Human, any_human, known_of, write

pytestmark = pytest.mark.django_db
PEOPLE: Final = 5_000 if os.environ.get("SCALE") == "full" else 300
DAY: Final = dt.date(2021, 11, 5)
REGISTERED: Final = ("BTXH_THANG", "GAO_HO_TRO", "LD_TU_DO", "NCC_THANG")
URBAN: Final = {COMMUNE: True, OTHER_COMMUNE: False, OUTSIDE_COMMUNE: False}


def version_of(programme: str) -> ProgrammeVersion:
    versions = ProgrammeVersion.objects.filter(programme_id=programme, is_current=True)
    return versions.exclude(valid_from__gt=DAY).latest("valid_from")


def population(programme: str, seed: int) -> list[Human]:
    newest = {v.programme_id: v for v in ProgrammeVersion.objects.filter(is_current=True)}
    random, version = Random(seed), version_of(programme)
    humans = [
        any_human(version, newest, random, area_code=random.choice(list(URBAN)), on=DAY)
        for _ in range(PEOPLE)
    ]
    for human in humans:
        # more people without a case of their own
        if random.random() < 0.5:
            human.claims = [claim for claim in human.claims if claim.version.programme_id != programme]
    write(humans)
    return humans


def judged(human: Human, version: ProgrammeVersion) -> Judgement:
    rules = definition_of(version.pk)
    return judge(rules, known_of(human, rules, on=DAY, is_urban=URBAN[human.area_code]), DAY)


def found(
    version: ProgrammeVersion, area_code: str, **options: Any
) -> dict[str, tuple[str, tuple[str, ...]]]:
    sought = Sought(definition_of(version.pk), area_code, **options)
    rows = left_behind(sought, on=DAY, limit=PEOPLE).rows
    assert len({row.reference for row in rows}) == len(rows)
    return {row.reference: (row.result, row.outcomes) for row in rows}


WORDS: Final = {"m": "met", "n": "not_met", "u": "unknown", "r": "review"}


@pytest.mark.parametrize("programme", REGISTERED)
def test_the_list_is_what_judging_everybody_gives(programme: str) -> None:
    version, humans = version_of(programme), population(programme, seed=20_21)
    rules = definition_of(version.pk)
    registers = {source.register for source in rules.registers}
    for area in (COMMUNE, DISTRICT, "89"):
        expected, named = {}, {}
        for human in humans:
            if not human.area_code.startswith(area) or human.own(programme):
                continue
            judgement = judged(human, version)
            if judgement.result == "not_eligible":
                continue
            said = (judgement.result, tuple(WORDS[letter] for letter in judgement.letters))
            expected[human.row.reference] = said
            if any(entry.register in registers for entry in human.entries_on(DAY)):
                named[human.row.reference] = said
        assert found(version, area) == expected
        assert found(version, area, is_registered=True) == named
        only = {key: said for key, said in expected.items() if said[0] == "eligible"}
        assert found(version, area, results=("eligible",)) == only
        assert 0 < len(named) < len(expected)


def test_counts_are_of_the_area_whatever_the_page_shows() -> None:
    version, humans = version_of("GAO_HO_TRO"), population("GAO_HO_TRO", seed=7)
    near = [human for human in humans if human.area_code == COMMUNE]
    whole = left_behind(Sought(definition_of(version.pk), COMMUNE), on=DAY, limit=3, offset=2)
    assert sum(people for people, _with_case in whole.counts.values()) == len(near)
    assert whole.with_case == sum(human.own("GAO_HO_TRO") is not None for human in near)
    assert (len(whole.rows), whole.total) == (3, whole.eligible + whole.undetermined)
    beyond = left_behind(Sought(definition_of(version.pk), COMMUNE), on=DAY, limit=3, offset=10_000)
    assert (beyond.rows, beyond.total, beyond.counts) == ((), whole.total, whole.counts)


def test_what_is_missing_comes_with_its_remedy() -> None:
    version = version_of("GAO_HO_TRO")
    write([Human(COMMUNE, dt.date(1970, 1, 1), 1970, "", has_joined=False)])
    row = left_behind(Sought(definition_of(version.pk), COMMUNE), on=DAY, limit=1).rows[0]
    assert [(each.statement, each.remedy) for each in row.missing] == [
        (
            "Thuộc hộ nghèo, hộ cận nghèo hoặc đối tượng bảo trợ xã hội khó khăn",
            "Đối chiếu danh sách hộ nghèo, cận nghèo, bảo trợ xã hội của xã.",
        ),
        ("Cư trú hợp pháp và đang có mặt tại địa phương", "Chưa rõ có mặt tại địa phương không."),
    ]


def test_as_many_statements_for_a_hundred_people_as_for_one(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    rules = definition_of(version_of("GAO_HO_TRO").pk)
    population("GAO_HO_TRO", seed=3)
    left_behind(Sought(rules, "89"), on=DAY, limit=1)
    for limit in (1, 100):
        with django_assert_num_queries(3):
            left_behind(Sought(rules, "89"), on=DAY, limit=limit)
