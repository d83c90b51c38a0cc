"""Correcting a registered person: judged by the rules of the import, the old paper is kept."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.db import connection, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from beneficiaries.imports.checking import CheckedRow, CheckRules, RowChecker
from beneficiaries.imports.findings import message_of, severity_of
from beneficiaries.imports.profile import profile_to_judge_by
from beneficiaries.imports.registering import lock_register
from beneficiaries.imports.sentences import ERROR, WARN
from beneficiaries.models import IdentityDocument, Person
from beneficiaries.queries.communes import communes_seen_from
from beneficiaries.services.duplicates.finding_jobs import search_later
from beneficiaries.services.holding_people import check_registers, check_version
from beneficiaries.services.households.heads import name_after
from beneficiaries.services.identity_papers import Paper, current_paper, number_on, put_current_paper
from core import clock, crypto
from core.audit import record_event
from core.text import clean_text, mask_number, search_key, sort_key, without_numbers
from core.workflow import Actor

FIELDS: Final = ("full_name", "dob", "sex", "id_number", "address", "job", "phone")
# where the papers say that somebody lives; a list has no column to correct them by
ADDRESSES: Final = ("permanent_address", "temporary_address")
MOST_REASON: Final = 500
_MASKED: Final = ("id_number", "phone")
_MOST_ADDRESS: Final = 250
_SEARCH: Final = """
SELECT person_id, person_area, is_same_name, claim_area, is_claim_committed FROM match_identities(%s::bytea[], %s::text[], %s, %s)
"""


AWAITED: Final = lazy("Một danh sách khác đang chờ nhập cũng có số này. Bạn hãy đối chiếu giấy tờ.")


class PersonRefused(Exception):
    """What was typed can't be taken: sentences by field ("" for none). `warnings` alone are taken once they are kept."""

    def __init__(self, errors: Mapping[str, list[str]], warnings: Mapping[str, list[str]]) -> None:
        sentences = [text for found in (errors, warnings) for texts in found.values() for text in texts]
        super().__init__(" ".join(sentences))
        self.errors = errors
        self.warnings = warnings


@dataclass(frozen=True, slots=True)
class CorrectedPerson:
    """The person and current paper as they are now, and the changed fields before and after, numbers masked."""

    person: Person
    document: IdentityDocument | None
    before: Mapping[str, str]
    after: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Owner:
    """A person of the register with the number in question, or (`is_awaited`) a row of another list with it."""

    person_id: int | None
    area_code: str | None
    is_same_name: bool
    is_awaited: bool


@transaction.atomic
def correct_details(
    *,
    person: Person,
    typed: Mapping[str, str],
    reason: str,
    actor: Actor,
    keeps_warnings: bool = False,
    expected_version: int | None = None,
) -> CorrectedPerson:
    """Correct what the register says of a person (`FIELDS` without the number, and `ADDRESSES`), whatever list they came from.

    The number stays: what doesn't fit it is asked about, since the number may be what is wrong. PersonRefused, by field: no
    reason, what the import would call an error, somebody who was joined to another, warnings that nobody kept. StaleRecord:
    somebody else was faster. PermissionDenied outside the actor's area.
    """
    check_registers(actor, person.area_code)
    check_reason(reason)
    return correct_person(
        person_id=person.pk,
        typed={**typed, "id_number": ""},
        profile="",
        on=clock.today(),
        own_import=0,
        keeps_warnings=keeps_warnings,
        reason=without_numbers(clean_text(reason)),
        actor=actor,
        expected_version=expected_version,
        keeps_number=True,
    )


def check_reason(reason: str) -> None:
    """PersonRefused without one, or with one too long to keep."""
    if not reason.strip():
        raise PersonRefused({"reason": [_("Hãy ghi lý do.")]}, {})
    if len(clean_text(reason)) > MOST_REASON:
        raise PersonRefused({"reason": [_("Không quá %(length)s ký tự.") % {"length": MOST_REASON}]}, {})


