"""An entry typed on the page for somebody new: person or household and entry are written together, or nothing is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from beneficiaries.models import Household, Person, Status
from beneficiaries.registers import Register
from beneficiaries.rules.dates import read_birth
from beneficiaries.services.dated import RecordRefused, Sentences
from beneficiaries.services.households import HouseholdRefused, register_household
from beneficiaries.services.new_people import with_new_person
from beneficiaries.services.registers.entries import StatusRefused, read_entry, subject_of
from beneficiaries.services.registers.recording import record_status
from core import clock
from core.workflow import Actor


def enter_new_person(
    *,
    register: Register,
    typed_person: Mapping[str, str],
    typed: Mapping[str, str],
    area_code: str,
    actor: Actor,
    keeps_warnings: bool,
) -> Status:
    """The entry of a person who is not in the system yet, or who is found there by their number.

    NewPersonRefused and StatusRefused as registering and recording refuse; nobody is registered without the entry.
    """

    def judge() -> tuple[Sentences, Sentences]:
        subject = subject_of(area_code, birth=_birth(typed_person.get("dob", "")))
        _entry, errors, warnings = read_entry(register, typed, subject)
        return errors, warnings

    return with_new_person(
        typed=typed_person,
        area_code=area_code,
        actor=actor,
        keeps_warnings=keeps_warnings,
        register=register.code,
        judge=judge,
        write=lambda person: record_status(
            register=register.code, person=person, typed=typed, actor=actor, keeps_warnings=keeps_warnings
        ),
    )


def _birth(typed: str) -> dt.date | int | None:
    """The birth that was typed, as far as it can be read: what the entry is asked about depends on it."""
    value, _findings = read_birth(typed, clock.today())
    if len(value) == 10:
        return dt.date.fromisoformat(value)
    return int(value[:4]) if value else None


@dataclass(frozen=True, slots=True)
class HouseholdTyped:
    """What was typed of a new household: its own fields, since when the head is in it, why the head leaves another one."""

    fields: Mapping[str, str]
    member_from: dt.date | None
    move_reason: str = ""


def enter_household(
    *,
    head: Person | None,
    typed_head: Mapping[str, str],
    area_code: str,
    household: HouseholdTyped,
    actor: Actor,
    register: Register | None = None,
    typed: Mapping[str, str] | None = None,
    keeps_warnings: bool = False,
) -> tuple[Household, Status | None]:
    """A household with its head (`head`, or the new person of `typed_head`), and its entry where a register is given.

    RecordRefused by field, of everything at once; nothing is written then.
    """

    def judge() -> tuple[Sentences, Sentences]:
        return _judged(household, register, typed or {}, area_code)

    def write(person: Person) -> tuple[Household, Status | None]:
        return _made(person, household, register, typed or {}, actor, keeps_warnings)

    if head is not None:
        return write(head)
    return with_new_person(
        typed=typed_head,
        area_code=area_code,
        actor=actor,
        keeps_warnings=keeps_warnings,
        judge=judge,
        write=write,
    )


def _judged(
    household: HouseholdTyped, register: Register | None, typed: Mapping[str, str], area_code: str
) -> tuple[Sentences, Sentences]:
    errors: Sentences = {}
    warnings: Sentences = {}
    if register is not None:
        _entry, errors, warnings = read_entry(register, typed, subject_of(area_code))
    if household.member_from is None:
        errors["member_from"] = [_("Hãy ghi ngày chủ hộ ở hộ này.")]
    return errors, warnings


@transaction.atomic
def _made(
    head: Person,
    household: HouseholdTyped,
    register: Register | None,
    typed: Mapping[str, str],
    actor: Actor,
    keeps_warnings: bool,
) -> tuple[Household, Status | None]:
    errors, warnings = _judged(household, register, typed, head.area_code)
    if errors or (warnings and not keeps_warnings) or household.member_from is None:
        raise StatusRefused(errors, warnings)
    try:
        made = register_household(
            area_code=head.area_code,
            head=head,
            typed=household.fields,
            valid_from=household.member_from,
            actor=actor,
            move_reason=household.move_reason,
        )
    except HouseholdRefused as refusal:
        raise RecordRefused(_renamed(refusal.errors), warnings) from refusal
    if register is None:
        return made, None
    status = record_status(
        register=register.code, household=made, typed=typed, actor=actor, keeps_warnings=keeps_warnings
    )
    return made, status


def _renamed(errors: Mapping[str, list[str]]) -> Sentences:
    """The day of the head's membership is `member_from` here; `valid_from` is the entry's."""
    return {("member_from" if field == "valid_from" else field): texts for field, texts in errors.items()}
