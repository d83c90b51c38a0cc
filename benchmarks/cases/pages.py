"""List pages as the server answers them with 50,000 cases in the province: the slowest page of the slowest desk counts."""

import time
from typing import Final

from django.db import connection, connections
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.demo import PHU_TAN
from accounts.enums import Role
from accounts.models import User
from benchmarks.harness import Measurement, case
from reports.demo.province import build_province

PEOPLE: Final = 50_000
ROUNDS: Final = 40
MOST_QUERIES: Final = 12
PAGES: Final = (
    "/",
    "/cases/",
    "/cases/?page=40",
    "/cases/?q=nguyen+van",
    "/cases/?sort=-amount&late=1",
    "/lists/",
    "/lists/?late=1",
    "/batches/",
    "/imports/",
)


@case("list pages, 50,000 cases: p95 of the slowest", seconds=0.15)
def list_pages(measured: Measurement) -> None:
    """Whole answers (middleware, fence, queries, template) for a district officer, an accountant and a provincial reviewer."""
    build_province(PEOPLE, 1856)
    with connections["owner"].cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    slowest = ("", 0.0)
    most = ("", 0)
    for role, area in (
        (Role.DISTRICT_OFFICER, PHU_TAN),
        (Role.ACCOUNTANT, PHU_TAN),
        (Role.PROVINCIAL_REVIEWER, "89"),
    ):
        client = Client(HTTP_HOST="localhost")
        client.force_login(
            User.objects.filter(role_assignments__role=role, area_code=area).order_by("pk")[0],
            backend="django.contrib.auth.backends.ModelBackend",
        )
        for page in PAGES:
            times = sorted(_seconds(client, page) for _ in range(ROUNDS))
            slowest = max(
                slowest, (f"{page} ({role})", times[int(ROUNDS * 0.95)]), key=lambda found: found[1]
            )
            with CaptureQueriesContext(connection) as queries:
                client.get(page)
            most = max(most, (f"{page} ({role})", len(queries)), key=lambda found: found[1])
    measured.our_seconds.append(slowest[1])
    measured.note(f"slowest {slowest[0]}; most queries {most[1]} at {most[0]}")
    if most[1] > MOST_QUERIES:
        raise AssertionError(f"{most[0]} takes {most[1]} queries, {MOST_QUERIES} are allowed")


def _seconds(client: Client, page: str) -> float:
    began = time.perf_counter()
    response = client.get(page)
    if response.status_code != 200:
        raise AssertionError(f"{page}: {response.status_code}")
    return time.perf_counter() - began
