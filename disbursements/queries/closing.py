"""Does a batch tie? What was approved, paid, sent back and awaited, by the ledger; and what is in the way of closing it (I15)."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from django.db.models import Count, Sum
from django.urls import reverse
from django.utils.translation import gettext as _

from core.money import format_dong
from disbursements.enums import BatchStatus, InstructionStatus
from disbursements.models import Batch, PaymentInstruction, StatementLine
from disbursements.queries.ledger import BatchMoney, Tally, batch_money
from disbursements.queries.statements import rows_in_the_way


@dataclass(frozen=True, slots=True)
class Obstacle:
    """One thing in the way of closing, and where it is dealt with."""

    text: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """The table of a batch. `proved` is what of the paid money stands in a recorded file; `difference` in đồng must be 0:
    approved - paid - not paid - awaited. Money comes from the ledger, what was approved from the frozen batch.
    """

    approved: Tally
    paid: Tally
    proved: Tally
    unpaid: Tally
    failed: Tally
    returned: Tally
    unknown: Tally
    awaited: Tally
    obstacles: tuple[Obstacle, ...] = ()

    @property
    def difference(self) -> int:
        return self.approved.amount - self.paid.amount - self.unpaid.amount - self.awaited.amount

    @property
    def missing_people(self) -> int:
        return self.approved.people - self.paid.people - self.unpaid.people - self.awaited.people

    @property
    def by_hand(self) -> Tally:
        """Paid by an officer's word on the page alone: no file says so."""
        return self.paid + -self.proved

    @property
    def ties(self) -> bool:
        return not self.difference and not self.missing_people


def reconciliation(
    batch: Batch, money: BatchMoney | None = None, *, has_files: bool = True
) -> Reconciliation:
    """The table and the obstacles; at most three queries, two less where nothing came back as a file.

    `money` is what the ledger says of the batch, where the caller knows it already.
    """
    sums = money or batch_money([batch])[batch.pk]
    is_cancelled = batch.status == BatchStatus.CANCELLED
    table = Reconciliation(
        approved=Tally() if is_cancelled else Tally(batch.total_amount, batch.line_count),
        paid=sums.paid,
        proved=_proved(batch) if has_files else Tally(),
        unpaid=sums.unpaid,
        failed=sums.failed,
        returned=sums.returned,
        unknown=sums.unknown,
        awaited=sums.awaited,
    )
    if batch.status != BatchStatus.RELEASED:
        return table
    return replace(table, obstacles=tuple(_obstacles(batch, table, has_files=has_files)))


def ledger_equals_lines(batch: Batch) -> bool:
    """Are the ledger's sums those of the payment instructions themselves, in people and đồng?"""
    money = batch_money([batch])[batch.pk]
    groups = {
        InstructionStatus.PAID: money.paid,
        InstructionStatus.FAILED: money.failed,
        InstructionStatus.RETURNED: money.returned,
    }
    rows = PaymentInstruction.objects.filter(batch=batch).order_by().values_list("status")
    found = {
        status: Tally(amount, people) for status, people, amount in rows.annotate(Count("pk"), Sum("amount"))
    }
    return found.keys() <= groups.keys() and all(
        found.get(status, Tally()) == tally for status, tally in groups.items()
    )


def _proved(batch: Batch) -> Tally:
    """What recorded files say was paid; each line once."""
    proof = StatementLine.objects.filter(
        statement__batch=batch, recorded_at__isnull=False, instruction__isnull=False
    )
    sums = PaymentInstruction.objects.filter(
        batch=batch, status=InstructionStatus.PAID, pk__in=proof.order_by().values("instruction")
    ).aggregate(people=Count("pk"), amount=Sum("amount", default=0))
    return Tally(sums["amount"], sums["people"])


def _obstacles(batch: Batch, table: Reconciliation, *, has_files: bool) -> Iterator[Obstacle]:
    page = reverse("disbursements:batch_page", args=[batch.reference])
    awaited = table.awaited.people - table.unknown.people
    if awaited:
        yield Obstacle(
            _("Còn %(n)s người chờ kết quả.") % {"n": format_dong(awaited)}, f"{page}?status=sent#lines"
        )
    if table.unknown.people:
        yield Obstacle(
            _("Còn %(n)s người chưa rõ kết quả.") % {"n": format_dong(table.unknown.people)},
            f"{page}?status=unknown#lines",
        )
    if has_files:
        yield from _open_rows(batch)
    if not table.ties:
        yield Obstacle(_("Sổ cái và đợt chi không khớp nhau. Hãy báo cho Sở để kiểm tra sổ trước khi khóa."))


def _open_rows(batch: Batch) -> Iterator[Obstacle]:
    """Rows of recorded files that nobody settled, file by file."""
    by_file = (
        rows_in_the_way([batch])
        .order_by("statement")
        .values_list("statement", "statement__file__name")
        .annotate(n=Count("pk"))
    )
    for statement, name, number in by_file:
        yield Obstacle(
            _("Còn %(n)s dòng chưa xử lý trong tệp %(name)s.") % {"n": format_dong(number), "name": name},
            reverse("disbursements:statement_page", args=[batch.reference, statement]),
        )
