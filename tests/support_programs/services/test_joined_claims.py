"""Whoever was joined is one human to every question about an earlier claim, whichever of their entries it names."""

import pytest

from accounts.enums import Role
from beneficiaries.models import Person
from beneficiaries.services.joining import join_people
from core.transitions import TransitionRefused
from support_programs.models import Case
from support_programs.services.appraisal import mark_eligible
from support_programs.services.claims import ClaimRefused
from support_programs.services.intake import claimed
from tests.factories import cases as make
from tests.factories import claims
from tests.factories.people import COMMUNE, user

pytestmark = pytest.mark.django_db


def person_of(case: Case) -> Person:
    return Person.objects.get(pk=case.person_id)


def joined(kept: Person, other: Person) -> None:
    join_people(kept=kept, joined=other, reason="Một người", actor=user(Role.DISTRICT_OFFICER))


@pytest.mark.parametrize("keeps_claimant", [True, False])
def test_a_list_hears_of_the_claim_of_another_entry(keeps_claimant: bool) -> None:
    who = make.staff()
    here = person_of(claims.claim("LD_TU_DO", who.commune))
    other = person_of(claims.claim("F0_F1", who.commune))
    stranger = person_of(claims.claim("F0_F1", who.commune))
    ids = [here.pk, other.pk, stranger.pk]
    assert claimed(ids, "LD_TU_DO") == {here.pk: COMMUNE}
    joined(*((here, other) if keeps_claimant else (other, here)))
    assert claimed(ids, "LD_TU_DO") == {here.pk: COMMUNE, other.pk: COMMUNE}
    assert claimed([other.pk], "LD_TU_DO") == {other.pk: COMMUNE}
    assert claimed([], "LD_TU_DO") == {}


def test_a_second_claim_under_the_number_of_the_other_entry_is_refused() -> None:
    who = make.staff()
    first, second = claims.applicant(), claims.applicant()
    here = person_of(claims.claim("LD_TU_DO", who.commune, applicant=first))
    # the other entry came in for another programme
    other = person_of(claims.claim("F0_F1", who.commune, applicant=second))
    joined(here, other)
    with pytest.raises(ClaimRefused, match="Đã có hồ sơ"):
        claims.claim("LD_TU_DO", who.commune, applicant=second)
    # and the same the other way round
    with pytest.raises(ClaimRefused, match="Đã có hồ sơ"):
        claims.claim("F0_F1", who.commune, applicant=first)


def test_a_second_case_of_one_human_is_not_found_eligible() -> None:
    who = make.staff()
    case_list = make.list_at_district(who, rows=2)
    one, other = Case.objects.filter(case_list=case_list).order_by("pk")
    mark_eligible(one, actor=who.officer)
    joined(person_of(other), person_of(one))
    with pytest.raises(TransitionRefused):
        mark_eligible(other, actor=who.officer)
