"""An entry's details as an officer reads them, and as one would type them again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from beneficiaries.registers.base import Register, RegisterField, Shown
from core.money import format_dong


def shown_detail(field: RegisterField, value: Any) -> str:
    """Days dd/mm/yyyy, money with its unit, the label of a choice, "Có" or "Không"; "" where nothing is stored."""
    if value is None or value == "":
        return ""
    if field.kind == "flag":
        return _("Có") if value else _("Không")
    if field.kind == "choice":
        return str(dict(field.choices).get(str(value), value))
    if field.kind == "money":
        return f"{format_dong(int(value))} đ"
    return typed_detail(field, value)


def typed_detail(field: RegisterField, value: Any) -> str:
    """The value as a form's field holds it: days dd/mm/yyyy, codes of choices, plain numbers, "yes" or "no" of a flag."""
    if value is None or value == "":
        return ""
    if field.kind == "date":
        return f"{dt.date.fromisoformat(str(value)):%d/%m/%Y}"
    if field.kind == "month":
        return f"{str(value)[5:]}/{str(value)[:4]}"
    if field.kind == "flag":
        return "yes" if value else "no"
    return str(value)


def shown_details(
    register: Register, category: str, details: Mapping[str, Any], on: dt.date
) -> tuple[Shown, ...]:
    """Name and text of every detail that is known, then what follows from the group on that day (coefficient, standard)."""
    known = [
        (field.label, shown_detail(field, details[field.code]))
        for field in register.fields
        if details.get(field.code) not in (None, "")
    ]
    return (*known, *register.shown(category, details, on))
