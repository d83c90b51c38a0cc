"""Locking the reconciliation of a batch: only when everything ties (I15)."""

from django.db import transaction
from django.utils.translation import gettext as _

from core import clock
from core.transitions import TransitionRefused, perform
from core.workflow import Actor
from disbursements.enums import StatementState
from disbursements.models import Batch
from disbursements.queries.closing import ledger_equals_lines, reconciliation
from disbursements.services.statement_matching import match_lines
from disbursements.workflow import BATCH_WORKFLOW


@transaction.atomic
def close_batch(*, actor: Actor, batch: Batch) -> Batch:
    """Lock the reconciliation: paid + returned + failed = sent in people and đồng, the ledger says the same as the lines, and
    every row of the recorded files is settled.

    Refused with what is in the way: lines without an answer or in doubt, rows that nobody looked at, sums that don't tie.
    """
    for statement in batch.statements.filter(state=StatementState.CHECKED):
        # what was said of a file that nobody recorded is compared with what is true now
        match_lines(statement)
    closed = perform(BATCH_WORKFLOW, batch, "batch.close", actor=actor, changes={"closed_on": clock.today()})
    if not reconciliation(closed).ties or not ledger_equals_lines(closed):
        raise TransitionRefused(_("Đối soát còn chênh lệch nên chưa khóa được."))
    return closed
