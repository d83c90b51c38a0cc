"""The statements of `ledger_check`: each answers the first row that differs, or none."""

from typing import Final

# the legs of an entry sum to 0, in đồng and people
ENTRIES: Final = """
SELECT entry, min(object_ref), sum(amount), sum(people)
  FROM disbursements_ledgerposting GROUP BY entry HAVING sum(amount) <> 0 OR sum(people) <> 0 ORDER BY entry LIMIT 1
"""

# reference, account, what the ledger sums to, what the line says
BALANCES: Final = """
SELECT x.reference, x.account, x.summed, x.written
  FROM (SELECT l.id, l.reference, c.place, c.account, c.written, coalesce(s.summed, 0) AS summed
          FROM disbursements_budgetline l
         CROSS JOIN LATERAL (VALUES (1, 'available', l.available), (2, 'committed', l.committed), (3, 'sent', l.sent),
                                    (4, 'paid', l.paid)) c (place, account, written)
          LEFT JOIN (SELECT budget_line_id, CASE account WHEN 'unknown' THEN 'sent' ELSE account END AS account,
                            sum(amount) AS summed
                       FROM disbursements_ledgerposting
                      WHERE account IN ('available', 'committed', 'sent', 'unknown', 'paid') GROUP BY 1, 2) s
            ON s.budget_line_id = l.id AND s.account = c.account) x
 WHERE x.summed <> x.written ORDER BY x.id, x.place LIMIT 1
"""

# reference, line, day and posted day, amount and posted amount; a paper without an entry, an entry without a paper
ALLOCATIONS: Final = """
SELECT coalesce(a.reference, p.object_ref), l.reference, a.allocated_on, p.on_day, a.amount, p.amount
  FROM disbursements_allocation a
  FULL JOIN (SELECT object_ref, budget_line_id, area_code, programme_id, min(business_date) AS on_day,
                    sum(amount)::bigint AS amount
               FROM disbursements_ledgerposting WHERE kind = 'allocation' AND account = 'available' GROUP BY 1, 2, 3, 4) p
    ON p.object_ref = a.reference AND p.budget_line_id = a.line_id AND p.area_code = a.area_code
   AND p.programme_id = a.programme_id
  LEFT JOIN disbursements_budgetline l ON l.id = coalesce(a.line_id, p.budget_line_id)
 WHERE (a.amount, a.allocated_on) IS DISTINCT FROM (p.amount, p.on_day)
 ORDER BY a.id NULLS LAST, p.object_ref LIMIT 1
"""

# reference, line, account, kind, amount and posted amount of each leg that a paper asks for
MOVEMENTS: Final = """
WITH asked AS (
  SELECT m.id, m.reference, leg.line_id, leg.account, leg.amount,
         CASE m.kind WHEN 'return' THEN 'budget_return' ELSE m.kind END AS kind
    FROM disbursements_budgetmovement m
   CROSS JOIN LATERAL (VALUES (m.line_id, 'available', -m.amount),
                              (coalesce(m.to_line_id, m.line_id), CASE m.kind WHEN 'transfer' THEN 'available' ELSE 'source' END,
                               m.amount)) leg (line_id, account, amount)
), posted AS (
  SELECT object_ref, budget_line_id, account, kind, sum(amount)::bigint AS amount
    FROM disbursements_ledgerposting WHERE kind IN ('transfer', 'budget_return', 'unclaimed', 'correction') GROUP BY 1, 2, 3, 4
)
SELECT coalesce(a.reference, p.object_ref), l.reference, coalesce(a.account, p.account), coalesce(a.kind, p.kind),
       a.amount, p.amount
  FROM asked a
  FULL JOIN posted p ON p.object_ref = a.reference AND p.budget_line_id = a.line_id AND p.account = a.account AND p.kind = a.kind
  LEFT JOIN disbursements_budgetline l ON l.id = coalesce(a.line_id, p.budget_line_id)
 WHERE a.amount IS DISTINCT FROM p.amount
 ORDER BY a.id NULLS LAST, a.amount, p.object_ref LIMIT 1
"""