def check_not_joined(person: Person) -> None:
    """PersonRefused for an entry that was joined to another: what holds of the human is written there."""
    if person.joined_to_id is not None:
        raise PersonRefused({"": [_("Mục này đã gộp vào một người khác. Hãy ghi ở trang của người đó.")]}, {})


@transaction.atomic
def correct_person(
    *,
    person_id: int,
    typed: Mapping[str, str],
    profile: str,
    on: dt.date,
    own_import: int,
    keeps_warnings: bool,
    reason: str,
    actor: Actor,
    expected_version: int | None = None,
    keeps_number: bool = False,
) -> CorrectedPerson:
    """Put typed values (`FIELDS`; an empty number means the one that is there) into the register, with `ADDRESSES` if given.

    A new number becomes a new current paper, the old one stays and still finds the person. With `keeps_number` the number is
    not asked about, and what doesn't fit it is a warning. Nothing changed, nothing written. PersonRefused, by field: what the
    import would call an error, a number of somebody else, a person registered in another commune, warnings that nobody kept.
    StaleRecord when the person was changed since `expected_version`.
    """
    lock_register()
    person = (
        Person.objects.select_for_update(of=("self",))
        .filter(pk=person_id, area_code__startswith=actor.area_code)
        .first()
    )
    if person is None:
        message = _("Người này đăng ký ở xã khác. Bạn hãy đề nghị xã đó hoặc huyện sửa.")
        raise PersonRefused({"": [message]}, {})
    check_version(person, expected_version)
    if keeps_number:
        check_not_joined(person)
    current = current_paper(person)
    old_number = number_on(current)
    number = typed["id_number"].strip() or old_number
    checked = judge_person(person, {**typed, "id_number": number}, profile, on)
    errors, warnings = sentences_of(checked)
    if keeps_number:
        _ask_about_number(number, errors, warnings)
    _check_addresses(typed, errors)
    values = checked.values
    if not errors and values["id_number"] != old_number:
        check_owner(person, values, profile, own_import, errors, warnings)
    if errors or (warnings and not keeps_warnings):
        raise PersonRefused(errors, warnings)
    before = _facts(person, old_number)
    put_values(person, values)
    for field in ADDRESSES:
        if field in typed:
            setattr(person, field, without_numbers(clean_text(typed[field])))
    after = _facts(person, values["id_number"])
    changed = sorted(field for field in before if before[field] != after[field])
    if "id_number" in changed:
        current = put_current_paper(person, Paper(values["id_type"], values["id_number"]), reason)
    done = CorrectedPerson(person, current, _shown(before, changed), _shown(after, changed))
    if changed:
        _write_person(person, done, reason, actor)
    return done


def _write_person(person: Person, done: CorrectedPerson, reason: str, actor: Actor) -> None:
    person.version += 1
    person.save()
    change = {
        "fields": list(done.after),
        "before": dict(done.before),
        "after": dict(done.after),
        "version": person.version,
    }
    record_event("person.corrected", person, actor=actor, reason=reason, change=change)
    name_after(person)
    # other facts make other likely pairs
    search_later([person.pk])


def _ask_about_number(number: str, errors: dict[str, list[str]], warnings: dict[str, list[str]]) -> None:
    """The number isn't on this form: what speaks against it is asked about, and whoever has none is asked nothing."""
    found = errors.pop("id_number", []) + warnings.pop("id_number", [])
    if number and found:
        warnings[""] = [*warnings.get("", []), *found]


def _check_addresses(typed: Mapping[str, str], errors: dict[str, list[str]]) -> None:
    for field in ADDRESSES:
        if len(clean_text(typed.get(field, ""))) > _MOST_ADDRESS:
            errors[field] = [_("Không quá %(length)s ký tự.") % {"length": _MOST_ADDRESS}]


