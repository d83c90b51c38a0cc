"""What leadership finds on the demo's morning: a plan, reports, public scans, the movement's ranking, the sector's targets."""

from collections.abc import Iterator

import pytest
from django.core.management import call_command
from django.db import connections
from django.test import override_settings
from pytest_django import DjangoDbBlocker

from core.documents import is_renderer_installed
from reports.demo.goals import bring_goals
from reports.demo.movement import bring_movement
from reports.demo.planning import bring_planning
from reports.enums.emulation import ProposalStatus, RoundStatus
from reports.enums.targets import TargetStatus
from reports.models import (
    AwardProposal,
    PlanEntry,
    ReportRun,
    ReportSchedule,
    ScheduledDelivery,
    Score,
    ScoringRound,
    TargetEntry,
    TargetPlan,
)
from reports.queries.emulation import ranking_of
from support_programs.models import DecisionPublication
from tests.infrastructure.databases import Cleaner
from tests.reports.conftest import browser_of, person

pytestmark = pytest.mark.usefixtures("led")


@pytest.fixture(scope="module")
def led(
    cleaner: Cleaner, django_db_blocker: DjangoDbBlocker, session_environment: dict[str, str]
) -> Iterator[None]:
    """Few people, and all that leadership sees."""
    with django_db_blocker.unblock():
        with override_settings(DEMO=True):
            call_command("seed_demo", "--people", "400", "--uploads", "0", verbosity=0)
            bring_planning()
            bring_movement()
            bring_goals(1)
        yield
        connections.close_all()
        cleaner.clean()


def test_the_plan_names_every_district_and_week() -> None:
    in_force = PlanEntry.objects.filter(replaced_by__isnull=True, programme="LD_TU_DO")
    assert in_force.values("area_code").distinct().count() == 11
    assert in_force.filter(week__isnull=False).values("week").distinct().count() == 5
    assert all(entry.document_number.startswith("DEMO-") for entry in in_force)


def test_reports_were_issued_and_came_by_themselves() -> None:
    if not is_renderer_installed():
        pytest.skip("no PDF renderer on this machine")
    assert ReportSchedule.objects.filter(is_suggested=True).count() == 3
    definitions = list(ReportRun.objects.order_by("pk").values_list("definition", flat=True))
    assert definitions[:2] == ["nq68_result", "budget_districts"]
    assert sorted(definitions[2:]) == [*["daily_progress"] * 3, "weekly_progress"]
    assert ScheduledDelivery.objects.filter(user=person("lanhdao")).count() == 4


def test_scans_are_public_and_say_that_they_are_invented() -> None:
    public = DecisionPublication.objects.filter(withdrawn_on__isnull=True)
    assert public.count() == 2
    assert {row.checked_by_name for row in public} == {person("so-b").full_name}


def test_the_movement_has_a_ranking_and_proposals_in_each_state() -> None:
    scoring = ScoringRound.objects.get()
    assert scoring.status == RoundStatus.CLOSED
    groups = ranking_of(scoring, person("so-a"))
    assert [len(group.rows) for group in groups] == [11, 32, 2, 2]
    assert Score.objects.filter(scoring_round=scoring, points__gt=0).exists()
    states = AwardProposal.objects.order_by("pk").values_list("status", flat=True)
    assert list(states) == [ProposalStatus.AWARDED, ProposalStatus.RECOMMENDED, ProposalStatus.SUBMITTED]


def test_targets_wait_are_approved_sent_back_and_missing() -> None:
    assert TargetPlan.objects.count() == 22
    states = set(TargetEntry.objects.values_list("status", flat=True))
    assert states == {TargetStatus.APPROVED, TargetStatus.SUBMITTED, TargetStatus.SENT_BACK}
    august = TargetEntry.objects.filter(period=8).values("area_code").distinct().count()
    assert august == 9


def test_their_pages_open() -> None:
    browser = browser_of("so-a")
    for address in ("/reports/overview/", "/reports/", "/reports/plan/", "/emulation/", "/targets/"):
        assert browser.get(address, follow=True).status_code == 200, address