# batch, line, area, account, people and đồng by the states of the instructions, people and đồng in the ledger
INSTRUCTIONS: Final = """
WITH held AS (
  SELECT i.batch_id, i.budget_line_id, i.area_code, l.stream, ledger_account_of(i.status) AS account,
         sum(i.people)::bigint AS people, sum(i.amount)::bigint AS amount
    FROM (SELECT batch_id, budget_line_id, area_code, case_list_id, status, count(*) AS people, sum(amount) AS amount
            FROM disbursements_paymentinstruction WHERE status IN ('queued', 'sent', 'unknown', 'paid') GROUP BY 1, 2, 3, 4, 5) i
    JOIN support_programs_caselist l ON l.id = i.case_list_id
   GROUP BY 1, 2, 3, 4, 5
), posted AS (
  SELECT batch_id, budget_line_id, area_code, stream, account, sum(people)::bigint AS people, sum(amount)::bigint AS amount
    FROM disbursements_ledgerposting
   WHERE batch_id IS NOT NULL AND account IN ('committed', 'sent', 'unknown', 'paid') GROUP BY 1, 2, 3, 4, 5
)
SELECT b.reference, l.reference, coalesce(h.area_code, p.area_code), coalesce(h.account, p.account),
       coalesce(h.people, 0), coalesce(h.amount, 0), coalesce(p.people, 0), coalesce(p.amount, 0)
  FROM held h
  FULL JOIN posted p ON p.batch_id = h.batch_id AND p.budget_line_id = h.budget_line_id AND p.area_code = h.area_code
                    AND p.stream = h.stream AND p.account = h.account
  LEFT JOIN disbursements_batch b ON b.id = coalesce(h.batch_id, p.batch_id)
  LEFT JOIN disbursements_budgetline l ON l.id = coalesce(h.budget_line_id, p.budget_line_id)
 WHERE (coalesce(h.people, 0), coalesce(h.amount, 0)) <> (coalesce(p.people, 0), coalesce(p.amount, 0))
 ORDER BY coalesce(h.batch_id, p.batch_id), 3, 2, 4 LIMIT 1
"""

# batch, kind, day, people and đồng by the results of the instructions, people and đồng in the ledger
ANSWERS: Final = """
WITH held AS (
  SELECT i.batch_id, ledger_kind_of(i.status) AS kind, coalesce(i.resulted_on, b.made_on, b.created_at::date) AS on_day,
         sum(i.people)::bigint AS people, sum(i.amount)::bigint AS amount
    FROM (SELECT batch_id, status, resulted_on, count(*) AS people, sum(amount) AS amount
            FROM disbursements_paymentinstruction WHERE status IN ('paid', 'failed', 'returned') GROUP BY 1, 2, 3) i
    JOIN disbursements_batch b ON b.id = i.batch_id GROUP BY 1, 2, 3
), posted AS (
  SELECT batch_id, kind, business_date AS on_day, sum(people)::bigint AS people, sum(amount)::bigint AS amount
    FROM disbursements_ledgerposting
   WHERE batch_id IS NOT NULL AND kind IN ('payment', 'failure', 'return') AND amount > 0 AND account IN ('paid', 'available')
   GROUP BY 1, 2, 3
)
SELECT b.reference, coalesce(h.kind, p.kind), coalesce(h.on_day, p.on_day),
       coalesce(h.people, 0), coalesce(h.amount, 0), coalesce(p.people, 0), coalesce(p.amount, 0)
  FROM held h
  FULL JOIN posted p ON p.batch_id = h.batch_id AND p.kind = h.kind AND p.on_day = h.on_day
  LEFT JOIN disbursements_batch b ON b.id = coalesce(h.batch_id, p.batch_id)
 WHERE (coalesce(h.people, 0), coalesce(h.amount, 0)) <> (coalesce(p.people, 0), coalesce(p.amount, 0))
 ORDER BY coalesce(h.batch_id, p.batch_id), 2, 3 LIMIT 1
"""

# reference, people and đồng of the instructions, what the batch says
BATCHES: Final = """
SELECT b.reference, coalesce(i.people, 0), coalesce(i.amount, 0), b.line_count, b.total_amount
  FROM disbursements_batch b
  LEFT JOIN (SELECT batch_id, count(*) AS people, sum(amount)::bigint AS amount
               FROM disbursements_paymentinstruction GROUP BY 1) i ON i.batch_id = b.id
 WHERE b.status <> 'preparing' AND (coalesce(i.people, 0), coalesce(i.amount, 0)) <> (b.line_count, b.total_amount)
 ORDER BY b.id LIMIT 1
"""

# reference, people and đồng of the batch, what the ledger says was ever taken for it from the lines
BATCH_LEDGER: Final = """
SELECT b.reference, b.line_count, b.total_amount, coalesce(p.people, 0), coalesce(p.amount, 0)
  FROM disbursements_batch b
  LEFT JOIN (SELECT batch_id, -sum(people)::bigint AS people, -sum(amount)::bigint AS amount
               FROM disbursements_ledgerposting WHERE batch_id IS NOT NULL AND account = 'available' AND amount < 0
              GROUP BY 1) p ON p.batch_id = b.id
 WHERE b.status <> 'preparing' AND (coalesce(p.people, 0), coalesce(p.amount, 0)) <> (b.line_count, b.total_amount)
 ORDER BY b.id LIMIT 1
"""
