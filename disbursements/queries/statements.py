"""What came back, as pages show it: rows with a sentence each, counts by outcome, what still needs a look."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Case, Count, IntegerField, Q, QuerySet, Value, When

from core.workflow import Actor
from disbursements.enums import InstructionStatus, StatementRow
from disbursements.models import Batch, PaymentInstruction, StatementImport, StatementLine
from disbursements.queries.batches import LineFilter
from disbursements.queries.statement_sentences import sentence_of
from disbursements.workflow.payouts import in_a_telling_file

_FINAL = (InstructionStatus.PAID, *InstructionStatus.final_without_payment())


@dataclass(frozen=True, slots=True)
class RowView:
    """One row on the page: `sentence` says what is wrong and what to do, "" where nothing is; `is_refused`: people must look."""

    line: StatementLine
    sentence: str
    is_refused: bool

    @property
    def name(self) -> str:
        """The payee, or the name that the row has: alone that of a row of another batch, which may be of another area."""
        found = self.line.instruction if self.line.outcome != StatementRow.OTHER_BATCH else None
        return found.payee_name if found else self.line.payee_name

    @property
    def reference(self) -> str:
        """The reference that the row names, else that of the line that was found, else what was typed."""
        found = self.line.instruction.reference if self.line.instruction else ""
        return self.line.reference or found or self.line.typed_reference


def rows_in_the_way(batches: Iterable[Batch]) -> QuerySet[StatementLine]:
    """Rows that nobody has settled: such a batch can't be closed (the trigger closing_ties asks the same)."""
    mismatch = Q(outcome__in=StatementRow.mismatches()) & (
        Q(instruction__isnull=True) | ~Q(instruction__status__in=_FINAL)
    )
    return StatementLine.objects.filter(
        Q(outcome__in=StatementRow.never_settled_alone()) | mismatch,
        in_a_telling_file(),
        statement__batch__in=batches,
        resolved_by_id=None,
    )


def counts_of(statement: StatementImport) -> dict[StatementRow, int]:
    """Number of rows by what is said of them; one query."""
    counts = dict.fromkeys(StatementRow, 0)
    found = StatementLine.objects.filter(statement=statement).order_by().values_list("outcome")
    for outcome, number in found.annotate(n=Count("pk")):
        if outcome:
            counts[StatementRow(outcome)] = number
    return counts


def rows_to_record(statement: StatementImport) -> QuerySet[StatementLine]:
    """Rows that change something when the file is recorded, and were not recorded yet."""
    return StatementLine.objects.filter(
        statement=statement, outcome__in=StatementRow.to_record(), recorded_at=None
    )


def shown_rows(statement: StatementImport, outcome: str = "") -> QuerySet[StatementLine]:
    """Rows of a page, those that need a look first, then as in the file."""
    rows = StatementLine.objects.filter(statement=statement).select_related(
        "instruction__batch", "twin__statement__file"
    )
    if outcome in StatementRow.values:
        rows = rows.filter(outcome=outcome)
    first = Case(
        When(outcome__in=StatementRow.refused(), then=Value(0)),
        default=Value(1),
        output_field=IntegerField(),
    )
    return rows.order_by(first, "row")


def row_views(statement: StatementImport, rows: Iterable[StatementLine], actor: Actor) -> list[RowView]:
    """Rows with their sentences; one query for the batches that may be named."""
    lines = list(rows)
    others = {
        line.instruction.batch_id
        for line in lines
        if line.instruction is not None and line.outcome == StatementRow.OTHER_BATCH
    }
    named = Batch.objects.visible_to(actor).filter(pk__in=others) if others else Batch.objects.none()
    seen = set(named.values_list("pk", flat=True))
    return [_row_view(statement, line, seen) for line in lines]


def _row_view(statement: StatementImport, line: StatementLine, seen: set[int]) -> RowView:
    may_name = line.instruction is not None and line.instruction.batch_id in seen
    is_refused = line.outcome in StatementRow.refused() and line.resolved_by_id is None
    return RowView(line, sentence_of(statement, line, may_name=may_name), is_refused)


def candidates(line: StatementLine, words: str) -> QuerySet[PaymentInstruction]:
    """Lines of the batch that a row may be about: those found by words, else with its amount or account.

    The one whose reference the row has first, then awaited ones.
    """
    lines: QuerySet[PaymentInstruction] = PaymentInstruction.objects.filter(batch=line.statement.batch)
    if words:
        lines = LineFilter(q=words).apply(lines)
    else:
        alike = Q(amount=line.amount) if line.amount is not None else Q()
        if line.account_index is not None:
            alike |= Q(account_index=line.account_index)
        lines = lines.filter(alike)
    awaited = Case(
        # the person whose reference the row has is chosen beforehand and must not fall below the cut
        When(pk=line.instruction_id, then=Value(0)),
        When(status__in=InstructionStatus.pending(), then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )
    return lines.order_by(awaited, "area_code", "position")
