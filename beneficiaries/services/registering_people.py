"""One applicant typed by hand: judged by the rules of the import, linked to who has the number already, else registered."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from functools import partial
from typing import Any, Final

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from beneficiaries.imports.checking import LENGTHS, CheckedRow, CheckRules, RowChecker
from beneficiaries.imports.findings import message_of
from beneficiaries.imports.profile import profile_to_judge_by
from beneficiaries.imports.registering import lock_register
from beneficiaries.models import IdentityDocument, PayoutAccount, Person
from beneficiaries.permissions import may_register_in
from beneficiaries.queries.communes import communes_seen_from
from beneficiaries.rules.findings import Finding
from beneficiaries.services.accounts import record_first_account
from beneficiaries.services.duplicates.finding_jobs import search_later
from beneficiaries.services.duplicates.hinting import record_told
from beneficiaries.services.duplicates.likely import likely_of, warning_of
from beneficiaries.services.people import (
    AWAITED,
    FIELDS,
    PersonRefused,
    owners_of,
    put_values,
    sentences_of,
)
from core import clock, crypto
from core.audit import record_event
from core.fence import afterwards
from core.queries.references import next_reference
from core.text import mask_number, without_numbers
from core.workflow import Actor

TYPED_FIELDS: Final = (*FIELDS, "permanent_address", "bank", "account", "account_holder")
Sentences = dict[str, list[str]]


@transaction.atomic
def register_person(
    *,
    typed: Mapping[str, str],
    profile: str,
    on: dt.date,
    area_code: str,
    actor: Actor,
    keeps_warnings: bool,
) -> Person:
    """The person of what was typed (`TYPED_FIELDS`, what is left out is empty), judged on that day: new, or who has the number.

    Somebody registered already stays as they are, in whichever commune; who never had an account and is of the actor's area gets
    the typed one, which their history tells. PersonRefused, by field: no number, what the import would call an error, the number
    of another name, and warnings that nobody kept: what the import would warn of, somebody who may be the same human, a person
    of another area, a number in a list on its way in, an account that is not written. PermissionDenied outside the actor's area.
    """
    return find_or_register(
        typed=typed, profile=profile, on=on, area_code=area_code, actor=actor, keeps_warnings=keeps_warnings
    )[0]


@transaction.atomic
def find_or_register(
    *,
    typed: Mapping[str, str],
    profile: str,
    on: dt.date,
    area_code: str,
    actor: Actor,
    keeps_warnings: bool,
) -> tuple[Person, bool]:
    """As `register_person`, and whether the person is new."""
    if not actor.is_active or not may_register_in(actor, area_code):
        raise PermissionDenied(_("Bạn không ghi người thụ hưởng của địa bàn này."))
    lock_register()
    checked = _checked(typed, profile, on, area_code)
    errors, warnings = sentences_of(checked, TYPED_FIELDS)
    _typed_sentences(checked, typed, profile, errors, warnings)
    values = checked.values
    known = None if errors else _known(values, profile, area_code, errors, warnings)
    adds_account = False
    if known is not None:
        adds_account = _may_add_account(known, values, area_code, actor, warnings)
    elif not errors and (likely := likely_of(values, area_code, actor.area_code)):
        warnings.setdefault("full_name", []).append(warning_of(likely))
        if not keeps_warnings:
            # the form is refused, and with it what was written; that somebody was told of is not
            afterwards(partial(record_told, likely[:1], actor))
    if errors or (warnings and not keeps_warnings):
        raise PersonRefused(errors, warnings)
    if known is not None:
        if adds_account:
            record_first_account(known, _account_of(known, values), actor)
        return known, False
    return _register(values, area_code, actor), True


def _checked(typed: Mapping[str, str], profile: str, on: dt.date, area_code: str) -> CheckedRow:
    rules = CheckRules(profile_to_judge_by(profile), communes_seen_from(area_code, clock.today()), on)
    cells = {field: typed.get(field, "").strip() for field in TYPED_FIELDS}
    return RowChecker(rules, frozenset(TYPED_FIELDS)).check(0, cells, typed=TYPED_FIELDS)


def _typed_sentences(
    checked: CheckedRow, typed: Mapping[str, str], profile: str, errors: Sentences, warnings: Sentences
) -> None:
    """What a list only notes is asked about here: nobody looks at it again. A profile may take people without a number."""
    if not typed.get("id_number", "").strip() and profile_to_judge_by(profile).needs_number:
        errors["id_number"] = [_("Hãy ghi số CCCD, CMND.")]
    for finding in checked.findings:
        if finding.code == "VALUE_TOO_LONG":
            errors[finding.field] = [_("Không quá %(length)s ký tự.") % {"length": LENGTHS[finding.field]}]
        elif finding.code == "ACCOUNT_UNUSUAL":
            warnings["account"] = [
                _("Số tài khoản có ký tự lạ hoặc sai độ dài (6 đến 19). Hãy xem lại số tài khoản.")
            ]


def _known(
    values: Mapping[str, Any], profile: str, area_code: str, errors: Sentences, warnings: Sentences
) -> Person | None:
    """Who has the number, asked of the whole province; of other areas nothing more than that is told."""
    person: Person | None = None
    for owner in owners_of(values, profile):
        if owner.person_id is not None and not owner.is_same_name:
            message = message_of(Finding("ID_OTHER_PERSON", "id_number"), None).partition(" : ")[2]
            errors["id_number"] = [message[:1].upper() + message[1:]]
        elif owner.person_id is not None:
            # held, so that whoever changes the account meanwhile is seen
            person = Person.objects.select_for_update(no_key=True, of=("self",)).get(pk=owner.person_id)
            if not person.area_code.startswith(area_code):
                warnings["id_number"] = [
                    _(
                        "Số này đã ghi cho người cùng họ tên ở nơi khác; hồ sơ sẽ gắn với người đó. Hãy đối chiếu."
                    )
                ]
        elif owner.is_awaited:
            warnings["id_number"] = [str(AWAITED)]
    return person


def _may_add_account(
    person: Person, values: Mapping[str, Any], area_code: str, actor: Actor, warnings: Sentences
) -> bool:
    """Whether the typed account becomes the known person's first one; what is asked about where it does not."""
    if not values["account"]:
        return False
    rows = list(PayoutAccount.objects.filter(person=person))
    current = next((row for row in rows if row.valid_to is None), None)
    why = ""
    if current is not None:
        if bytes(current.account_index) != crypto.blind_index("account", values["account"]):
            is_own = person.area_code.startswith(area_code)
            shown = mask_number(f"•••{current.account_last3}") if is_own else "•••"
            why = _(
                "Người này đã có tài khoản nhận tiền khác (%(account)s); tài khoản đó được giữ nguyên."
            ) % {"account": shown}
    elif not may_register_in(actor, person.area_code):
        why = _("Người này đăng ký ở nơi khác nên số tài khoản không được ghi. Hãy đề nghị nơi đó ghi.")
    elif rows:
        why = _(
            "Người này đã thôi nhận tiền qua tài khoản nên số tài khoản không được ghi. "
            "Tài khoản mới cần lý do: hãy ghi ở trang của người này."
        )
    if why:
        warnings["account"] = [*warnings.get("account", []), why]
    return current is None and not why


