"""I1, I7, I8, I9, I17 beside QĐ 1856: children, paid days, goods, other agencies' papers, the ways of lists."""

from typing import Any

import pytest

from core import clock
from support_programs.models import (
    Case,
    CaseChild,
    CaseList,
    Entitlement,
    EntitlementDays,
)
from support_programs.services.agencies import send_to_agency
from support_programs.services.appraisal import verify_cases
from support_programs.services.children import add_child
from support_programs.services.employer_months import record_month
from support_programs.services.lists import list_cases
from support_programs.services.posting import submit_list
from tests.factories import cases as make
from tests.factories import chains, claims
from tests.support_programs.test_raw_sql import refused, run

pytestmark = pytest.mark.django_db


def copied(table: str, pk: int, **changes: object) -> None:
    """Insert a copy of a row with some columns changed."""
    import json

    run(
        f"INSERT INTO {table} SELECT (jsonb_populate_record(t, %s::jsonb)).* FROM {table} t WHERE id = %s",
        json.dumps({"id": 999_999, **changes}),
        pk,
    )


class TestChildren:
    """I17: a child's supplement once, whichever parent, whichever programme."""

    def _two_claims(self) -> tuple[Case, Case, CaseChild]:
        at = chains.desks("TAM_HOAN")
        mother, father = (claims.claim("TAM_HOAN", at.intake) for _parent in range(2))
        child = add_child(mother, typed=claims.child(), actor=at.intake)
        return mother, father, CaseChild.objects.get(pk=child.pk)

    def test_not_twice_under_any_case(self) -> None:
        _mother, father, child = self._two_claims()
        with refused("child_supplement_once"):
            copied("support_programs_casechild", child.pk, case_id=father.pk)

    def test_counted_while_its_case_is_eligible(self) -> None:
        at = chains.desks("TAM_HOAN")
        case_list = chains.drafted("TAM_HOAN", at)
        case = Case.objects.get(case_list=case_list)
        child = add_child(case, typed=claims.child(), actor=at.intake)
        send_to_agency(case_list, actor=at.intake)
        case_list.refresh_from_db()
        chains.confirmed(at, case_list)
        verify_cases(Case.objects.filter(pk=case.pk), actor=at.appraiser)
        assert Case.objects.get(pk=case.pk).status == "eligible"
        with refused("a child stays with a case that was decided for it"):
            run("UPDATE support_programs_casechild SET is_live = false WHERE id = %s", child.pk)

    def test_free_again_once_the_case_has_ended(self) -> None:
        mother, father, child = self._two_claims()
        run("UPDATE support_programs_case SET status = 'withdrawn' WHERE id = %s", mother.pk)
        assert not CaseChild.objects.get(pk=child.pk).is_live
        copied("support_programs_casechild", child.pk, case_id=father.pk, is_live=True)
        with refused("a child of an ended case is not live"):
            copied("support_programs_casechild", child.pk, id=999_998, is_live=True)

    @pytest.mark.parametrize(
        ("change", "match"),
        [
            ("number_index = '\\x00'", "is not rewritten"),
            ("birth_date = birth_date + 1", "is not rewritten"),
            ("case_id = case_id + 1", "is not rewritten"),
            ("is_live = false, removed_on = '2021-09-27'", "removed_child_has_reason"),
            ("removed_on = '2021-09-27', removed_reason = 'Nhầm'", "removed_child_has_reason"),
            ("relation = 'uncle'", "is not rewritten|child_relation_known"),
        ],
    )  # fmt: skip
    def test_is_not_rewritten(self, change: str, match: str) -> None:
        self._two_claims()
        with refused(match):
            run(f"UPDATE support_programs_casechild SET {change}")

    def test_a_removed_one_does_not_come_back(self) -> None:
        self._two_claims()
        run(
            "UPDATE support_programs_casechild SET is_live = false, removed_on = '2021-09-27', removed_reason = 'Nhầm'"
        )
        with refused("is not rewritten"):
            run("UPDATE support_programs_casechild SET is_live = true, removed_on = NULL")


