"""Approving figures of units, or sending them back: by another person than who typed or submitted them."""

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from core import clock
from core.transitions import ManyResult, Refusal, TransitionRefused, perform, perform_many
from core.workflow import Actor
from reports.models import TargetEntry
from reports.workflow.targets import TARGET_ENTRY_WORKFLOW
from support_programs.services.scope import check_no_number


@transaction.atomic
def approve_figures(*, actor: Actor, rows: QuerySet[TargetEntry]) -> ManyResult:
    """Approve what can be approved: from now on these figures count. A correction takes the place of what it corrects in the
    same step. Rows that the actor typed, of other units or not submitted stay and are named with the reason.
    """
    _check_chosen(rows)
    approver = {
        "approved_by_id": actor.pk,
        "approved_by_name": actor.full_name,
        "approved_on": clock.today(),
    }
    first = perform_many(
        TARGET_ENTRY_WORKFLOW,
        rows.filter(corrects__isnull=True),
        "target_entry.approve",
        actor=actor,
        changes=approver,
    )
    done, refused = first.done, list(first.refused)
    for row in rows.filter(corrects__isnull=False).select_related("corrects").order_by("pk"):
        try:
            _approve_correction(actor, row, approver)
            done += 1
        except TransitionRefused as refusal:
            refused.append(Refusal(row.pk, row.reference, str(refusal)))
    return ManyResult(done, tuple(refused))


@transaction.atomic
def send_back_figures(*, actor: Actor, rows: QuerySet[TargetEntry], reason: str) -> ManyResult:
    """Give figures back to the unit with the reason, which reads it on its page and corrects them."""
    _check_chosen(rows)
    check_no_number(reason)
    return perform_many(TARGET_ENTRY_WORKFLOW, rows, "target_entry.send_back", actor=actor, reason=reason)


def _approve_correction(actor: Actor, row: TargetEntry, approver: dict[str, object]) -> None:
    """The approved figure is replaced first: of two approved ones the database lets only one in. Both or none."""
    with transaction.atomic():
        if row.corrects is not None:
            perform(TARGET_ENTRY_WORKFLOW, row.corrects, "target_entry.replace", actor=actor)
        perform(TARGET_ENTRY_WORKFLOW, row, "target_entry.approve", actor=actor, changes=approver)


def _check_chosen(rows: QuerySet[TargetEntry]) -> None:
    if not rows.exists():
        raise TransitionRefused(_("Hãy chọn ít nhất một số liệu."))
