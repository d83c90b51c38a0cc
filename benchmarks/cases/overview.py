"""Figures over a million claims: each read of the overview, and the page itself, for the province, a district and a commune."""

import time
from collections.abc import Callable
from functools import partial
from typing import Any, Final

from django.core.cache import cache
from django.test import Client

from accounts.enums import Role
from accounts.models import User
from benchmarks.harness import Measurement, case
from benchmarks.million import make_million
from core import clock
from reports.queries.areas import AreaChoice, area_choice
from reports.queries.coverage import coverage
from reports.queries.figures import Dimension, Fact, FigureQuery, What, measure, read_figures
from reports.queries.overview import overview
from reports.queries.payment_days import days_to_payment
from reports.queries.people import Asked, Stage, people_behind, person_lines
from reports.queries.periods import BEGINNING
from reports.queries.progress import progress_by_unit

CLAIMS: Final = 1_000_000
ROUNDS: Final = 5
PAGE: Final = "/reports/overview/"
PLACES: Final = {"province": "89", "district": "89888", "commune": "8988830406"}
FACTS: Final = (Fact.PROPOSED, Fact.APPROVED, Fact.PAID, Fact.RETURNED, Fact.LATE, Fact.REFUSED)


@case("figures of the overview, 1,000,000 claims: the slowest read", seconds=0.3)
def reads(measured: Measurement) -> None:
    """Nothing is kept between the rounds; of each read the fastest round counts."""
    measured.note(str(make_million(CLAIMS)))
    leader = User.objects.filter(role_assignments__role=Role.LEADER, area_code="89").order_by("pk")[0]
    choice = _choice(leader, "89")
    found = {name: _fastest(read) for name, read in _reads(leader, choice).items()}
    for name, seconds in found.items():
        measured.note(f"{name} {seconds * 1000:.0f} ms")
    measured.note(f"all of the overview {_fastest(lambda: _whole(leader, choice)) * 1000:.0f} ms")
    _pages(measured, leader)
    measured.our_seconds.append(max(found.values()))


def _reads(leader: User, choice: AreaChoice) -> dict[str, Callable[[], Any]]:
    today = clock.today()

    def figures(fact: Fact) -> Callable[[], Any]:
        measures = tuple(measure(fact, what) for what in What)
        by = (Dimension.UNIT, Dimension.PROGRAMME)
        return lambda: read_figures(leader, FigureQuery(choice, BEGINNING, today, measures, by))

    return {
        **{str(fact.value): figures(fact) for fact in FACTS},
        "progress by unit, programme, group": lambda: progress_by_unit(leader, choice, BEGINNING, today),
        "days to payment": lambda: days_to_payment(leader, choice, BEGINNING, today),
        "coverage": lambda: _uncached(lambda: coverage(leader, choice, today)),
        "50 people behind «paid»": lambda: _people(leader, Stage.PAID),
        "50 people behind «remaining»": lambda: _people(leader, Stage.REMAINING),
    }


def _people(leader: User, stage: Stage) -> None:
    behind = people_behind(leader, stage, Asked("89", None, clock.today()))
    behind.count()
    person_lines(behind[0:50])


def _whole(leader: User, choice: AreaChoice) -> None:
    _uncached(lambda: overview(leader, choice, BEGINNING, clock.today()))


def _uncached(read: Callable[[], Any]) -> None:
    cache.clear()
    read()


def _pages(measured: Measurement, leader: User) -> None:
    client = Client(HTTP_HOST="localhost")
    client.force_login(leader, backend="django.contrib.auth.backends.ModelBackend")

    def opened(area: str) -> None:
        response = client.get(PAGE, {"area": area, "period": "all"})
        assert response.status_code == 200, response.status_code

    for name, area in PLACES.items():
        fresh = _fastest(partial(_uncached, partial(opened, area)))
        kept = _fastest(partial(opened, area))
        measured.note(f"page of a {name} {fresh * 1000:.0f} ms, again within seconds {kept * 1000:.0f} ms")


def _choice(leader: User, area: str) -> AreaChoice:
    choice = area_choice(leader, area, clock.today())
    assert choice is not None
    return choice


def _fastest(read: Callable[[], Any]) -> float:
    times = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        read()
        times.append(time.perf_counter() - began)
    return min(times)
