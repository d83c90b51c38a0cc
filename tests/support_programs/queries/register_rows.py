"""A register at random: people, their cases, what is granted and paid; and what is known of each of them.

What is known is worked out here from the same plan, in plain Python, so that the statement is held against something else
than itself.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import count
from random import Random
from typing import Any, Final

from django.db import connection

from beneficiaries.models import Person
from support_programs.models import Case, CaseList, Entitlement, EntitlementDays, ProgrammeVersion
from support_programs.queries.programmes import definition_of
from support_programs.rules.definition import Definition
from support_programs.rules.facts import Fact
from support_programs.rules.registers import Entry, told_by
from tests.support_programs.queries.entry_rows import Held, any_entries, write_entries
from tests.support_programs.rules.any_facts import any_birth, any_facts

SENTENCES: Final = ("Bán vé số dạo", "Phụ hồ", "")
_number = count(1)


@dataclass(slots=True)
class Claim:
    """One case that somebody has: of which version, with which facts, ended or granted."""

    version: ProgrammeVersion
    facts: dict[str, Any]
    is_ended: bool = False
    is_granted: bool = False
    paid: tuple[str, str] | None = None
    is_of_joined: bool = False
    period: str = "once"
    row: Case | None = None


@dataclass(slots=True)
class Human:
    """A person, perhaps with a second entry in the register that was joined to theirs. Claims are in order of their coming."""

    area_code: str
    birth_date: dt.date | None
    birth_year: int | None
    occupation: str
    has_joined: bool
    claims: list[Claim] = field(default_factory=list)
    entries: list[Held] = field(default_factory=list)
    row: Person | None = None
    joined: Person | None = None

    def own(self, programme: str) -> Claim | None:
        """The newest live claim of a programme."""
        live = [c for c in self.claims if c.version.programme_id == programme and not c.is_ended]
        return live[-1] if live else None

    def entries_on(self, on: dt.date) -> list[Entry]:
        """What the registers hold of them on a day."""
        return [held.entry for held in self.entries if held.counts_on(on)]


def any_human(
    version: ProgrammeVersion,
    others: Mapping[str, ProgrammeVersion],
    random: Random,
    *,
    area_code: str,
    on: dt.date,
) -> Human:
    """Somebody with up to three cases: of this version, of an older case of it, of other programmes."""
    rules = definition_of(version.pk)
    born, year = any_birth(rules, random, on)
    human = Human(area_code, born, year, random.choice(SENTENCES), has_joined=random.random() < 0.1)
    programme, granted = version.programme_id, set[str]()
    for code in random.sample(sorted(set(others) - {programme}), random.choice([0, 0, 1, 2])):
        human.claims.append(_other_claim(others[code], granted, random, on))
    if has_older := random.random() < 0.2:
        human.claims.append(_older_claim(version, rules, random, on))
    if random.random() < 0.95:
        claim = Claim(version, any_facts(rules, random, on), is_ended=random.random() < 0.3)
        human.claims.insert(random.randint(len(human.claims) if has_older else 0, len(human.claims)), claim)
    for claim in human.claims:
        claim.is_of_joined = human.has_joined and random.random() < 0.5
    human.entries = any_entries(random, on, has_joined=human.has_joined)
    return human


def _other_claim(version: ProgrammeVersion, granted: set[str], random: Random, on: dt.date) -> Claim:
    """A case of another programme; of regimes that exclude each other one at most is granted."""
    claim = Claim(version, any_facts(definition_of(version.pk), random, on), is_ended=random.random() < 0.3)
    claim.is_granted = not claim.is_ended and random.random() < 0.4 and _group(claim) not in granted
    if claim.is_granted and _group(claim):
        granted.add(_group(claim))
    return claim


def _older_claim(version: ProgrammeVersion, rules: Definition, random: Random, on: dt.date) -> Claim:
    """An ended one, or, where days are paid, a live one of another spell."""
    facts = any_facts(rules, random, on)
    if rules.period != "spell":
        return Claim(version, facts, is_ended=True)
    first = dt.date(2021, 4, 25) + dt.timedelta(random.choice([0, random.randrange(255)]))
    last = first + dt.timedelta(random.choice([300, random.randrange(30)]))
    paid = (first.isoformat(), last.isoformat())
    return Claim(version, facts, is_granted=True, paid=paid, period="D-older")


# --- what is known of somebody, worked out in Python ------------------------------------------------------------------


def known_of(human: Human, rules: Definition, *, on: dt.date, is_urban: bool | None) -> dict[str, Fact]:
    """The facts by which a claim of theirs, or a new one, would be judged."""
    own = human.own(rules.programme)
    place = human.claims.index(own) if own else len(human.claims)
    others = [c for c in human.claims if c.version.programme_id != rules.programme and not c.is_ended]
    granted = [c for c in human.claims if c.is_granted and c is not own]
    values: dict[str, Any] = {
        "birth_date": human.birth_date,
        "birth_year": human.birth_year,
        "occupation": human.occupation,
        **_stated(human, rules),
        **_told(human, rules, on),
        "received_on": on,
        "is_urban": is_urban,
        "received_before": "",
        "other_regimes": [_programme(c) for c in granted if _group(c) and _group(c) == rules.exclusive_group],
        "other_programmes": [_named(c) for c in others if human.claims.index(c) < place or c.is_granted],
        "paid_days": [c.paid for c in granted if c.paid],
    }  # fmt: skip
    return {code: Fact(value) for code, value in values.items() if value is not None}


def _stated(human: Human, rules: Definition) -> dict[str, Any]:
    asked = {(each.code, each.type, each.label) for each in rules.fields}
    values: dict[str, Any] = {}
    for claim in human.claims:
        theirs = definition_of(claim.version.pk)
        alike = {each.code for each in theirs.fields if (each.code, each.type, each.label) in asked}
        is_ours = theirs.programme == rules.programme
        values |= {c: v for c, v in claim.facts.items() if v is not None and (is_ours or c in alike)}
    return values


def _told(human: Human, rules: Definition, on: dt.date) -> dict[str, Any]:
    told = told_by(rules.registers, human.entries_on(on))
    return {code: each.value for code, each in told.items()}


def _programme(claim: Claim) -> str:
    return str(claim.version.programme_id)


def _group(claim: Claim) -> str:
    return definition_of(claim.version.pk).exclusive_group


def _named(claim: Claim) -> str:
    kind = claim.facts.get("household_kind")
    return f"{claim.version.programme_id}/{kind}" if kind else claim.version.programme_id


# --- writing it down --------------------------------------------------------------------------------------------------


def write(humans: list[Human]) -> None:
    """Rows of all of them, claims in the order of their coming."""
    _write_people(humans)
    write_entries(
        [
            (held, human.joined if held.is_of_joined else human.row)
            for human in humans
            for held in human.entries
        ]
    )
    lists: dict[int, CaseList] = {}
    for turn in range(max(len(human.claims) for human in humans)):
        claims = [(human, human.claims[turn]) for human in humans if len(human.claims) > turn]
        for human, claim in claims:
            claim.row = case_of(human, claim, lists)
        Case.objects.bulk_create((claim.row for _human, claim in claims), batch_size=2000)
        ended = [claim.row.pk for _human, claim in claims if claim.is_ended]
        Case.objects.filter(pk__in=ended).update(status="withdrawn")
    _grant([(human, claim) for human in humans for claim in human.claims if claim.is_granted])
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")


def _references(prefix: str, number: int) -> Iterable[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT next_reference(%s, 2021) FROM generate_series(1, %s)", [prefix, number])
        return [row[0] for row in cursor.fetchall()]


def _write_people(humans: list[Human]) -> None:
    joined = [human for human in humans if human.has_joined]
    references = iter(_references("NT", len(humans) + len(joined)))
    for human in humans:
        human.row = _person(human, next(references))
    Person.objects.bulk_create((human.row for human in humans), batch_size=2000)
    for human in joined:
        human.joined = _person(human, next(references))
        human.joined.joined_to = human.row
    Person.objects.bulk_create((human.joined for human in joined), batch_size=2000)


def _person(human: Human, reference: str) -> Person:
    name = f"Nguyễn {next(_number):06d}"
    return Person(
        reference=reference,
        area_code=human.area_code,
        full_name=name,
        name_key=name.lower(),
        name_sort=name.lower(),
        birth_date=human.birth_date,
        birth_year=human.birth_year,
        occupation=human.occupation,
    )


def case_of(human: Human, claim: Claim, lists: dict[int, CaseList]) -> Case:
    version, unit = claim.version, definition_of(claim.version.pk).amount.unit
    granted: dict[str, Any] = {}
    if claim.is_granted:
        case_list = lists.get(version.pk) or lists.setdefault(version.pk, _list(version))
        granted = {"case_list": case_list, "appraised_by_id": 2}
    return Case(
        reference=f"HS-2021-{next(_number):08d}",
        area_code=human.area_code,
        status="draft",
        programme_id=version.programme_id,
        version_used=version,
        person=human.joined if claim.is_of_joined else human.row,
        period=claim.period,
        applicant_name=human.row.full_name,
        received_on="2021-09-27",
        facts={code: {"value": value, "source": "list"} for code, value in claim.facts.items()},
        amount_proposed=0,
        unit=unit,
        quantity=int(unit != "VND"),
        entered_by_id=1,
        **granted,
    )


def _list(version: ProgrammeVersion) -> CaseList:
    rules = definition_of(version.pk)
    return CaseList.objects.create(
        reference=f"DS-2021-{next(_number):08d}",
        area_code="89888",
        status="draft",
        programme_id=version.programme_id,
        version_used=version,
        title="Danh sách",
        list_date="2021-09-27",
        step_started_on="2021-09-27",
        created_by_id=1,
        has_list_approval=rules.has_step("district_appraisal"),
        has_money_appraisal=rules.has_step("money_appraisal"),
    )


def _grant(granted: list[tuple[Human, Claim]]) -> None:
    made = Entitlement.objects.bulk_create(
        (_entitlement(human, claim) for human, claim in granted), batch_size=2000
    )
    EntitlementDays.objects.bulk_create(
        EntitlementDays(
            area_code=entitlement.area_code,
            entitlement=entitlement,
            claimant=human.row,
            days=(claim.paid[0], dt.date.fromisoformat(claim.paid[1]) + dt.timedelta(1)),
        )
        for entitlement, (human, claim) in zip(made, granted, strict=True)
        if claim.paid
    )


def _entitlement(human: Human, claim: Claim) -> Entitlement:
    rules, case = definition_of(claim.version.pk), claim.row
    return Entitlement(
        reference=case.reference,
        area_code=case.area_code,
        status="proposed",
        programme_id=rules.programme,
        case=case,
        case_list=case.case_list,
        claimant=human.row,
        period=claim.period,
        exclusive_group=rules.exclusive_group,
        amount=int(case.unit == "VND"),
        cap=1,
        unit=case.unit,
        quantity=case.quantity,
        lines=[],
        version_hash=claim.version.content_hash,
        payee_name=case.applicant_name,
        payee_number_encrypted=b"x",
        payee_number_last3="412",
        entered_by_id=1,
        appraised_by_id=2,
        has_list_approval=rules.has_step("district_appraisal"),
    )
