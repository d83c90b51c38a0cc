"""A dossier of every programme is taken in by hand at its own desk, also when it says nothing yet."""

import pytest

from support_programs.queries.claims import missing_answers, rules_of_today
from support_programs.rules.definition import Definition
from support_programs.services.claims import open_claim, takes_in
from tests.factories import cases as make
from tests.factories import claims
from tests.factories.people import DISTRICT

pytestmark = pytest.mark.django_db


def test_nothing_said_is_unknown_in_every_programme(settings: object) -> None:
    settings.BUSINESS_DATE = claims.on(2021, 11, 8)
    who = make.staff()
    taken: list[str] = []
    for code, rules in rules_of_today().items():
        for actor in (who.commune, who.officer, who.reviewer):
            if takes_in(actor, rules):
                assert_taken(code, rules, actor)
                taken.append(code)
    untaken = {code for code, rules in rules_of_today().items() if not rules.receives}
    assert set(taken) == set(rules_of_today()) - untaken
    assert "BO_SUNG" in untaken


def assert_taken(code: str, rules: Definition, actor: object) -> None:
    is_of_person = rules.beneficiary_kind != "employer"
    is_via_employer = rules.beneficiary_kind not in ("person", "household_business")
    case = open_claim(
        programme=code,
        received_on=claims.on(2021, 11, 8),
        answers={},
        applicant=claims.applicant() if is_of_person else None,
        employer=claims.employer(DISTRICT) if is_via_employer else None,
        actor=actor,
        keeps_warnings=True,
    )
    required = [f.label for f in rules.fields if f.is_required and f.type != "children"]
    known = set(case.facts)
    labels = {f.label for f in rules.fields if f.code in known}
    assert missing_answers(case) == [label for label in required if label not in labels]
    assert case.result in ("undetermined", "eligible"), (code, case.result)
    assert (case.person is not None) is is_of_person
