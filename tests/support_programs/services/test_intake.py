"""Rows of an import become cases once, in a constant number of statements."""

import datetime as dt
import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from beneficiaries.imports.profile import profile_of
from beneficiaries.services.employers import register_employer
from core.models import Event
from support_programs.enums import CaseStatus, ListStatus
from support_programs.models import Case, CaseList
from support_programs.queries.programmes import definition_of, version_for
from support_programs.rules.facts import Fact
from support_programs.rules.judging import period_of
from support_programs.services import posting
from support_programs.services.determinations import determine_cases
from support_programs.services.intake import PERIOD_SQL, claimed, create_cases_from_rows
from tests.factories import cases as make
from tests.factories import claims
from tests.factories.people import DISTRICT

pytestmark = pytest.mark.django_db


@pytest.fixture
def who() -> make.Staff:
    return make.staff()


def test_the_profile_says_what_the_catalogue_says() -> None:
    profile = profile_of("LD_TU_DO")
    assert (profile.amount, profile.min_age) == (1_500_000, 15)
    assert [code for code, _name in profile.streams] == ["VE_SO", "KHAC"]


def test_every_row_gives_one_listed_case_with_its_snapshot(who: make.Staff) -> None:
    made = make.committed_import(who.commune, 2)
    result = create_cases_from_rows(list_import=made, actor=who.commune)
    assert (result["cases"], result["skipped"]) == (2, 0)
    cases = list(Case.objects.order_by("position"))
    assert [(case.position, case.status, case.result) for case in cases] == [
        (1, "listed", "undetermined"),
        (2, "listed", "undetermined"),
    ]
    row = made.rows.get(row_number=1)
    first = cases[0]
    assert (first.applicant_name, first.name_sort, first.occupation, first.hamlet, first.number_last3) == (
        row.full_name,
        row.values["name_sort"],
        "Bán vé số dạo",
        "Ấp Mỹ Lương",
        row.number_last3,
    )
    assert (first.amount_proposed, first.entered_by_id, first.facts) == (1_500_000, who.commune.pk, {})
    assert Event.objects.filter(action="case.created", object_ref=first.reference).count() == 1


def test_run_again_it_makes_nothing_twice(who: make.Staff) -> None:
    made = make.committed_import(who.commune, 2)
    create_cases_from_rows(list_import=made, actor=who.commune)
    assert create_cases_from_rows(list_import=made, actor=who.commune) == {"cases": 0, "skipped": 0}
    assert (Case.objects.count(), CaseList.objects.count()) == (2, 1)


def test_later_rows_join_the_draft_and_else_a_new_list(who: make.Staff) -> None:
    made = make.committed_import(who.commune, 1)
    first = create_cases_from_rows(list_import=made, actor=who.commune)
    make.add_rows(made, 1)
    assert create_cases_from_rows(list_import=made, actor=who.commune)["list"] == first["list"]
    assert list(Case.objects.order_by("position").values_list("position", flat=True)) == [1, 2]
    posting.post_list(CaseList.objects.get(), place="UBND", actor=who.commune)
    make.add_rows(made, 1)
    assert create_cases_from_rows(list_import=made, actor=who.commune)["list"] != first["list"]


def test_somebody_with_a_live_case_makes_no_second_one(who: make.Staff) -> None:
    made = make.committed_import(who.commune, 1)
    create_cases_from_rows(list_import=made, actor=who.commune)
    case = Case.objects.get()
    again = make.committed_import(who.commune, 1)
    again.rows.update(person_id=case.person_id)
    result = create_cases_from_rows(list_import=again, actor=who.commune)
    assert result == {"cases": 0, "skipped": 1}
    assert CaseList.objects.count() == 1
    assert Case.objects.count() == 1
    assert claimed([case.person_id], "LD_TU_DO") == {case.person_id: case.area_code}
    Case.objects.filter(pk=case.pk).update(status=CaseStatus.APPRAISING)
    Case.objects.filter(pk=case.pk).update(status=CaseStatus.INELIGIBLE)
    assert claimed([case.person_id], "LD_TU_DO") == {}
    assert create_cases_from_rows(list_import=again, actor=who.commune)["cases"] == 1


def test_the_statements_do_not_grow_with_the_rows(who: make.Staff) -> None:
    counts = []
    for rows in (1, 1, 3):  # the first run fills what is read once
        made = make.committed_import(who.commune, rows)
        with CaptureQueriesContext(connection) as queries:
            create_cases_from_rows(list_import=made, actor=who.commune)
        counts.append(len(queries))
    assert counts[1] == counts[2] <= 14, counts


def test_a_new_list_is_the_communes_with_three_working_days(who: make.Staff) -> None:
    case_list = make.draft_list(who)
    assert (case_list.status, case_list.area_code) == (ListStatus.DRAFT, who.commune.area_code)
    assert case_list.due_on is not None
    assert case_list.due_on.isoformat() == "2021-09-30"


def test_the_kind_of_the_employer_needs_no_column(who: make.Staff) -> None:
    """What the register of employers says is a fact of every row, unless the list says otherwise."""
    firm = register_employer(values=claims.employer(DISTRICT, kind="cooperative"), actor=who.officer)
    made = make.committed_import(who.officer, 2, stream="")
    made.profile, made.area_code, made.employer = "TAM_HOAN", DISTRICT, firm
    made.save()
    made.rows.update(area_code=DISTRICT)
    other = made.rows.get(row_number=2)
    other.values = {**other.values, "facts": {"employer_kind": "other"}}
    other.save()
    create_cases_from_rows(list_import=made, actor=who.officer)
    first, second = Case.objects.order_by("position")
    assert first.facts["employer_kind"] == {"value": "cooperative", "source": "list", "on": "2021-09-27"}
    assert second.facts["employer_kind"]["value"] == "other"
    assert (first.outcomes[0], second.outcomes[0]) == ("m", "n")
    assert first.case_list.employer == firm


def test_a_stated_fact_never_overrules_what_the_registers_say(who: make.Staff) -> None:
    case_list = make.draft_list(who)
    case = Case.objects.get(case_list=case_list)
    case.facts = {"other_regimes": {"value": ["TAM_HOAN"]}, "received_before": {"value": "HS-2021-00000019"}}
    case.save(update_fields=["facts"])
    determine_cases(Case.objects.filter(pk=case.pk), actor=who.commune)
    case.refresh_from_db()
    assert "n" not in case.outcomes


@pytest.mark.parametrize("variant", ["F0", "F1", None])
@pytest.mark.parametrize("start", ["2021-08-01", "2021-12-31", None])
def test_the_statement_names_a_spell_as_the_rules_do(variant: str | None, start: str | None) -> None:
    rules = definition_of(version_for("F0_F1", dt.date(2021, 11, 10)).pk)
    known = {"variant": variant, "event_start": start}
    stated = {code: value for code, value in known.items() if value}
    with connection.cursor() as cursor:
        cursor.execute(
            f'SELECT {PERIOD_SQL} FROM (SELECT %(row)s::jsonb AS "values") AS r',
            {"row": json.dumps({"facts": stated}), "is_spell": True, "period": "once"},
        )
        (named,) = cursor.fetchone()
    facts = {code: Fact(value) for code, value in stated.items()}
    assert named == (period_of(rules, facts) or "once")
