"""The invariants of money as questions to the database: each answers what breaks it, and nothing when it holds.

`broken()` asks all of them in one statement, over rows that are there now; `Memory` keeps what was there before, for those that
say that something stays (I2, I4, I8, I11, I16). Machines of random acts and tests that kill ask after each step.
"""

from dataclasses import dataclass, field
from typing import Any, Final

from django.db import connection

from core.workflow import Workflow
from disbursements.workflow import BATCH_WORKFLOW, INSTRUCTION_WORKFLOW
from support_programs.workflow import ENTITLEMENT_WORKFLOW

_LIVE: Final = "('queued', 'sent', 'unknown', 'paid')"
_WORKED: Final = "(e.entered_by_id, e.appraised_by_id, e.list_approved_by_id, e.money_appraised_by_id, e.money_approved_by_id)"

# invariant and what is said of it: a query of one text column that names the offender
BROKEN: Final[dict[str, str]] = {
    "I1 two live entitlements of one person and period": """
SELECT min(reference) FROM support_programs_entitlement
 WHERE status <> 'cancelled' AND doubles_id IS NULL AND claimant_id IS NOT NULL
 GROUP BY programme_id, claimant_id, period HAVING count(*) > 1
""",
    "I1 two regimes that exclude each other": """
SELECT min(reference) FROM support_programs_entitlement
 WHERE status <> 'cancelled' AND doubles_id IS NULL AND exclusive_group > ''
 GROUP BY claimant_id, exclusive_group HAVING count(*) > 1
""",
    "I1 an entitlement of somebody who was joined to another": """
SELECT e.reference FROM support_programs_entitlement e JOIN beneficiaries_person p ON p.id = e.claimant_id
 WHERE e.status <> 'cancelled' AND p.joined_to_id IS NOT NULL
""",
    "I1 what doubles another was paid, and nobody asks for it": """
SELECT e.reference FROM support_programs_entitlement e
 WHERE e.status = 'paid' AND e.doubles_id IS NOT NULL
   AND NOT EXISTS (SELECT FROM disbursements_recovery r WHERE r.entitlement_id = e.id AND r.state <> 'cancelled')
""",
    "I2 two live lines of one entitlement": f"""
SELECT e.reference FROM disbursements_paymentinstruction i JOIN support_programs_entitlement e ON e.id = i.entitlement_id
 WHERE i.status IN {_LIVE} GROUP BY e.reference, e.id HAVING count(*) > 1
""",
    # by raw SQL somebody can be put among those who are being paid without a line: then nobody pays them, and nobody twice
    "I2 somebody waits for a payment that no line makes": f"""
SELECT e.reference FROM support_programs_entitlement e
 WHERE e.unit = 'VND' AND e.status = 'committed'
   AND NOT EXISTS (SELECT FROM disbursements_paymentinstruction i WHERE i.entitlement_id = e.id AND i.status IN {_LIVE})
""",
    "I2 the state of an entitlement is not that of its lines": f"""
SELECT e.reference FROM support_programs_entitlement e
  LEFT JOIN LATERAL (SELECT count(*) FILTER (WHERE i.status IN {_LIVE}) AS live, count(*) FILTER (WHERE i.status = 'paid') AS paid
                       FROM disbursements_paymentinstruction i WHERE i.entitlement_id = e.id) n ON true
 WHERE e.unit = 'VND'
   AND CASE e.status WHEN 'committed' THEN n.live > 1 OR n.paid > 0 WHEN 'paid' THEN (n.live, n.paid) <> (1, 1)
                     ELSE n.live > 0 END
""",
    "I3 attempts with a gap": """
SELECT min(case_reference) FROM disbursements_paymentinstruction GROUP BY entitlement_id
HAVING count(*) <> max(attempt) OR min(attempt) <> 1 OR count(DISTINCT attempt) <> count(*)
""",
    "I3 an attempt after one without a final answer": """
SELECT i.reference FROM disbursements_paymentinstruction i
  JOIN disbursements_paymentinstruction later ON later.entitlement_id = i.entitlement_id AND later.attempt > i.attempt
 WHERE i.status NOT IN ('failed', 'returned', 'cancelled')
""",
    "I4 a key of two batches": "SELECT idempotency_key FROM disbursements_batch GROUP BY 1 HAVING count(*) > 1",
    "I5 somebody in two open batches": f"""
SELECT min(i.case_reference) FROM disbursements_paymentinstruction i JOIN disbursements_batch b ON b.id = i.batch_id
 WHERE b.status NOT IN ('closed', 'cancelled') AND i.status IN {_LIVE}
 GROUP BY i.entitlement_id HAVING count(DISTINCT b.id) > 1
""",
    "I6 count or sum of a frozen batch": """
SELECT b.reference FROM disbursements_batch b
  LEFT JOIN LATERAL (SELECT count(*) AS people, coalesce(sum(amount), 0) AS dong
                       FROM disbursements_paymentinstruction WHERE batch_id = b.id) s ON true
 WHERE b.status <> 'preparing' AND (s.people, s.dong) <> (b.line_count, b.total_amount)
""",
    "I6 lines of a batch that is not built yet": """
SELECT b.reference FROM disbursements_batch b JOIN disbursements_paymentinstruction i ON i.batch_id = b.id
 WHERE b.status = 'preparing'
""",
    "I7 who approved or signed made the batch or worked on its people": f"""
SELECT b.reference FROM disbursements_batch b JOIN disbursements_paymentinstruction i ON i.batch_id = b.id
  JOIN support_programs_entitlement e ON e.id = i.entitlement_id
  LEFT JOIN disbursements_batchsignature s ON s.batch_id = b.id
 WHERE b.approved_by_id = b.created_by_id OR s.signer_id = b.created_by_id
    OR b.approved_by_id IN {_WORKED} OR s.signer_id IN {_WORKED}
""",
    "I7 who made the batch or recorded its result entered or approved": """
SELECT reference FROM disbursements_paymentinstruction
 WHERE batched_by_id IN (entered_by_id, list_approved_by_id) OR recorded_by_id IN (entered_by_id, list_approved_by_id)
    OR (status IN ('paid', 'failed', 'returned') AND recorded_by_id IS NULL)
""",
    "I7 who released the batch signed it": """
SELECT b.reference FROM disbursements_batch b
  JOIN core_event v ON v.object_type = 'disbursements.batch' AND v.object_id = b.id AND v.action = 'batch.release'
 WHERE v.actor_id = b.approved_by_id OR v.actor_id IS DISTINCT FROM b.released_by_id
    OR EXISTS (SELECT FROM disbursements_batchsignature s WHERE s.batch_id = b.id AND s.signer_id = v.actor_id)
""",
    "I7 signatures that an approved batch lacks": """
SELECT b.reference FROM disbursements_batch b WHERE b.status IN ('approved', 'released', 'closed')
   AND (SELECT count(DISTINCT signer_id) FROM disbursements_batchsignature s WHERE s.batch_id = b.id) < b.signatures_needed
""",
    "I9 an amount that is none, or above its cap": """
SELECT reference FROM disbursements_paymentinstruction WHERE amount <= 0 OR amount > cap
UNION ALL SELECT reference FROM support_programs_entitlement WHERE unit = 'VND' AND (amount <= 0 OR amount > cap)
UNION ALL SELECT reference FROM disbursements_allocation WHERE amount <= 0
UNION ALL SELECT reference FROM disbursements_budgetmovement WHERE amount <= 0
UNION ALL SELECT reference FROM disbursements_recovery WHERE amount <= 0
""",
    "I10 a budget line below nothing, or more committed than papers gave it": """
SELECT l.reference FROM disbursements_budgetline l
  LEFT JOIN LATERAL (SELECT coalesce(sum(amount), 0) AS dong FROM disbursements_allocation WHERE line_id = l.id) given ON true
  LEFT JOIN LATERAL (SELECT coalesce(sum(amount), 0) AS dong FROM disbursements_budgetmovement WHERE line_id = l.id) gone ON true
  LEFT JOIN LATERAL (SELECT coalesce(sum(amount), 0) AS dong FROM disbursements_budgetmovement WHERE to_line_id = l.id)
                    come ON true
  LEFT JOIN LATERAL (SELECT coalesce(sum(amount), 0) AS dong FROM disbursements_paymentinstruction i
                      WHERE i.budget_line_id = l.id AND i.status IN ('queued', 'sent', 'unknown', 'paid')) used ON true
 WHERE least(l.available, l.committed, l.sent, l.paid) < 0 OR used.dong > given.dong - gone.dong + come.dong
    OR l.available <> given.dong - gone.dong + come.dong - used.dong
""",
    # of somebody who is cancelled after that the money stays until a paper gives it back
    "I10 more allotted than a decision approved for its district": """
SELECT d.number || ' ' || l.area_code
  FROM disbursements_budgetline l JOIN support_programs_approvaldecision d ON d.id = l.decision_id
 GROUP BY d.id, d.number, l.area_code
HAVING sum(l.available + l.committed + l.sent + l.paid) >
       (SELECT coalesce(sum(e.amount), 0) FROM support_programs_entitlement e
         WHERE e.decision_id = d.id AND e.area_code LIKE l.area_code || '%')
""",
    "I11 a line that is not what was approved": """
SELECT i.reference FROM disbursements_paymentinstruction i JOIN support_programs_entitlement e ON e.id = i.entitlement_id
 WHERE (i.amount, i.cap, i.version_hash, i.payee_name, i.payee_number_last3, i.payee_number_encrypted, i.area_code,
        i.money_approved_by_id)
       IS DISTINCT FROM
       (e.amount, e.cap, e.version_hash, e.payee_name, e.payee_number_last3, e.payee_number_encrypted, e.area_code,
        e.money_approved_by_id)
""",
    "I15 a batch does not tie, or was closed with open lines": """
SELECT b.reference FROM disbursements_batch b
  LEFT JOIN LATERAL (SELECT count(*) FILTER (WHERE status IN ('paid', 'failed', 'returned')) AS final,
                            count(*) FILTER (WHERE status IN ('sent', 'unknown')) AS pending,
                            coalesce(sum(amount) FILTER (WHERE status NOT IN ('queued', 'cancelled')), 0) AS dong
                       FROM disbursements_paymentinstruction WHERE batch_id = b.id) s ON true
 WHERE b.status IN ('released', 'closed')
   AND (s.final + s.pending <> b.line_count OR s.dong <> b.total_amount OR (b.status = 'closed' AND s.pending > 0))
""",
    "I15 what the ledger says was sent is not what came of it": """
SELECT b.reference FROM disbursements_batch b
  JOIN LATERAL (SELECT sum(amount) FILTER (WHERE kind = 'sending' AND amount > 0) AS sent,
                       sum(amount) FILTER (WHERE account = 'paid') AS paid,
                       sum(amount) FILTER (WHERE account IN ('sent', 'unknown')) AS pending,
                       sum(amount) FILTER (WHERE kind IN ('failure', 'return') AND account = 'available') AS back
                  FROM disbursements_ledgerposting WHERE batch_id = b.id) p ON true
 WHERE b.status IN ('released', 'closed')
   AND coalesce(p.sent, 0) <> coalesce(p.paid, 0) + coalesce(p.pending, 0) + coalesce(p.back, 0)
""",
    "I17 a child counted twice": """
SELECT min(full_name) FROM support_programs_casechild WHERE is_live GROUP BY number_index HAVING count(*) > 1
""",
}
# rows that stay as they are once written: what is remembered of each
_STAYS: Final[dict[str, str]] = {
    "I2 a payment": "SELECT 'LC' || id, md5(row(status, resulted_on, recorded_by_id)::text) "
    "FROM disbursements_paymentinstruction WHERE status IN ('paid', 'failed', 'returned', 'cancelled')",
    "I4 a request": "SELECT idempotency_key, md5(row(id, request_hash, area_code, programme_id, channel, source_code)::text) "
    "FROM disbursements_batch",
    "I6 a frozen batch": "SELECT 'DC' || id, md5(row(line_count, total_amount, signatures_needed)::text) "
    "FROM disbursements_batch WHERE status <> 'preparing'",
    "I11 a line": "SELECT 'LC' || id, md5(row(batch_id, entitlement_id, attempt, amount, payee_name, payee_number_encrypted, "
    "account_encrypted, account_index, bank_bin, budget_line_id, position)::text) FROM disbursements_paymentinstruction",
    "I16 a paper": "SELECT 'PB' || id, md5(row(line_id, amount, document_number, allocated_on)::text) "
    "FROM disbursements_allocation UNION ALL "
    "SELECT 'CK' || id, md5(row(line_id, to_line_id, allocation_id, amount, kind)::text) FROM disbursements_budgetmovement",
    "I16 a posting": "SELECT 'P' || id, md5(t::text) FROM disbursements_ledgerposting t",
    "I16 a signature": "SELECT 'S' || id, md5(t::text) FROM disbursements_batchsignature t",
}
_WAYS: Final[tuple[Workflow, ...]] = (BATCH_WORKFLOW, INSTRUCTION_WORKFLOW, ENTITLEMENT_WORKFLOW)


