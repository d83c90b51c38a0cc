"""Which budget line pays an entitlement: the one of its decision and district, and of the source that was asked for."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from django.db.models import BigIntegerField, Case, Q, Value, When

from disbursements.models import BudgetLine

SEVERAL: Final = 0


@dataclass(frozen=True, slots=True)
class PayingLine:
    """A line that may pay people of a decision, all or those of one group; `pk` is SEVERAL where the source is to be chosen."""

    decision: int
    stream: str
    pk: int

    @property
    def condition(self) -> Q:
        people = Q(decision=self.decision)
        return people & Q(case_list__stream=self.stream) if self.stream else people


def paying_lines(programme: str, district: str, source: str = "") -> list[PayingLine]:
    """The lines of a district that have money, or had some paid out of them, those kept for a group first; one query.

    A line kept for a group goes before one for everybody. Where a decision has several of the same kind and no source was asked
    for, nobody can tell which pays: SEVERAL. A line of which everything was taken back (a wrong record) is no source.
    """
    lines = BudgetLine.objects.filter(programme=programme, area_code=district).exclude(
        available=0, committed=0, sent=0, paid=0
    )
    if source:
        lines = lines.filter(source__code=source)
    found: dict[tuple[int, str], list[int]] = {}
    for decision, stream, pk in lines.order_by("decision", "stream", "pk").values_list(
        "decision", "stream", "pk"
    ):
        found.setdefault((decision, stream), []).append(pk)
    kept_first = sorted(found.items(), key=lambda item: (not item[0][1], item[0]))
    return [
        PayingLine(decision, stream, pks[0] if len(pks) == 1 else SEVERAL)
        for (decision, stream), pks in kept_first
    ]


def budget_line_of(lines: list[PayingLine]) -> Case | Value:
    """The line of each entitlement as an expression: its id, SEVERAL, or NULL where no money has arrived."""
    whens: Iterator[When] = (When(line.condition, then=Value(line.pk)) for line in lines)
    if not lines:
        return Value(None, output_field=BigIntegerField(null=True))
    return Case(*whens, default=Value(None), output_field=BigIntegerField(null=True))
