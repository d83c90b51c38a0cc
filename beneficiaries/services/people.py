"""Correcting a registered person after the import: judged by the rules of the import, the old paper is kept."""

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
from core import clock, crypto
from core.audit import record_event
from core.text import mask_number, search_key, sort_key, without_numbers
from core.workflow import Actor

FIELDS: Final = ("full_name", "dob", "sex", "id_number", "address", "job", "phone")
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
    document: IdentityDocument
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
) -> CorrectedPerson:
    """Put typed values (`FIELDS`; an empty number means the one that is there) into the register.

    A new number becomes a new current paper, the old one stays and still finds the person. PersonRefused, by field: what the
    import would call an error, a number of somebody else, a person registered in another commune, warnings that nobody kept.
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
    current = IdentityDocument.objects.filter(person=person, is_current=True).first()
    old_number = crypto.decrypt("number", current.number_encrypted) if current else ""
    number = typed["id_number"].strip() or old_number
    checked = _checked(person, {**typed, "id_number": number}, profile, on)
    errors, warnings = sentences_of(checked)
    values = checked.values
    if not errors and values["id_number"] != old_number:
        _check_owner(person, values, profile, own_import, errors, warnings)
    if errors or (warnings and not keeps_warnings):
        raise PersonRefused(errors, warnings)
    before = _shown(person, old_number)
    _write_person(person, values)
    document = _current_document(person, current, values)
    after = _shown(person, values["id_number"])
    changed = [field for field in FIELDS if before[field] != after[field]]
    if values["id_number"] != old_number and "id_number" not in changed:
        changed.append("id_number")
    record_event("person.corrected", person, actor=actor, reason=reason, change={"fields": sorted(changed)})
    return CorrectedPerson(
        person,
        document,
        {field: before[field] for field in changed},
        {field: after[field] for field in changed},
    )


def _checked(person: Person, typed: Mapping[str, str], profile: str, on: dt.date) -> CheckedRow:
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


def _check_owner(
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


def _write_person(person: Person, values: Mapping[str, Any]) -> None:
    put_values(person, values)
    person.version += 1
    person.save()


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


def _current_document(
    person: Person, current: IdentityDocument | None, values: Mapping[str, Any]
) -> IdentityDocument:
    number = values["id_number"]
    index = crypto.blind_index("number", number)
    if current is not None and bytes(current.number_index) == index:
        return current
    IdentityDocument.objects.filter(person=person, is_current=True).update(is_current=False)
    # back to a number that the person had before
    known = IdentityDocument.objects.filter(person=person, number_index=index).first()
    if known is not None:
        known.is_current = True
        known.save(update_fields=["is_current"])
        return known
    return IdentityDocument.objects.create(
        area_code=person.area_code,
        person=person,
        kind=values["id_type"],
        number_encrypted=crypto.encrypt("number", number),
        number_index=index,
        tail_index=crypto.tail_index(number),
        number_last3=number[-3:],
    )


def _shown(person: Person, number: str) -> dict[str, str]:
    birth = f"{person.birth_date:%d/%m/%Y}" if person.birth_date else str(person.birth_year or "")
    return {
        "full_name": person.full_name,
        "dob": birth,
        "sex": person.sex,
        "id_number": mask_number(number),
        "address": person.hamlet,
        "job": person.occupation,
        "phone": mask_number(person.phone),
    }