def _register(values: Mapping[str, Any], area_code: str, actor: Actor) -> Person:
    person = Person(reference=next_reference("NT"), area_code=area_code)
    put_values(person, values)
    person.permanent_address = without_numbers(values["permanent_address"])
    person.save()
    for number, is_current in ((values["id_number"], True), (values.get("id_number_old"), False)):
        if number:
            _add_document(person, number, is_current=is_current)
    if values["account"]:
        _account_of(person, values).save()
    record_event("person.registered", person, actor=actor)
    search_later([person.pk])
    return person


def _add_document(person: Person, number: str, *, is_current: bool) -> None:
    """The old number of somebody else is left to them, as in the import."""
    index = crypto.blind_index("number", number)
    if not is_current and IdentityDocument.objects.filter(number_index=index).exists():
        return
    IdentityDocument.objects.create(
        area_code=person.area_code,
        person=person,
        kind="CCCD" if len(number) == 12 else "CMND",
        number_encrypted=crypto.encrypt("number", number),
        number_index=index,
        tail_index=crypto.tail_index(number),
        number_last3=number[-3:],
        is_current=is_current,
    )


def _account_of(person: Person, values: Mapping[str, Any]) -> PayoutAccount:
    """The typed account as the person's, not saved."""
    account = values["account"]
    return PayoutAccount(
        area_code=person.area_code,
        person=person,
        bank_name=without_numbers(values["bank"]),
        holder_name=without_numbers(values["account_holder"]) or person.full_name,
        account_encrypted=crypto.encrypt("account", account),
        account_index=crypto.blind_index("account", account),
        account_last3=account[-3:],
        valid_from=clock.today(),
    )
