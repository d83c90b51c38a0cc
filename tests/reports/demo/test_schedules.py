"""The demo's leader finds reports of three mornings and of the week, the oldest of them opened."""

import pytest

from reports.definitions import all_definitions
from reports.demo.schedules import bring_schedules
from reports.models import ReportSchedule
from reports.queries.schedules import deliveries_to, unread_of
from tests.reports.conftest import person

pytestmark = pytest.mark.django_db


def test_three_mornings_and_a_week(province: None) -> None:
    assert bring_schedules() == "3 schedules with 4 reports"
    leader = person("lanhdao")
    assert deliveries_to(leader).count() == 4
    assert unread_of(leader) == 3
    assert {schedule.keeper.username for schedule in ReportSchedule.objects.all()} == {"so-a"}
    assert "Đã chi theo tuần và chính sách" in [one.title for one in all_definitions()]
