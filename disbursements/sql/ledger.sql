-- The double-entry ledger of money (README, "The ledger"). The database posts it by itself, whatever writes allocations, movements and
-- payment instructions; the functions run with their owner's rights, because the application's role may only read the ledger.

CREATE SEQUENCE ledger_entry_number;

-- where the money of a payment instruction is, by its state
CREATE FUNCTION ledger_account_of(state text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE state WHEN 'queued' THEN 'committed' WHEN 'sent' THEN 'sent' WHEN 'unknown' THEN 'unknown' WHEN 'paid' THEN 'paid'
                    ELSE 'available' END
$$;
-- what has happened to an instruction that reached a state
CREATE FUNCTION ledger_kind_of(state text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE state WHEN 'queued' THEN 'commitment' WHEN 'sent' THEN 'sending' WHEN 'unknown' THEN 'doubt' WHEN 'paid' THEN 'payment'
                    WHEN 'failed' THEN 'failure' WHEN 'returned' THEN 'return' ELSE 'cancellation' END
$$;

-- the ledger only grows, its entries sum to 0, and the balances of the lines follow it; a line below 0 is refused by its checks (I10)
CREATE TRIGGER never_changed BEFORE UPDATE OR DELETE ON disbursements_ledgerposting
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change('the ledger only grows');

CREATE FUNCTION balance_lines() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  crooked bigint;
BEGIN
  SELECT entry INTO crooked FROM posted GROUP BY entry HAVING sum(amount) <> 0 LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION 'the legs of ledger entry % do not sum to 0', crooked USING ERRCODE = 'check_violation';
  END IF;
  PERFORM 1 FROM disbursements_budgetline WHERE id IN (SELECT budget_line_id FROM posted) ORDER BY id FOR NO KEY UPDATE;
  UPDATE disbursements_budgetline l
     SET available = l.available + d.available, committed = l.committed + d.committed, sent = l.sent + d.sent, paid = l.paid + d.paid
    FROM (SELECT budget_line_id,
                 coalesce(sum(amount) FILTER (WHERE account = 'available'), 0) AS available,
                 coalesce(sum(amount) FILTER (WHERE account = 'committed'), 0) AS committed,
                 coalesce(sum(amount) FILTER (WHERE account IN ('sent', 'unknown')), 0) AS sent,
                 coalesce(sum(amount) FILTER (WHERE account = 'paid'), 0) AS paid
            FROM posted GROUP BY budget_line_id) d
   WHERE l.id = d.budget_line_id;
  RETURN NULL;
END $$;
CREATE TRIGGER balance_lines AFTER INSERT ON disbursements_ledgerposting REFERENCING NEW TABLE AS posted
  FOR EACH STATEMENT EXECUTE FUNCTION balance_lines();

-- a new line is empty: its money comes through the ledger
CREATE TRIGGER begins_empty BEFORE INSERT ON disbursements_budgetline FOR EACH ROW
  WHEN ((NEW.available, NEW.committed, NEW.sent, NEW.paid) IS DISTINCT FROM (0::bigint, 0::bigint, 0::bigint, 0::bigint))
  EXECUTE FUNCTION refuse_change('a budget line begins empty');
CREATE TRIGGER stays BEFORE UPDATE ON disbursements_budgetline FOR EACH ROW
  WHEN ((OLD.reference, OLD.area_code, OLD.programme_id, OLD.decision_id, OLD.source_id, OLD.stream)
    IS DISTINCT FROM (NEW.reference, NEW.area_code, NEW.programme_id, NEW.decision_id, NEW.source_id, NEW.stream))
  EXECUTE FUNCTION refuse_change('a budget line stays what it is');
CREATE TRIGGER never_deleted BEFORE DELETE ON disbursements_budgetline
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change('never deleted');
CREATE TRIGGER never_changed BEFORE UPDATE OR DELETE ON disbursements_budgetmovement
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change('a correction is a new row');

-- both legs of one move; `people` goes with the money
CREATE FUNCTION post_move(on_day date, what text, from_account text, to_account text, area text, programme text, line bigint, batch bigint,
                          ref text, dong bigint, heads int) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  INSERT INTO disbursements_ledgerposting
        (entry, business_date, kind, account, area_code, programme_id, budget_line_id, batch_id, object_ref, amount, people)
  SELECT e.entry, on_day, what, leg.account, area, programme, line, batch, ref, leg.sign * dong, leg.sign * heads
    FROM (SELECT nextval('ledger_entry_number') AS entry) e, (VALUES (from_account, -1), (to_account, 1)) leg (account, sign)
$$;
REVOKE EXECUTE ON FUNCTION post_move FROM PUBLIC;

CREATE FUNCTION post_allocation() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM disbursements_budgetline l WHERE l.id = NEW.line_id AND l.area_code = NEW.area_code
                    AND l.programme_id = NEW.programme_id AND l.decision_id = NEW.decision_id) THEN
    RAISE EXCEPTION 'allocation % does not fit its budget line', NEW.reference USING ERRCODE = 'check_violation';
  END IF;
  PERFORM post_move(NEW.allocated_on, 'allocation', 'source', 'available', NEW.area_code, NEW.programme_id, NEW.line_id, NULL,
                    NEW.reference, NEW.amount, 0);
  RETURN NULL;
END $$;
CREATE TRIGGER post_allocation AFTER INSERT ON disbursements_allocation FOR EACH ROW EXECUTE FUNCTION post_allocation();

CREATE FUNCTION post_movement() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  f disbursements_budgetline;
  t disbursements_budgetline;
  moved bigint;
BEGIN
  SELECT * INTO f FROM disbursements_budgetline WHERE id = NEW.line_id;
  IF NEW.kind = 'correction' AND NOT EXISTS (SELECT FROM disbursements_allocation a WHERE a.id = NEW.allocation_id
                                               AND a.line_id = NEW.line_id AND a.amount = NEW.amount) THEN
    RAISE EXCEPTION 'correction % does not take its allocation back', NEW.reference USING ERRCODE = 'check_violation';
  END IF;
  IF NEW.kind <> 'transfer' THEN
    PERFORM post_move(NEW.moved_on, CASE NEW.kind WHEN 'return' THEN 'budget_return' ELSE NEW.kind END, 'available', 'source',
                      f.area_code, f.programme_id, f.id, NULL, NEW.reference, NEW.amount, 0);
    RETURN NULL;
  END IF;
  SELECT * INTO t FROM disbursements_budgetline WHERE id = NEW.to_line_id;
  IF f.programme_id <> t.programme_id THEN
    RAISE EXCEPTION 'movement % leads to another programme', NEW.reference USING ERRCODE = 'check_violation';
  END IF;
  -- one entry with a leg on either line
  moved := nextval('ledger_entry_number');
  INSERT INTO disbursements_ledgerposting
        (entry, business_date, kind, account, area_code, programme_id, budget_line_id, object_ref, amount, people)
  VALUES (moved, NEW.moved_on, 'transfer', 'available', f.area_code, f.programme_id, f.id, NEW.reference, -NEW.amount, 0),
         (moved, NEW.moved_on, 'transfer', 'available', t.area_code, t.programme_id, t.id, NEW.reference, NEW.amount, 0);
  RETURN NULL;
END $$;
CREATE TRIGGER post_movement AFTER INSERT ON disbursements_budgetmovement FOR EACH ROW EXECUTE FUNCTION post_movement();

-- instructions: one move per batch, commune, line, day and change of state, however many people
CREATE FUNCTION post_added_lines() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  INSERT INTO disbursements_ledgerposting
        (entry, business_date, kind, account, area_code, programme_id, budget_line_id, batch_id, object_ref, amount, people)
  SELECT m.entry, m.on_day, m.kind, leg.account, m.area_code, m.programme_id, m.budget_line_id, m.batch_id, m.ref,
         leg.sign * m.amount, leg.sign * m.people
    FROM (SELECT nextval('ledger_entry_number') AS entry, x.*
            FROM (SELECT coalesce(b.made_on, b.created_at::date) AS on_day, ledger_kind_of(n.status) AS kind,
                         ledger_account_of(n.status) AS reached, n.area_code, b.programme_id, n.budget_line_id, n.batch_id,
                         b.reference AS ref, sum(n.amount)::bigint AS amount, count(*)::int AS people
                    FROM added n JOIN disbursements_batch b ON b.id = n.batch_id
                   GROUP BY 1, 2, 3, 4, 5, 6, 7, 8 ORDER BY n.area_code, n.budget_line_id) x
           WHERE x.reached <> 'available') m,
         LATERAL (VALUES ('available', -1), (m.reached, 1)) leg (account, sign);
  RETURN NULL;
END $$;
CREATE TRIGGER post_added AFTER INSERT ON disbursements_paymentinstruction REFERENCING NEW TABLE AS added
  FOR EACH STATEMENT EXECUTE FUNCTION post_added_lines();

CREATE FUNCTION post_moved_lines() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  INSERT INTO disbursements_ledgerposting
        (entry, business_date, kind, account, area_code, programme_id, budget_line_id, batch_id, object_ref, amount, people)
  SELECT m.entry, m.on_day, m.kind, leg.account, m.area_code, m.programme_id, m.budget_line_id, m.batch_id, m.ref,
         leg.sign * m.amount, leg.sign * m.people
    FROM (SELECT nextval('ledger_entry_number') AS entry, x.*
            FROM (SELECT coalesce(CASE n.status WHEN 'sent' THEN n.sent_on WHEN 'unknown' THEN n.unknown_since
                                                WHEN 'cancelled' THEN b.cancelled_on ELSE n.resulted_on END,
                                  b.made_on, b.created_at::date) AS on_day,
                         ledger_kind_of(n.status) AS kind, ledger_account_of(o.status) AS left_, ledger_account_of(n.status) AS reached,
                         n.area_code, b.programme_id, n.budget_line_id, n.batch_id, b.reference AS ref,
                         sum(n.amount)::bigint AS amount, count(*)::int AS people
                    FROM old_lines o JOIN new_lines n ON n.id = o.id JOIN disbursements_batch b ON b.id = n.batch_id
                   WHERE o.status <> n.status
                   GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9 ORDER BY n.area_code, n.budget_line_id) x
           WHERE x.left_ <> x.reached) m,
         LATERAL (VALUES (m.left_, -1), (m.reached, 1)) leg (account, sign);
  RETURN NULL;
END $$;
CREATE TRIGGER post_moved AFTER UPDATE ON disbursements_paymentinstruction REFERENCING OLD TABLE AS old_lines NEW TABLE AS new_lines
  FOR EACH STATEMENT EXECUTE FUNCTION post_moved_lines();

-- for rows that were written before the ledger, or by COPY with the triggers off: what the tables say and the ledger lacks
CREATE FUNCTION post_history() RETURNS void LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  PERFORM post_move(a.allocated_on, 'allocation', 'source', 'available', a.area_code, a.programme_id, a.line_id, NULL, a.reference, a.amount, 0)
     FROM (SELECT * FROM disbursements_allocation ORDER BY id) a
    WHERE NOT EXISTS (SELECT FROM disbursements_ledgerposting p WHERE p.object_ref = a.reference);
  CREATE TEMP TABLE written_before ON COMMIT DROP AS
  SELECT i.*, b.programme_id, b.made_on, b.cancelled_on, b.created_at AS batch_at
    FROM disbursements_paymentinstruction i JOIN disbursements_batch b ON b.id = i.batch_id
   WHERE NOT EXISTS (SELECT FROM disbursements_ledgerposting p WHERE p.batch_id = i.batch_id);
  -- three moves at most: into the batch, out of the door, the answer
  INSERT INTO disbursements_ledgerposting
        (entry, business_date, kind, account, area_code, programme_id, budget_line_id, batch_id, object_ref, amount, people)
  SELECT m.entry, m.on_day, m.kind, leg.account, m.area_code, m.programme_id, m.budget_line_id, m.batch_id, m.batch_reference,
         leg.sign * m.amount, leg.sign * m.people
    FROM (SELECT nextval('ledger_entry_number') AS entry, x.*
            FROM (SELECT step.place, step.on_day, step.kind, step.left_, step.reached, w.area_code, w.programme_id, w.budget_line_id,
                         w.batch_id, w.batch_reference, sum(w.amount)::bigint AS amount, count(*)::int AS people
                    FROM written_before w,
                         LATERAL (VALUES
                           (1, coalesce(w.made_on, w.batch_at::date), 'commitment', 'available', 'committed', true),
                           (2, w.sent_on, 'sending', 'committed', 'sent', w.sent_on IS NOT NULL),
                           (3, coalesce(w.resulted_on, w.unknown_since, w.cancelled_on, w.sent_on, w.made_on, w.batch_at::date),
                            ledger_kind_of(w.status), CASE WHEN w.sent_on IS NULL THEN 'committed' ELSE 'sent' END,
                            ledger_account_of(w.status), w.status NOT IN ('queued', 'sent'))
                         ) step (place, on_day, kind, left_, reached, applies)
                   WHERE step.applies
                   GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 ORDER BY step.place, w.batch_id, w.area_code) x) m,
         LATERAL (VALUES (m.left_, -1), (m.reached, 1)) leg (account, sign);
  DROP TABLE written_before;
END $$;
REVOKE EXECUTE ON FUNCTION post_history FROM PUBLIC;
