-- Guards that changed with budget lines, the ledger and signatures (earlier ones: guards.sql).

-- I3, I6, I11: lines join a batch only while it is prepared, equal their entitlement, draw on a budget line of its decision and district,
-- and count their attempts by one
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
    JOIN support_programs_caselist l ON l.id = e.case_list_id
    JOIN disbursements_budgetline m ON m.id = n.budget_line_id
   WHERE b.status <> 'preparing' OR b.reference <> n.batch_reference OR b.created_by_id <> n.batched_by_id OR b.channel <> n.channel
      OR b.programme_id <> e.programme_id OR n.area_code <> e.area_code
      OR n.area_code < b.area_code OR n.area_code >= b.area_code || ':'
      OR m.programme_id <> e.programme_id OR m.decision_id IS DISTINCT FROM e.decision_id OR m.area_code <> substr(n.area_code, 1, 5)
      OR m.stream NOT IN ('', l.stream)
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

-- I6, I11: a line never changes in payee, amount, money, batch or attempt
CREATE TRIGGER snapshot BEFORE UPDATE ON disbursements_paymentinstruction FOR EACH ROW
  WHEN ((OLD.reference, OLD.area_code, OLD.batch_id, OLD.batch_reference, OLD.entitlement_id, OLD.case_reference, OLD.case_list_id,
         OLD.decision_number, OLD.attempt, OLD.position, OLD.channel, OLD.amount, OLD.cap, OLD.version_hash, OLD.payee_name,
         OLD.payee_sort, OLD.birth_date, OLD.birth_year, OLD.payee_number_last3, OLD.hamlet, OLD.bank_name, OLD.account_holder,
         OLD.account_last3, OLD.entered_by_id, OLD.list_approved_by_id, OLD.money_approved_by_id, OLD.batched_by_id,
         OLD.budget_line_id, OLD.bank_bin)
    IS DISTINCT FROM
        (NEW.reference, NEW.area_code, NEW.batch_id, NEW.batch_reference, NEW.entitlement_id, NEW.case_reference, NEW.case_list_id,
         NEW.decision_number, NEW.attempt, NEW.position, NEW.channel, NEW.amount, NEW.cap, NEW.version_hash, NEW.payee_name,
         NEW.payee_sort, NEW.birth_date, NEW.birth_year, NEW.payee_number_last3, NEW.hamlet, NEW.bank_name, NEW.account_holder,
         NEW.account_last3, NEW.entered_by_id, NEW.list_approved_by_id, NEW.money_approved_by_id, NEW.batched_by_id,
         NEW.budget_line_id, NEW.bank_bin))
  EXECUTE FUNCTION refuse_change('payment lines are snapshots');
DROP TRIGGER result_final ON disbursements_paymentinstruction;
CREATE TRIGGER result_final BEFORE UPDATE ON disbursements_paymentinstruction FOR EACH ROW
  WHEN (OLD.status IN ('paid', 'failed', 'returned', 'cancelled')
    AND (OLD.status, OLD.sent_on, OLD.unknown_since, OLD.resulted_on, OLD.result_reason, OLD.recorded_by_id)
    IS DISTINCT FROM (NEW.status, NEW.sent_on, NEW.unknown_since, NEW.resulted_on, NEW.result_reason, NEW.recorded_by_id))
  EXECUTE FUNCTION refuse_change('results are final');

-- I4, I6: what was asked for never changes, and neither do count, sum and number of signatures once the batch is prepared
CREATE TRIGGER request_fixed BEFORE UPDATE ON disbursements_batch FOR EACH ROW
  WHEN ((OLD.reference, OLD.area_code, OLD.programme_id, OLD.channel, OLD.stream, OLD.decision_number, OLD.source_code, OLD.is_retry,
         OLD.payer_account_id, OLD.made_on, OLD.idempotency_key, OLD.request_hash, OLD.created_by_id)
    IS DISTINCT FROM
        (NEW.reference, NEW.area_code, NEW.programme_id, NEW.channel, NEW.stream, NEW.decision_number, NEW.source_code, NEW.is_retry,
         NEW.payer_account_id, NEW.made_on, NEW.idempotency_key, NEW.request_hash, NEW.created_by_id)
    OR (OLD.status <> 'preparing'
        AND (OLD.line_count, OLD.total_amount, OLD.due_on, OLD.signatures_needed, OLD.warnings)
          IS DISTINCT FROM (NEW.line_count, NEW.total_amount, NEW.due_on, NEW.signatures_needed, NEW.warnings))
    OR (OLD.approved_by_id IS NOT NULL
        AND (OLD.approved_by_id, OLD.approved_at) IS DISTINCT FROM (NEW.approved_by_id, NEW.approved_at)))
  EXECUTE FUNCTION refuse_change('a prepared batch is frozen');

