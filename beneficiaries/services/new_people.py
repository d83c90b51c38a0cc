"""Somebody who is not in the system yet, registered together with what is said of them: neither without the other."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final, TypeVar

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.enums import AreaLevel
from beneficiaries.enums import RegisterCode
from beneficiaries.models import Care, Household, HouseholdMember, Person
from beneficiaries.permissions import may_register_in
from beneficiaries.services.care import record_care
from beneficiaries.services.dated import RecordRefused, Sentences
from beneficiaries.services.households import add_member
from beneficiaries.services.people import PersonRefused
from beneficiaries.services.registering_people import register_person
from core import clock
from core.workflow import Actor

T = TypeVar("T")
# sentences about the new person stand under "new." and the person's own field
NEW: Final = "new."


class NewPersonRefused(RecordRefused):
    """The new person, or what is said of them, can't be taken: sentences by field, those of the person under `new.…`."""


@transaction.atomic
def with_new_person(
    *,
    typed: Mapping[str, str],
    area_code: str,
    actor: Actor,
    keeps_warnings: bool,
    write: Callable[[Person], T],
    judge: Callable[[], tuple[Sentences, Sentences]],
    register: str = RegisterCode.POOR_HOUSEHOLDS,
    may_live_elsewhere: bool = False,
) -> T:
    """Register the person of `typed` (fields of register_person), then `write` what is said of them; gives what it gives.

    Who has the number already is taken as they stand; judged as the lists of `register` are (households: a child needs no
    number). NewPersonRefused: what registering refuses, with what `judge` finds in
    the rest of the form, so that everything is said at once and no warning is kept unseen; no commune; and, unless they
    `may_live_elsewhere`, a number that somebody of another area has.
    """
    if not area_code or AreaLevel.of(area_code) != AreaLevel.COMMUNE:
        missing = {f"{NEW}area": [_("Hãy chọn xã, phường, thị trấn nơi người này ở.")]}
        errors, warnings = judge()
        raise NewPersonRefused({**missing, **errors}, warnings)
    try:
        person = register_person(
            typed=typed,
            profile=str(register),
            on=clock.today(),
            area_code=area_code,
            actor=actor,
            keeps_warnings=keeps_warnings,
        )
    except PersonRefused as refusal:
        errors, warnings = judge()
        raise NewPersonRefused(
            {**_under_new(refusal.errors), **errors}, {**_under_new(refusal.warnings), **warnings}
        ) from refusal
    if not may_live_elsewhere and not may_register_in(actor, person.area_code):
        raise NewPersonRefused(
            {
                f"{NEW}id_number": [
                    _("Số này đã ghi cho một người ở địa bàn khác. Hãy đề nghị nơi người đó cư trú ghi sổ.")
                ]
            }
        )
    return write(person)


def _under_new(sentences: Mapping[str, list[str]]) -> Sentences:
    return {f"{NEW}{field}" if field else "": list(texts) for field, texts in sentences.items()}


@dataclass(frozen=True, slots=True)
class MemberTyped:
    """What was typed of a member: what they are to the head, since when, why they leave another household."""

    relation: str
    valid_from: dt.date
    move_reason: str = ""


def add_new_member(
    *,
    household: Household,
    person: Person | None,
    typed_person: Mapping[str, str],
    area_code: str,
    member: MemberTyped,
    actor: Actor,
    keeps_warnings: bool,
) -> HouseholdMember:
    """A member of the household: `person`, or the new one of `typed_person`. RecordRefused by field."""

    def write(somebody: Person) -> HouseholdMember:
        return add_member(
            household=household,
            person=somebody,
            relation=member.relation,
            valid_from=member.valid_from,
            actor=actor,
            move_reason=member.move_reason,
        )

    if person is not None:
        return write(person)
    return with_new_person(
        typed=typed_person,
        area_code=area_code,
        actor=actor,
        keeps_warnings=keeps_warnings,
        judge=lambda: ({}, {}),
        write=write,
        may_live_elsewhere=True,
    )


def record_new_care(
    *,
    person: Person,
    is_carer: bool,
    other: Person | None,
    typed_other: Mapping[str, str],
    area_code: str,
    typed: Mapping[str, str],
    actor: Actor,
    keeps_warnings: bool,
) -> Care:
    """`person` cares for the other (`is_carer`), or is cared for by them; the other is known, or new by `typed_other`.

    RecordRefused by field. PermissionDenied outside the area of who is cared for.
    """

    def write(somebody: Person) -> Care:
        cared, carer = (somebody, person) if is_carer else (person, somebody)
        return record_care(person=cared, carer=carer, typed=typed, actor=actor)

    if other is not None:
        return write(other)
    return with_new_person(
        typed=typed_other,
        area_code=area_code,
        actor=actor,
        keeps_warnings=keeps_warnings,
        judge=lambda: ({}, {}),
        write=write,
        may_live_elsewhere=not is_carer,
    )
