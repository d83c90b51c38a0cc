"""Build the demo province in one transaction on the owner's connection."""

import datetime as dt
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any, Final

from django.db import connections, transaction
from django.db.backends.utils import CursorWrapper

from accounts.demo import PROVINCE
from accounts.models import AdministrativeUnit
from core import clock
from core.queries.calendar import working_calendar
from reports.demo.cases import enter_cases, write_cases
from reports.demo.copying import move_sequences, next_id
from reports.demo.filing import file_lists, moment, write_lists
from reports.demo.judging import Judge
from reports.demo.money import (
    make_claims,
    write_allocations,
    write_decisions,
    write_entitlements,
    write_lines,
)
from reports.demo.payouts import end_paid_lists, plan_rounds, write_rounds
from reports.demo.people import Human, Numbers, people_of, register_people
from reports.demo.plan import FIRST_DAY, Days, ListPlan, plan_lists
from reports.demo.registers import Registers
from reports.demo.staff import seat_staff
from support_programs.models import CaseList, Entitlement, ProgrammeVersion

PROGRAMME: Final = "LD_TU_DO"
OWNER: Final = "owner"
# every table that the demo fills; a parent stands before its children
TABLES: Final = (
    "accounts_user",
    "accounts_roleassignment",
    "beneficiaries_person",
    "beneficiaries_identitydocument",
    "beneficiaries_payoutaccount",
    "beneficiaries_employer",
    "beneficiaries_household",
    "beneficiaries_householdmember",
    "beneficiaries_status",
    "beneficiaries_care",
    "support_programs_outreach",
    "support_programs_approvaldecision",
    "support_programs_caselist",
    "support_programs_caseliststep",
    "support_programs_case",
    "support_programs_eligibilitydetermination",
    "support_programs_exclusion",
    "support_programs_factconfirmation",
    "support_programs_casechild",
    "support_programs_casepaper",
    "support_programs_supplementrequest",
    "support_programs_employermonth",
    "support_programs_agencyconfirmation",
    "support_programs_entitlement",
    "support_programs_entitlementdays",
    "disbursements_allocation",
    "disbursements_budgetline",
    "disbursements_payeraccount",
    "disbursements_batch",
    "disbursements_batchsignature",
    "disbursements_paymentinstruction",
    "reports_figuresum",
    "core_event",
)
_EVENTS: Final = Path(__file__).with_name("events.sql")


@dataclass(frozen=True, slots=True)
class Built:
    """What the demo holds now."""

    people: int
    lists: int
    entitlements: int
    batches: int
    events: int
    seconds: float

    def __str__(self) -> str:
        return (
            f"{self.people} people and cases, {self.lists} lists, {self.entitlements} entitlements, "
            f"{self.batches} batches, {self.events} events in {self.seconds:.1f} s"
        )


def build_province(people: int, seed: int) -> Built:
    """Write the whole demo, or nothing. The tables are empty but for the reference data; the caller has made sure."""
    began = time.monotonic()
    random = Random(seed)
    with transaction.atomic(using=OWNER), connections[OWNER].cursor() as cursor, _no_triggers(cursor):
        return _build(cursor, people, random, began)


