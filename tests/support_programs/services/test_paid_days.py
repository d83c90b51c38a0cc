"""Days of treatment or isolation that are granted already are not counted again; the free ones are (policies: section 11, 3)."""

import datetime as dt

import pytest

from core import clock
from core.transitions import TransitionRefused
from support_programs.models import Case, EligibilityDetermination, Entitlement
from support_programs.services import posting
from support_programs.services.appraisal import mark_eligible, reconsider_case, verify_cases
from support_programs.services.determinations import determine_cases
from support_programs.services.lists import list_cases
from tests.factories import cases as make
from tests.factories import claims

pytestmark = pytest.mark.django_db
CHILD = {"dob": "14/02/2014", "id_number": "089314000123", "job": ""}


@pytest.fixture
def who() -> make.Staff:
    return make.staff()


def spell(who: make.Staff, typed: dict[str, str], start: str, end: str, variant: str = "F0") -> Case:
    answers = {**claims.TREATED, "variant": variant, "event_start": start, "event_end": end}
    return claims.claim("F0_F1", who.commune, applicant=typed, answers=answers)


def grant(who: make.Staff, case: Case) -> Case:
    list_cases(Case.objects.filter(pk=case.pk), actor=who.commune)
    case.refresh_from_db()
    posting.submit_list(case.case_list, letter_number="12/TTr", letter_date=clock.today(), actor=who.commune)
    case.refresh_from_db()
    return mark_eligible(case, actor=who.officer)


def sentence(case: Case) -> str:
    newest = EligibilityDetermination.objects.filter(case=case).latest("id")
    return next(row["sentence"] for row in newest.criteria if row["code"] == "free_days")


def test_an_overlapping_spell_counts_its_free_days_only(who: make.Staff) -> None:
    typed = claims.applicant()
    grant(who, spell(who, typed, "01/08/2021", "10/08/2021"))
    second = spell(who, typed, "08/08/2021", "14/08/2021")
    assert (second.result, second.amount_proposed) == ("eligible", 4 * 80_000)
    assert "trong đó 3 ngày đã được hỗ trợ" in sentence(second)


def test_isolation_before_treatment_is_paid_and_no_day_twice(who: make.Staff) -> None:
    typed = claims.applicant()
    grant(who, spell(who, typed, "01/08/2021", "14/08/2021", "F1"))
    treated = spell(who, typed, "10/08/2021", "20/08/2021")
    assert (treated.result, treated.amount_proposed) == ("eligible", 6 * 80_000)


def test_a_spell_without_a_free_day_is_refused(who: make.Staff) -> None:
    typed = claims.applicant()
    grant(who, spell(who, typed, "01/08/2021", "10/08/2021"))
    inside = spell(who, typed, "02/08/2021", "05/08/2021")
    assert (inside.result, inside.amount_proposed) == ("not_eligible", 0)


def test_days_that_are_taken_back_are_free_again(who: make.Staff) -> None:
    typed = claims.applicant()
    first = grant(who, spell(who, typed, "01/08/2021", "10/08/2021"))
    second = spell(who, typed, "08/08/2021", "14/08/2021")
    reconsider_case(first, reason="Giấy ra viện ghi ngày khác", actor=who.officer)
    determine_cases(Case.objects.filter(pk=second.pk), actor=who.officer)
    second.refresh_from_db()
    assert second.amount_proposed == 7 * 80_000


def test_days_of_somebody_else_are_nobodys_business(who: make.Staff) -> None:
    grant(who, spell(who, claims.applicant(), "01/08/2021", "10/08/2021"))
    other = spell(who, claims.applicant(), "01/08/2021", "10/08/2021")
    assert other.amount_proposed == 10 * 80_000
    assert other.received_on == dt.date(2021, 9, 27)


def test_a_childs_supplement_is_given_once_whatever_the_spells(who: make.Staff) -> None:
    """«Được hỗ trợ thêm một lần 1.000.000 đồng/trẻ em» (NQ 68 II.7)."""
    child = claims.applicant(**CHILD)
    first = grant(who, spell(who, child, "01/08/2021", "10/08/2021"))
    assert first.amount_proposed == 1_800_000
    second = spell(who, child, "08/08/2021", "14/08/2021")
    assert second.amount_proposed == 4 * 80_000


def test_spells_that_were_judged_before_either_was_granted(who: make.Staff) -> None:
    child = claims.applicant(**CHILD)
    first = spell(who, child, "01/08/2021", "10/08/2021")
    second = spell(who, child, "08/08/2021", "14/08/2021")
    assert second.amount_proposed == 1_560_000
    grant(who, first)
    granted = grant(who, second)
    granted.refresh_from_db()
    assert granted.amount_proposed == 4 * 80_000
    assert Entitlement.objects.get(case=granted).amount == 4 * 80_000


def test_spells_of_one_list_found_eligible_at_once(who: make.Staff) -> None:
    child = claims.applicant(**CHILD)
    both = [
        spell(who, child, "01/08/2021", "10/08/2021", "F1"),
        spell(who, child, "08/08/2021", "14/08/2021"),
    ]
    chosen = Case.objects.filter(pk__in=[case.pk for case in both])
    list_cases(chosen, actor=who.commune)
    both[0].refresh_from_db()
    posting.submit_list(
        both[0].case_list, letter_number="12/TTr", letter_date=clock.today(), actor=who.commune
    )
    report = verify_cases(chosen, actor=who.officer)
    assert (report.done, report.needs_eyes) == (2, ())
    amounts = list(chosen.order_by("pk").values_list("amount_proposed", "entitlements__amount"))
    assert amounts == [(1_800_000, 1_800_000), (320_000, 320_000)]


def test_a_spell_whose_days_were_granted_meanwhile_is_not_granted(who: make.Staff) -> None:
    typed = claims.applicant()
    first = spell(who, typed, "01/08/2021", "10/08/2021")
    inside = spell(who, typed, "02/08/2021", "05/08/2021")
    grant(who, first)
    with pytest.raises(TransitionRefused, match="Các ngày của đợt này đã được hỗ trợ ở hồ sơ khác"):
        grant(who, inside)
