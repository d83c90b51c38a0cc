"""I7 and I8 beside QĐ 1856: other agencies' papers, the ways of lists, and who decides on those of the department."""

from typing import Any

import pytest
from django.db import DatabaseError

from accounts.enums import Role
from core import clock, crypto
from support_programs.models import (
    AgencyConfirmation,
    Case,
    Entitlement,
)
from support_programs.services import agencies, approval
from support_programs.services.appraisal import verify_cases, withdraw_case
from tests.factories import cases as make
from tests.factories import chains, claims
from tests.factories.people import PROVINCE, user
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


class TestOtherAgencies:
    @pytest.mark.parametrize(
        "change",
        ["number = 'x'", "signed_on = '2021-01-01'", "agency = 'x'", "note = 'x'", "recorded_by_id = 1", "case_list_id = 1"],
    )  # fmt: skip
    def test_their_papers_are_only_added(self, change: str) -> None:
        chains.in_appraisal("TAM_HOAN", chains.desks("TAM_HOAN"))
        with refused("is not rewritten"):
            run(f"UPDATE support_programs_agencyconfirmation SET {change}")
        for table in ("agencyconfirmation", "casechild", "entitlementdays", "employermonth"):
            for statement in ("DELETE FROM", "TRUNCATE"):
                with refused("permission denied"):
                    run(f"{statement} support_programs_{table}")

    def test_a_paper_has_a_number(self) -> None:
        chains.in_appraisal("TAM_HOAN", chains.desks("TAM_HOAN"))
        with refused("agency_confirmation_has_number"):
            copied("support_programs_agencyconfirmation", AgencyConfirmation.objects.get().pk, number="")


class TestWays:
    """I8: a list goes the way of its chain, whatever the statement."""

    @pytest.mark.parametrize(
        ("ready", "states"),
        [
            (make.confirmed_list, ("at_district", "at_agency", "at_department")),
            (make.verified_list, ("at_province",)),
        ],
    )  # fmt: skip
    def test_free_workers_take_no_short_way(self, ready: Any, states: tuple[str, ...]) -> None:
        who = make.staff()
        case_list = ready(who)
        if case_list.status == "at_district":
            approval.approve_list(case_list, number="45/QĐ", date=clock.today(), actor=who.head)
        for state in states:
            with refused("does not follow the chain"):
                run("UPDATE support_programs_caselist SET status = %s", state)

    @pytest.mark.parametrize(
        ("programme", "states"),
        [
            ("TAM_HOAN", ("posting", "at_district", "at_department")),
            ("HO_KD", ("at_agency", "at_district", "at_department")),
            ("CHAM_DUT", ("posting", "at_agency", "at_district")),
            ("DAO_TAO", ("posting", "at_department", "at_district")),
            ("F0_F1", ("posting", "at_agency", "at_department")),
        ],
    )  # fmt: skip
    def test_the_others_none_but_their_own(self, programme: str, states: tuple[str, ...]) -> None:
        chains.drafted(programme, chains.desks(programme))
        for state in states:
            with refused("does not follow the chain"):
                run("UPDATE support_programs_caselist SET status = %s", state)

    def test_nobody_goes_on_without_the_agencys_paper(self) -> None:
        at = chains.desks("TAM_HOAN")
        case_list = chains.sent("TAM_HOAN", at)
        for state in ("at_district", "at_department"):
            with refused("does not follow the chain"):
                run("UPDATE support_programs_caselist SET status = %s", state)
        assert chains.confirmed(at, case_list).status == "at_district"

    def test_the_money_of_no_list_is_appraised_where_the_chain_has_no_step_for_it(self) -> None:
        at = chains.desks("CHAM_DUT")
        chains.verified("CHAM_DUT", at)
        with refused("does not follow the chain"):
            run(
                "UPDATE support_programs_caselist SET status = 'money_appraised', money_appraised_by_id = %s",
                at.who.approver.pk,
            )
        with refused("does not follow the chain"):
            run("UPDATE support_programs_caselist SET status = 'at_district'")

    @pytest.mark.parametrize("column", ["has_list_approval", "has_money_appraisal"])
    def test_a_list_names_the_approvals_of_its_chain(self, column: str) -> None:
        case_list = make.draft_list(make.staff())
        with refused("does not name the approvals of its chain"):
            copied("support_programs_caselist", case_list.pk, reference="DS-X", **{column: False})
        with refused("is not rewritten"):
            run(f"UPDATE support_programs_caselist SET {column} = false")


class TestNobodyTwice:
    """I7 of the department's own lists."""

    def test_who_drew_the_list_up_does_not_conclude_it(self) -> None:
        at = chains.desks("CHAM_DUT")
        chains.verified("CHAM_DUT", at)
        with refused("list_concluder_did_not_submit|entered or appraised"):
            run(
                "UPDATE support_programs_caselist SET status = 'at_province', concluded_by_id = %s",
                at.intake.pk,
            )
        run("UPDATE support_programs_caselist SET submitted_by_id = NULL")
        with refused("entered or appraised one of its rows"):
            run(
                "UPDATE support_programs_caselist SET status = 'at_province', concluded_by_id = %s",
                at.intake.pk,
            )
        with refused("concluded_list_has_concluder"):
            run("UPDATE support_programs_caselist SET status = 'at_province'")

    def test_who_recorded_the_agencys_paper_neither_concludes_nor_approves(self) -> None:
        for programme, column, state in (
            ("DAO_TAO", "concluded_by_id", "at_province"),
            ("TAM_HOAN", "list_approved_by_id", "district_approved"),
        ):
            at = chains.desks(programme)
            case_list = chains.sent(programme, at)
            recorder = user(Role.DISTRICT_OFFICER, Role.PROVINCIAL_REVIEWER, area=PROVINCE)
            case_list = agencies.record_confirmation(
                case_list, number="1", signed_on=clock.today(), actor=recorder
            )
            verify_cases(Case.objects.filter(case_list=case_list), actor=at.appraiser)
            with refused("entered or appraised one of its rows"):
                run(
                    f"UPDATE support_programs_caselist SET status = %s, {column} = %s WHERE id = %s",
                    state, recorder.pk, case_list.pk,
                )  # fmt: skip

    @pytest.mark.parametrize("who", ["intake", "appraiser", "concluder"])
    def test_none_of_them_decides(self, who: str) -> None:
        at = chains.desks("CHAM_DUT")
        concluder = claims.reviewer()
        case_list = chains.verified("CHAM_DUT", at)
        approval.conclude_list(case_list, actor=concluder)
        person = {"intake": at.intake, "appraiser": at.appraiser, "concluder": concluder}[who]
        with refused("money_approver_did_not|entered or appraised"):
            run("UPDATE support_programs_caselist SET money_approved_by_id = %s", person.pk)

    def test_a_withdrawn_claim_leaves_its_list_without_a_trace_of_approval(self) -> None:
        at = chains.desks("CHAM_DUT")
        case_list = chains.verified("CHAM_DUT", at, rows=2)
        gone = Case.objects.filter(case_list=case_list).earliest("pk")
        withdraw_case(gone, reason="Rút", actor=at.intake)
        with pytest.raises(DatabaseError, match="not allowed"):
            run("UPDATE support_programs_entitlement SET status = 'approved' WHERE case_id = %s", gone.pk)
        assert crypto.decrypt("number", Entitlement.objects.latest("pk").payee_number_encrypted)