def _build(cursor: CursorWrapper, people: int, random: Random, began: float) -> Built:
    today = clock.today()
    days = Days(working_calendar(), today)
    units = list(AdministrativeUnit.objects.using(OWNER).within(PROVINCE).valid_on(today))
    names = {unit.area_code: unit.name[0].lower() + unit.name[1:] for unit in units}
    communes = sorted(code for code in names if len(code) == len("8988630337"))
    version = _version(today)
    programme = {"programme_id": version.programme_id, "version_used_id": version.pk}
    numbers = _first_numbers(cursor)
    opened = moment(FIRST_DAY, 0)

    staff = seat_staff(cursor, units, opened, random)
    plans = plan_lists(communes, people, days, random)
    identities = Numbers(random)
    by_turn = _register(cursor, plans, names, opened, random, identities, numbers["NT"])
    filed = file_lists(plans, staff, next_id(cursor, CaseList), numbers["DS"])
    enter_cases(filed, by_turn, random)
    decisions = write_decisions(cursor, filed, version.programme_id, staff, numbers["QD"])
    claims = make_claims(filed, next_id(cursor, Entitlement))
    rounds = plan_rounds(claims, staff, days, random)
    end_paid_lists(claims, rounds)
    write_lists(cursor, filed, names, programme, decisions)
    judge = Judge(version, units)
    cases = write_cases(cursor, filed, programme, judge, days, numbers["HS"])
    lines = write_lines(cursor, claims, decisions, version.programme_id, numbers["KP"])
    write_allocations(cursor, claims, lines, decisions, version.programme_id, staff, numbers["PB"])
    write_entitlements(cursor, claims, decisions, _entitlement_shape(version, judge))
    write_rounds(cursor, rounds, names, days, version.programme_id, version.content_hash, lines, numbers)
    cursor.execute("SELECT post_history()")
    # the triggers were off
    cursor.execute("SELECT rebuild_figures()")
    registers = Registers(cursor, filed, staff, judge.definition, random.randrange(2**31))
    registers.write(people, identities, names, {**numbers, "NT": numbers["NT"] + cases})
    cursor.execute(_EVENTS.read_text("utf-8"))
    events = cursor.rowcount
    move_sequences(cursor, TABLES)
    _move_references(cursor)
    # the planner knows the new rows at once, not only after the database's own next round
    cursor.execute(f"ANALYZE {', '.join(TABLES)}")
    return Built(cases, len(filed), len(claims), len(rounds), events, time.monotonic() - began)


def _register(
    cursor: CursorWrapper,
    plans: Sequence[ListPlan],
    names: dict[str, str],
    opened: dt.datetime,
    random: Random,
    numbers: Numbers,
    first_number: int,
) -> dict[int, list[Human]]:
    by_turn = {plan.turn: people_of(plan, plan.size, numbers, random) for plan in plans}
    humans = [human for plan in plans for human in by_turn[plan.turn]]
    register_people(cursor, humans, names, opened, first_number)
    return by_turn


def _version(today: dt.date) -> ProgrammeVersion:
    versions = ProgrammeVersion.objects.using(OWNER).filter(programme_id=PROGRAMME, valid_from__lte=today)
    return versions.filter(is_current=True).latest("valid_from")


def _entitlement_shape(version: ProgrammeVersion, judge: Judge) -> dict[str, Any]:
    return {
        "programme_id": version.programme_id,
        "version_hash": version.content_hash,
        "cap": judge.amount,
        "lines": judge.lines(),
        "exclusive_group": judge.exclusive_group,
    }


# --- the owner's connection ----------------------------------------------------------------------------------------


@contextmanager
def _no_triggers(cursor: CursorWrapper) -> Iterator[None]:
    """Records come in the state that their story ends in, so the guards of single steps stand aside inside this transaction."""
    watched = [table for table in TABLES if table != "core_event"]
    for table in watched:
        cursor.execute(f'ALTER TABLE "{table}" DISABLE TRIGGER USER')
    yield
    # foreign keys that wait for the end of the transaction would keep the tables from being altered
    cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    for table in watched:
        cursor.execute(f'ALTER TABLE "{table}" ENABLE TRIGGER USER')


_NUMBERED: Final = {
    "HS": "support_programs_case",
    "DS": "support_programs_caselist",
    "DC": "disbursements_batch",
    "LC": "disbursements_paymentinstruction",
    "QD": "support_programs_approvaldecision",
    "NT": "beneficiaries_person",
    "PB": "disbursements_allocation",
    "KP": "disbursements_budgetline",
    "HG": "beneficiaries_household",
    "DT": "beneficiaries_status",
}


def _first_numbers(cursor: CursorWrapper) -> dict[str, int]:
    first: dict[str, int] = {}
    for prefix in _NUMBERED:
        cursor.execute(
            f"SELECT CASE WHEN is_called THEN last_value + 1 ELSE last_value END FROM reference_{prefix.lower()}"
        )
        first[prefix] = int(cursor.fetchone()[0])
    return first


def _move_references(cursor: CursorWrapper) -> None:
    for prefix, table in _NUMBERED.items():
        cursor.execute(
            f"SELECT setval('reference_{prefix.lower()}', greatest(1, max(substr(reference, 9, 7)::bigint))) FROM \"{table}\""
        )
