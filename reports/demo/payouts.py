"""The payout rounds of the demo: batches waiting, approved, half paid and closed, returned payments, some of them paid again."""

import datetime as dt
import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from random import Random
from typing import Final

from django.db.backends.utils import CursorWrapper

from accounts.demo import PROVINCE
from accounts.enums import Role
from core.references import format_reference
from disbursements.enums import BatchStatus, InstructionStatus, PayoutChannel, ReturnReason
from disbursements.models import Batch, BatchSignature, PayerAccount, PaymentInstruction
from disbursements.queries.signatures import signatures_for
from disbursements.rules.banks import bank_of
from reports.demo.cases import AMOUNT
from reports.demo.copying import copy_rows, next_id
from reports.demo.filing import moment
from reports.demo.money import Claim, Lines
from reports.demo.plan import FIRST_DAY, Days
from reports.demo.staff import Member, Staff
from reports.demo.stages import WAVES, Stage, stage_of_wave
from support_programs.enums import EntitlementStatus, Step

_STATUSES: Final = {
    Stage.PREPARED: BatchStatus.PREPARED,
    Stage.BATCH_APPROVED: BatchStatus.APPROVED,
    Stage.HALF_PAID: BatchStatus.RELEASED,
    Stage.CLOSED: BatchStatus.CLOSED,
}
_RETURNED: Final = {
    PayoutChannel.CASH: (ReturnReason.ABSENT, ReturnReason.MOVED, ReturnReason.DECLINED),
    PayoutChannel.BANK: (
        ReturnReason.WRONG_ACCOUNT,
        ReturnReason.OTHER_NAME,
        ReturnReason.CLOSED_ACCOUNT,
    ),
}
# the bank from which the offices of the demo pay; account numbers are invented
_PAYER_BANK: Final = "Agribank"
_WORDS: Final = {PayoutChannel.CASH: "tiền mặt", PayoutChannel.BANK: "chuyển khoản"}


@dataclass(slots=True)
class Line:
    """One payment instruction."""

    claim: Claim
    attempt: int
    status: InstructionStatus = InstructionStatus.QUEUED
    resulted_on: dt.date | None = None
    reason: ReturnReason | None = None


@dataclass(slots=True)
class Round:
    """One batch with its lines; `wave` is the newest decision that it pays, `waited` working days until money went out."""

    district: str
    wave: int
    channel: PayoutChannel
    stage: Stage
    maker: Member
    approver: Member
    second_approver: Member
    lines: list[Line] = field(default_factory=list)
    waited: int = 1
    pk: int = 0
    reference: str = ""

    @property
    def made_on(self) -> dt.date:
        return WAVES[self.wave].allocated_on or WAVES[self.wave].signed_on

    @property
    def amount(self) -> int:
        return len(self.lines) * AMOUNT

    @property
    def signers(self) -> tuple[Member, ...]:
        """Whose names stand under the batch, in their order: as many as its amount asks for, once it is approved."""
        everybody = (self.approver, self.second_approver)
        return everybody[: signatures_for(self.amount)] if self.is_approved else ()

    @property
    def is_approved(self) -> bool:
        return self.stage.rank >= Stage.BATCH_APPROVED.rank

    @property
    def is_released(self) -> bool:
        return self.stage.rank >= Stage.HALF_PAID.rank


def plan_rounds(claims: Sequence[Claim], staff: Staff, days: Days, random: Random) -> list[Round]:
    """Batches in the order in which they were made, with what became of each line; the claims' states follow."""
    waiting: dict[tuple[str, int, PayoutChannel], list[Claim]] = {}
    for claim in claims:
        plan = claim.item.plan
        if plan.wave is not None and plan.stage.is_batched:
            channel = PayoutChannel.BANK if claim.entry.human.account else PayoutChannel.CASH
            waiting.setdefault((plan.district, plan.wave, channel), []).append(claim)
    rounds: list[Round] = []
    returned: dict[tuple[str, PayoutChannel], list[Line]] = {}
    for (district, wave, channel), members in sorted(
        waiting.items(), key=lambda found: (found[0][1], found[0])
    ):
        stage = stage_of_wave(district, wave, members[0].item.plan.stream)
        made = Round(
            district,
            wave,
            channel,
            stage,
            maker=staff.pick(district, Role.ACCOUNTANT, wave),
            # who recorded the decision does not release its money
            approver=staff.pick(PROVINCE, Role.PROVINCIAL_APPROVER, wave + 1),
            second_approver=staff.pick(PROVINCE, Role.PROVINCIAL_APPROVER, wave + 2),
            lines=[Line(claim, 1) for claim in members],
            waited=random.choice((1, 1, 2, 3)),
        )
        if wave == 2:
            # half of what came back from the first decision is paid again with the third, which other people sign
            # an account to which money could not go is corrected first
            again = returned.pop((district, channel), []) if channel is PayoutChannel.CASH else []
            signers = {made.approver.pk, made.second_approver.pk}
            made.lines += [
                Line(line.claim, 2) for line in again[::2] if line.claim.item.approver.pk not in signers
            ]
        _pay(made, days, random)
        returned[district, channel] = [line for line in made.lines if line.status in _UNPAID]
        rounds.append(made)
    return rounds


