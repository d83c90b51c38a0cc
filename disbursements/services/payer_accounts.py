"""The accounts from which an office pays by transfer: recorded, and ended; a change is both."""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.enums import DISTRICT_DIGITS
from core import clock, crypto
from core.audit import record_event
from core.text import clean_text
from core.transitions import TransitionRefused
from core.workflow import Actor
from disbursements.enums import PainVersion
from disbursements.models import PayerAccount
from disbursements.permissions import NOT_ACCOUNTANT, may_keep_payer_accounts
from disbursements.rules.bank_text import plain_text
from disbursements.rules.banks import bank_by_bin

SHORTEST = 6
LONGEST = 19


@dataclass(frozen=True, slots=True)
class PayerEntry:
    """An account as the bank's paper says it."""

    bank_bin: str
    holder_name: str
    account_number: str
    pain_version: PainVersion = PainVersion.V09


@transaction.atomic
def record_payer_account(*, actor: Actor, entry: PayerEntry) -> PayerAccount:
    """Record an account of the actor's own office, from today on.

    Refused: a bank that is not in the list, a number of other than 6 to 19 digits, a holder without letters, an account that is
    already in use, who is no accountant of a district or of the department.
    """
    _check_may_keep(actor)
    bank = bank_by_bin(entry.bank_bin)
    if bank is None:
        raise TransitionRefused(_("Ngân hàng: hãy chọn một ngân hàng trong danh mục."))
    number = crypto.normalise_number(entry.account_number)
    if not (number.isascii() and number.isdigit() and SHORTEST <= len(number) <= LONGEST):
        raise TransitionRefused(
            _(
                "Số tài khoản: cần %(least)s đến %(most)s chữ số, không có chữ. Hãy chép lại theo giấy của ngân hàng."
            )
            % {"least": SHORTEST, "most": LONGEST}
        )
    holder = clean_text(entry.holder_name)
    if not plain_text(holder):
        raise TransitionRefused(_("Tên chủ tài khoản: hãy ghi như trên giấy của ngân hàng."))
    known = PayerAccount.objects.filter(area_code=actor.area_code, account_number=number, valid_to=None)
    if known.exists():
        raise TransitionRefused(_("Tài khoản này đang được dùng, không cần ghi lại."))
    account = PayerAccount.objects.create(
        area_code=actor.area_code,
        bank_bin=bank.bin,
        bank_name=bank.name,
        holder_name=holder,
        account_number=number,
        pain_version=entry.pain_version,
        valid_from=clock.today(),
        recorded_by_id=actor.pk,
    )
    _record("payer_account.recorded", account, actor)
    return account


@transaction.atomic
def end_payer_account(*, actor: Actor, account: PayerAccount) -> PayerAccount:
    """No batch is paid from this account from today on; batches that name it keep it. Refused when it has ended already."""
    _check_may_keep(actor)
    locked = PayerAccount.objects.select_for_update(of=("self",)).get(pk=account.pk)
    if locked.area_code != actor.area_code:
        raise PermissionDenied(_("Tài khoản chi do kế toán của chính đơn vị đó ghi."))
    if locked.valid_to is not None:
        raise TransitionRefused(_("Tài khoản này đã ngừng dùng."))
    locked.valid_to = clock.today()
    locked.save(update_fields=["valid_to"])
    _record("payer_account.ended", locked, actor)
    return locked


def _check_may_keep(actor: Actor) -> None:
    if not actor.is_active or not may_keep_payer_accounts(actor) or len(actor.area_code) > DISTRICT_DIGITS:
        raise PermissionDenied(str(NOT_ACCOUNTANT))


def _record(action: str, account: PayerAccount, actor: Actor) -> None:
    last3 = account.account_number[-3:]
    record_event(action, account, actor=actor, change={"bank": account.bank_name, "last3": last3})
