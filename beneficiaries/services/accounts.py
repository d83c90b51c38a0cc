"""Payout accounts of people: a change is a new row with its reason, the old one ends and stays."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _

from beneficiaries.models import PayoutAccount, Person
from beneficiaries.rules.accounts import account_text, is_usual_account
from beneficiaries.services.duplicates.finding_jobs import search_later
from beneficiaries.services.holding_people import hold_person
from beneficiaries.services.people import PersonRefused, check_not_joined, check_reason
from core import clock, crypto
from core.audit import record_event
from core.text import clean_text, mask_number, search_key, without_numbers
from core.workflow import Actor

Sentences = dict[str, list[str]]
_MOST_BANK: Final = 100
_MOST_HOLDER: Final = 150
_MOST_NUMBER: Final = 30
_SHOWN: Final = 3


@dataclass(frozen=True, slots=True)
class TypedAccount:
    """An account as typed; an empty holder means the person."""

    bank: str
    number: str
    holder: str = ""


@transaction.atomic
def change_account(
    *,
    person: Person,
    account: TypedAccount,
    reason: str,
    actor: Actor,
    keeps_warnings: bool = False,
    expected_version: int | None = None,
) -> PayoutAccount:
    """Pay the person into this account from today on; the one before ends and stays.

    A reason is asked of everybody who has had an account. PersonRefused, by field (`bank`, `account`, `holder`, `reason`): no
    bank or number, the account that is there, an entry joined to another, and warnings that nobody kept: a holder of another
    name, a number of odd signs, an account of somebody else. StaleRecord: somebody else was faster. PermissionDenied outside
    the actor's area.
    """
    current = hold_person(person, actor=actor, expected_version=expected_version)
    check_not_joined(current)
    earlier = list(PayoutAccount.objects.filter(person=current).order_by("-pk"))
    if earlier:
        check_reason(reason)
    old = next((row for row in earlier if row.valid_to is None), None)
    number = account_text(account.number)
    bank = without_numbers(clean_text(account.bank))
    holder = without_numbers(clean_text(account.holder)) or current.full_name
    warnings = _judged(current, old, bank, number, holder, actor)
    if warnings and not keeps_warnings:
        raise PersonRefused({}, warnings)
    today = clock.today()
    if old is not None:
        _end(old, today)
    why = without_numbers(clean_text(reason))
    made = PayoutAccount.objects.create(
        area_code=current.area_code,
        person=current,
        bank_name=bank,
        holder_name=holder,
        account_encrypted=crypto.encrypt("account", number),
        account_index=crypto.blind_index("account", number),
        account_last3=number[-3:],
        valid_from=today,
        change_reason=why if earlier else "",
        recorded_by_id=actor.pk,
    )
    shown = {"before": account_words(old) if old else "", "after": account_words(made)}
    _record("person.account_changed", current, why, actor, shown)
    search_later([current.pk])
    return made


@transaction.atomic
def end_account(
    *, person: Person, reason: str, actor: Actor, expected_version: int | None = None
) -> PayoutAccount:
    """Pay the person into no account from today on: into the hand, until another account is written.

    PersonRefused by field: no reason, no account to end. StaleRecord and PermissionDenied as `change_account`.
    """
    current = hold_person(person, actor=actor, expected_version=expected_version)
    check_reason(reason)
    old = PayoutAccount.objects.filter(person=current, valid_to__isnull=True).first()
    if old is None:
        raise PersonRefused({"": [_("Người này không có tài khoản nhận tiền để dừng.")]}, {})
    _end(old, clock.today())
    why = without_numbers(clean_text(reason))
    _record("person.account_ended", current, why, actor, {"before": account_words(old)})
    return old


def record_first_account(person: Person, account: PayoutAccount, actor: Actor) -> None:
    """The first account of somebody registered already, typed with a claim or an entry: no reason is asked, the log has it."""
    account.recorded_by_id = actor.pk
    account.save()
    _record("person.account_changed", person, "", actor, {"before": "", "after": account_words(account)})
    search_later([person.pk])


def account_words(account: PayoutAccount) -> str:
    """Bank and masked number, as they stand in the log."""
    return f"{account.bank_name} {mask_number(f'•••{account.account_last3}')}".strip()


def _end(account: PayoutAccount, today: dt.date) -> None:
    """Its last day is the one before the new account's first, or the only day that it had."""
    account.valid_to = max(account.valid_from, today - dt.timedelta(days=1))
    account.save(update_fields=["valid_to"])


def _record(action: str, person: Person, reason: str, actor: Actor, shown: dict[str, str]) -> None:
    person.version += 1
    person.save(update_fields=["version", "updated_at"])
    record_event(action, person, actor=actor, reason=reason, change={**shown, "version": person.version})


def _judged(
    person: Person, old: PayoutAccount | None, bank: str, number: str, holder: str, actor: Actor
) -> Sentences:
    """What is asked about the account; PersonRefused where it can't be taken."""
    errors: Sentences = {}
    if not bank:
        errors["bank"] = [_("Hãy ghi tên ngân hàng.")]
    if not number:
        errors["account"] = [_("Hãy ghi số tài khoản.")]
    for field, text, most in (
        ("bank", bank, _MOST_BANK),
        ("account", number, _MOST_NUMBER),
        ("holder", holder, _MOST_HOLDER),
    ):
        if len(text) > most:
            errors[field] = [_("Không quá %(length)s ký tự.") % {"length": most}]
    index = crypto.blind_index("account", number)
    if old is not None and not errors and _is_same(old, index, bank, holder):
        errors["account"] = [_("Tài khoản này đang dùng, chưa có gì thay đổi.")]
    if errors:
        raise PersonRefused(errors, {})
    warnings: Sentences = {}
    if not is_usual_account(number):
        warnings["account"] = [
            _("Số tài khoản có ký tự lạ hoặc sai độ dài (6 đến 19). Hãy xem lại số tài khoản.")
        ]
    if search_key(holder) != search_key(person.full_name):
        warnings["holder"] = [
            _(
                "Tên chủ tài khoản khác họ tên người thụ hưởng (%(name)s). Hãy đối chiếu giấy ủy quyền hoặc sổ tài khoản."
            )
            % {"name": person.full_name}
        ]
    if others := _others_with(person, index, actor):
        warnings["account"] = [
            *warnings.get("account", []),
            _("Số tài khoản này cũng ghi cho %(names)s. Hãy đối chiếu.") % {"names": ", ".join(others)},
        ]
    return warnings


def _is_same(old: PayoutAccount, index: bytes, bank: str, holder: str) -> bool:
    return (bytes(old.account_index), old.bank_name, old.holder_name) == (index, bank, holder)


def _others_with(person: Person, index: bytes, actor: Actor) -> list[str]:
    """Who else of the actor's area is paid into this account; of other areas nothing is told."""
    rows = (
        PayoutAccount.objects.visible_to(actor)
        .filter(account_index=index, valid_to__isnull=True)
        .exclude(person=person)
        .exclude(person__joined_to=person)
        .order_by("person__name_sort")
    )
    return list(rows.values_list("person__full_name", flat=True)[:_SHOWN])