_UNPAID: Final = (InstructionStatus.RETURNED, InstructionStatus.FAILED)


def _pay(made: Round, days: Days, random: Random) -> None:
    """Decide what became of each line, and move the entitlements with it."""
    begun = days.place(made.made_on) + made.waited
    for place, line in enumerate(made.lines):
        line.claim.status = EntitlementStatus.COMMITTED
        if not made.is_released:
            continue
        is_answered = made.stage is Stage.CLOSED or place < 0.55 * len(made.lines)
        chance = random.random()
        if not is_answered:
            line.status = InstructionStatus.UNKNOWN if chance < 0.01 else InstructionStatus.SENT
            continue
        line.resulted_on = days.at(begun + random.choice((0, 1, 1, 2, 3)))
        if line.claim.item.plan.turn % 9 == 0 and chance < 0.14:
            is_bank = made.channel is PayoutChannel.BANK
            line.status = InstructionStatus.FAILED if is_bank else InstructionStatus.RETURNED
            line.reason = random.choice(_RETURNED[made.channel])
            line.claim.status = EntitlementStatus.APPROVED
        else:
            line.status = InstructionStatus.PAID
            line.claim.status = EntitlementStatus.PAID


def end_paid_lists(claims: Sequence[Claim], rounds: Sequence[Round]) -> None:
    """A list of which nobody is owed any more has passed its last step, on the day of its last payment."""
    owed = {claim.item.pk for claim in claims if claim.status is not EntitlementStatus.PAID}
    for made in rounds:
        for line in made.lines:
            item = line.claim.item
            if item.pk not in owed and line.resulted_on:
                step = item.plan.steps[-1]
                step.finished_on = max(step.finished_on or line.resulted_on, line.resulted_on)
                item.paid_by = made.maker


def write_rounds(
    cursor: CursorWrapper,
    rounds: Sequence[Round],
    districts: dict[str, str],
    days: Days,
    programme_id: str,
    version_hash: str,
    money: Lines,
    numbers: dict[str, int],
) -> None:
    """The batches, signatures and instructions; `numbers` gives the first running numbers of DC and LC."""
    payers = _write_payers(cursor, rounds, districts)
    first = next_id(cursor, Batch)
    for place, made in enumerate(rounds):
        made.pk, made.reference = first + place, format_reference("DC", 2021, numbers["DC"] + place)
    copy_rows(
        cursor,
        Batch,
        [
            {
                **_batch_row(made, districts, days),
                "programme_id": programme_id,
                "payer_account_id": payers[made.district] if made.channel is PayoutChannel.BANK else None,
            }
            for made in rounds
        ],
    )
    first_line = next_id(cursor, PaymentInstruction)
    rows: list[dict[str, object]] = []
    for made in rounds:
        for position, line in enumerate(made.lines, start=1):
            rows.append(
                {
                    "id": first_line + len(rows),
                    "reference": format_reference("LC", 2021, numbers["LC"] + len(rows)),
                    "position": position,
                    "version_hash": version_hash,
                    **_line_row(made, line, days, money),
                }
            )
    copy_rows(cursor, PaymentInstruction, rows)
    copy_rows(cursor, BatchSignature, [row for made in rounds for row in _signatures(made, days)])


def _write_payers(
    cursor: CursorWrapper, rounds: Sequence[Round], districts: dict[str, str]
) -> dict[str, int]:
    """The account from which each district pays by transfer, in the name of its office; gives their records."""
    bank = bank_of(_PAYER_BANK)
    if bank is None:
        raise LookupError(f"{_PAYER_BANK} is not in the list of banks")
    first = next_id(cursor, PayerAccount)
    makers = {made.district: made.maker for made in rounds}
    rows = [
        {
            "id": first + place,
            "area_code": district,
            "bank_bin": bank.bin,
            "bank_name": bank.name,
            "holder_name": f"Phòng LĐ-TBXH {districts[district]} (bản dùng thử)",
            "account_number": f"6700{district}00{place:03d}",
            "valid_from": FIRST_DAY,
            "recorded_by_id": makers[district].pk,
            "created_at": moment(FIRST_DAY, 5),
        }
        for place, district in enumerate(sorted(makers))
    ]
    copy_rows(cursor, PayerAccount, rows)
    return {district: first + place for place, district in enumerate(sorted(makers))}


