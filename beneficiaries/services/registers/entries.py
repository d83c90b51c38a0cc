"""An entry of a register read from its form, with what speaks against it and what is only odd."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from accounts.models import AdministrativeUnit
from beneficiaries.imports.findings import message_of
from beneficiaries.models import Status
from beneficiaries.registers import CATEGORY, DAYS, DECISION, Register, read_details, read_fields, register_of
from beneficiaries.registers.doubts import Subject, completed, doubts_of
from beneficiaries.registers.showing import typed_detail
from beneficiaries.services.dated import RecordRefused, Sentences, read_days, read_decision


class StatusRefused(RecordRefused):
    """An entry that can't be taken: `errors` and `warnings` by field of the register's form ("" for none)."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What would be stored of an entry."""

    category: str
    details: dict[str, Any]
    valid_from: dt.date
    valid_to: dt.date | None
    decision: dict[str, Any]


def read_entry(
    register: Register, typed: Mapping[str, str], subject: Subject
) -> tuple[Entry | None, Sentences, Sentences]:
    """The entry of a form (codes of `register.entry_fields`), its errors and its warnings by field; None where it has errors."""
    values, errors = read_fields([register.category_field], typed)
    details, more = read_details(register, typed)
    errors |= more
    decision, more = read_decision(typed)
    errors |= more
    days: dict[str, Any] = {}
    if register.dated_by == "days":
        days, more = read_days(typed)
        errors |= more
    elif "year" in details and "year" not in errors:
        year = int(details["year"])
        days = {"valid_from": dt.date(year, 1, 1), "valid_to": dt.date(year, 12, 31)}
    if errors:
        return None, errors, {}
    category = str(values[CATEGORY])
    details = completed(register, category, details)
    entry = Entry(category, details, days["valid_from"], days["valid_to"], decision)
    warnings: Sentences = {}
    for doubt in doubts_of(register, category, details, days["valid_from"], subject):
        # the sentences begin with the row of a file, and there is none here
        text = message_of(doubt, None).partition(" : ")[2]
        warnings.setdefault(doubt.field, []).append(text[:1].upper() + text[1:])
    return entry, errors, warnings


def typed_entry(status: Status) -> dict[str, str]:
    """An entry as an officer would type it again: what the form of a change begins with."""
    register = register_of(status.register)
    typed = {CATEGORY: status.category}
    typed |= {field.code: typed_detail(field, status.details.get(field.code)) for field in register.fields}
    for field in (*(DAYS if register.dated_by == "days" else ()), *DECISION):
        value = getattr(status, field.code)
        typed[field.code] = f"{value:%d/%m/%Y}" if isinstance(value, dt.date) else str(value or "")
    return typed


def subject_of(area_code: str, *, birth: dt.date | int | None = None) -> Subject:
    """What the doubts ask of the person or household: the birth, and whether its commune is a town's."""
    unit = AdministrativeUnit.objects.filter(area_code=area_code).order_by("-valid_from").first()
    return Subject(is_urban=None if unit is None else unit.is_urban, birth=birth)