# what the services keep and no constraint holds: raw SQL may break it (README, "Invariants")
BY_SERVICES_ALONE: Final = ("I2 somebody waits for a payment that no line makes",)


def broken() -> list[str]:
    """What breaks an invariant now, each with the reference of an offender; empty when all hold."""
    asked = " UNION ALL ".join(
        f"SELECT {number} AS place, min(x.name)::text AS name FROM ({sql}) x (name) HAVING count(*) > 0"
        for number, sql in enumerate(BROKEN.values())
    )
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT place, name FROM ({asked}) y ORDER BY place")
        return [f"{list(BROKEN)[place]}: {name}" for place, name in cursor.fetchall()]


@dataclass(slots=True)
class Memory:
    """What was seen earlier, so that a change of what must stay is noticed."""

    rows: dict[str, dict[str, str]] = field(default_factory=dict)
    states: dict[str, dict[int, str]] = field(default_factory=dict)

    def changed(self) -> list[str]:
        """What is gone or other than before, and jumps that no workflow lists; then remembers what is there now."""
        found = []
        for name, rows in _remembered().items():
            before = self.rows.get(name, {})
            found += [f"{name} changed: {key}" for key, seen in before.items() if rows.get(key) != seen]
            self.rows[name] = rows
        for workflow in _WAYS:
            now = _states_of(workflow.table)
            jumps = self.states.get(workflow.table, {})
            found += [
                f"I8 {workflow.table} {pk}: {state} to {now.get(pk)}"
                for pk, state in jumps.items()
                if now.get(pk) not in reachable(workflow, state)
            ]
            self.states[workflow.table] = now
        return found


def reachable(workflow: Workflow, state: str) -> set[str]:
    """States that the table leads to from here in any number of steps, the state itself included."""
    found, fresh = {state}, [state]
    while fresh:
        here = fresh.pop()
        for transition in workflow.transitions:
            if here in transition.sources and transition.target not in found:
                found.add(str(transition.target))
                fresh.append(str(transition.target))
    return found


def _remembered() -> dict[str, dict[str, str]]:
    asked = " UNION ALL ".join(
        f"SELECT {number}, x.key, x.seen FROM ({sql}) x (key, seen)"
        for number, sql in enumerate(_STAYS.values())
    )
    names = list(_STAYS)
    found: dict[str, dict[str, str]] = {name: {} for name in names}
    with connection.cursor() as cursor:
        cursor.execute(asked)
        for number, key, seen in cursor.fetchall():
            found[names[number]][key] = seen
    return found


def _states_of(table: str) -> dict[int, str]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT id, status FROM {table}")
        rows: list[Any] = cursor.fetchall()
        return dict(rows)
