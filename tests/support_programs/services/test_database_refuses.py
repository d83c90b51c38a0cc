"""What must never happen is refused by the database itself, whatever the statement."""

import pytest
from django.db import DatabaseError, connection, transaction

from support_programs.models import Case, CaseList, EligibilityDetermination, Entitlement
from tests.factories import cases as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def who() -> make.Staff:
    return make.staff()


def refused(sql: str, *params: object) -> str:
    with pytest.raises(DatabaseError) as caught, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, params)
    return str(caught.value)


def test_jumps_that_the_table_does_not_list(who: make.Staff) -> None:
    case_list = make.list_at_district(who)
    case = Case.objects.get(case_list=case_list)
    assert "not allowed" in refused(
        "UPDATE support_programs_case SET status = 'approved' WHERE id = %s", case.pk
    )
    assert "not allowed" in refused(
        "UPDATE support_programs_caselist SET status = 'money_approved' WHERE id = %s", case_list.pk
    )
    assert "not allowed" in refused(
        'INSERT INTO support_programs_caselist SELECT (jsonb_populate_record(l, \'{"id": 999999, "reference": "DS-X"}\')).*'
        " FROM support_programs_caselist l WHERE id = %s",
        case_list.pk,
    )


def test_eligible_without_appraiser_or_result(who: make.Staff) -> None:
    case = Case.objects.get(case_list=make.list_at_district(who))
    assert "eligible_case_was_appraised" in refused(
        "UPDATE support_programs_case SET status = 'eligible' WHERE id = %s", case.pk
    )
    assert "eligible_case_was_appraised" in refused(
        "UPDATE support_programs_case SET status = 'eligible', appraised_by_id = %s, result = 'undetermined' WHERE id = %s",
        who.officer.pk,
        case.pk,
    )


def test_self_appraisal_and_self_approval(who: make.Staff) -> None:
    case_list = make.appraised_list(who)
    case = Case.objects.get(case_list=case_list)
    assert "case_appraiser_did_not_enter" in refused(
        "UPDATE support_programs_case SET appraised_by_id = entered_by_id WHERE id = %s", case.pk
    )
    for column, against, name in (
        ("list_approved_by_id", "submitted_by_id", "list_approver_did_not_submit"),
        ("money_appraised_by_id", "list_approved_by_id", "money_appraiser_is_another"),
        ("money_approved_by_id", "submitted_by_id", "money_approver_did_not_submit"),
        ("money_approved_by_id", "list_approved_by_id", "money_approver_did_not_approve_list"),
        ("money_approved_by_id", "money_appraised_by_id", "money_approver_did_not_appraise"),
    ):
        message = refused(
            f"UPDATE support_programs_caselist SET {column} = {against} WHERE id = %s", case_list.pk
        )
        assert name in message
    for column, against in (
        ("list_approved_by_id", "entered_by_id"),
        ("list_approved_by_id", "appraised_by_id"),
        ("money_appraised_by_id", "entered_by_id"),
        ("money_appraised_by_id", "appraised_by_id"),
        ("money_approved_by_id", "entered_by_id"),
        ("money_approved_by_id", "appraised_by_id"),
        ("money_approved_by_id", "list_approved_by_id"),
        ("money_approved_by_id", "money_appraised_by_id"),
    ):
        assert "entitlement_" in refused(f"UPDATE support_programs_entitlement SET {column} = {against}")


def test_states_without_their_actor_or_paper(who: make.Staff) -> None:
    case_list = make.appraised_list(who)
    assert "approved_money_has_decision" in refused(
        "UPDATE support_programs_caselist SET status = 'money_approved' WHERE id = %s", case_list.pk
    )
    assert "approved_list_has_approver" in refused(
        "UPDATE support_programs_caselist SET list_approved_by_id = NULL WHERE id = %s", case_list.pk
    )
    assert "approved with its case and list" in refused(
        "UPDATE support_programs_entitlement SET status = 'approved'"
    )


def test_money_within_the_cap_and_snapshots_stay(who: make.Staff) -> None:
    make.verified_list(who)
    assert "entitlement" in refused("UPDATE support_programs_entitlement SET amount = 1600000")
    assert "not rewritten" in refused("UPDATE support_programs_entitlement SET amount = 1000000")
    assert "not rewritten" in refused("UPDATE support_programs_entitlement SET payee_name = 'Người khác'")
    assert "not rewritten" in refused(
        "UPDATE support_programs_eligibilitydetermination SET result = 'eligible', judged_on = '2020-01-01'"
    )
    assert "permission denied" in refused("DELETE FROM support_programs_eligibilitydetermination")
    assert EligibilityDetermination.objects.count() == 1
    assert Entitlement.objects.get().amount == 1_500_000


def test_a_decision_keeps_its_number_and_sum(who: make.Staff) -> None:
    make.decided_list(who)
    assert "not rewritten" in refused("UPDATE support_programs_approvaldecision SET amount = amount + 1")
    assert "not rewritten" in refused("UPDATE support_programs_approvaldecision SET number = 'x'")


def test_one_live_case_and_one_live_entitlement_per_person(who: make.Staff) -> None:
    case_list = make.verified_list(who)
    case = Case.objects.get(case_list=case_list)
    copy = """INSERT INTO support_programs_case SELECT (jsonb_populate_record(c,
      '{"id": 999999, "reference": "HS-X", "status": "listed", "appraised_by_id": null, "import_row_id": null}')).*
      FROM support_programs_case c WHERE id = %s"""
    assert "one_live_case_per_programme_and_person" in refused(copy, case.pk)
    owed = """INSERT INTO support_programs_entitlement SELECT (jsonb_populate_record(e, '{"id": 999999, "status": "proposed"}')).*
      FROM support_programs_entitlement e"""
    assert "one_live" in refused(owed)


def test_a_listed_case_is_in_a_list(who: make.Staff) -> None:
    case = Case.objects.get(case_list=make.draft_list(who))
    assert "listed_case_has_list" in refused(
        "UPDATE support_programs_case SET case_list_id = NULL WHERE id = %s", case.pk
    )
    assert CaseList.objects.get().cases.count() == 1
