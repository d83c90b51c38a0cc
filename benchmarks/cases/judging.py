"""Judging 100,000 cases of one programme on one core: the rules alone on varied facts, and whole determinations of real rows."""

import datetime as dt
import time
from random import Random
from typing import Any, Final

from django.db import connection, connections, transaction

from accounts.enums import Role
from benchmarks.harness import Measurement, case
from support_programs.models import Case, EligibilityDetermination, ProgrammeVersion
from support_programs.queries.programmes import definition_of
from support_programs.queries.qualifying import qualifying_counts
from support_programs.rules.definition import Definition
from support_programs.rules.facts import Fact, Facts
from support_programs.rules.judging import judge
from support_programs.services.catalogue import read_catalogue
from support_programs.services.determinations import determine_cases
from tests.factories.people import COMMUNE, user
from tests.support_programs.queries.register_rows import Claim, Human, write
from tests.support_programs.rules.any_facts import any_birth, any_facts

CASES: Final = 100_000
VARIED: Final = 20_000
ROWS: Final = 20_000
ON: Final = dt.date(2021, 11, 6)


def rules_of(programme: str, version: str) -> Definition:
    return next(each for each in read_catalogue()[programme] if each.code == version)


def varied_facts(rules: Definition, number: int) -> list[Facts]:
    """Facts of many cases, no two drawn alike: right, at the borders, wrong or missing."""
    random = Random(68)
    cases: list[Facts] = []
    for _ in range(number):
        born, year = any_birth(rules, random, ON)
        known: dict[str, Any] = {
            "birth_date": born,
            "birth_year": year,
            "occupation": random.choice(["Bán vé số dạo", "Phụ hồ"]),
            "stream": random.choice(["VE_SO", "KHAC"]),
            "received_on": ON,
            "is_urban": random.choice([True, False]),
            "other_regimes": random.choice([[], [], ["LD_TU_DO"]]),
            "other_programmes": random.choice([[], ["HO_KD/unregistered"]]),
            "paid_days": random.choice([[], [["2021-06-10", "2021-07-09"]]]),
            "received_before": "",
            **any_facts(rules, random, ON),
        }
        cases.append({code: Fact(value) for code, value in known.items() if value is not None})
    return cases


def judge_all(measured: Measurement, programme: str, version: str) -> None:
    rules = rules_of(programme, version)
    cases = varied_facts(rules, VARIED)
    for _ in range(3):
        # the core's own seconds: what else the machine does is not counted
        began = time.process_time()
        for _round in range(CASES // VARIED):
            for facts in cases:
                judge(rules, facts, ON)
        measured.our_seconds.append(time.process_time() - began)
    measured.note(
        f"criteria, amount and supplements with their sentences; {VARIED:,} different sets of facts"
    )


@case("judging 100,000 cases of TAM_HOAN v2", seconds=10)
def suspended(measured: Measurement) -> None:
    judge_all(measured, "TAM_HOAN", "v2")


@case("judging 100,000 cases of LD_TU_DO v1", seconds=10)
def free_workers(measured: Measurement) -> None:
    judge_all(measured, "LD_TU_DO", "v1")


@case("judging 100,000 cases of F0_F1 v2", seconds=10)
def sick(measured: Measurement) -> None:
    judge_all(measured, "F0_F1", "v2")


def people(number: int) -> ProgrammeVersion:
    """As many people of one commune, each with a suspended worker's case; gives the version that judges them."""
    version = ProgrammeVersion.objects.get(programme_id="TAM_HOAN", code="v2", is_current=True)
    rules, random = definition_of(version.pk), Random(68)
    humans = []
    for _ in range(number):
        born, year = any_birth(rules, random, ON)
        claims = [Claim(version, any_facts(rules, random, ON))]
        humans.append(Human(COMMUNE, born, year, "Phụ hồ", has_joined=False, claims=claims))
    write(humans)
    with connections["owner"].cursor() as cursor:
        cursor.execute("ANALYZE beneficiaries_person, support_programs_case")
    return version


# the rows that a determination writes, taken from those of the one before: nothing is read, judged or put into words
_BARE: Final = (
    """INSERT INTO support_programs_eligibilitydetermination
         (area_code, case_id, version_used_id, version_hash, judged_on, result, facts, criteria, created_by_id, created_at)
       SELECT area_code, case_id, version_used_id, version_hash, judged_on, result, facts, criteria, created_by_id, now()
         FROM support_programs_eligibilitydetermination ORDER BY case_id""",
    """UPDATE support_programs_case SET result = result, outcomes = outcomes, amount_proposed = amount_proposed, unit = unit,
              quantity = quantity, period = period, version = version + 1""",
    """INSERT INTO core_event (business_date, actor_id, actor_name, action, object_type, object_id, object_ref, area_code,
              reason, change)
       SELECT date '2021-09-27', entered_by_id, 'x', 'case.determined', 'support_programs.case', id, reference, area_code, '',
              jsonb_build_object('result', result) FROM support_programs_case ORDER BY id""",
)


@case(
    "determination of 20,000 cases",
    yardstick="the rules alone, bare statements writing as many rows",
    ratio=4,
)
def determinations(measured: Measurement) -> None:
    """Read, judged, kept with every fact and sentence, marked on the cases and in the log; each round is taken back."""
    rules = definition_of(people(ROWS).pk)
    cases = varied_facts(rules, ROWS)
    officer = user(Role.DISTRICT_OFFICER)
    determine_cases(Case.objects.all(), actor=officer)
    for _ in range(3):
        with transaction.atomic():
            with measured.yardstick(), connection.cursor() as cursor:
                for facts in cases:
                    judge(rules, facts, ON)
                for statement in _BARE:
                    cursor.execute(statement)
            transaction.set_rollback(True)
        with transaction.atomic():
            with measured.ours():
                determine_cases(Case.objects.all(), actor=officer)
            transaction.set_rollback(True)
    measured.note(f"{EligibilityDetermination.objects.count():,} determinations, their events, marked cases")


@case("the register's filter over 20,000 people", yardstick="the rules alone on as many facts", ratio=5)
def register(measured: Measurement) -> None:
    """Who would qualify, with what each stated, was granted and paid: one statement."""
    rules = definition_of(people(ROWS).pk)
    cases = varied_facts(rules, ROWS)
    for _ in range(3):
        with measured.yardstick():
            for facts in cases:
                judge(rules, facts, ON)
        with measured.ours():
            qualifying_counts(rules, on=ON, area_code=COMMUNE)
    counts = qualifying_counts(rules, on=ON, area_code=COMMUNE)
    measured.note(", ".join(f"{found} {result}" for result, (found, _with_case) in sorted(counts.items())))
