"""Recording what the rows of a file ask for, set by set."""

from typing import Final

from django.db import transaction
from django.db.models import Case, F, OuterRef, QuerySet, Subquery, When

from core import clock
from core.transitions import Refusal
from core.workflow import Actor
from disbursements.enums import ReturnReason, StatementRow
from disbursements.models import Batch, PaymentInstruction, StatementLine
from disbursements.services.recording import ResultReport, doubt_lines, lock_paying, move_lines, tell_results

# what a row of a file asks for, as the end of the transition's name
_ACTIONS: Final = {
    StatementRow.PAID: "pay",
    StatementRow.RETURNED: "return",
    StatementRow.FAILED: "fail",
    StatementRow.IN_DOUBT: "doubt",
}


@transaction.atomic
def record_rows(*, actor: Actor, batch: Batch, rows: QuerySet[StatementLine]) -> ResultReport:
    """Record the results that rows of a file ask for, a constant number of statements for each kind of reason.

    Rows whose line changed are stamped as recorded; the others stay open and are reported with the reason.
    """
    locked = lock_paying(batch)
    refused: list[Refusal] = []
    done = dict.fromkeys(StatementRow.to_record(), 0)
    kinds = rows.order_by("outcome", "result_code").values_list("outcome", "result_code").distinct()
    for outcome, code in list(kinds):
        asked = rows.filter(outcome=outcome, result_code=code)
        met: list[Refusal] = []
        done[StatementRow(outcome)] += _record_kind(locked, asked, StatementRow(outcome), code, actor, met)
        asked.exclude(instruction__in=[row.pk for row in met]).update(recorded_at=clock.now())
        refused += met
    report = ResultReport(
        done[StatementRow.PAID],
        done[StatementRow.RETURNED],
        tuple(refused),
        done[StatementRow.FAILED],
        done[StatementRow.IN_DOUBT],
    )
    tell_results(locked, report, actor)
    return report


def _record_kind(
    batch: Batch,
    rows: QuerySet[StatementLine],
    outcome: StatementRow,
    code: str,
    actor: Actor,
    refused: list[Refusal],
) -> int:
    lines = PaymentInstruction.objects.filter(batch=batch, pk__in=rows.order_by().values("instruction"))
    action = _ACTIONS[outcome]
    if action == "doubt":
        return doubt_lines(lines, clock.today(), actor, refused)
    if action == "pay":
        return move_lines(lines, action, "", actor, refused)
    # the reason in the words of the row itself, whatever their number; the log says its kind
    said = Case(When(reason="", then=F("resolution")), default=F("reason"))
    words = rows.order_by().filter(instruction=OuterRef("pk")).annotate(words=said).values("words")[:1]
    changes = {"result_code": code, "result_reason": Subquery(words)}
    return move_lines(
        lines, action, str(ReturnReason(code or ReturnReason.OTHER).label), actor, refused, changes
    )
