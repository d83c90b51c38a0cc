"""Judging a set of cases: whatever stands in their facts is kept as it is, and the set may be of any size."""

import pytest

from support_programs.models import Case, EligibilityDetermination
from support_programs.services import determinations
from support_programs.services.determinations import determine_cases
from tests.factories import cases as make

pytestmark = pytest.mark.django_db
AWKWARD = "a\tb\\n\n«c»\\\\t\r;,\"d'\\N"


def test_facts_and_sentences_are_kept_whatever_characters_they_have() -> None:
    who = make.staff()
    case_list = make.draft_list(who, 1)
    Case.objects.filter(case_list=case_list).update(
        occupation=AWKWARD, facts={"residence": {"value": AWKWARD, "source": "list"}}
    )
    determine_cases(Case.objects.filter(case_list=case_list), actor=who.commune)
    kept = EligibilityDetermination.objects.latest("pk")
    assert kept.facts["residence"] == {"value": AWKWARD, "source": "list"}
    assert kept.facts["occupation"]["value"] == AWKWARD
    assert any(AWKWARD in found["sentence"] for found in kept.criteria)


def test_a_set_of_several_parts_is_judged_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(determinations, "_TOGETHER", 2)
    who = make.staff()
    case_list = make.draft_list(who, 5)
    before = EligibilityDetermination.objects.count()
    counts = determine_cases(Case.objects.filter(case_list=case_list), actor=who.commune)
    assert (counts.eligible, counts.not_eligible, counts.undetermined) == (0, 0, 5)
    assert EligibilityDetermination.objects.count() == before + 5
    assert set(Case.objects.filter(case_list=case_list).values_list("result", flat=True)) == {"undetermined"}
    assert determine_cases(Case.objects.none(), actor=None).undetermined == 0