class TestPaidDays:
    """Days of treatment and isolation are paid once per person, whatever the case."""

    def _two_spells(self) -> tuple[Entitlement, Entitlement]:
        at = chains.desks("F0_F1")
        person = claims.applicant()
        for start, end in (("01/07/2021", "05/07/2021"), ("01/08/2021", "10/08/2021")):
            spell = {**claims.TREATED, "event_start": start, "event_end": end}
            claims.claim("F0_F1", at.intake, applicant=person, answers=spell)
        list_cases(Case.objects.all(), actor=at.intake)
        case_list = CaseList.objects.get()
        submit_list(case_list, letter_number="1", letter_date=clock.today(), actor=at.intake)
        verify_cases(Case.objects.all(), actor=at.appraiser)
        first, second = Entitlement.objects.order_by("pk")
        return first, second

    def test_never_overlap_while_both_are_owed(self) -> None:
        first, second = self._two_spells()
        assert EntitlementDays.objects.count() == 2
        days = EntitlementDays.objects.get(entitlement=first)
        with refused("paid_days_do_not_overlap"):
            copied(
                "support_programs_entitlementdays",
                days.pk,
                entitlement_id=second.pk,
                days="[2021-07-05,2021-07-07)",
            )

    def test_are_free_again_once_the_entitlement_is_cancelled(self) -> None:
        first, second = self._two_spells()
        days = EntitlementDays.objects.get(entitlement=first)
        run("UPDATE support_programs_entitlement SET status = 'cancelled' WHERE id = %s", first.pk)
        assert not EntitlementDays.objects.get(pk=days.pk).is_live
        copied("support_programs_entitlementdays", days.pk, entitlement_id=second.pk, is_live=True)
        with refused("name the claimant and state"):
            run("UPDATE support_programs_entitlementdays SET is_live = true WHERE id = %s", days.pk)

    @pytest.mark.parametrize(
        ("change", "match"),
        [
            ({"claimant_id": 1_000_001}, "name the claimant and state"),
            ({"is_live": False}, "name the claimant and state"),
            ({"days": "empty"}, "paid_days_have_ends"),
            ({"days": "[2021-08-01,)"}, "paid_days_have_ends|do_not_overlap"),
        ],
    )  # fmt: skip
    def test_name_their_claimant_and_end(self, change: dict[str, object], match: str) -> None:
        first, _second = self._two_spells()
        days = EntitlementDays.objects.get(entitlement=first)
        with refused(match):
            copied("support_programs_entitlementdays", days.pk, **change)

    def test_are_not_rewritten(self) -> None:
        self._two_spells()
        with refused("is not rewritten"):
            run("UPDATE support_programs_entitlementdays SET days = '[2021-05-01,2021-05-02)'")


class TestEntitlements:
    def test_one_of_a_second_group(self) -> None:
        """A free worker and an unregistered household business (NQ 126): one of both."""
        make.verified_list(make.staff())
        owed = Entitlement.objects.get()
        assert owed.second_group == "free_worker_or_household"
        run(
            'UPDATE support_programs_programmeversion SET definition = definition || \'{"exclusive_group": ""}\''
        )
        run("UPDATE support_programs_case SET period = 'again'")
        same = {"period": "again", "exclusive_group": ""}
        with refused("one_live_of_second_group"):
            copied("support_programs_entitlement", owed.pk, **same)
        copied("support_programs_entitlement", owed.pk, **same, second_group="")

    def test_a_group_that_the_rules_do_not_name_is_refused(self) -> None:
        make.verified_list(make.staff())
        run("UPDATE support_programs_case SET period = 'again'")
        with refused("names the claimant, list, rules and actors of its case"):
            copied(
                "support_programs_entitlement", Entitlement.objects.get().pk, period="again", second_group="x"
            )

    @pytest.mark.parametrize(
        ("amount", "quantity", "is_kept"), [(0, 15, True), (0, 0, False), (5, 15, False), (-1, 15, False)]
    )
    def test_goods_have_a_quantity_and_no_money(self, amount: int, quantity: int, is_kept: bool) -> None:
        make.verified_list(make.staff())
        owed = Entitlement.objects.get()
        run("UPDATE support_programs_entitlement SET status = 'cancelled'")
        run("UPDATE support_programs_case SET unit = 'kg', amount_proposed = 0, quantity = %s", quantity)
        rice = {"status": "proposed", "unit": "kg", "amount": amount, "quantity": quantity}
        if is_kept:
            copied("support_programs_entitlement", owed.pk, **rice)
            return
        with refused("entitlement_amount_within_cap"):
            copied("support_programs_entitlement", owed.pk, **rice)

    def test_a_case_proposes_goods_or_money(self) -> None:
        make.draft_list(make.staff())
        with refused("case_amount_not_negative"):
            run("UPDATE support_programs_case SET unit = 'kg'")

    @pytest.mark.parametrize(
        "change",
        [
            {"employer_id": None}, {"employer_id": 1_000_001}, {"unit": "kg"}, {"quantity": 3},
            {"has_list_approval": False}, {"period": "khác"},
        ],
    )  # fmt: skip
    def test_it_follows_its_case_and_list(self, change: dict[str, object]) -> None:
        chains.verified("HO_KD", chains.desks("HO_KD"))
        owed = Entitlement.objects.get()
        run("UPDATE support_programs_entitlement SET status = 'cancelled'")
        with refused("names the claimant, list, rules and actors of its case"):
            copied("support_programs_entitlement", owed.pk, **{"status": "proposed", **change})

    def test_an_employer_is_owed_once(self) -> None:
        chains.verified("DAO_TAO", chains.desks("DAO_TAO"))
        with refused("one_live_entitlement_per"):
            copied("support_programs_entitlement", Entitlement.objects.get().pk)

    def test_without_a_districts_approval_only_where_the_list_has_none(self) -> None:
        at = chains.desks("TAM_HOAN")
        chains.decided("TAM_HOAN", at)
        with refused("is not rewritten|has_decision"):
            run("UPDATE support_programs_entitlement SET list_approved_by_id = NULL")
        with refused("is not rewritten"):
            run("UPDATE support_programs_entitlement SET has_list_approval = false")


