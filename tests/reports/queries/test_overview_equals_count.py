"""The overview equals a plain count in Python after random work of several programs at once, one of which was killed.

Ten thousand acts with `make test-scale`; some three hundred among the tests that kill.
"""

import datetime as dt
import os
import signal
import subprocess
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from random import Random
from typing import Any, Final

import pytest
from django.core.cache import cache
from django.db import connections

from accounts.enums import Role
from disbursements.models import HandoutLine, LedgerPosting, PaymentInstruction
from reports.models import FigureSum
from reports.queries.areas import area_choice
from reports.queries.overview import Overview, overview
from reports.queries.people import Asked, Stage, people_behind
from reports.queries.periods import BEGINNING, monday_of
from reports.queries.progress import Measure
from support_programs.models import Case, CaseList, Entitlement
from tests.factories.people import COMMUNE, DISTRICT, user
from tests.infrastructure.slots import ROOT

TODAY: Final = dt.date(2021, 9, 27)
WORKERS: Final = 3
ACTS: Final = 10_000 if os.environ.get("SCALE") == "full" else 300
SEEDS: Final = (11, 12, 13)
Counted = dict[tuple[str, str, str, str], Measure]


@pytest.mark.faults
@pytest.mark.scale
@pytest.mark.usefixtures("committed_db")
def test_after_random_work_of_several_one_killed(session_environment: Mapping[str, str]) -> None:
    did = work_at_once(ACTS, session_environment)
    assert sum(did.values()) >= ACTS * 0.7
    assert {"pay_list", "build", "sign", "release", "record", "refuse", "move", "hand_out"} <= set(did), did
    leader = user(Role.LEADER)
    for area in ("89", DISTRICT, COMMUNE):
        for first, programmes in ((BEGINNING, ()), (dt.date(2021, 9, 25), ()), (BEGINNING, ("LD_TU_DO",))):
            choice = area_choice(leader, area, TODAY)
            assert choice is not None
            cache.clear()
            found = overview(leader, choice, first, TODAY, programmes)
            compare(found, Rows(area, choice.prefix_length, first, programmes))
            count_people(leader, area, first, programmes)
    assert FigureSum.objects.exists()


