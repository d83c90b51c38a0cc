"""Putting a batch together: every line in one statement, and the people committed to it, or nothing at all."""

import json
from typing import Any, Final

from django.db import IntegrityError, connection, transaction
from django.db.models import Count, Min, Sum
from django.utils.translation import gettext as _

from accounts.models import User
from core import clock
from core.services.jobs import JobRefused, JobRun
from core.transitions import TransitionRefused, perform, perform_many
from disbursements.enums import BatchStatus, PayoutChannel
from disbursements.models import Batch, PaymentInstruction
from disbursements.queries.means import account_value
from disbursements.queries.payable import BatchScope, payable, scope_means
from disbursements.queries.signatures import signatures_for
from disbursements.services.rendering import start_rendering
from disbursements.services.requests import lock_scope
from disbursements.workflow import BATCH_WORKFLOW
from support_programs.enums import Step
from support_programs.models import CaseList, Entitlement
from support_programs.workflow import ENTITLEMENT_WORKFLOW

# `picked` locks the entitlements in the order of their ids, so that two builds can't wait for each other in a circle
_INSERT: Final = """
WITH picked (id, line_id{account}) AS MATERIALIZED ({picked})
INSERT INTO disbursements_paymentinstruction
      (reference, area_code, status, status_changed_at, version, created_at, batch_id, batch_reference, entitlement_id,
       budget_line_id, case_reference, case_list_id, decision_number, attempt, position, channel, amount, cap, version_hash,
       payee_name, payee_sort, birth_date, birth_year, payee_number_encrypted, payee_number_last3, hamlet, entered_by_id,
       list_approved_by_id, money_approved_by_id, batched_by_id, received_on, result_reason, bank_bin, bank_name, account_holder,
       account_encrypted, account_index, account_last3)
SELECT next_reference('LC', %s), e.area_code, 'queued', now(), 1, now(), b.id, b.reference, e.id,
       picked.line_id, e.reference, e.case_list_id, l.decision_number,
       1 + (SELECT count(*) FROM disbursements_paymentinstruction p WHERE p.entitlement_id = e.id),
       row_number() OVER (ORDER BY e.area_code, c.name_sort, e.id), b.channel, e.amount, e.cap, e.version_hash,
       e.payee_name, c.name_sort, c.birth_date, c.birth_year, e.payee_number_encrypted, e.payee_number_last3, c.hamlet,
       e.entered_by_id, e.list_approved_by_id, e.money_approved_by_id, b.created_by_id, c.received_on, '', {paid_into}
  FROM picked
  JOIN support_programs_entitlement e ON e.id = picked.id
  JOIN support_programs_case c ON c.id = e.case_id
  JOIN support_programs_caselist l ON l.id = e.case_list_id
  JOIN disbursements_batch b ON b.id = %s
  {accounts}
 ORDER BY e.id
ON CONFLICT DO NOTHING
"""
_NO_ACCOUNT: Final = "'', '', '', NULL, NULL, ''"
_ACCOUNT: Final = "(%s::jsonb ->> a.bank_name), a.bank_name, a.holder_name, a.account_encrypted, a.account_index, a.account_last3"
_ACCOUNTS: Final = "JOIN beneficiaries_payoutaccount a ON a.id = picked.account_id"
_NOT_ENOUGH: Final = "budget_line_not_exceeded"


class NothingToPay(TransitionRefused):
    """Between the request and the build everybody was taken by another batch, or the money no longer suffices."""


def build_batch(run: JobRun) -> None:
    """Job handler: the lines of batch `params["batch_id"]`, all in one transaction.

    A redelivered job finds the batch prepared (or cancelled) and changes nothing. A build that finds nobody leaves no line: the
    batch is cancelled with the reason, and the job says so.
    """
    actor = User.objects.get(pk=run.params["actor_id"])
    with run.fenced():
        batch = Batch.objects.get(pk=run.params["batch_id"])
    try:
        with run.fenced():
            prepare_batch(batch=batch, actor=actor)
    except NothingToPay as refusal:
        with run.fenced():
            perform(BATCH_WORKFLOW, batch, "batch.cancel", actor=actor, reason=str(refusal))
        raise JobRefused(str(refusal)) from refusal
    run.result = {"batch": batch.reference}


@transaction.atomic
def prepare_batch(*, batch: Batch, actor: User) -> Batch:
    """Write the lines of a batch, commit their entitlements and freeze it; does nothing when that was done before.

    All or nothing, in a constant number of statements. NothingToPay when nobody is left to pay.
    """
    current = Batch.objects.select_for_update(of=("self",)).get(pk=batch.pk)
    if current.status != BatchStatus.PREPARING:
        return current
    scope = BatchScope.of(current)
    lock_scope(scope)
    if _insert_within_budget(current, scope) == 0:
        raise NothingToPay(_("Không còn ai để chi: những người này vừa được đưa vào đợt chi khác."))
    lines = PaymentInstruction.objects.filter(batch=current)
    committed = perform_many(
        ENTITLEMENT_WORKFLOW,
        Entitlement.objects.filter(instructions__batch=current),
        "entitlement.commit",
        actor=actor,
        event={"batch": current.reference},
    )
    if committed.refused:
        raise TransitionRefused(committed.refused[0].reason)
    sums = lines.aggregate(people=Count("pk"), amount=Sum("amount"))
    due = CaseList.objects.filter(
        pk__in=lines.order_by().values("case_list").distinct(), current_step=Step.PAYMENT
    ).aggregate(due=Min("due_on"))
    prepared = perform(
        BATCH_WORKFLOW,
        current,
        "batch.prepare",
        actor=actor,
        changes={
            "line_count": sums["people"],
            "total_amount": sums["amount"],
            "due_on": due["due"],
            "signatures_needed": signatures_for(sums["amount"]),
        },
        event=sums,
    )
    start_rendering(batch=prepared, actor=actor)
    return prepared


def _insert_within_budget(batch: Batch, scope: BatchScope) -> int:
    """As `insert_lines`; NothingToPay where a budget line holds less than they need: the ledger refuses the statement (I10)."""
    try:
        with transaction.atomic():
            return insert_lines(batch, scope)
    except IntegrityError as error:
        if _NOT_ENOUGH not in str(error):
            raise
    raise NothingToPay(_("Kinh phí đã phân bổ không đủ cho đợt chi này nên đợt chi không được lập."))


def insert_lines(batch: Batch, scope: BatchScope) -> int:
    """The one statement: a line per payable entitlement, its snapshot copied; gives the number of lines."""
    means = scope_means(scope)
    is_bank = scope.channel == PayoutChannel.BANK
    rows: Any = payable(scope, means).order_by("pk").select_for_update(of=("self",), no_key=True)
    if is_bank:
        rows = rows.annotate(account=account_value("pk"))
    picked = rows.values_list("pk", "paying_line", *(["account"] if is_bank else []))
    inner, params = picked.query.sql_with_params()
    statement = _INSERT.format(
        picked=inner,
        account=", account_id" if is_bank else "",
        paid_into=_ACCOUNT if is_bank else _NO_ACCOUNT,
        accounts=_ACCOUNTS if is_bank else "",
    )
    banks = [json.dumps(means.banks)] if is_bank else []
    with connection.cursor() as cursor:
        cursor.execute(statement, [*params, clock.today().year, *banks, batch.pk])
        return int(cursor.rowcount)
