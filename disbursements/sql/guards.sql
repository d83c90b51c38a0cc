-- What must never happen to money, held by the database whatever writes to it (README, "Invariants").
-- Plain triggers: nobody but the owner can switch them off. Row triggers carry their whole rule in WHEN, so that they cost nothing
-- when nothing is wrong; where another table has to be asked, one statement-level trigger asks once for all rows.

CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '%: % of %', TG_ARGV[0], lower(TG_OP), TG_TABLE_NAME USING ERRCODE = 'check_violation';
END $$;

-- nothing of money is ever deleted (I16)
CREATE TRIGGER never_deleted BEFORE DELETE ON disbursements_batch
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change('never deleted');
CREATE TRIGGER never_deleted BEFORE DELETE ON disbursements_paymentinstruction
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change('never deleted');
CREATE TRIGGER never_deleted BEFORE DELETE ON disbursements_paymentfile
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change('never deleted');
CREATE TRIGGER never_deleted BEFORE DELETE ON disbursements_allocation
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change('never deleted');
CREATE TRIGGER never_deleted BEFORE DELETE ON disbursements_statementimport
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change('never deleted');
CREATE TRIGGER never_changed BEFORE UPDATE ON disbursements_paymentfile
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change('made once');
CREATE TRIGGER never_changed BEFORE UPDATE ON disbursements_allocation
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change('a correction is a new row');

-- I7, I11: who approved, and by which decision, is final once approved (the snapshot itself is frozen by support_programs)
CREATE TRIGGER approvals_final BEFORE UPDATE ON support_programs_entitlement FOR EACH ROW
  WHEN (OLD.status IN ('approved', 'committed', 'paid')
    AND (OLD.decision_id, OLD.list_approved_by_id, OLD.money_appraised_by_id, OLD.money_approved_by_id)
    IS DISTINCT FROM (NEW.decision_id, NEW.list_approved_by_id, NEW.money_appraised_by_id, NEW.money_approved_by_id))
  EXECUTE FUNCTION refuse_change('approvals are final');

-- I6, I11: a line never changes in payee, amount, batch or attempt; its result never once it is final
CREATE TRIGGER snapshot BEFORE UPDATE ON disbursements_paymentinstruction FOR EACH ROW
  WHEN ((OLD.reference, OLD.area_code, OLD.batch_id, OLD.batch_reference, OLD.entitlement_id, OLD.case_reference, OLD.case_list_id,
         OLD.decision_number, OLD.attempt, OLD.position, OLD.channel, OLD.amount, OLD.cap, OLD.version_hash, OLD.payee_name,
         OLD.payee_sort, OLD.birth_date, OLD.birth_year, OLD.payee_number_last3, OLD.hamlet, OLD.bank_name, OLD.account_holder,
         OLD.account_last3, OLD.entered_by_id, OLD.list_approved_by_id, OLD.money_approved_by_id, OLD.batched_by_id)
    IS DISTINCT FROM
        (NEW.reference, NEW.area_code, NEW.batch_id, NEW.batch_reference, NEW.entitlement_id, NEW.case_reference, NEW.case_list_id,
         NEW.decision_number, NEW.attempt, NEW.position, NEW.channel, NEW.amount, NEW.cap, NEW.version_hash, NEW.payee_name,
         NEW.payee_sort, NEW.birth_date, NEW.birth_year, NEW.payee_number_last3, NEW.hamlet, NEW.bank_name, NEW.account_holder,
         NEW.account_last3, NEW.entered_by_id, NEW.list_approved_by_id, NEW.money_approved_by_id, NEW.batched_by_id))
  EXECUTE FUNCTION refuse_change('payment lines are snapshots');
CREATE TRIGGER result_final BEFORE UPDATE ON disbursements_paymentinstruction FOR EACH ROW
  WHEN (OLD.status IN ('paid', 'failed', 'returned', 'cancelled')
    AND (OLD.status, OLD.sent_on, OLD.resulted_on, OLD.result_reason, OLD.recorded_by_id)
    IS DISTINCT FROM (NEW.status, NEW.sent_on, NEW.resulted_on, NEW.result_reason, NEW.recorded_by_id))
  EXECUTE FUNCTION refuse_change('results are final');

