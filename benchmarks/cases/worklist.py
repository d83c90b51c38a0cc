"""The worklist with 50,000 cases in the province: its queues, further filters, and stepping from case to case of a result."""

import time
from collections.abc import Callable
from functools import partial
from typing import Final

from django.db import connections
from django.test import Client

from accounts.demo import PHU_TAN
from accounts.enums import Role
from accounts.models import User
from benchmarks.harness import Measurement, case
from core.fence import fenced
from reports.demo.province import build_province
from support_programs.queries.worklist import asked_cases, neighbours_in

PEOPLE: Final = 50_000
ROUNDS: Final = 40
DESKS: Final = ((Role.DISTRICT_OFFICER, PHU_TAN), (Role.PROVINCIAL_REVIEWER, "89"))
PAGES: Final = (
    "/?queue=unassigned",
    "/?queue=mine",
    "/?queue=overdue",
    "/cases/?officer=none&papers=missing",
    "/cases/?employer=cong+ty&amount_from=1000000",
    "/cases/?received_from=1/8/2021&sort=-amount",
)
RESULTS: Final = ("", "sort=-amount", "sort=name&late=1", "queue=unassigned&sort=due")


@case("list of the worklist, 50,000 cases: p95 of the slowest queue or filter", seconds=0.15)
def queue_pages(measured: Measurement) -> None:
    """Whole answers for a district officer and a provincial reviewer."""
    slowest = ("", 0.0)
    for officer in _officers():
        client = Client(HTTP_HOST="localhost")
        client.force_login(officer, backend="django.contrib.auth.backends.ModelBackend")
        for page in PAGES:
            took = _p95(partial(_answered, client, page))
            slowest = max(slowest, (f"{page} ({officer.area_code})", took), key=lambda found: found[1])
    measured.our_seconds.append(slowest[1])
    measured.note(f"slowest {slowest[0]}")


@case("list of a result, 50,000 cases: from a case to its neighbours, p95 of the slowest", seconds=0.1)
def neighbours(measured: Measurement) -> None:
    """Two statements on the page of a case, in the middle of results of up to the whole province."""
    slowest = ("", 0.0)
    for officer in _officers():
        for query in RESULTS:
            with fenced(officer.pk, officer.area_code):
                asked = asked_cases(officer, query)
                total = asked.rows.count()
                if not total:
                    continue
                middle = asked.ordered[total // 2]
                took = _p95(partial(neighbours_in, officer, query, middle))
            slowest = max(slowest, (f"{query or 'all'} of {total}", took), key=lambda found: found[1])
    measured.our_seconds.append(slowest[1])
    measured.note(f"slowest {slowest[0]}")


def _officers() -> list[User]:
    build_province(PEOPLE, 1856)
    with connections["owner"].cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    people = User.objects.order_by("pk")
    return [people.filter(role_assignments__role=role, area_code=area)[0] for role, area in DESKS]


def _answered(client: Client, page: str) -> None:
    response = client.get(page)
    if response.status_code != 200:
        raise AssertionError(f"{page}: {response.status_code}")


def _p95(act: Callable[[], object]) -> float:
    times = []
    for _round in range(ROUNDS):
        began = time.perf_counter()
        act()
        times.append(time.perf_counter() - began)
    return sorted(times)[int(ROUNDS * 0.95)]