class TestClaimants:
    def test_a_case_has_a_person_or_an_employer(self) -> None:
        case = claims.claim("CHAM_DUT", claims.reviewer())
        with refused("case_has_claimant"):
            copied("support_programs_case", case.pk, reference="HS-X", person_id=None)

    def test_one_live_claim_of_an_employer_per_programme_and_period(self) -> None:
        case = claims.claim("HTTT", claims.reviewer())
        assert (case.person_id is None, case.employer_id is None) == (True, False)
        with refused("one_live_case_per_programme_and_employer"):
            copied("support_programs_case", case.pk, reference="HS-X")
        copied("support_programs_case", case.pk, reference="HS-X", period="2021-10")

    def test_two_owners_do_not_claim_for_one_household_business(self) -> None:
        at = chains.desks("HO_KD")
        chains.drafted("HO_KD", at, rows=2)
        first, second = Case.objects.order_by("pk")
        assert (first.person_id, first.employer_id) != (second.person_id, second.employer_id)
        with refused("one_live_case_per_programme_and_employer"):
            run(
                "UPDATE support_programs_case SET employer_id = %s WHERE id = %s",
                first.employer_id,
                second.pk,
            )

    def test_what_was_decided_elsewhere_names_its_paper(self) -> None:
        case = claims.claim("HTTT", claims.reviewer())
        with refused("decided_elsewhere_has_paper"):
            run("UPDATE support_programs_case SET status = 'decided_elsewhere' WHERE id = %s", case.pk)

    @pytest.mark.parametrize(
        "change",
        ["employer_id = NULL", "period = 'x'", "unit = 'kg', amount_proposed = 0", "version_used_id = version_used_id + 1"],
    )  # fmt: skip
    def test_what_was_approved_stays(self, change: str) -> None:
        chains.decided("HO_KD", chains.desks("HO_KD"))
        with refused("is not rewritten"):
            run(f"UPDATE support_programs_case SET {change}")


class TestMonths:
    def _recorded(self) -> int:
        reviewer = claims.reviewer()
        case = claims.claim("HTTT", reviewer)
        return record_month(
            case, month=claims.on(2021, 8, 1), workers=40, amount=12_000_000, actor=reviewer
        ).pk

    @pytest.mark.parametrize(
        ("change", "match"),
        [
            ({}, "one_current_row_per_month"),
            ({"month": "2021-08-15"}, "month_is_its_first_day"),
            ({"month": "2021-09-01", "amount": -1}, "month_amount_not_negative"),
            ({"month": "2021-09-01", "workers": -1}, "workers_check"),
        ],
    )  # fmt: skip
    def test_one_row_per_month_and_nothing_below_zero(self, change: dict[str, Any], match: str) -> None:
        pk = self._recorded()
        with refused(match):
            copied("support_programs_employermonth", pk, **change)

    def test_a_correction_is_a_new_row_with_its_reason(self) -> None:
        pk = self._recorded()
        with refused("is not rewritten"):
            run("UPDATE support_programs_employermonth SET amount = 1")
        run("UPDATE support_programs_employermonth SET is_current = false")
        with refused("corrected_month_has_reason"):
            copied("support_programs_employermonth", pk, is_current=True, replaces_id=pk)
        copied("support_programs_employermonth", pk, is_current=True, replaces_id=pk, reason="Gõ nhầm")
        with refused("is not rewritten|one_current_row"):
            run("UPDATE support_programs_employermonth SET is_current = true WHERE id = %s", pk)