-- I3, I6, I11: lines join a batch only while it is prepared, equal their entitlement, and count their attempts by one
CREATE OR REPLACE FUNCTION check_added_lines() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  misfits bigint;
BEGIN
  -- freezing the batch waits for us, or we for it
  PERFORM 1 FROM disbursements_batch WHERE id IN (SELECT batch_id FROM added) FOR SHARE;
  SELECT count(*) INTO misfits
    FROM added n
    JOIN disbursements_batch b ON b.id = n.batch_id
    JOIN support_programs_entitlement e ON e.id = n.entitlement_id
   WHERE b.status <> 'preparing' OR b.reference <> n.batch_reference OR b.created_by_id <> n.batched_by_id OR b.channel <> n.channel
      OR b.programme_id <> e.programme_id OR n.area_code <> e.area_code
      OR n.area_code < b.area_code OR n.area_code >= b.area_code || ':'
      OR (n.case_reference, n.case_list_id, n.amount, n.cap, n.version_hash, n.payee_name, n.payee_number_last3,
          n.entered_by_id, n.list_approved_by_id, n.money_approved_by_id)
         IS DISTINCT FROM
         (e.reference::text, e.case_list_id, e.amount, e.cap, e.version_hash, e.payee_name, e.payee_number_last3,
          e.entered_by_id, e.list_approved_by_id, e.money_approved_by_id);
  IF misfits > 0 THEN
    RAISE EXCEPTION '% lines fit neither an open batch nor their entitlement', misfits USING ERRCODE = 'check_violation';
  END IF;
  SELECT count(*) INTO misfits
    FROM added n
   WHERE n.attempt <> (SELECT count(*) FROM disbursements_paymentinstruction p WHERE p.entitlement_id = n.entitlement_id);
  IF misfits > 0 THEN
    RAISE EXCEPTION 'the attempt of % lines does not follow the one before', misfits USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER added_lines AFTER INSERT ON disbursements_paymentinstruction REFERENCING NEW TABLE AS added
  FOR EACH STATEMENT EXECUTE FUNCTION check_added_lines();

-- results only in a batch that is being paid, cancelled lines only in a cancelled batch
CREATE OR REPLACE FUNCTION check_moved_lines() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  misfits bigint;
BEGIN
  SELECT count(*) INTO misfits
    FROM moved n JOIN disbursements_batch b ON b.id = n.batch_id
   WHERE (n.status IN ('sent', 'unknown') AND b.status <> 'released')
      OR (n.status IN ('paid', 'failed', 'returned') AND b.status NOT IN ('released', 'closed'))
      OR (n.status = 'cancelled' AND b.status <> 'cancelled');
  IF misfits > 0 THEN
    RAISE EXCEPTION '% lines moved in a batch that does not allow it', misfits USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER moved_lines AFTER UPDATE ON disbursements_paymentinstruction REFERENCING NEW TABLE AS moved
  FOR EACH STATEMENT EXECUTE FUNCTION check_moved_lines();

-- I4, I6: what was asked for never changes, and neither do count and sum once the batch is prepared
CREATE TRIGGER request_fixed BEFORE UPDATE ON disbursements_batch FOR EACH ROW
  WHEN ((OLD.reference, OLD.area_code, OLD.programme_id, OLD.channel, OLD.stream, OLD.idempotency_key, OLD.request_hash, OLD.created_by_id)
    IS DISTINCT FROM
        (NEW.reference, NEW.area_code, NEW.programme_id, NEW.channel, NEW.stream, NEW.idempotency_key, NEW.request_hash, NEW.created_by_id)
    OR (OLD.status <> 'preparing'
        AND (OLD.line_count, OLD.total_amount, OLD.due_on) IS DISTINCT FROM (NEW.line_count, NEW.total_amount, NEW.due_on))
    OR (OLD.approved_by_id IS NOT NULL
        AND (OLD.approved_by_id, OLD.approved_at) IS DISTINCT FROM (NEW.approved_by_id, NEW.approved_at)))
  EXECUTE FUNCTION refuse_change('a prepared batch is frozen');

-- I6: at the freeze count and sum equal the lines; I10: the decisions' money that reached the district covers what is committed
CREATE OR REPLACE FUNCTION check_frozen_batch() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  lines bigint;
  total bigint;
  short text;
BEGIN
  SELECT count(*), coalesce(sum(amount), 0) INTO lines, total FROM disbursements_paymentinstruction WHERE batch_id = NEW.id;
  IF lines <> NEW.line_count OR total <> NEW.total_amount THEN
    RAISE EXCEPTION 'batch % says % lines, % dong; its lines are %, % dong', NEW.reference, NEW.line_count, NEW.total_amount, lines, total
      USING ERRCODE = 'check_violation';
  END IF;
  PERFORM 1 FROM disbursements_allocation WHERE programme_id = NEW.programme_id AND area_code = substr(NEW.area_code, 1, 5)
    ORDER BY id FOR NO KEY UPDATE;
  SELECT string_agg(x.decision_id::text, ', ') INTO short
    FROM (SELECT DISTINCT e.decision_id
            FROM disbursements_paymentinstruction i JOIN support_programs_entitlement e ON e.id = i.entitlement_id
           WHERE i.batch_id = NEW.id) x
   WHERE (SELECT coalesce(sum(a.amount), 0) FROM disbursements_allocation a
           WHERE a.decision_id = x.decision_id AND a.area_code = substr(NEW.area_code, 1, 5))
       < (SELECT coalesce(sum(e.amount), 0) FROM support_programs_entitlement e
           WHERE e.decision_id = x.decision_id AND e.status IN ('committed', 'paid')
             AND e.area_code >= substr(NEW.area_code, 1, 5) AND e.area_code < substr(NEW.area_code, 1, 5) || ':');
  IF short IS NOT NULL THEN
    RAISE EXCEPTION 'batch % commits more than was allocated for decision %', NEW.reference, short USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER frozen AFTER UPDATE ON disbursements_batch FOR EACH ROW
  WHEN (OLD.status = 'preparing' AND NEW.status = 'prepared')
  EXECUTE FUNCTION check_frozen_batch();

