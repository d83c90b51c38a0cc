"""Samples of paid people to be called back: whom a seed draws, who may call, what was answered."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, F, Func, OuterRef, Q, QuerySet, TextField, Value
from django.db.models.functions import Concat

from accounts.queries import area_names
from core.workflow import Actor
from disbursements.enums import CallOutcome, InstructionStatus
from disbursements.models import BatchSignature, CallbackItem, CallbackSample, PaymentInstruction


@dataclass(frozen=True, slots=True)
class SampleScope:
    """Of which payments a sample is drawn: an area, and where given a programme, a batch (its reference), days of payment."""

    area: str
    programme: str = ""
    batch: str = ""
    paid_from: dt.date | None = None
    paid_to: dt.date | None = None

    def lines(self) -> QuerySet[PaymentInstruction]:
        """The paid lines that a sample may draw from."""
        found: QuerySet[PaymentInstruction] = PaymentInstruction.objects.in_area(self.area)
        found = found.filter(status=InstructionStatus.PAID)
        if self.programme:
            found = found.filter(batch__programme=self.programme)
        if self.batch:
            found = found.filter(batch_reference=self.batch)
        if self.paid_from:
            found = found.filter(resulted_on__gte=self.paid_from)
        if self.paid_to:
            found = found.filter(resulted_on__lte=self.paid_to)
        return found


@dataclass(frozen=True, slots=True)
class CallRow:
    """One person of a sample as the caller sees them; of the telephone number the last three digits."""

    item: CallbackItem
    line: PaymentInstruction
    area: str
    phone_end: str


@dataclass(frozen=True, slots=True)
class OutcomeShare:
    """How many said so, and their share of those who gave an answer (0 to 1; None where the outcome is no answer)."""

    code: str
    people: int
    share: float | None


def drawn(lines: QuerySet[PaymentInstruction], seed: str, size: int) -> list[PaymentInstruction]:
    """The first `size` lines in the order of SHA-256 over seed, colon, reference: the same seed draws the same people."""
    text = Concat(Value(f"{seed}:"), F("reference"), output_field=TextField())
    mark = Func(
        text, template="encode(sha256(convert_to(%(expressions)s, 'UTF8')), 'hex')", output_field=TextField()
    )
    return list(lines.annotate(drawn_as=mark).order_by("drawn_as", "reference")[:size])


def took_part(actor: Actor) -> Q:
    """Lines whose case this person entered, appraised, approved, put into a batch, signed, or whose result they recorded."""
    pk = actor.pk
    signed = BatchSignature.objects.filter(batch=OuterRef("batch"), signer_id=pk)
    by_line = Q(entered_by_id=pk) | Q(list_approved_by_id=pk) | Q(money_approved_by_id=pk)
    by_payout = Q(batched_by_id=pk) | Q(recorded_by_id=pk) | Q(batch__approved_by_id=pk) | Q(Exists(signed))
    by_desk = Q(entitlement__appraised_by_id=pk) | Q(entitlement__money_appraised_by_id=pk)
    return by_line | by_payout | by_desk


def samples_of(actor: Actor) -> QuerySet[CallbackSample]:
    """The samples of one's area, newest first, with how many were called and how many answers need a look."""
    found: QuerySet[CallbackSample] = CallbackSample.objects.visible_to(actor)
    counted = found.select_related("programme", "batch").annotate(
        called=Count("items", filter=~Q(items__outcome="")),
        alarms=Count("items", filter=Q(items__outcome__in=CallOutcome.alarming())),
    )
    return counted.order_by("-pk")


def items_of_sample(sample: CallbackSample, outcome: str | None = None) -> QuerySet[CallbackItem]:
    """Its people in the order in which they were drawn; `outcome` "" are those not called yet."""
    rows = CallbackItem.objects.filter(sample=sample).order_by("position")
    return rows if outcome is None else rows.filter(outcome=outcome)


def call_rows(items: Iterable[CallbackItem]) -> list[CallRow]:
    """In two queries, whatever their number."""
    found = list(items)
    lines = PaymentInstruction.objects.select_related(
        "entitlement__claimant", "entitlement__case", "batch"
    ).in_bulk([item.instruction_id for item in found])
    names = area_names({item.area_code for item in found})
    return [
        CallRow(item, line, names[item.area_code], phone_of(line)[-3:])
        for item in found
        for line in [lines[item.instruction_id]]
    ]


def phone_of(line: PaymentInstruction) -> str:
    """The payee's number as it is known now: the person's, else the case's; "" where there is none."""
    owed = line.entitlement
    return (owed.claimant.phone if owed.claimant else "") or owed.case.phone


def outcome_shares(sample: CallbackSample) -> list[OutcomeShare]:
    """Every outcome with people and share of the answers, and last those not called yet; one query."""
    rows: Any = items_of_sample(sample).order_by().values_list("outcome").annotate(n=Count("pk"))
    counts = dict(rows)
    no_answer = (CallOutcome.UNREACHABLE, CallOutcome.WRONG_NUMBER)
    answered = sum(n for code, n in counts.items() if code and code not in no_answer)
    shares = [
        OutcomeShare(
            code.value,
            counts.get(code.value, 0),
            None if code in no_answer or not answered else counts.get(code.value, 0) / answered,
        )
        for code in CallOutcome
    ]
    return [*shares, OutcomeShare("", counts.get("", 0), None)]
