"""The demo's dossiers of the other policies went through the services, and lie at the desks between."""

from collections import Counter

import pytest
from django.core.management import call_command
from django.test import override_settings

from support_programs.enums import CaseStatus, EntitlementStatus, ListStatus
from support_programs.models import Case, CaseChild, CaseList, EmployerMonth, Entitlement


@pytest.fixture
def written(committed_db: None) -> None:
    with override_settings(DEMO=True):
        call_command("seed_demo", "--people", "200", "--uploads", "1", "--no-reports", verbosity=0)


@pytest.mark.usefixtures("written")
def test_every_policy_has_dossiers_and_every_step_a_list() -> None:
    others = Case.objects.exclude(programme="LD_TU_DO")
    found = Counter(others.values_list("programme", flat=True))
    assert found == {
        "TAM_HOAN": 16,
        "F0_F1": 3,
        "HO_KD": 3,
        "HDV_DL": 4,
        "CHAM_DUT": 1,
        "DAO_TAO": 1,
        "HTTT": 1,
        "VAY_VON": 1,
        "GAO_HO_TRO": 12,
    }
    assert all(case.outcomes for case in others)
    lists = CaseList.objects.filter(cases__in=others).distinct()
    states = {row.programme_id: set() for row in lists} | {}
    for row in lists:
        states[row.programme_id].add(row.status)
    assert states["TAM_HOAN"] == {
        ListStatus.DRAFT,
        ListStatus.AT_AGENCY,
        ListStatus.AT_DISTRICT,
        ListStatus.AT_PROVINCE,
    }
    assert states["HO_KD"] == {ListStatus.AT_DISTRICT}
    assert states["HDV_DL"] == {ListStatus.AT_DEPARTMENT}
    assert states["GAO_HO_TRO"] == {ListStatus.MONEY_APPROVED}
    refused = Case.objects.get(programme="HO_KD", status=CaseStatus.INELIGIBLE)
    assert refused.facts["stop_cause"]["value"] == "directive_16"
    assert CaseChild.objects.filter(is_live=True).count() == 3
    owed = Entitlement.objects.filter(programme="TAM_HOAN", status=EntitlementStatus.PROPOSED)
    assert {row.amount for row in owed} <= {1_855_000, 2_855_000, 3_710_000, 4_710_000}
    assert owed.exists()
    assert Case.objects.filter(status=CaseStatus.DECIDED_ELSEWHERE).count() == 2
    assert EmployerMonth.objects.filter(is_current=True).count() == 4
