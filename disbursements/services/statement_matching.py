"""Which payment instruction each row is about, and what the row means for it: one statement for any number of rows.

By reference anywhere in the row, else by account and amount where both are unique in the batch and the money moved since paying
began; the rest is for people. A row
that was recorded or settled by hand keeps what it has. What stands in the way is said in this order: another batch, a row
twice, another amount, another account, no result, another result than the one recorded; last, another name.
"""

from typing import Final

from django.db import connection

from disbursements.enums import StatementRow
from disbursements.models import StatementImport, StatementLine
from disbursements.rules.statements.names import is_same_name

_NAMES_AT_ONCE: Final = 5_000
_LONG: Final = 5_000

_MATCH: Final = """
WITH own AS MATERIALIZED (
  SELECT l.id, l."row", l.reference, l.amount, l.typed_amount, l.account_index, l.direction, l.said, l.reason, l.digest,
         l.booked_on, l.bank_reference, l.reference = '' AND l.typed_reference LIKE 'LC-%%, LC-%%' AS names_two,
         l.recorded_at IS NULL AND l.resolved_by_id IS NULL AS is_open,
         CASE WHEN l.recorded_at IS NULL AND l.resolved_by_id IS NULL THEN r.id ELSE l.instruction_id END AS named
    FROM disbursements_statementline l
    LEFT JOIN disbursements_paymentinstruction r ON l.reference <> '' AND r.reference = l.reference
   WHERE l.statement_id = %(statement)s
), unnamed AS (
  SELECT id, account_index, amount, count(*) OVER (PARTITION BY account_index, amount, direction) AS alike
    FROM own
   WHERE is_open AND named IS NULL AND reference = '' AND NOT names_two
     AND account_index IS NOT NULL AND amount IS NOT NULL
     -- the same sum to the same account before this batch was paid is another payment
     AND (booked_on IS NULL OR booked_on >= %(released)s)
), payees AS (
  SELECT i.id, i.account_index, i.amount, count(*) OVER (PARTITION BY i.account_index, i.amount) AS alike
    FROM disbursements_paymentinstruction i
   WHERE i.batch_id = %(batch)s AND i.account_index IS NOT NULL AND EXISTS (SELECT FROM unnamed)
     AND NOT EXISTS (SELECT FROM own n WHERE n.named = i.id)
), by_account AS (
  SELECT u.id, CASE WHEN max(u.alike) = 1 AND max(p.alike) = 1 THEN min(p.id) END AS line_id
    FROM unnamed u JOIN payees p ON p.account_index = u.account_index AND p.amount = u.amount
   GROUP BY u.id
), found AS (
  SELECT o.*, coalesce(o.named, a.line_id) AS line_id, a.id IS NOT NULL AND a.line_id IS NULL AS is_ambiguous,
         o.named IS NULL AND a.line_id IS NOT NULL AS is_by_account
    FROM own o LEFT JOIN by_account a ON a.id = o.id
), placed AS (
  SELECT f.*, row_number() OVER same AS place, first_value(f.id) OVER same AS first_id,
         min(f.id) FILTER (WHERE f.direction = 'credit') OVER line AS credit_id,
         min(f.amount) FILTER (WHERE f.direction = 'credit') OVER line AS credit_amount
    FROM found f
  WINDOW same AS (PARTITION BY f.line_id, f.direction ORDER BY f.is_open, f."row"), line AS (PARTITION BY f.line_id)
), judged AS (
  SELECT p.id, p.is_by_account, i.id AS line_id,
         CASE WHEN p.line_id IS NULL THEN settled.id WHEN p.place > 1 THEN p.first_id
              WHEN p.direction = 'debit' THEN coalesce(p.credit_id, before.id) ELSE before.id END AS twin_id,
         CASE
           WHEN p.line_id IS NULL AND settled.id IS NOT NULL THEN 'same'
           WHEN p.line_id IS NULL AND (p.is_ambiguous OR p.names_two) THEN 'ambiguous'
           WHEN p.line_id IS NULL THEN 'unknown_line'
           WHEN i.batch_id <> %(batch)s THEN 'other_batch'
           WHEN p.place > 1 THEN 'repeated'
           WHEN p.amount <> i.amount OR (p.amount IS NULL AND p.typed_amount <> '') THEN 'other_amount'
           WHEN p.direction <> 'credit' AND p.account_index <> i.account_index THEN 'other_account'
           WHEN p.said = 'nothing' THEN 'empty'
           WHEN p.said = 'unreadable' THEN 'unreadable'
           WHEN p.direction = 'debit' AND p.said = 'paid' AND p.credit_id IS NOT NULL AND p.credit_amount = i.amount
                AND i.status <> 'paid' THEN 'reversed'
           WHEN i.status IN ('sent', 'unknown') THEN
             CASE p.said WHEN 'paid' THEN 'paid'
                         WHEN 'unpaid' THEN CASE WHEN p.reason = '' THEN 'unreadable' ELSE 'returned' END
                         WHEN 'failed' THEN CASE WHEN p.reason = '' THEN 'unreadable' ELSE 'failed' END
                         ELSE CASE i.status WHEN 'sent' THEN 'in_doubt' ELSE 'same' END END
           WHEN i.status = 'paid' THEN
             CASE WHEN p.said = 'pending' THEN 'same'
                  WHEN p.said <> 'paid' THEN 'contradiction'
                  WHEN p.direction = 'debit' AND before.id IS NOT NULL
                       AND (before.booked_on, before.bank_reference) IS DISTINCT FROM (p.booked_on, p.bank_reference)
                  THEN 'repeated'
                  ELSE 'same' END
           WHEN i.status IN ('returned', 'failed') THEN
             CASE WHEN p.said IN ('unpaid', 'failed', 'pending') THEN 'same'
                  WHEN p.direction = 'debit' AND before.id IS NOT NULL THEN 'reversed'
                  ELSE 'contradiction' END
           ELSE 'contradiction'
         END AS outcome
    FROM placed p
    LEFT JOIN disbursements_paymentinstruction i ON i.id = p.line_id
    -- a movement of this instruction that another file brought before
    LEFT JOIN LATERAL (
      SELECT b.id, b.booked_on, b.bank_reference FROM disbursements_statementline b
       WHERE p.direction <> '' AND i.status IN ('paid', 'returned', 'failed') AND b.instruction_id = i.id
         AND b.recorded_at IS NOT NULL AND b.direction <> '' AND b.id <> p.id
       ORDER BY b.id DESC LIMIT 1) before ON true
    -- the same movement, settled by hand in another file of this batch
    LEFT JOIN LATERAL (
      SELECT b.id FROM disbursements_statementline b JOIN disbursements_statementimport s ON s.id = b.statement_id
       WHERE p.line_id IS NULL AND b.digest = p.digest AND b.statement_id <> %(statement)s AND s.batch_id = %(batch)s
         AND b.resolved_by_id IS NOT NULL LIMIT 1) settled ON true
   WHERE p.is_open
)
UPDATE disbursements_statementline l
   SET outcome = j.outcome, twin_id = j.twin_id,
       instruction_id = CASE WHEN j.outcome IN ('unknown_line', 'ambiguous') THEN NULL ELSE j.line_id END,
       method = CASE WHEN j.line_id IS NULL THEN '' WHEN j.is_by_account THEN 'account_amount' ELSE 'reference' END
  FROM judged j
 WHERE l.id = j.id
   AND (l.outcome, l.twin_id, l.instruction_id) IS DISTINCT FROM
       (j.outcome, j.twin_id, CASE WHEN j.outcome IN ('unknown_line', 'ambiguous') THEN NULL ELSE j.line_id END)
"""


