"""What handing over and filling a register refuse, and that nothing typed or answered is lost."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied

from accounts.enums import Role
from beneficiaries.models import Person, Status
from beneficiaries.services.registering_people import register_person
from core.transitions import TransitionRefused
from support_programs.models import Case, Outreach
from support_programs.queries.claims import rules_of_today
from support_programs.queries.left_behind import Sought, left_behind
from support_programs.services.claims import open_claim
from support_programs.services.outreach import answer_outreach, hand_over
from support_programs.services.register_filling import fill_register
from tests.factories.claims import applicant
from tests.factories.people import COMMUNE, OTHER_COMMUNE, user
from tests.factories.registers import resident
from tests.support_programs.views.test_left_behind import people

pytestmark = pytest.mark.django_db

ON = dt.date(2021, 9, 20)


def sought() -> Sought:
    return Sought(rules_of_today()["GAO_HO_TRO"], COMMUNE, is_registered=True)


def handed() -> Outreach:
    (poor,) = people("poor_households")
    hand_over(sought(), [poor.reference], every=False, actor=user(Role.DISTRICT_OFFICER))
    return Outreach.objects.get(person=poor)


def test_a_note_that_is_too_long_is_refused_and_not_cut() -> None:
    outreach = handed()
    with pytest.raises(TransitionRefused, match="500"):
        answer_outreach(outreach, state="moved", note="x" * 501, actor=user(Role.COMMUNE_OFFICER))
    outreach.refresh_from_db()
    assert (outreach.state, outreach.note) == ("waiting", "")
    answer_outreach(outreach, state="moved", note="x" * 500, actor=user(Role.COMMUNE_OFFICER))
    outreach.refresh_from_db()
    assert len(outreach.note) == 500


def test_who_was_handed_over_before_they_were_joined_is_not_handed_over_again() -> None:
    outreach = handed()
    root = resident(born=dt.date(1960, 5, 1))
    Person.objects.filter(pk=outreach.person_id).update(joined_to=root)
    found = left_behind(sought(), on=ON, limit=10)
    assert [(row.reference, row.outreach) for row in found.rows] == [(root.reference, "waiting")]
    district = user(Role.DISTRICT_OFFICER)
    assert hand_over(sought(), [root.reference], every=False, actor=district) == 0
    assert Outreach.objects.get() == outreach


def free_worker(**lives: str) -> Case:
    """A case of a helper of builders; somebody whom another commune registered, where `area` says so."""
    typed = applicant(job="Phụ hồ")
    if lives:
        register_person(
            typed=typed, profile="", on=ON, actor=user(Role.DISTRICT_OFFICER), keeps_warnings=True,
            area_code=lives["area"],
        )  # fmt: skip
    return open_claim(
        programme="LD_TU_DO",
        received_on=ON,
        actor=user(Role.COMMUNE_OFFICER),
        applicant=typed,
        keeps_warnings=True,
        answers={"lost_income_on": "09/07/2021", "monthly_income": "0", "has_labour_contract": "false"},
        stream="KHAC",
    )


def test_a_case_of_somebody_of_another_commune_is_named_and_the_others_are_written() -> None:
    theirs, ours = free_worker(area=OTHER_COMMUNE), free_worker()
    assert theirs.person is not None
    assert theirs.person.area_code == OTHER_COMMUNE
    filled = fill_register(
        rules_of_today()["LD_TU_DO"],
        area_code=COMMUNE,
        references=[],
        every=True,
        actor=user(Role.COMMUNE_OFFICER),
    )
    assert (filled.made, [refusal.reference for refusal in filled.refused]) == (1, [theirs.reference])
    assert "địa bàn khác" in filled.refused[0].reason
    assert Status.objects.get().person_id == ours.person_id


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.DISTRICT_HEAD, Role.ACCOUNTANT])
def test_who_keeps_no_registers_fills_none(role: Role) -> None:
    free_worker()
    with pytest.raises(PermissionDenied):
        fill_register(
            rules_of_today()["LD_TU_DO"], area_code=COMMUNE, references=[], every=True, actor=user(role)
        )
    assert not Status.objects.exists()