def _signatures(made: Round, days: Days) -> Iterator[dict[str, object]]:
    """As many names as the amount asks for, once the batch is approved."""
    begun = days.at(days.place(made.made_on) + made.waited)
    for ordinal, signer in enumerate(made.signers, start=1):
        yield {
            "batch_id": made.pk,
            "area_code": made.district,
            "ordinal": ordinal,
            "signer_id": signer.pk,
            "signer_name": signer.full_name,
            "signed_on": begun,
            "signed_at": moment(begun, 20 + ordinal),
        }


def _batch_row(made: Round, districts: dict[str, str], days: Days) -> dict[str, object]:
    key = f"demo-{made.district}-{made.wave}-{made.channel}"
    begun = days.at(days.place(made.made_on) + made.waited)
    ended = max((line.resulted_on for line in made.lines if line.resulted_on), default=begun)
    # the last signature approves
    approver = made.signers[-1] if made.signers else None
    return {
        "id": made.pk,
        "reference": made.reference,
        "area_code": made.district,
        "status": _STATUSES[made.stage].value,
        "status_changed_at": moment(ended if made.is_released else made.made_on, 420),
        "created_at": moment(made.made_on, 330),
        "version": 2 + made.stage.rank - Stage.PREPARED.rank,
        "title": f"Chi hỗ trợ lao động tự do đợt {made.wave + 1}, {districts[made.district]}, {_WORDS[made.channel]}",
        "channel": made.channel.value,
        "idempotency_key": key,
        "request_hash": hashlib.sha256(key.encode()).hexdigest(),
        "line_count": len(made.lines),
        "total_amount": made.amount,
        "signatures_needed": signatures_for(made.amount),
        "made_on": made.made_on,
        "created_by_id": made.maker.pk,
        "created_by_name": made.maker.full_name,
        "approved_by_id": approver.pk if approver else None,
        "approved_by_name": approver.full_name if approver else "",
        "approved_at": moment(begun, 30) if made.is_approved else None,
        "released_on": begun if made.is_released else None,
        "released_by_id": made.maker.pk if made.is_released else None,
        "due_on": days.due(made.made_on, Step.PAYMENT),
        "closed_on": ended if made.stage is Stage.CLOSED else None,
    }


@cache
def _bin_of(name: str) -> str:
    bank = bank_of(name)
    return bank.bin if bank else ""


def _line_row(made: Round, line: Line, days: Days, money: Lines) -> dict[str, object]:
    claim, human = line.claim, line.claim.entry.human
    is_bank = made.channel is PayoutChannel.BANK
    begun = days.at(days.place(made.made_on) + made.waited)
    changed = line.resulted_on or (begun if made.is_released else made.made_on)
    return {
        "area_code": claim.item.plan.area_code,
        "status": line.status.value,
        "status_changed_at": moment(changed, 400),
        "created_at": moment(made.made_on, 331),
        "batch_id": made.pk,
        "batch_reference": made.reference,
        "entitlement_id": claim.pk,
        "budget_line_id": money[claim.item.plan.district, claim.item.plan.wave or 0, claim.item.plan.stream],
        "case_reference": claim.entry.reference,
        "case_list_id": claim.item.pk,
        "decision_number": WAVES[claim.item.plan.wave or 0].number,
        "attempt": line.attempt,
        "channel": made.channel.value,
        "amount": AMOUNT,
        "cap": AMOUNT,
        "payee_name": human.full_name,
        "payee_sort": human.name_sort,
        "birth_date": human.birth_date,
        "birth_year": human.birth_year,
        "payee_number_encrypted": human.number_encrypted,
        "payee_number_last3": human.last3,
        "hamlet": human.hamlet,
        "bank_bin": _bin_of(human.bank_name) if is_bank else "",
        "bank_name": human.bank_name if is_bank else "",
        "account_holder": human.full_name if is_bank else "",
        "account_encrypted": human.account_encrypted if is_bank else None,
        "account_index": human.account_index if is_bank else None,
        "account_last3": human.account[-3:] if is_bank else "",
        "entered_by_id": claim.item.officer.pk,
        "list_approved_by_id": claim.item.head.pk,
        "money_approved_by_id": claim.item.approver.pk,
        "batched_by_id": made.maker.pk,
        "received_on": claim.item.plan.list_date,
        "sent_on": begun if made.is_released else None,
        "unknown_since": begun if line.status is InstructionStatus.UNKNOWN else None,
        "resulted_on": line.resulted_on,
        "result_reason": str(line.reason.label) if line.reason else "",
        "result_code": line.reason.value if line.reason else "",
        "recorded_by_id": made.maker.pk if line.resulted_on else None,
    }
