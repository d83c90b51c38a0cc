"""The lists that fill a register: their further columns, and what is asked of each row. Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import Any, Final

from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from beneficiaries.enums import RegisterCode
from beneficiaries.imports.extra_columns import LANGUAGE, ExtraColumn, in_vietnamese
from beneficiaries.imports.profile import Judge
from beneficiaries.registers import CATEGORY, Register, RegisterField
from beneficiaries.registers.doubts import Subject, completed, doubts_of, other_coefficient
from beneficiaries.registers.free_workers import group_of_work
from beneficiaries.rules.findings import Finding
from core.text import clean_text, search_key, sort_key

HOUSEHOLD: Final = "household_number"
HEAD_NAME: Final = "head_name"
RELATION: Final = "relation"
COEFFICIENT: Final = "coefficient"
# nothing is decided ahead, as `services.dated.read_decision` says of what is typed
DECIDED_ON: Final = "decided_on"
# what is worked out at the check for the taking in, and is no column
HEAD_SORT: Final = "head_sort"
IS_HEAD: Final = "is_head"
_HEADS: Final = frozenset({"chu ho", "ch", "chu", "ban than"})
_OF_HOUSEHOLD: Final = (
    ExtraColumn(
        HOUSEHOLD,
        _("Mã hộ"),
        "text",
        ("mã hộ", "mã số hộ", "số hộ"),
        most=30,
        note=_("Số của hộ trong sổ của xã, ghi ở mọi dòng của hộ. Không có mã thì ghi họ tên chủ hộ."),
    ),
    ExtraColumn(
        HEAD_NAME,
        _("Họ tên chủ hộ"),
        "text",
        ("họ tên chủ hộ", "họ và tên chủ hộ", "tên chủ hộ", "chủ hộ"),
        most=150,
        note=_("Ghi ở mọi dòng của hộ."),
    ),
    ExtraColumn(
        RELATION,
        _("Quan hệ với chủ hộ"),
        "text",
        ("quan hệ với chủ hộ", "qh với chủ hộ", "quan hệ chủ hộ"),
        most=60,
        is_required=True,
        note=_("Chủ hộ, vợ, chồng, con, cháu, cha, mẹ…"),
    ),
)
_COEFFICIENT: Final = ExtraColumn(
    COEFFICIENT,
    _("Hệ số"),
    "text",
    ("hệ số", "hệ số trợ cấp", "hệ số hưởng"),
    note=_("Không bắt buộc; hệ thống so với hệ số của nhóm."),
    article="Điều 6",
)


def columns_of(register: Register) -> tuple[ExtraColumn, ...]:
    """The further columns of a list that fills this register."""
    own = tuple(_column(field) for field in register.entry_fields)
    return tuple(_headed(column) for column in _ordered(register, own))


def _ordered(register: Register, own: tuple[ExtraColumn, ...]) -> tuple[ExtraColumn, ...]:
    if register.subject == "household":
        return (*_OF_HOUSEHOLD, *own)
    if register.code == RegisterCode.SOCIAL_PROTECTION:
        return (own[0], _COEFFICIENT, *own[1:])
    return own


def _headed(column: ExtraColumn) -> ExtraColumn:
    """Its Vietnamese name is a header text that means it, also for who reads the pages in English."""
    return replace(column, patterns=(*column.patterns, str(in_vietnamese(column).label)))


def _column(field: RegisterField) -> ExtraColumn:
    return ExtraColumn(
        code=field.code,
        label=field.label,
        kind=field.kind,
        patterns=field.patterns,
        choices=field.choices,
        least=field.least if field.kind in ("integer", "money") else 0,
        most=field.most,
        is_required=field.is_required and field.code != "valid_from",
        is_past=field.code == DECIDED_ON,
        note=field.help,
        article=field.article,
    )


def judge_of(register: Register) -> Judge:
    """What is asked of a row of this register's lists. What is kept of the answer is in Vietnamese."""
    return partial(_judged, register)


def _judged(
    register: Register,
    values: Mapping[str, Any],
    facts: dict[str, Any],
    *,
    is_urban: bool | None,
    on: dt.date,
) -> list[Finding]:
    with override(LANGUAGE):
        return _findings(register, values, facts, is_urban, on)


def _findings(
    register: Register,
    values: Mapping[str, Any],
    facts: dict[str, Any],
    is_urban: bool | None,
    on: dt.date,
) -> list[Finding]:
    if register.subject == "household":
        found = _household(register, values, facts)
    else:
        found = _person(register, values, facts)
    if CATEGORY not in facts:
        return found
    # the list's own word first: what follows takes its place in the facts
    told = facts.get(COEFFICIENT)
    other = other_coefficient(str(facts[CATEGORY]), str(told)) if told else None
    if other is not None:
        found.append(other)
    facts.update(completed(register, str(facts[CATEGORY]), facts))
    day = dt.date.fromisoformat(str(facts["valid_from"])) if "valid_from" in facts else on
    subject = Subject(is_urban=is_urban, birth=_birth(values["dob"]))
    found.extend(doubts_of(register, str(facts[CATEGORY]), facts, day, subject))
    return found


def _person(register: Register, values: Mapping[str, Any], facts: dict[str, Any]) -> list[Finding]:
    job = str(values.get("job") or "")
    if register.code == RegisterCode.FREE_WORKERS:
        if job and "occupation" not in facts:
            facts["occupation"] = job
        group = group_of_work(str(facts.get("occupation", "")))
        if CATEGORY not in facts and group:
            facts[CATEGORY] = group
    found: list[Finding] = []
    if CATEGORY not in facts:
        found.append(_required(register.category_field))
    start, end = facts.get("valid_from"), facts.get("valid_to")
    if start and end and str(end) < str(start):
        found.append(Finding("DAYS_TURNED", "valid_to", _shown(end), _shown(start)))
    return found


def _household(register: Register, values: Mapping[str, Any], facts: dict[str, Any]) -> list[Finding]:
    """Which household the row is of, and whether its person is the head, whose row tells of the whole household."""
    name = clean_text(str(facts.get(HEAD_NAME, "")))
    relation = search_key(str(facts.get(RELATION, "")))
    is_head = relation in _HEADS or (not relation and _same_name(name, values["full_name"]))
    # the head's own row has their name in good spelling, without the capitals of the list
    if is_head and (not name or _same_name(name, values["full_name"])):
        name = values["full_name"]
    facts[IS_HEAD] = is_head
    if name:
        facts[HEAD_NAME] = name
        facts[HEAD_SORT] = sort_key(name)[:200]
    found: list[Finding] = []
    if not name and not facts.get(HOUSEHOLD):
        found.append(Finding("HOUSEHOLD_MISSING", HOUSEHOLD))
    if not is_head and not relation:
        found.append(Finding("EXTRA_REQUIRED", RELATION, expected=str(_OF_HOUSEHOLD[2].label)))
    if is_head:
        asked = (register.category_field, register.field_of("year"))
        found.extend(_required(field) for field in asked if field.code not in facts)
    return found


def _same_name(name: str, other: str) -> bool:
    return bool(name) and search_key(name) == search_key(other)


def _required(field: RegisterField) -> Finding:
    return Finding("EXTRA_REQUIRED", field.code, expected=str(field.label))


def _shown(day: object) -> str:
    return f"{dt.date.fromisoformat(str(day)):%d/%m/%Y}"


def _birth(text: str) -> dt.date | int | None:
    if len(text) == 10:
        return dt.date.fromisoformat(text)
    return int(text) if text else None
