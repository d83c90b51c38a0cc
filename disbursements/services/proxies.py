"""Who received somebody's cash instead of them: recorded once, corrected by a further row with its reason."""

import datetime as dt
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from beneficiaries.rules.identity import kind_of, read_number
from core import clock, crypto
from core.audit import record_event
from core.text import clean_text, without_numbers
from core.transitions import TransitionRefused
from core.workflow import Actor
from disbursements.enums import InstructionStatus, PayoutChannel, ProxyRelation
from disbursements.models import CashProxy, PaymentInstruction
from disbursements.permissions import NOT_ACCOUNTANT, may_record_results
from disbursements.workflow.payouts import PAYEE_TOUCHED_BY_ME

CHANNELS = (PayoutChannel.CASH, PayoutChannel.POST)
STATES = (InstructionStatus.SENT, InstructionStatus.UNKNOWN, InstructionStatus.PAID)


@dataclass(frozen=True, slots=True)
class ProxyEntry:
    """Who received, as their card and the authorisation say; `reason` only for a correction."""

    full_name: str
    number: str
    relation: ProxyRelation
    paper_number: str
    paper_date: dt.date
    reason: str = ""


def may_have_proxy(line: PaymentInstruction) -> bool:
    """Is this cash that is or was handed out, so that somebody else may have taken it?"""
    return line.channel in CHANNELS and line.status in STATES


@transaction.atomic
def record_proxy(*, actor: Actor, line: PaymentInstruction, entry: ProxyEntry) -> CashProxy:
    """Record who received instead of the payee; the row before stays, this one holds.

    Refused: a transfer, a line that is not being paid, a number that is none or the payee's own, a paper of tomorrow,
    a correction without a reason, and who entered the case or approved the list.
    """
    if not actor.is_active or not may_record_results(actor):
        raise PermissionDenied(str(NOT_ACCOUNTANT))
    locked = PaymentInstruction.objects.select_for_update(of=("self",)).get(pk=line.pk)
    if not may_have_proxy(locked):
        raise TransitionRefused(_("Chỉ ghi người nhận thay của khoản tiền mặt đang chi hoặc đã chi."))
    if actor.pk in (locked.entered_by_id, locked.list_approved_by_id):
        raise TransitionRefused(str(PAYEE_TOUCHED_BY_ME.message))
    number = _number_of(entry, locked)
    if entry.paper_date > clock.today():
        raise TransitionRefused(_("Ngày ủy quyền: không được sau hôm nay."))
    earlier = CashProxy.objects.filter(instruction=locked).count()
    reason = without_numbers(clean_text(entry.reason))
    if earlier and not reason:
        raise TransitionRefused(_("Lý do sửa: đã có người nhận thay, hãy ghi vì sao sửa."))
    name, paper = clean_text(entry.full_name), clean_text(entry.paper_number)
    if not name or not paper:
        raise TransitionRefused(_("Hãy ghi đủ họ tên người nhận thay và số giấy ủy quyền."))
    made = CashProxy.objects.create(
        area_code=locked.area_code,
        instruction=locked,
        ordinal=earlier + 1,
        full_name=name,
        number_encrypted=crypto.encrypt("number", number),
        number_last3=number[-3:],
        relation=entry.relation,
        paper_number=paper,
        paper_date=entry.paper_date,
        reason=reason,
        recorded_by_id=actor.pk,
        recorded_by_name=actor.full_name,
    )
    record_event(
        "instruction.proxy_recorded",
        locked,
        actor=actor,
        reason=reason,
        change={"relation": str(entry.relation.label), "paper": paper, "ordinal": made.ordinal},
    )
    return made


def _number_of(entry: ProxyEntry, line: PaymentInstruction) -> str:
    number, _findings = read_number(entry.number)
    if not (kind_of(number) and number.isdigit()):
        raise TransitionRefused(
            _("Số CCCD/CMND của người nhận thay: cần 12 hoặc 9 chữ số. Hãy chép lại theo thẻ.")
        )
    if number == crypto.normalise_number(crypto.decrypt("number", line.payee_number_encrypted)):
        raise TransitionRefused(_("Số này là của chính người được hưởng, không phải người nhận thay."))
    return number
