"""How many signatures an amount asks for, who has given theirs, and what an approver should know before signing."""

import datetime as dt
from dataclasses import dataclass
from typing import Final

from django.db.models import Count, Sum
from django.utils.translation import gettext as _

from accounts.queries import area_names
from core.text import mask_number
from disbursements.enums import InstructionStatus, PayoutChannel
from disbursements.models import Batch, BatchSignature, PaymentInstruction, SignatureRule

SHOWN_CHANGES: Final = 20


@dataclass(frozen=True, slots=True)
class Signing:
    """The names under a batch, and how many its amount asks for."""

    names: tuple[tuple[str, dt.date], ...]
    needed: int

    @property
    def given(self) -> int:
        return len(self.names)

    @property
    def is_one_of_many(self) -> bool:
        """Several people sign this batch, so that the pages count them."""
        return self.needed > 1


@dataclass(frozen=True, slots=True)
class AttemptChange:
    """Somebody who is paid again: how it was tried before and why that failed, and how it is tried now."""

    name: str
    reference: str
    attempt: int
    before: str
    reason: str
    now: str

    @property
    def is_same(self) -> bool:
        """Tried again the same way."""
        return self.before == self.now


@dataclass(frozen=True, slots=True)
class CommuneShare:
    """People and đồng of a batch in one commune."""

    name: str
    people: int
    amount: int


def signatures_for(amount: int) -> int:
    """Signatures of different people that a batch of this many đồng needs; the database refuses fewer at the freeze."""
    rule = SignatureRule.objects.filter(from_amount__lte=amount).order_by("-signatures").first()
    return rule.signatures if rule else 1


def signing_of(batch: Batch) -> Signing:
    """Who has signed a batch, in their order; one query."""
    signed = BatchSignature.objects.filter(batch=batch).order_by("ordinal")
    return Signing(tuple(signed.values_list("signer_name", "signed_on")), batch.signatures_needed)


def communes_paid(batch: Batch) -> list[CommuneShare]:
    """Who is in a batch, commune by commune; two queries."""
    rows = (
        PaymentInstruction.objects.filter(batch=batch)
        .order_by("area_code")
        .values_list("area_code")
        .annotate(people=Count("pk"), total=Sum("amount"))
    )
    found = list(rows)
    names = area_names(area for area, _people, _total in found)
    return [CommuneShare(names[area], people, total) for area, people, total in found]


@dataclass(frozen=True, slots=True)
class LineShare:
    """People and đồng of a batch that one budget line pays."""

    reference: str
    decision: str
    source: str
    people: int
    amount: int


def lines_charged(batch: Batch) -> list[LineShare]:
    """Which budget lines pay a batch, with decision and source; one query."""
    rows = (
        PaymentInstruction.objects.filter(batch=batch, budget_line__isnull=False)
        .order_by("budget_line__reference")
        .values_list("budget_line__reference", "decision_number", "budget_line__source__name")
        .annotate(people=Count("pk"), total=Sum("amount"))
    )
    return [LineShare(*row) for row in rows]


def changes_since(batch: Batch) -> tuple[int, list[AttemptChange]]:
    """How many people of a batch are paid again, and of the first ones what changed since the attempt before; three queries."""
    again = PaymentInstruction.objects.filter(batch=batch, attempt__gt=1)
    count = again.count()
    shown = list(again.order_by("position")[:SHOWN_CHANGES]) if count else []
    earlier = {
        (line.entitlement_id, line.attempt): line
        for line in PaymentInstruction.objects.filter(entitlement__in=[line.entitlement_id for line in shown])
    }
    return count, [_change(line, earlier[line.entitlement_id, line.attempt - 1]) for line in shown]


def _change(line: PaymentInstruction, before: PaymentInstruction) -> AttemptChange:
    reason = before.result_reason or str(InstructionStatus(before.status).label)
    return AttemptChange(line.payee_name, line.case_reference, line.attempt, _way(before), reason, _way(line))


def _way(line: PaymentInstruction) -> str:
    if line.channel != PayoutChannel.BANK:
        return str(line.get_channel_display())
    return _("%(channel)s, %(bank)s %(account)s") % {
        "channel": line.get_channel_display(),
        "bank": line.bank_name,
        "account": mask_number(f"000{line.account_last3}"),
    }
