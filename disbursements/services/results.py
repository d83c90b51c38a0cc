"""What became of each line: paid, or not and why, or nobody knows yet. Whoever was not paid is owed again."""

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _

from core import clock
from core.audit import record_event
from core.dates import format_date
from core.transitions import Refusal, TransitionRefused, check_permission
from core.workflow import Actor
from disbursements.enums import InstructionStatus
from disbursements.models import Batch, PaymentInstruction
from disbursements.rules.statements.reasons import reason_code_of
from disbursements.services.recording import ResultReport, doubt_lines, lock_paying, move_lines, tell_results
from disbursements.workflow import INSTRUCTION_WORKFLOW

__all__ = [
    "ResultReport",
    "Results",
    "mark_unknown",
    "record_all_paid_except",
    "record_others_paid",
    "record_results",
]
_LONGEST_REASON: Final = 300


@dataclass(frozen=True, slots=True)
class Results:
    """Lines by their reference: who was paid; who was not, with the reason in words; of whom nobody knows yet.

    `codes` says which `ReturnReason` a reason is; without it, it is told from the words.
    """

    paid: frozenset[str] = frozenset()
    returned: Mapping[str, str] = field(default_factory=dict)
    failed: Mapping[str, str] = field(default_factory=dict)
    unknown: frozenset[str] = frozenset()
    codes: Mapping[str, str] = field(default_factory=dict)


@transaction.atomic
def record_results(*, actor: Actor, batch: Batch, results: Results) -> ResultReport:
    """Record results of lines of one batch; a set-based step, whatever their number.

    Lines that have a final result already stay as they are and are reported. A returned or failed line's entitlement is approved
    again. Refused as a whole: a batch that is not being paid, lines of another batch, a line with two results, a missing reason.
    """
    locked = lock_paying(batch)
    _check_references(locked, results)
    lines = PaymentInstruction.objects.filter(batch=locked)
    refused: list[Refusal] = []
    paid = move_lines(lines.filter(reference__in=results.paid), "pay", "", actor, refused)
    unpaid = {"return": 0, "fail": 0}
    for action, reasons in (("return", results.returned), ("fail", results.failed)):
        for (reason, code), references in _by_reason(reasons, results.codes).items():
            found = lines.filter(reference__in=references)
            unpaid[action] += move_lines(found, action, reason, actor, refused, {"result_code": code})
    unknown = doubt_lines(lines.filter(reference__in=results.unknown), clock.today(), actor, refused)
    report = ResultReport(paid, unpaid["return"], tuple(refused), unpaid["fail"], unknown)
    tell_results(locked, report, actor)
    return report


def record_all_paid_except(*, actor: Actor, batch: Batch, exceptions: Mapping[str, str]) -> ResultReport:
    """Everybody who was still awaited has been paid, but for these (reference to reason)."""
    return record_others_paid(actor=actor, batch=batch, results=Results(returned=exceptions))


@transaction.atomic
def record_others_paid(*, actor: Actor, batch: Batch, results: Results) -> ResultReport:
    """Record these results, and everybody else who was still awaited as paid. Refused as `record_results`."""
    Batch.objects.select_for_update(of=("self",)).get(pk=batch.pk)
    awaited = PaymentInstruction.objects.filter(batch=batch, status__in=InstructionStatus.pending())
    named = {*results.returned, *results.failed, *results.unknown}
    paid = frozenset(awaited.exclude(reference__in=named).values_list("reference", flat=True))
    return record_results(actor=actor, batch=batch, results=replace(results, paid=results.paid | paid))


@transaction.atomic
def mark_unknown(
    *, actor: Actor, batch: Batch, on: dt.date, references: Collection[str] | None = None
) -> ResultReport:
    """The bank has not said what became of these lines (None: of all that are still awaited), from this day on.

    Until somebody records the answer they can be neither paid again, cancelled, nor put in a new batch (F17). Refused: a day
    before paying began or in the future, lines of another batch.
    """
    check_permission(INSTRUCTION_WORKFLOW.transition("instruction.doubt"), actor)
    locked = lock_paying(batch)
    if on > clock.today() or (locked.released_on is not None and on < locked.released_on):
        raise TransitionRefused(
            _("Ngày chưa rõ kết quả phải từ ngày bắt đầu chi %(first)s đến hôm nay.")
            % {"first": format_date(locked.released_on) if locked.released_on else ""}
        )
    lines = PaymentInstruction.objects.filter(batch=locked)
    if references is None:
        lines = lines.filter(status=InstructionStatus.SENT)
    else:
        _check_own(locked, references)
        lines = lines.filter(reference__in=references)
    refused: list[Refusal] = []
    unknown = doubt_lines(lines, on, actor, refused)
    if unknown:
        record_event("batch.doubted", locked, actor=actor, change={"people": unknown, "day": format_date(on)})
    return ResultReport(0, 0, tuple(refused), 0, unknown)


def _by_reason(reasons: Mapping[str, str], codes: Mapping[str, str]) -> dict[tuple[str, str], list[str]]:
    groups: dict[tuple[str, str], list[str]] = {}
    for reference, typed in reasons.items():
        words = typed.strip()[:_LONGEST_REASON]
        groups.setdefault((words, codes.get(reference) or reason_code_of(words)), []).append(reference)
    return groups


def _check_references(batch: Batch, results: Results) -> None:
    groups = (results.paid, results.returned.keys(), results.failed.keys(), results.unknown)
    asked: set[str] = set()
    for group in groups:
        both = asked & set(group)
        if both:
            raise TransitionRefused(_("%(ref)s vừa ghi đã nhận vừa ghi chưa nhận.") % {"ref": min(both)})
        asked |= set(group)
    nameless = sorted(
        reference
        for reasons in (results.returned, results.failed)
        for reference, reason in reasons.items()
        if not reason.strip()
    )
    if nameless:
        raise TransitionRefused(_("Hãy ghi lý do chưa nhận của %(ref)s.") % {"ref": nameless[0]})
    _check_own(batch, asked)


def _check_own(batch: Batch, asked: Collection[str]) -> None:
    known = set(
        PaymentInstruction.objects.filter(batch=batch, reference__in=asked).values_list(
            "reference", flat=True
        )
    )
    foreign = sorted(set(asked) - known)
    if foreign:
        raise TransitionRefused(
            _("%(ref)s không thuộc đợt chi %(batch)s.") % {"ref": foreign[0], "batch": batch.reference}
        )
