"""The register filtered by a version's rules: person by person the same as judging them (`SCALE=full` takes 50,000)."""

import datetime as dt
import os
from collections import Counter
from collections.abc import Mapping
from random import Random
from typing import Any, Final

import pytest
from pytest_django import DjangoAssertNumQueries

from accounts.models import AdministrativeUnit
from support_programs.enums import Result
from support_programs.models import ProgrammeVersion
from support_programs.queries.programmes import definition_of
from support_programs.queries.qualifying import qualifying, qualifying_counts
from support_programs.rules.judging import judge
from tests.factories.people import COMMUNE, DISTRICT, OTHER_COMMUNE, OUTSIDE_DISTRICT
from tests.support_programs.queries.register_rows import Claim, Human, any_human, known_of, write

pytestmark = pytest.mark.django_db
PEOPLE: Final = 50_000 if os.environ.get("SCALE") == "full" else 2_500
DAYS: Final = (dt.date(2021, 11, 5), dt.date(2021, 11, 6))
EVERY: Final = tuple(Result.values)


def current_versions() -> list[ProgrammeVersion]:
    return list(ProgrammeVersion.objects.filter(is_current=True).order_by("programme_id", "code"))


def areas(place: int) -> dict[str, bool | None]:
    """A town, a commune of the country, and an area that no commune has: those of one version."""
    communes = list(AdministrativeUnit.objects.communes().valid_on(DAYS[0]).within("89"))
    towns = [unit.area_code for unit in communes if unit.is_urban]
    country = [unit.area_code for unit in communes if not unit.is_urban]
    return {towns[place]: True, country[place]: False, f"89999{place:05d}": None}


@pytest.mark.scale
def test_the_filter_says_of_everybody_what_the_engine_says() -> None:
    random, versions = Random(1856), current_versions()
    newest = {version.programme_id: version for version in versions}
    seen: Counter[tuple[int, str]] = Counter()
    for place, version in enumerate(versions):
        share = PEOPLE // len(versions) + (place < PEOPLE % len(versions))
        where = areas(place)
        humans = [
            any_human(version, newest, random, area_code=area, on=DAYS[0])
            for area in random.choices(list(where), weights=[4, 4, 1], k=share)
        ]
        write(humans)
        for on in DAYS:
            found = filtered(version, on, where)
            assert found == {human.row.pk: judged(human, version, on, where) for human in humans}
            seen.update((version.pk, result) for _letters, result, _has_case in found.values())
    for version in versions:
        assert sum(seen[version.pk, result] > 0 for result in EVERY) >= 2, version


def filtered(
    version: ProgrammeVersion, on: dt.date, where: Mapping[str, bool | None]
) -> dict[int, tuple[str, str, bool]]:
    rules = definition_of(version.pk)
    rows = [
        row for area in where for row in qualifying(rules, on=on, area_code=area, results=EVERY, limit=PEOPLE)
    ]
    return {row.person_id: (row.letters, row.result, row.has_case) for row in rows}


def judged(
    human: Human, version: ProgrammeVersion, on: dt.date, where: Mapping[str, bool | None]
) -> tuple[str, str, bool]:
    rules = definition_of(version.pk)
    judgement = judge(rules, known_of(human, rules, on=on, is_urban=where[human.area_code]), on)
    return judgement.letters, judgement.result, human.own(rules.programme) is not None


# --- what a page asks for ---------------------------------------------------------------------------------------------


@pytest.fixture
def guides() -> list[Human]:
    """Four tour guides of one commune who have everything, one of them with a live case, one whose case was withdrawn."""
    version = ProgrammeVersion.objects.get(programme_id="HDV_DL", is_current=True)
    facts = {
        "guide_card_number": "189123456",
        "guide_card_expires_on": "2022-05-01",
        "guide_basis": "labour_contract",
        "got_other_support": False,
    }
    people = [Human(COMMUNE, dt.date(1990, 3, 15), 1990, "", has_joined=False) for _ in range(4)]
    people[0].claims = [Claim(version, facts)]
    people[1].claims = [Claim(version, facts, is_ended=True)]
    people[2].claims = [Claim(version, {**facts, "got_other_support": True}, is_ended=True)]
    write(people)
    return people


def of_guides(**options: Any) -> list[tuple[int, str, bool]]:
    version = ProgrammeVersion.objects.get(programme_id="HDV_DL", is_current=True)
    rows = qualifying(
        definition_of(version.pk), **{"on": dt.date(2021, 9, 27), "area_code": COMMUNE, **options}
    )
    return [(row.person_id, row.result, row.has_case) for row in rows]


def test_who_qualifies_or_may_is_there_and_who_has_a_case_is_marked(guides: list[Human]) -> None:
    with_case, without, refused, unknown = (human.row.pk for human in guides)
    assert of_guides() == [
        (with_case, "eligible", True),
        (without, "eligible", False),
        (unknown, "undetermined", False),
    ]
    assert of_guides(is_without_case=True, results=["eligible"]) == [(without, "eligible", False)]
    assert of_guides(results=["not_eligible"]) == [(refused, "not_eligible", False)]
    assert of_guides(limit=1, offset=1) == [(without, "eligible", False)]
    assert of_guides(area_code=DISTRICT) == of_guides()
    assert of_guides(area_code=OUTSIDE_DISTRICT) == []


def test_results_are_counted_with_those_who_have_a_case(guides: list[Human]) -> None:
    rules = definition_of(guides[0].claims[0].version.pk)
    counts = qualifying_counts(rules, on=dt.date(2021, 9, 27), area_code=DISTRICT)
    assert counts == {"eligible": (2, 1), "not_eligible": (1, 0), "undetermined": (1, 0)}


def test_a_confirmation_or_an_answer_to_another_question_says_nothing_here(guides: list[Human]) -> None:
    """Days of a suspension are no days of treatment, though both forms call them `event_start`."""
    suspended = ProgrammeVersion.objects.get(programme_id="TAM_HOAN", code="v2", is_current=True)
    sick = ProgrammeVersion.objects.get(programme_id="F0_F1", code="v2", is_current=True)
    facts = {
        "event_start": "2021-08-01",
        "event_end": "2021-08-20",
        "is_pregnant": True,
        "confirmed.decision": True,
    }
    human = Human(OTHER_COMMUNE, None, None, "", has_joined=False, claims=[Claim(suspended, facts)])
    write([human])
    row = qualifying(definition_of(sick.pk), on=DAYS[1], area_code=OTHER_COMMUNE)[0]
    assert (row.letters, row.result) == ("uuu", "undetermined")


def test_one_statement_beside_the_versions(
    guides: list[Human], django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    rules = definition_of(guides[0].claims[0].version.pk)
    of_guides()
    with django_assert_num_queries(2):
        qualifying(rules, on=dt.date(2021, 9, 27), area_code=DISTRICT)