-- I7: who approves the batch did not approve its money (that they did not make it is a check on the row)
CREATE OR REPLACE FUNCTION check_batch_approver() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM disbursements_paymentinstruction
              WHERE batch_id = NEW.id AND money_approved_by_id = NEW.approved_by_id) THEN
    RAISE EXCEPTION 'the approver of batch % approved its money', NEW.reference USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER approver AFTER UPDATE ON disbursements_batch FOR EACH ROW
  WHEN (NEW.approved_by_id IS DISTINCT FROM OLD.approved_by_id)
  EXECUTE FUNCTION check_batch_approver();

-- I15: closed only when every line has a final answer; at commit a cancelled batch holds nobody and a released one has sent every line
CREATE OR REPLACE FUNCTION check_batch_lines() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  open_lines bigint;
BEGIN
  SELECT count(*) INTO open_lines
    FROM disbursements_paymentinstruction i JOIN disbursements_batch b ON b.id = i.batch_id
   WHERE b.id = NEW.id
     AND ((b.status = 'closed' AND i.status NOT IN ('paid', 'failed', 'returned'))
       OR (b.status = 'released' AND i.status = 'queued')
       OR (b.status = 'cancelled' AND i.status <> 'cancelled'));
  IF open_lines > 0 THEN
    RAISE EXCEPTION '% lines of batch % stand in the way of its state', open_lines, NEW.reference USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER closed_lines AFTER UPDATE ON disbursements_batch FOR EACH ROW
  WHEN (OLD.status <> NEW.status AND NEW.status = 'closed')
  EXECUTE FUNCTION check_batch_lines();
CREATE CONSTRAINT TRIGGER lines_follow AFTER UPDATE ON disbursements_batch DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
  WHEN (OLD.status <> NEW.status AND NEW.status IN ('released', 'cancelled'))
  EXECUTE FUNCTION check_batch_lines();

-- I2: an entitlement is paid, or owed again, only as its lines say; checked at commit, by what is true then
CREATE OR REPLACE FUNCTION check_entitlement_paid() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM disbursements_paymentinstruction WHERE entitlement_id = NEW.id AND status = 'paid') THEN
    RAISE EXCEPTION 'entitlement % is paid by no line', NEW.reference USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER paid_by_line AFTER UPDATE ON support_programs_entitlement DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
  WHEN (OLD.status <> 'paid' AND NEW.status = 'paid')
  EXECUTE FUNCTION check_entitlement_paid();

CREATE OR REPLACE FUNCTION check_entitlement_free() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM disbursements_paymentinstruction i JOIN support_programs_entitlement e ON e.id = i.entitlement_id
              WHERE e.id = NEW.id AND e.status = 'approved' AND i.status IN ('queued', 'sent', 'unknown', 'paid')) THEN
    RAISE EXCEPTION 'entitlement % still has a live line', NEW.reference USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER freed_by_line AFTER UPDATE ON support_programs_entitlement DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
  WHEN (OLD.status = 'committed' AND NEW.status = 'approved')
  EXECUTE FUNCTION check_entitlement_free();

-- I10: what reaches a district for a decision stays within the decision's money for that district
CREATE OR REPLACE FUNCTION check_allocation() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  approved bigint;
  allocated bigint;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtext('allocation'), hashtext(NEW.decision_id || ':' || NEW.area_code));
  SELECT coalesce(sum(amount), 0) INTO approved FROM support_programs_entitlement
   WHERE decision_id = NEW.decision_id AND status <> 'cancelled' AND area_code >= NEW.area_code AND area_code < NEW.area_code || ':';
  SELECT coalesce(sum(amount), 0) INTO allocated FROM disbursements_allocation
   WHERE decision_id = NEW.decision_id AND area_code = NEW.area_code;
  IF allocated > approved THEN
    RAISE EXCEPTION 'allocated % of % approved for area %', allocated, approved, NEW.area_code USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER within_decision AFTER INSERT ON disbursements_allocation FOR EACH ROW EXECUTE FUNCTION check_allocation();