def match_lines(statement: StatementImport) -> None:
    """Say of every open row what recording it would do, by what is true now; settled and recorded rows stay."""
    with connection.cursor() as cursor:
        # the table has just grown by many rows that the planner knows nothing of: it would compare each with each
        is_long = statement.line_count > _LONG
        if is_long:
            cursor.execute("SET LOCAL enable_nestloop = off")
        batch = statement.batch
        asked = {"statement": statement.pk, "batch": batch.pk, "released": batch.released_on}
        cursor.execute(_MATCH, asked)
        if is_long:
            cursor.execute("SET LOCAL enable_nestloop = on")
    _compare_names(statement)


def _compare_names(statement: StatementImport) -> None:
    """A row that would be recorded as paid, though it names somebody else, is for people to look at."""
    lines = StatementLine.objects.filter(
        statement=statement, outcome=StatementRow.PAID, recorded_at=None, resolved_by_id=None
    ).exclude(payee_name="")
    names = lines.values_list("pk", "payee_name", "instruction__payee_name", "instruction__account_holder")
    others = [
        pk
        for pk, typed, payee, holder in names.iterator(chunk_size=_NAMES_AT_ONCE)
        if typed != payee and not is_same_name(typed, payee, holder)
    ]
    for start in range(0, len(others), _NAMES_AT_ONCE):
        StatementLine.objects.filter(pk__in=others[start : start + _NAMES_AT_ONCE]).update(
            outcome=StatementRow.OTHER_NAME
        )
