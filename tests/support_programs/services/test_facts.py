"""Facts without a column: confirmed with name and date, single rows excepted, never assumed."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.transitions import TransitionRefused
from support_programs.models import Case, CaseList, EligibilityDetermination, FactConfirmation
from support_programs.services.determinations import determine_cases
from support_programs.services.facts import confirm_facts, set_case_facts, set_occupation_group
from tests.factories import cases as make
from tests.factories import claims

pytestmark = pytest.mark.django_db


@pytest.fixture
def who() -> make.Staff:
    return make.staff()


def test_nothing_is_true_before_somebody_says_so(who: make.Staff) -> None:
    case_list = make.draft_list(who)
    counts = determine_cases(Case.objects.filter(case_list=case_list), actor=who.commune)
    assert (counts.eligible, counts.undetermined) == (0, 1)
    assert Case.objects.get().outcomes == "ummuuuummm"


def test_a_confirmation_is_kept_for_list_and_rows_with_name_and_date(who: make.Staff) -> None:
    case_list = make.draft_list(who, rows=3)
    out = Case.objects.get(case_list=case_list, position=2)
    counts = confirm_facts(
        case_list, codes=make.CONFIRMED, excepted={"residence": [out.pk]}, actor=who.commune
    )
    assert (counts.eligible, counts.undetermined) == (2, 1)
    kept = FactConfirmation.objects.get(fact="residence")
    assert (kept.excepted_cases, kept.confirmed_by_name) == ([out.pk], who.commune.full_name)
    out.refresh_from_db()
    assert "confirmed.residence" not in out.facts
    assert out.facts["confirmed.income"] == {
        "value": True,
        "source": "commune",
        "by": who.commune.full_name,
        "on": "2021-09-27",
    }


def test_what_a_district_confirms_of_its_own_list_is_not_called_the_communes(who: make.Staff) -> None:
    case = claims.claim("TAM_HOAN", who.officer)
    case_list = CaseList.objects.get(pk=case.case_list_id)
    confirm_facts(case_list, codes=["within_contract_term"], excepted={}, actor=who.officer)
    case.refresh_from_db()
    assert case.facts["confirmed.within_contract_term"]["source"] == "officer"


def test_a_later_exception_takes_the_fact_back(who: make.Staff) -> None:
    case_list = make.confirmed_list(who)
    case = Case.objects.get(case_list=case_list)
    confirm_facts(case_list, codes=["residence"], excepted={"residence": [case.pk]}, actor=who.commune)
    case.refresh_from_db()
    assert (case.result, "confirmed.residence" in case.facts) == ("undetermined", False)


def test_one_row_may_be_denied_and_is_then_not_eligible(who: make.Staff) -> None:
    case_list = make.confirmed_list(who)
    case = Case.objects.get(case_list=case_list)
    set_case_facts(case, values={"residence": False}, actor=who.commune)
    case.refresh_from_db()
    assert case.result == "not_eligible"
    newest = EligibilityDetermination.objects.filter(case=case).latest("id")
    said = {row["code"]: row["sentence"] for row in newest.criteria}
    assert said["residence"].startswith("Không đúng với người này")
    assert EligibilityDetermination.objects.filter(case=case).count() == 2


def test_confirming_without_ticks_or_after_submission_is_refused(who: make.Staff) -> None:
    case_list = make.draft_list(who)
    with pytest.raises(TransitionRefused, match="ít nhất một điều kiện"):
        confirm_facts(case_list, codes=[], excepted={}, actor=who.commune)
    with pytest.raises(TransitionRefused, match="ít nhất một điều kiện"):
        confirm_facts(case_list, codes=["cash_once"], excepted={}, actor=who.commune)
    gone = make.list_at_district(who)
    with pytest.raises(TransitionRefused, match="đã trình lên"):
        confirm_facts(gone, codes=["residence"], excepted={}, actor=who.commune)
    with pytest.raises(PermissionDenied, match="cán bộ cấp xã"):
        confirm_facts(case_list, codes=["residence"], excepted={}, actor=who.officer)


def test_an_occupation_outside_the_groups_waits_until_somebody_picks_one(who: make.Staff) -> None:
    case_list = make.draft_list(who, rows=2, job="Giúp việc nhà", stream="KHAC")
    confirm_facts(case_list, codes=make.CONFIRMED, excepted={}, actor=who.commune)
    rows = Case.objects.filter(case_list=case_list)
    assert set(rows.values_list("result", flat=True)) == {"undetermined"}
    with pytest.raises(TransitionRefused, match="không có trong chính sách"):
        set_occupation_group(rows, group="lai_taxi", actor=who.commune)
    counts = set_occupation_group(rows, group="khac_theo_quyet_dinh", actor=who.commune)
    assert counts.eligible == 2


def test_the_statements_do_not_grow_with_the_rows(who: make.Staff) -> None:
    counts = []
    for rows in (1, 1, 3):  # the first run fills what is read once
        case_list = make.draft_list(who, rows=rows)
        with CaptureQueriesContext(connection) as queries:
            confirm_facts(case_list, codes=make.CONFIRMED, excepted={}, actor=who.commune)
        counts.append(len(queries))
    assert counts[1] == counts[2], counts
