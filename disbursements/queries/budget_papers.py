"""The papers of a budget line: what was allotted to it, moved from or to it, given back, taken back as wrong."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Q

from core.wording import Text
from disbursements.enums import MovementKind
from disbursements.models import Allocation, BudgetLine, BudgetMovement


@dataclass(frozen=True, slots=True)
class Paper:
    """One paper as a line shows it: `amount` is what it added to the line (+) or took from it (-).

    `other` is the line on the other side of a transfer, `taken_back` the correction that voids an allocation.
    """

    reference: str
    label: Text
    document_number: str
    on: dt.date
    amount: int
    reason: str = ""
    by: str = ""
    other: str = ""
    taken_back: str = ""
    is_allocation: bool = False


def papers_of(line: BudgetLine) -> list[Paper]:
    """The papers of a line, newest first; two queries."""
    moved = list(
        BudgetMovement.objects.filter(Q(line=line) | Q(to_line=line)).select_related(
            "line", "to_line", "allocation"
        )
    )
    wrong = {move.allocation_id: move.reference for move in moved if move.allocation_id}
    papers = [
        Paper(
            paper.reference,
            Allocation._meta.verbose_name or "",
            paper.document_number,
            paper.allocated_on,
            paper.amount,
            taken_back=wrong.get(paper.pk, ""),
            is_allocation=True,
        )
        for paper in Allocation.objects.filter(line=line)
    ]
    papers += [_moved(line, move) for move in moved]
    return sorted(papers, key=lambda paper: (paper.on, paper.reference), reverse=True)


def _moved(line: BudgetLine, move: BudgetMovement) -> Paper:
    is_received = move.to_line_id == line.pk
    other = ""
    if move.kind == MovementKind.TRANSFER:
        other = move.line.reference if is_received else (move.to_line.reference if move.to_line else "")
    elif move.allocation:
        other = move.allocation.reference
    return Paper(
        move.reference,
        MovementKind(move.kind).label,
        move.document_number,
        move.moved_on,
        move.amount if is_received else -move.amount,
        move.reason,
        move.recorded_by_name,
        other,
    )
