"""The search for people with 1,000,000 of them: every kind of question, asked in a commune, a district and the province."""

from __future__ import annotations

import os
import statistics
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from random import Random
from typing import Any, Final

from django.db import connection
from django.test import Client
from django.urls import reverse

from accounts.enums import Role
from accounts.models import User
from benchmarks.harness import Measurement, case
from benchmarks.people import paper_number, register_people
from beneficiaries.models import Person
from beneficiaries.queries.people_search import search_neighbours, search_people
from core.crypto import decrypt
from core.fence import fenced
from core.search import read_query
from core.text import search_key
from tests.factories.people import COMMUNE, DISTRICT, PROVINCE, user

PEOPLE: Final = 1_000_000
TEXTS: Final = 12  # of each kind, made from people of the area
ROUNDS: Final = 3  # of each text the fastest counts, which other programs disturbed least
SHOWN: Final = 11  # what the masthead asks for
NEAR_LIMIT, FAR_LIMIT = 0.1, 0.4

Maker = Callable[[Person, Random], str]


def _parts(person: Person) -> list[str]:
    return person.full_name.split()


def _hamlet(person: Person) -> str:
    return person.hamlet.split(" ", 1)[1]


def _mistyped(person: Person, random: Random) -> str:
    words = search_key(person.full_name).split()
    return " ".join([*words[:-1], words[-1] + random.choice("wzjf"), "xoan"])


KINDS: Final[Mapping[str, Maker]] = {
    "whole name with marks": lambda person, _random: person.full_name,
    "whole name without marks": lambda person, _random: search_key(person.full_name),
    "words in another order": lambda person, _random: " ".join(reversed(_parts(person))),
    "surname and given name": lambda person, _random: f"{_parts(person)[0]} {_parts(person)[-1]}",
    "given name alone": lambda person, _random: _parts(person)[-1],
    "surname and middle name": lambda person, _random: " ".join(_parts(person)[:2]),
    "surname alone": lambda person, _random: _parts(person)[0],
    "last word unfinished": lambda person, _random: search_key(person.full_name)[:-1],
    "beginnings of words": lambda person, _random: " ".join(word[:2] for word in _parts(person)),
    "name and year": lambda person, _random: f"{person.full_name} {person.birth_year}",
    "given name and year": lambda person, _random: f"{_parts(person)[-1]} {person.birth_year}",
    "given name and birth date": lambda person, _random: f"{_parts(person)[-1]} {_born(person)}",
    "given name and three digits": lambda person, random: (
        f"{_parts(person)[-1]} {random.randrange(1000):03d}"
    ),
    "given name and hamlet": lambda person, _random: f"{_parts(person)[-1]} {_hamlet(person)}",
    "whole name and hamlet": lambda person, _random: f"{person.full_name} {_hamlet(person)}",
    "birth date alone": lambda person, _random: _born(person),
    "telephone": lambda person, random: person.phone or f"09{random.randrange(10**8):08d}",
    "whole number": lambda person, _random: _number(person),
    "a name that nobody has, and names near to it": _mistyped,
}


def _number(person: Person) -> str:
    paper = person.identity_documents.first()
    return decrypt("number", paper.number_encrypted) if paper else paper_number(1, "F", 1950)


def _born(person: Person) -> str:
    return f"{person.birth_date:%d/%m/%Y}" if person.birth_date else f"01/02/{person.birth_year}"


@case(
    "search, 1,000,000 people: slowest p95 of a kind (commune, district four times)",
    seconds=FAR_LIMIT,
)
def people_search(measured: Measurement) -> None:
    """Prints milliseconds of every kind: waiting, median and p95, and the processor's, p95.

    The processor's count, of this process and of its database session, since waiting depends on what else the machine does;
    of commune and district against a quarter of the limit.
    """
    register_people(PEOPLE)
    with connection.cursor() as cursor:
        # all work in the session that is measured
        cursor.execute("SET max_parallel_workers_per_gather = 0")
    areas = {
        "commune": (COMMUNE, user(Role.COMMUNE_OFFICER)),
        "district": (DISTRICT, user(Role.DISTRICT_OFFICER)),
        "province": (PROVINCE, user(Role.PROVINCIAL_REVIEWER)),
    }
    print(f"| milliseconds waited, median / p95, and worked, p95 | {' | '.join(areas)} |\n|---|---|---|---|")
    worst = ("", 0.0)
    for kind, maker in KINDS.items():
        cells = []
        for name, (area, officer) in areas.items():
            waited, worked = _times(maker, area, officer)
            cells.append(f"{_ms(statistics.median(waited))} / {_ms(_p95(waited))}, {_ms(_p95(worked))}")
            weighed = _p95(worked) * (1 if name == "province" else FAR_LIMIT / NEAR_LIMIT)
            worst = max(worst, (f"{kind}, {name}", weighed), key=lambda each: each[1])
        print(f"| {kind} | {' | '.join(cells)} |", flush=True)
    print(_masthead(areas), flush=True)
    measured.our_seconds.append(worst[1])
    measured.note(
        f"slowest: {worst[0]}; {len(KINDS)} kinds, {TEXTS} texts each; load {os.getloadavg()[0]:.1f}"
    )


def _p95(times: list[float]) -> float:
    return sorted(times)[int(len(times) * 0.95)]


def _ms(seconds: float) -> str:
    return f"{seconds * 1000:.0f}"


def _times(maker: Maker, area: str, officer: User) -> tuple[list[float], list[float]]:
    """Seconds waited and worked for each text."""
    random = Random(f"{area} search")
    texts = [maker(person, random) for person in _some_people(area)]
    rounds = [[_seconds(text, area, officer) for _ in range(ROUNDS)] for text in texts]
    waited, worked = ([min(round_[side] for round_ in each) for each in rounds] for side in (0, 1))
    return waited, worked


def _some_people(area: str) -> list[Person]:
    return list(Person.objects.in_area(area).order_by("birth_year", "pk")[: TEXTS * 300 : 300])


def _seconds(text: str, area: str, officer: User) -> tuple[float, float]:
    query = read_query(text)
    with fenced(officer.pk, area):
        began, worked = time.perf_counter(), _worked()
        if not search_people(query, officer, limit=SHOWN):
            search_neighbours(query, officer, limit=SHOWN)
        return time.perf_counter() - began, _worked() - worked


def _worked() -> float:
    """Processor seconds of this process and, where the system tells, of its database session."""
    session = Path(f"/proc/{connection.connection.info.backend_pid}/schedstat")
    of_session = int(session.read_text().split()[0]) / 1e9 if session.exists() else 0.0
    return time.process_time() + of_session


def _masthead(areas: Mapping[str, tuple[str, User]]) -> str:
    """The whole answer of the masthead to a name: middleware, fence, all searchers, template."""
    cells = []
    for area, officer in areas.values():
        client = Client(HTTP_HOST="localhost")
        client.force_login(officer, backend="django.contrib.auth.backends.ModelBackend")
        names = [person.full_name for person in _some_people(area)]
        times = sorted(min(_answered(client, name) for _ in range(ROUNDS)) for name in names)
        cells.append(f"{_ms(statistics.median(times))} / {_ms(_p95(times))}")
    return f"| the whole page of the masthead, whole name | {' | '.join(cells)} |"


def _answered(client: Client, text: str) -> float:
    began = time.perf_counter()
    response: Any = client.post(reverse("search"), {"q": text})
    if response.status_code != 200:
        raise AssertionError(f"{text}: {response.status_code}")
    return time.perf_counter() - began