-- I6: at the freeze count and sum equal the lines, and the signatures are as many as the amount asks for (its money: balance_lines, I10)
CREATE OR REPLACE FUNCTION check_frozen_batch() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  lines bigint;
  total bigint;
  wanted int;
BEGIN
  SELECT count(*), coalesce(sum(amount), 0) INTO lines, total FROM disbursements_paymentinstruction WHERE batch_id = NEW.id;
  IF lines <> NEW.line_count OR total <> NEW.total_amount THEN
    RAISE EXCEPTION 'batch % says % lines, % dong; its lines are %, % dong', NEW.reference, NEW.line_count, NEW.total_amount, lines, total
      USING ERRCODE = 'check_violation';
  END IF;
  SELECT coalesce(max(signatures), 1) INTO wanted FROM disbursements_signaturerule WHERE from_amount <= total;
  IF NEW.signatures_needed < wanted THEN
    RAISE EXCEPTION 'batch % of % dong needs % signatures, not %', NEW.reference, total, wanted, NEW.signatures_needed
      USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;

-- I7: every signature under a batch is of another person, who neither made it nor worked on its people before; it stays
CREATE FUNCTION check_signature() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM 1 FROM disbursements_batch WHERE id = NEW.batch_id AND status = 'prepared' AND created_by_id <> NEW.signer_id FOR SHARE;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'signature on a batch that is not prepared, or by who made it' USING ERRCODE = 'check_violation';
  END IF;
  IF EXISTS (SELECT 1 FROM disbursements_paymentinstruction i JOIN support_programs_entitlement e ON e.id = i.entitlement_id
              WHERE i.batch_id = NEW.batch_id
                AND NEW.signer_id IN (e.entered_by_id, e.appraised_by_id, e.list_approved_by_id, e.money_appraised_by_id,
                                      e.money_approved_by_id)) THEN
    RAISE EXCEPTION 'who signs a batch worked on its people' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER signer AFTER INSERT ON disbursements_batchsignature FOR EACH ROW EXECUTE FUNCTION check_signature();
CREATE TRIGGER never_changed BEFORE UPDATE OR DELETE ON disbursements_batchsignature
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change('signatures stay');
CREATE FUNCTION check_signatures_given() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (SELECT count(*) FROM disbursements_batchsignature WHERE batch_id = NEW.id) < NEW.signatures_needed THEN
    RAISE EXCEPTION 'batch % lacks signatures', NEW.reference USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER signed AFTER UPDATE ON disbursements_batch FOR EACH ROW
  WHEN (OLD.status <> NEW.status AND NEW.status = 'approved')
  EXECUTE FUNCTION check_signatures_given();

-- I10: what a district was allotted for a decision, whatever the line, stays within the decision's money for that district
CREATE OR REPLACE FUNCTION check_allocation() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  target disbursements_budgetline;
  approved bigint;
  allotted bigint;
BEGIN
  SELECT * INTO target FROM disbursements_budgetline WHERE id = CASE TG_TABLE_NAME WHEN 'disbursements_allocation'
    THEN (to_jsonb(NEW) ->> 'line_id')::bigint ELSE (to_jsonb(NEW) ->> 'to_line_id')::bigint END;
  PERFORM pg_advisory_xact_lock(hashtext('allocation'), hashtext(target.decision_id || ':' || target.area_code));
  SELECT coalesce(sum(amount), 0) INTO approved FROM support_programs_entitlement
   WHERE decision_id = target.decision_id AND status <> 'cancelled'
     AND area_code >= target.area_code AND area_code < target.area_code || ':' AND (target.area_code <> '89' OR area_code = '89');
  SELECT coalesce(sum(available + committed + sent + paid), 0) INTO allotted FROM disbursements_budgetline
   WHERE decision_id = target.decision_id AND area_code = target.area_code;
  IF allotted > approved THEN
    RAISE EXCEPTION 'allotted % of % approved for area %', allotted, approved, target.area_code USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER within_decision AFTER INSERT ON disbursements_budgetmovement FOR EACH ROW
  WHEN (NEW.kind = 'transfer') EXECUTE FUNCTION check_allocation();

-- the account that an office pays from stays as it was recorded; it only ends
CREATE TRIGGER stays BEFORE UPDATE ON disbursements_payeraccount FOR EACH ROW
  WHEN (OLD.valid_to IS NOT NULL
    OR (OLD.area_code, OLD.bank_bin, OLD.bank_name, OLD.holder_name, OLD.account_number, OLD.pain_version, OLD.valid_from)
    IS DISTINCT FROM
       (NEW.area_code, NEW.bank_bin, NEW.bank_name, NEW.holder_name, NEW.account_number, NEW.pain_version, NEW.valid_from))
  EXECUTE FUNCTION refuse_change('a change is a new row');
CREATE TRIGGER never_deleted BEFORE DELETE ON disbursements_payeraccount
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change('never deleted');