def judge_person(person: Person, typed: Mapping[str, str], profile: str, on: dt.date) -> CheckedRow:
    """The person as typed, judged by the rules of the import on that day."""
    rules = CheckRules(profile_to_judge_by(profile), communes_seen_from(person.area_code, clock.today()), on)
    cells = {field: typed[field].strip() for field in FIELDS}
    return RowChecker(rules, frozenset(FIELDS)).check(0, cells, typed=FIELDS)


def sentences_of(
    checked: CheckedRow, fields: Collection[str] = FIELDS
) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    """Errors and warnings of a judged person, by field of the form ("" for others)."""
    errors: dict[str, list[str]] = {}
    warnings: dict[str, list[str]] = {}
    for finding in checked.findings:
        # the sentences begin with the row of a file, and there is none here
        whole = message_of(finding, None)
        text = whole.partition(" : ")[2] or whole
        text = text[:1].upper() + text[1:]
        severity = severity_of(finding.code)
        if severity in (ERROR, WARN):
            kept = errors if severity == ERROR else warnings
            kept.setdefault(finding.field if finding.field in fields else "", []).append(text)
    return errors, warnings


def check_owner(
    person: Person,
    values: Mapping[str, Any],
    profile: str,
    own_import: int,
    errors: dict[str, list[str]],
    warnings: dict[str, list[str]],
) -> None:
    """Whose number is it? Asked of the whole province; of other communes nothing more than that is told."""
    for owner in owners_of(values, profile, own_import):
        if owner.person_id is not None and owner.person_id != person.pk:
            errors["id_number"] = [
                _("Số này đã ghi cho một người khác của xã. Bạn hãy đối chiếu giấy tờ.")
                if owner.area_code == person.area_code
                else _("Số này đã ghi cho một người ở xã khác. Bạn hãy đối chiếu giấy tờ, rồi báo huyện.")
            ]
        elif owner.is_awaited:
            warnings["id_number"] = [str(AWAITED)]


def owners_of(values: Mapping[str, Any], profile: str, own_import: int = 0) -> list[Owner]:
    """Who in the province has the number of a judged person, in the register or in a list on its way in."""
    index = crypto.blind_index("number", values["id_number"])
    with connection.cursor() as cursor:
        cursor.execute(_SEARCH, [[index], [search_key(values["full_name"])], profile, own_import])
        return [
            Owner(person, area, bool(is_same_name), person is None and claim_area is not None)
            for person, area, is_same_name, claim_area, _is_committed in cursor.fetchall()
        ]


def put_values(person: Person, values: Mapping[str, Any]) -> None:
    """The values of a judged person onto the record, identity numbers in its texts masked; nothing is saved."""
    birth = values["dob"]
    person.full_name = without_numbers(values["full_name"])
    person.name_key, person.name_sort = search_key(person.full_name), sort_key(person.full_name)
    person.birth_date = dt.date.fromisoformat(birth) if len(birth) == 10 else None
    person.birth_year = int(birth[:4]) if birth else None
    person.sex = values["sex"]
    person.hamlet = without_numbers(values["address"])
    person.hamlet_key = search_key(person.hamlet)[:200]
    person.occupation = without_numbers(values["job"])
    person.phone = values["phone"]


def _facts(person: Person, number: str) -> dict[str, str]:
    birth = f"{person.birth_date:%d/%m/%Y}" if person.birth_date else str(person.birth_year or "")
    return {
        "full_name": person.full_name,
        "dob": birth,
        "sex": person.sex,
        "id_number": number,
        "address": person.hamlet,
        "job": person.occupation,
        "phone": person.phone,
        "permanent_address": person.permanent_address,
        "temporary_address": person.temporary_address,
    }


def _shown(facts: Mapping[str, str], fields: Collection[str]) -> dict[str, str]:
    return {field: mask_number(facts[field]) if field in _MASKED else facts[field] for field in fields}