def work_at_once(acts: int, environment: Mapping[str, str]) -> Counter[str]:
    """Several programs work; one is killed in the middle of whatever it does. What was done, by its name."""
    random, each = Random(2021), acts // WORKERS
    programs = [start(seed, each, environment) for seed in SEEDS]
    doomed = programs[0]
    assert doomed.stdout is not None
    heard = [doomed.stdout.readline() for _ in range(random.randrange(each // 4, each // 2))]
    # somewhere in the next act
    time.sleep(random.random() * 0.05)
    doomed.send_signal(signal.SIGKILL)
    heard += doomed.communicate(timeout=60)[0].splitlines(keepends=True)
    assert doomed.returncode == -signal.SIGKILL
    for program in programs[1:]:
        said, errors = program.communicate(timeout=7200)
        assert program.returncode == 0, errors[-3000:]
        heard += said.splitlines(keepends=True)
    connections.close_all()
    return Counter(line.strip() for line in heard if line.endswith("\n"))


def start(seed: int, acts: int, environment: Mapping[str, str]) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tests.reports.queries.random_work", str(seed), str(acts)]
    return subprocess.Popen(
        command, cwd=ROOT, env=dict(environment), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


class Rows:
    """All rows as the tables have them, counted one by one, without any sum of the database."""

    def __init__(self, area: str, digits: int, first: dt.date, programmes: tuple[str, ...]) -> None:
        self.area, self.digits, self.first, self.programmes = area, digits, first, programmes
        self.lists = {row["id"]: row for row in CaseList.objects.values()}
        self.cases = {row["id"]: row for row in Case.objects.values()}
        self.owed = {row["id"]: row for row in Entitlement.objects.values()}
        self.lines = list(PaymentInstruction.objects.values("batch__programme_id", *_LINE))
        self.goods = list(HandoutLine.objects.values("handout__programme_id", *_GOODS))

    def is_asked(self, area_code: str, programme: str) -> bool:
        return area_code.startswith(self.area) and (not self.programmes or programme in self.programmes)

    def facts(self) -> Iterator[tuple[str, str, str, int, dt.date | None]]:
        """Area, programme, fact, đồng, day."""
        from support_programs.models import ApprovalDecision

        signed = dict(ApprovalDecision.objects.values_list("pk", "signed_on"))
        for case in self.cases.values():
            if case["status"] not in ("draft", "withdrawn"):
                yield (
                    case["area_code"],
                    case["programme_id"],
                    "proposed",
                    case["amount_proposed"],
                    case["received_on"],
                )
        for owed in self.owed.values():
            if owed["status"] in ("approved", "committed", "paid"):
                yield (
                    owed["area_code"],
                    owed["programme_id"],
                    "approved",
                    owed["amount"],
                    signed[owed["decision_id"]],
                )
        for line in self.lines:
            if line["status"] == "paid":
                yield (
                    line["area_code"],
                    line["batch__programme_id"],
                    "paid",
                    line["amount"],
                    line["resulted_on"],
                )
        for given in self.goods:
            if given["status"] == "received":
                yield given["area_code"], given["handout__programme_id"], "paid", 0, given["resulted_on"]

    def counted(self) -> Counted:
        """(unit, programme, fact, time) -> people and đồng."""
        found: Counted = defaultdict(Measure)
        for area_code, programme, fact, amount, on in self.facts():
            if on is None or on > TODAY or not self.is_asked(area_code, programme):
                continue
            unit = area_code[: self.digits]
            found[unit, programme, fact, "cumulative"] += Measure(1, amount)
            if on >= self.first:
                found[unit, programme, fact, "period"] += Measure(1, amount)
        return found

    def weeks(self) -> dict[dt.date, Measure]:
        found: dict[dt.date, Measure] = defaultdict(Measure)
        for area_code, programme, fact, amount, on in self.facts():
            if fact == "paid" and on and self.is_asked(area_code, programme):
                found[monday_of(on)] += Measure(1, amount)
        return found

    def waiting(self) -> dict[str, Measure]:
        have_it = {row["case_id"] for row in self.owed.values() if row["status"] == "paid"}
        found: dict[str, Measure] = defaultdict(Measure)
        for case in self.cases.values():
            of = self.lists.get(case["case_list_id"])
            is_late = of is not None and of["due_on"] is not None and of["due_on"] < TODAY
            waits = case["status"] not in ("ineligible", "withdrawn") and case["id"] not in have_it
            if is_late and waits and self.is_asked(case["area_code"], case["programme_id"]):
                found[case["area_code"][: self.digits]] += Measure(1, case["amount_proposed"])
        return found

    def returned(self) -> dict[str, Measure]:
        by_owed: dict[int, list[dict[str, Any]]] = defaultdict(list)
        for line in self.lines:
            by_owed[line["entitlement_id"]].append(line)
        found: dict[str, Measure] = defaultdict(Measure)
        for lines in by_owed.values():
            last = max((line for line in lines if line["status"] != "cancelled"), key=_attempt, default=None)
            if last is None or any(line["status"] in ("queued", "sent", "unknown", "paid") for line in lines):
                continue
            if self.is_asked(last["area_code"], last["batch__programme_id"]):
                found[last["area_code"][: self.digits]] += Measure(1, last["amount"])
        return found

    def days(self) -> Counter[int]:
        """Days waited, from the case's own day of receipt."""
        found: Counter[int] = Counter()
        for line in self.lines:
            is_asked = self.is_asked(line["area_code"], line["batch__programme_id"])
            if line["status"] == "paid" and is_asked and self.first <= line["resulted_on"] <= TODAY:
                case = self.cases[self.owed[line["entitlement_id"]]["case_id"]]
                found[(line["resulted_on"] - case["received_on"]).days] += 1
        return found

    def late(self) -> Counter[str]:
        return Counter(
            row["area_code"][: self.digits]
            for row in self.lists.values()
            if row["due_on"]
            and row["due_on"] < TODAY
            and self.is_asked(row["area_code"], row["programme_id"])
        )


_LINE: Final = ("area_code", "status", "amount", "resulted_on", "entitlement_id", "attempt")
_GOODS: Final = ("area_code", "status", "resulted_on")


def _attempt(line: Mapping[str, Any]) -> int:
    return int(line["attempt"])


def compare(found: Overview, rows: Rows) -> None:
    shown: Counted = {}
    for unit in found.units:
        for programme, progress in unit.by_programme.items():
            for time_name in ("cumulative", "period"):
                for fact in ("proposed", "approved", "paid"):
                    figure = getattr(getattr(progress, time_name), fact)
                    shown[unit.unit.area_code, programme, fact, time_name] = figure
    assert _some(shown) == _some(rows.counted())
    assert _some({week.monday: week.paid for week in found.weeks}) == _some(rows.weeks())
    assert found.waiting_by_unit == _some(rows.waiting())
    assert found.returned_by_unit == _some(rows.returned())
    assert Counter(found.late_by_unit) == rows.late()
    assert Counter(found.days.total.by_days) == rows.days()
    paid = LedgerPosting.objects.filter(account="paid", area_code__startswith=rows.area)
    in_ledger = sum(post.amount for post in paid if rows.is_asked(post.area_code, post.programme_id))
    assert found.total.cumulative.paid.amount == in_ledger


def _some(figures: Mapping[Any, Measure]) -> dict[Any, Measure]:
    """Without figures of nothing, which may be left out."""
    return {key: measured for key, measured in figures.items() if measured != Measure()}


def count_people(leader: Any, area: str, first: dt.date, programmes: tuple[str, ...]) -> None:
    """The lists behind the figures are as long as the figures say."""
    choice = area_choice(leader, area, TODAY)
    assert choice is not None
    found = overview(leader, choice, first, TODAY, programmes)
    for stage in (Stage.PROPOSED, Stage.APPROVED, Stage.PAID):
        whole = people_behind(leader, stage, Asked(area, None, TODAY, programmes)).count()
        within = people_behind(leader, stage, Asked(area, first, TODAY, programmes)).count()
        assert whole == getattr(found.total.cumulative, stage.value).people
        assert within == getattr(found.total.period, stage.value).people
    now = {Stage.RETURNED: found.returned, Stage.LATE: found.waiting}
    for stage, measured in now.items():
        assert people_behind(leader, stage, Asked(area, None, TODAY, programmes)).count() == measured.people
