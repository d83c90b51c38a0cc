"""Writing entries of a register: a new one, a change that takes the place of the old, an end. Rows are never overwritten."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from beneficiaries.models import Household, Person, Status
from beneficiaries.permissions import may_register_in
from beneficiaries.registers import Register, register_of
from beneficiaries.services.dated import (
    Sentences,
    check_area,
    end_record,
    locked,
    read_reason,
    recorded_by,
    replace,
)
from beneficiaries.services.registers.entries import Entry, StatusRefused, read_entry, subject_of
from core.audit import record_event
from core.queries.references import next_reference
from core.workflow import Actor


@transaction.atomic
def record_status(
    *,
    register: str,
    typed: Mapping[str, str],
    actor: Actor,
    person: Person | None = None,
    household: Household | None = None,
    keeps_warnings: bool = False,
) -> Status:
    """A new entry of a person, or of a household where the register is of households; `typed` by the codes of its form.

    StatusRefused by field: what can't be read or is missing, a person joined to another, days that overlap an entry of the same
    group (of any group for a household), and warnings that nobody kept. PermissionDenied outside the actor's area.
    """
    known = register_of(register)
    subject = _subject(known, person, household)
    check_area(actor, subject.area_code)
    entry, errors, warnings = read_entry(known, typed, _asked_of(subject))
    current = locked_subject(subject)
    if entry is not None:
        _check(known, current, entry, actor, errors)
    if entry is None or errors or (warnings and not keeps_warnings):
        raise StatusRefused(errors, warnings)
    status = _made(known, current, entry, actor)
    record_event("status.recorded", status, actor=actor, change=_told(status, current))
    return status


@transaction.atomic
def change_status(
    *,
    status: Status,
    typed: Mapping[str, str],
    reason: str,
    actor: Actor,
    keeps_warnings: bool = False,
) -> Status:
    """The whole form again with a reason: a new entry takes the place of this one, which is kept and marked as replaced.

    StatusRefused as for a new entry, without a reason, when nothing differs, and of an entry that another has replaced.
    """
    known = register_of(status.register)
    subject = _subject(known, status.person, status.household)
    check_area(actor, subject.area_code)
    entry, errors, warnings = read_entry(known, typed, _asked_of(subject))
    text = read_reason(reason, errors)
    current = locked_subject(subject)
    before = locked(status)
    if before.is_replaced:
        errors[""] = [_("Mục này đã được thay bằng mục khác. Hãy mở mục đang có hiệu lực.")]
    elif entry is not None:
        entry = _with_end(known, entry, before)
        _check(known, current, entry, actor, errors, before)
        if _is_same(before, entry):
            errors[""] = [_("Chưa có gì thay đổi so với mục đang có.")]
    if entry is None or errors or (warnings and not keeps_warnings):
        raise StatusRefused(errors, warnings)
    replace(before)
    after = _made(known, current, entry, actor, before=before, reason=text)
    change = _told(after, current) | {"before": before.reference}
    record_event("status.changed", after, actor=actor, reason=text, change=change)
    return after


@transaction.atomic
def end_status(*, status: Status, on: dt.date, reason: str, actor: Actor) -> Status:
    """The entry holds until this day and no longer; with a reason, once.

    StatusRefused: no reason, a day before its first or after its last, an entry that has ended or was replaced.
    """
    known = register_of(status.register)
    subject = _subject(known, status.person, status.household)
    check_area(actor, subject.area_code)
    current = end_record(status, on=on, reason=reason, actor=actor, refusal=StatusRefused)
    change = _told(current, subject) | {"on": f"{on:%d/%m/%Y}"}
    record_event("status.ended", current, actor=actor, reason=current.end_reason, change=change)
    return current


def _subject(register: Register, person: Person | None, household: Household | None) -> Person | Household:
    """Whom the entry is of; ValueError for a person where the register is of households, and the other way round."""
    subject = household if register.subject == "household" else person
    if subject is None:
        raise ValueError(f"{register.code} is a register of a {register.subject}")
    return subject


def _asked_of(subject: Person | Household) -> Any:
    birth = subject.birth if isinstance(subject, Person) else None
    return subject_of(subject.area_code, birth=birth)


def locked_subject(subject: Person | Household) -> Person | Household:
    """The person or household, held so that two entries of one are written one after the other, and a list's as well.

    Not by its key: rows that only refer to it, as a list's do while it is taken in, don't wait.
    """
    if isinstance(subject, Person):
        return Person.objects.select_for_update(no_key=True, of=("self",)).get(pk=subject.pk)
    return Household.objects.select_for_update(no_key=True, of=("self",)).get(pk=subject.pk)


def _check(
    register: Register,
    subject: Person | Household,
    entry: Entry,
    actor: Actor,
    errors: Sentences,
    besides: Status | None = None,
) -> None:
    """Somebody joined to another, and days that an entry has already."""
    if isinstance(subject, Person) and subject.joined_to_id is not None:
        errors[""] = [
            _("Người này đã gộp vào một người khác. Hãy mở trang của người được giữ lại và ghi ở đó.")
        ]
        return
    same = (
        Status.objects.filter(person=subject, register=register.code, category=entry.category)
        if isinstance(subject, Person)
        else Status.objects.filter(household=subject)
    ).filter(is_replaced=False)
    same = same.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=entry.valid_from))
    if entry.valid_to is not None:
        same = same.filter(valid_from__lte=entry.valid_to)
    if besides is not None:
        same = same.exclude(pk=besides.pk)
    found = same.order_by("valid_from").first()
    if found is not None:
        is_own = may_register_in(actor, found.area_code)
        errors[_days_field(register)] = [_overlap(register, found) if is_own else _elsewhere()]


def _overlap(register: Register, found: Status) -> str:
    days = {
        "reference": found.reference,
        "category": register.category_name(found.category),
        "start": f"{found.valid_from:%d/%m/%Y}",
        "end": f"{found.valid_to:%d/%m/%Y}" if found.valid_to else "",
    }
    if found.valid_to is None:
        return (
            _(
                "Đã có mục %(reference)s “%(category)s” từ %(start)s, chưa kết thúc. Hãy kết thúc hoặc thay đổi mục đó."
            )
            % days
        )
    return (
        _(
            "Đã có mục %(reference)s “%(category)s” từ %(start)s đến %(end)s. Hãy chọn ngày khác hoặc thay đổi mục đó."
        )
        % days
    )


def _with_end(register: Register, entry: Entry, before: Status) -> Entry:
    """Of an entry that is dated by its year nobody types the days: an end inside the year stays when another thing changes."""
    if register.dated_by == "year" and before.ended_by_id and entry.valid_from == before.valid_from:
        return dataclasses.replace(entry, valid_to=before.valid_to)
    return entry


def _is_same(before: Status, entry: Entry) -> bool:
    return (
        before.category == entry.category
        and before.details == entry.details
        and (before.valid_from, before.valid_to) == (entry.valid_from, entry.valid_to)
        and all(getattr(before, field) == value for field, value in entry.decision.items())
    )


def _made(
    register: Register,
    subject: Person | Household,
    entry: Entry,
    actor: Actor,
    *,
    before: Status | None = None,
    reason: str = "",
) -> Status:
    # an end that was written with its reason stays what it is while its day does
    keeps_end = before is not None and before.ended_by_id is not None and before.valid_to == entry.valid_to
    status = Status(
        reference=next_reference("DT"),
        area_code=subject.area_code,
        register=register.code,
        person=subject if isinstance(subject, Person) else None,
        household=subject if isinstance(subject, Household) else None,
        category=entry.category,
        details=entry.details,
        valid_from=entry.valid_from,
        valid_to=entry.valid_to,
        end_reason=before.end_reason if keeps_end and before else "",
        ended_by_id=before.ended_by_id if keeps_end and before else None,
        replaces=before,
        reason=reason,
        **entry.decision,
        **recorded_by(actor),
    )
    try:
        with transaction.atomic():
            status.save(force_insert=True)
    except IntegrityError as error:
        # one that this desk does not see, or that a list wrote in this very moment
        raise StatusRefused({_days_field(register): [_elsewhere()]}) from error
    return status


def _days_field(register: Register) -> str:
    return "year" if register.dated_by == "year" else "valid_from"


def _elsewhere() -> str:
    return _("Sổ của địa bàn khác đã có mục này trong những ngày đó. Hãy hỏi cấp trên rồi ghi lại.")


def _told(status: Status, subject: Person | Household) -> dict[str, str]:
    return {"register": status.register, "category": status.category, "subject": subject.reference}
