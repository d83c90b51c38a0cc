-- The postings of payment instructions say of which group (stream) the people are, so that sums by group are sums over the ledger.
-- Otherwise as in ledger.sql.

-- instructions: one move per batch, commune, line, group, day and change of state, however many people
CREATE OR REPLACE FUNCTION post_added_lines() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  INSERT INTO disbursements_ledgerposting
        (entry, business_date, kind, account, area_code, programme_id, budget_line_id, batch_id, stream, object_ref, amount, people)
  SELECT m.entry, m.on_day, m.kind, leg.account, m.area_code, m.programme_id, m.budget_line_id, m.batch_id, m.stream, m.ref,
         leg.sign * m.amount, leg.sign * m.people
    FROM (SELECT nextval('ledger_entry_number') AS entry, x.*
            FROM (SELECT coalesce(b.made_on, b.created_at::date) AS on_day, ledger_kind_of(n.status) AS kind,
                         ledger_account_of(n.status) AS reached, n.area_code, b.programme_id, n.budget_line_id, n.batch_id,
                         l.stream, b.reference AS ref, sum(n.amount)::bigint AS amount, sum(n.people)::int AS people
                    -- first by the list's key, so that the lists are asked once each
                    FROM (SELECT batch_id, status, area_code, budget_line_id, case_list_id, sum(amount) AS amount, count(*) AS people
                            FROM added GROUP BY 1, 2, 3, 4, 5) n
                    JOIN disbursements_batch b ON b.id = n.batch_id
                    JOIN support_programs_caselist l ON l.id = n.case_list_id
                   GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9 ORDER BY n.area_code, n.budget_line_id, l.stream) x
           WHERE x.reached <> 'available') m,
         LATERAL (VALUES ('available', -1), (m.reached, 1)) leg (account, sign);
  RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION post_moved_lines() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  INSERT INTO disbursements_ledgerposting
        (entry, business_date, kind, account, area_code, programme_id, budget_line_id, batch_id, stream, object_ref, amount, people)
  SELECT m.entry, m.on_day, m.kind, leg.account, m.area_code, m.programme_id, m.budget_line_id, m.batch_id, m.stream, m.ref,
         leg.sign * m.amount, leg.sign * m.people
    FROM (SELECT nextval('ledger_entry_number') AS entry, x.*
            FROM (SELECT coalesce(CASE n.status WHEN 'sent' THEN n.sent_on WHEN 'unknown' THEN n.unknown_since
                                                WHEN 'cancelled' THEN b.cancelled_on ELSE n.resulted_on END,
                                  b.made_on, b.created_at::date) AS on_day,
                         ledger_kind_of(n.status) AS kind, ledger_account_of(n.left_status) AS left_,
                         ledger_account_of(n.status) AS reached, n.area_code, b.programme_id, n.budget_line_id, n.batch_id,
                         l.stream, b.reference AS ref, sum(n.amount)::bigint AS amount, sum(n.people)::int AS people
                    FROM (SELECT n.batch_id, o.status AS left_status, n.status, n.sent_on, n.unknown_since, n.resulted_on,
                                 n.area_code, n.budget_line_id, n.case_list_id, sum(n.amount) AS amount, count(*) AS people
                            FROM old_lines o JOIN new_lines n ON n.id = o.id
                           WHERE o.status <> n.status GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9) n
                    JOIN disbursements_batch b ON b.id = n.batch_id
                    JOIN support_programs_caselist l ON l.id = n.case_list_id
                   GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 ORDER BY n.area_code, n.budget_line_id, l.stream) x
           WHERE x.left_ <> x.reached) m,
         LATERAL (VALUES (m.left_, -1), (m.reached, 1)) leg (account, sign);
  RETURN NULL;
END $$;

-- for rows that were written before the ledger, or by COPY with the triggers off: what the tables say and the ledger lacks
CREATE OR REPLACE FUNCTION post_history() RETURNS void LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  PERFORM post_move(a.allocated_on, 'allocation', 'source', 'available', a.area_code, a.programme_id, a.line_id, NULL, a.reference, a.amount, 0)
     FROM (SELECT * FROM disbursements_allocation ORDER BY id) a
    WHERE NOT EXISTS (SELECT FROM disbursements_ledgerposting p WHERE p.object_ref = a.reference);
  CREATE TEMP TABLE written_before ON COMMIT DROP AS
  SELECT i.*, b.programme_id, b.made_on, b.cancelled_on, b.created_at AS batch_at, l.stream
    FROM disbursements_paymentinstruction i JOIN disbursements_batch b ON b.id = i.batch_id
    JOIN support_programs_caselist l ON l.id = i.case_list_id
   WHERE NOT EXISTS (SELECT FROM disbursements_ledgerposting p WHERE p.batch_id = i.batch_id);
  -- three moves at most: into the batch, out of the door, the answer
  INSERT INTO disbursements_ledgerposting
        (entry, business_date, kind, account, area_code, programme_id, budget_line_id, batch_id, stream, object_ref, amount, people)
  SELECT m.entry, m.on_day, m.kind, leg.account, m.area_code, m.programme_id, m.budget_line_id, m.batch_id, m.stream, m.batch_reference,
         leg.sign * m.amount, leg.sign * m.people
    FROM (SELECT nextval('ledger_entry_number') AS entry, x.*
            FROM (SELECT step.place, step.on_day, step.kind, step.left_, step.reached, w.area_code, w.programme_id, w.budget_line_id,
                         w.batch_id, w.stream, w.batch_reference, sum(w.amount)::bigint AS amount, count(*)::int AS people
                    FROM written_before w,
                         LATERAL (VALUES
                           (1, coalesce(w.made_on, w.batch_at::date), 'commitment', 'available', 'committed', true),
                           (2, w.sent_on, 'sending', 'committed', 'sent', w.sent_on IS NOT NULL),
                           (3, coalesce(w.resulted_on, w.unknown_since, w.cancelled_on, w.sent_on, w.made_on, w.batch_at::date),
                            ledger_kind_of(w.status), CASE WHEN w.sent_on IS NULL THEN 'committed' ELSE 'sent' END,
                            ledger_account_of(w.status), w.status NOT IN ('queued', 'sent'))
                         ) step (place, on_day, kind, left_, reached, applies)
                   WHERE step.applies
                   GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11 ORDER BY step.place, w.batch_id, w.area_code, w.stream) x) m,
         LATERAL (VALUES (m.left_, -1), (m.reached, 1)) leg (account, sign);
  DROP TABLE written_before;
END $$;
