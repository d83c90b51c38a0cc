"""Another identity number of a registered person: a new paper with its reason, the earlier ones stay."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _

from beneficiaries.imports.registering import lock_register
from beneficiaries.models import IdentityDocument, Person
from beneficiaries.rules.identity import CITIZEN_CARD, OLD_CARD, kind_of
from beneficiaries.services.duplicates.finding_jobs import search_later
from beneficiaries.services.holding_people import hold_person
from beneficiaries.services.identity_papers import (
    MOST_ISSUER,
    Paper,
    current_paper,
    number_on,
    put_current_paper,
)
from beneficiaries.services.people import (
    PersonRefused,
    check_not_joined,
    check_owner,
    check_reason,
    judge_person,
    sentences_of,
)
from core import clock
from core.audit import record_event
from core.text import clean_text, mask_number, without_numbers
from core.workflow import Actor

Sentences = dict[str, list[str]]
_NUMBER: Final = "id_number"


@dataclass(frozen=True, slots=True)
class TypedPaper:
    """A paper as typed: the number in any spelling, and when and by whom it was issued, if that is known."""

    kind: str
    number: str
    issued_on: dt.date | None = None
    issued_by: str = ""


@transaction.atomic
def change_number(
    *,
    person: Person,
    paper: TypedPaper,
    reason: str,
    actor: Actor,
    keeps_warnings: bool = False,
    expected_version: int | None = None,
) -> IdentityDocument:
    """Give the person another current paper; the number of the old one still finds them, and their open cases show the change.

    The number of the current paper itself only completes when and by whom it was issued. PersonRefused, by field (`kind`,
    `id_number`, `issued_on`, `issued_by`, `reason`): no reason, a number that isn't one of its kind or doesn't fit birth and
    sex, somebody else's number, an entry joined to another, warnings that nobody kept. StaleRecord: somebody else was faster.
    PermissionDenied outside the actor's area.
    """
    lock_register()
    current = hold_person(person, actor=actor, expected_version=expected_version)
    check_not_joined(current)
    check_reason(reason)
    old = current_paper(current)
    number, warnings = _judged(current, paper)
    if warnings and not keeps_warnings:
        raise PersonRefused({}, warnings)
    old_number = number_on(old)
    put = put_current_paper(
        current,
        Paper(paper.kind, number, paper.issued_on, without_numbers(clean_text(paper.issued_by))),
        without_numbers(clean_text(reason)) if number != old_number else (old.change_reason if old else ""),
    )
    current.version += 1
    current.save(update_fields=["version", "updated_at"])
    record_event(
        "person.number_changed",
        current,
        actor=actor,
        reason=without_numbers(clean_text(reason)),
        change={
            "kind": put.kind,
            "before": mask_number(old_number),
            "after": mask_number(number),
            "version": current.version,
        },
    )
    search_later([current.pk])
    return put


def _judged(person: Person, paper: TypedPaper) -> tuple[str, Sentences]:
    """The number in digits and what is asked about it; PersonRefused where it can't be taken."""
    errors: Sentences = {}
    if paper.kind not in (CITIZEN_CARD, OLD_CARD):
        errors["kind"] = [_("Hãy chọn loại giấy tờ.")]
    if not paper.number.strip():
        errors[_NUMBER] = [_("Hãy ghi số trên giấy tờ.")]
    if paper.issued_on and paper.issued_on > clock.today():
        errors["issued_on"] = [_("Ngày cấp sau ngày hôm nay. Hãy xem lại ngày trên giấy tờ.")]
    if len(clean_text(paper.issued_by)) > MOST_ISSUER:
        errors["issued_by"] = [_("Không quá %(length)s ký tự.") % {"length": MOST_ISSUER}]
    if errors:
        raise PersonRefused(errors, {})
    checked = judge_person(person, {**_as_registered(person), _NUMBER: paper.number}, "", clock.today())
    found, asked = sentences_of(checked)
    # what speaks against name, birth or address was asked when they were written
    errors = {field: texts for field, texts in found.items() if field == _NUMBER}
    warnings = {field: texts for field, texts in asked.items() if field == _NUMBER}
    number = str(checked.values[_NUMBER])
    if checked.values.get("id_number_old"):
        errors[_NUMBER] = [_("Mỗi lần ghi một số. Hãy chỉ ghi số trên giấy tờ mới.")]
    elif not errors and (wrong := _wrong_length(paper.kind, number)):
        errors[_NUMBER] = [wrong]
    if not errors:
        check_owner(person, checked.values, "", 0, errors, warnings)
    if errors:
        raise PersonRefused(errors, warnings)
    return number, warnings


def _wrong_length(kind: str, number: str) -> str:
    """Some old cards bear twelve digits, a citizen card never bears nine."""
    if kind == CITIZEN_CARD and kind_of(number) == OLD_CARD:
        return _("CCCD có 12 chữ số. Hãy đối chiếu giấy tờ, hoặc chọn CMND.")
    return ""


def _as_registered(person: Person) -> Mapping[str, str]:
    """The person as somebody would type them, to be judged with another number."""
    return {
        "full_name": person.full_name,
        "dob": f"{person.birth_date:%d/%m/%Y}" if person.birth_date else str(person.birth_year or ""),
        "sex": {"M": "Nam", "F": "Nữ"}.get(person.sex, ""),
        "address": person.hamlet,
        "job": person.occupation,
        "phone": person.phone,
    }
