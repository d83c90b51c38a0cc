-- What follows a payment: recoveries with their ledger entries, unclaimed money, call-back samples (README, "After").
-- Functions that post or count run with their owner's rights: the application's role may only read the ledger.

-- recoveries: of a paid line, never more than it paid
CREATE FUNCTION check_recovery() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.state <> 'open' OR NEW.recovered <> 0 OR NEW.handed_back <> 0 THEN
    RAISE EXCEPTION 'recovery % begins open and empty', NEW.reference USING ERRCODE = 'check_violation';
  END IF;
  IF NOT EXISTS (SELECT FROM disbursements_paymentinstruction i
                  WHERE i.id = NEW.instruction_id AND i.entitlement_id = NEW.entitlement_id AND i.status = 'paid'
                    AND i.area_code = NEW.area_code AND i.amount >= NEW.amount) THEN
    RAISE EXCEPTION 'recovery % is not of a paid line, or above what it paid', NEW.reference USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER of_paid_line BEFORE INSERT ON disbursements_recovery FOR EACH ROW EXECUTE FUNCTION check_recovery();

DROP TRIGGER stays ON disbursements_recovery;
CREATE TRIGGER stays BEFORE UPDATE ON disbursements_recovery FOR EACH ROW
  WHEN ((OLD.reference, OLD.area_code, OLD.entitlement_id, OLD.instruction_id, OLD.person_id, OLD.kind, OLD.amount, OLD.reason,
         OLD.opened_by_id, OLD.opened_by_name, OLD.opened_on)
    IS DISTINCT FROM
        (NEW.reference, NEW.area_code, NEW.entitlement_id, NEW.instruction_id, NEW.person_id, NEW.kind, NEW.amount, NEW.reason,
         NEW.opened_by_id, NEW.opened_by_name, NEW.opened_on)
    OR (OLD.state <> 'open'
        AND (OLD.state, OLD.recovered, OLD.decision_number, OLD.decision_on, OLD.decision_signer, OLD.ended_reason, OLD.ended_on,
             OLD.waiver_number)
        IS DISTINCT FROM
            (NEW.state, NEW.recovered, NEW.decision_number, NEW.decision_on, NEW.decision_signer, NEW.ended_reason, NEW.ended_on,
             NEW.waiver_number)))
  EXECUTE FUNCTION refuse_change('a recovery stays as it was opened');

-- both legs of a move of a recovery, on the budget line that was paid from
CREATE FUNCTION post_recovery_move(r disbursements_recovery, on_day date, what text, from_account text, to_account text, dong bigint,
                                   heads int) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT post_move(on_day, what, from_account, to_account, r.area_code, l.programme_id, l.id, NULL, r.reference, dong, heads)
    FROM disbursements_paymentinstruction i JOIN disbursements_budgetline l ON l.id = i.budget_line_id
   WHERE i.id = r.instruction_id
$$;
REVOKE EXECUTE ON FUNCTION post_recovery_move FROM PUBLIC;

CREATE FUNCTION post_recovery() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    PERFORM post_recovery_move(NEW, NEW.opened_on, 'recovery', 'recovery', 'receivable', NEW.amount, 1);
  ELSE
    PERFORM post_recovery_move(NEW, NEW.ended_on, 'waiver', 'receivable', 'recovery', NEW.amount - NEW.recovered, 1);
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER post_opened AFTER INSERT ON disbursements_recovery FOR EACH ROW EXECUTE FUNCTION post_recovery();
CREATE TRIGGER post_ended AFTER UPDATE ON disbursements_recovery FOR EACH ROW
  WHEN (OLD.state = 'open' AND NEW.state IN ('cancelled', 'waived')) EXECUTE FUNCTION post_recovery();

-- the sums of a recovery are those of its papers, whatever writes them
CREATE FUNCTION check_recovery_sums() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.recovered <> (SELECT coalesce(sum(amount), 0) FROM disbursements_recoveryreceipt WHERE recovery_id = NEW.id)
     OR NEW.handed_back <> (SELECT coalesce(sum(amount), 0) FROM disbursements_recoveryhandback WHERE recovery_id = NEW.id) THEN
    RAISE EXCEPTION 'the sums of recovery % are not those of its papers', NEW.reference USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER sums_of_papers AFTER UPDATE ON disbursements_recovery FOR EACH ROW
  WHEN ((OLD.recovered, OLD.handed_back) IS DISTINCT FROM (NEW.recovered, NEW.handed_back))
  EXECUTE FUNCTION check_recovery_sums();

-- a receipt: never over what is still to come back; the last one ends the recovery
CREATE FUNCTION post_receipt() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  r disbursements_recovery;
BEGIN
  UPDATE disbursements_recovery
     SET recovered = recovered + NEW.amount,
         state = CASE WHEN recovered + NEW.amount = amount THEN 'recovered' ELSE state END,
         ended_on = CASE WHEN recovered + NEW.amount = amount THEN NEW.received_on END,
         ended_reason = CASE WHEN recovered + NEW.amount = amount THEN 'Đã thu đủ' ELSE '' END
   WHERE id = NEW.recovery_id AND area_code = NEW.area_code AND state = 'open' AND recovered + NEW.amount <= amount
  RETURNING * INTO r;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'receipt % is above what recovery % still asks for', NEW.document_number, NEW.recovery_id
      USING ERRCODE = 'check_violation';
  END IF;
  PERFORM post_recovery_move(r, NEW.received_on, 'receipt', 'receivable', 'recovered', NEW.amount,
                             CASE WHEN r.state = 'recovered' THEN 1 ELSE 0 END);
  RETURN NULL;
END $$;
CREATE TRIGGER post_receipt AFTER INSERT ON disbursements_recoveryreceipt FOR EACH ROW EXECUTE FUNCTION post_receipt();

-- given back to the budget: never more than came back
CREATE FUNCTION post_hand_back() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  r disbursements_recovery;
BEGIN
  UPDATE disbursements_recovery SET handed_back = handed_back + NEW.amount
   WHERE id = NEW.recovery_id AND area_code = NEW.area_code AND handed_back + NEW.amount <= recovered
  RETURNING * INTO r;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'more is handed back than recovery % has received', NEW.recovery_id USING ERRCODE = 'check_violation';
  END IF;
  PERFORM post_recovery_move(r, NEW.handed_on, 'handing_back', 'recovered', 'handed_back', NEW.amount,
                             CASE WHEN r.state = 'recovered' AND r.handed_back = r.amount THEN 1 ELSE 0 END);
  RETURN NULL;
END $$;
CREATE TRIGGER post_hand_back AFTER INSERT ON disbursements_recoveryhandback FOR EACH ROW EXECUTE FUNCTION post_hand_back();

CREATE TRIGGER never_changed BEFORE UPDATE OR DELETE ON disbursements_recoveryreceipt
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change('a receipt stays');
CREATE TRIGGER never_changed BEFORE UPDATE OR DELETE ON disbursements_recoveryhandback
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change('a paper stays');
CREATE TRIGGER never_changed BEFORE UPDATE OR DELETE ON disbursements_recoveryinstalment
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change('a change is a new plan');

-- at commit a plan has its days in order and asks for the whole amount
CREATE FUNCTION check_plan() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM (SELECT i.due_total, i.amount, i.due_on, lag(i.due_total) OVER w AS total_before, lag(i.due_on) OVER w AS day_before
                            FROM disbursements_recoveryinstalment i WHERE i.recovery_id = NEW.recovery_id AND i.plan = NEW.plan
                          WINDOW w AS (ORDER BY i.ordinal)) x
              WHERE x.due_total - x.amount <> x.total_before OR x.due_on <= x.day_before)
     OR (SELECT max(due_total) FROM disbursements_recoveryinstalment WHERE recovery_id = NEW.recovery_id AND plan = NEW.plan)
        <> (SELECT amount FROM disbursements_recovery WHERE id = NEW.recovery_id) THEN
    RAISE EXCEPTION 'plan % of recovery % does not add up to its amount', NEW.plan, NEW.recovery_id USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER whole_plan AFTER INSERT ON disbursements_recoveryinstalment DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION check_plan();

-- unclaimed money: what went back names its people, each once, none of whom is paid or in a batch
CREATE TRIGGER never_changed BEFORE UPDATE OR DELETE ON disbursements_unclaimedreturn
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change('what was given back stays');
CREATE TRIGGER never_deleted BEFORE DELETE ON disbursements_unclaimeditem
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change('never deleted');
CREATE TRIGGER stays BEFORE UPDATE ON disbursements_unclaimeditem FOR EACH ROW
  WHEN (OLD.reopened_on IS NOT NULL
    OR (OLD.unclaimed_id, OLD.area_code, OLD.movement_id, OLD.instruction_id, OLD.entitlement_id, OLD.amount)
    IS DISTINCT FROM (NEW.unclaimed_id, NEW.area_code, NEW.movement_id, NEW.instruction_id, NEW.entitlement_id, NEW.amount))
  EXECUTE FUNCTION refuse_change('what was given back stays');

CREATE FUNCTION check_unclaimed_items() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  misfits bigint;
BEGIN
  SELECT count(*) INTO misfits
    FROM added n
    JOIN disbursements_unclaimedreturn u ON u.id = n.unclaimed_id
    JOIN disbursements_budgetmovement m ON m.id = n.movement_id
    JOIN disbursements_paymentinstruction i ON i.id = n.instruction_id
    JOIN support_programs_entitlement e ON e.id = i.entitlement_id
   WHERE n.entitlement_id <> i.entitlement_id OR n.amount <> i.amount OR n.area_code <> i.area_code OR n.reopened_on IS NOT NULL
      OR i.status NOT IN ('returned', 'failed') OR e.status <> 'approved'
      OR m.kind <> 'unclaimed' OR m.line_id <> i.budget_line_id
      OR n.area_code < u.area_code OR n.area_code >= u.area_code || ':' OR e.programme_id <> u.programme_id
      OR EXISTS (SELECT FROM disbursements_paymentinstruction later
                  WHERE later.entitlement_id = i.entitlement_id AND later.attempt > i.attempt AND later.status <> 'cancelled');
  IF misfits > 0 THEN
    RAISE EXCEPTION '% people are still to be paid, or fit no paper of unclaimed money', misfits USING ERRCODE = 'check_violation';
  END IF;
  IF EXISTS (SELECT FROM disbursements_budgetmovement m
              WHERE m.id IN (SELECT movement_id FROM added)
                AND m.amount < (SELECT sum(amount) FROM disbursements_unclaimeditem WHERE movement_id = m.id)) THEN
    RAISE EXCEPTION 'more people than money went back' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER added_items AFTER INSERT ON disbursements_unclaimeditem REFERENCING NEW TABLE AS added
  FOR EACH STATEMENT EXECUTE FUNCTION check_unclaimed_items();

CREATE FUNCTION check_unclaimed_sums() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_TABLE_NAME = 'disbursements_budgetmovement' THEN
    IF NEW.amount <> (SELECT coalesce(sum(amount), 0) FROM disbursements_unclaimeditem WHERE movement_id = NEW.id) THEN
      RAISE EXCEPTION 'unclaimed money % does not name all its people', NEW.reference USING ERRCODE = 'check_violation';
    END IF;
  ELSIF (NEW.people, NEW.amount) IS DISTINCT FROM
        (SELECT ROW(count(*)::int, coalesce(sum(amount), 0)::bigint) FROM disbursements_unclaimeditem WHERE unclaimed_id = NEW.id) THEN
    RAISE EXCEPTION 'people and money of % are not those of its list', NEW.reference USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER unclaimed_people AFTER INSERT ON disbursements_budgetmovement DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
  WHEN (NEW.kind = 'unclaimed') EXECUTE FUNCTION check_unclaimed_sums();
CREATE CONSTRAINT TRIGGER unclaimed_people AFTER INSERT ON disbursements_unclaimedreturn DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
  EXECUTE FUNCTION check_unclaimed_sums();

CREATE FUNCTION check_unclaimed_lines() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM added n JOIN disbursements_unclaimeditem u ON u.entitlement_id = n.entitlement_id AND u.reopened_on IS NULL) THEN
    RAISE EXCEPTION 'the money of a payee went back to the budget' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER unclaimed_lines AFTER INSERT ON disbursements_paymentinstruction REFERENCING NEW TABLE AS added
  FOR EACH STATEMENT EXECUTE FUNCTION check_unclaimed_lines();

-- call-back samples: drawn once from paid people; who asks took no part in paying; an answer stays
CREATE TRIGGER never_changed BEFORE UPDATE OR DELETE ON disbursements_callbacksample
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change('a sample is drawn once');
CREATE TRIGGER never_deleted BEFORE DELETE ON disbursements_callbackitem
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change('never deleted');
CREATE FUNCTION check_sampled() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM added n JOIN disbursements_paymentinstruction i ON i.id = n.instruction_id
              WHERE i.status <> 'paid' OR i.area_code <> n.area_code OR n.outcome <> '') THEN
    RAISE EXCEPTION 'a sample is of paid people' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER sampled AFTER INSERT ON disbursements_callbackitem REFERENCING NEW TABLE AS added
  FOR EACH STATEMENT EXECUTE FUNCTION check_sampled();
CREATE FUNCTION check_caller() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (OLD.sample_id, OLD.area_code, OLD.instruction_id, OLD.position) IS DISTINCT FROM
     (NEW.sample_id, NEW.area_code, NEW.instruction_id, NEW.position)
     OR OLD.outcome NOT IN ('', 'unreachable', 'wrong_number') THEN
    RAISE EXCEPTION 'what a payee said stays' USING ERRCODE = 'check_violation';
  END IF;
  IF EXISTS (SELECT FROM disbursements_paymentinstruction i
               JOIN support_programs_entitlement e ON e.id = i.entitlement_id JOIN disbursements_batch b ON b.id = i.batch_id
              WHERE i.id = NEW.instruction_id
                AND (NEW.called_by_id IN (i.entered_by_id, i.list_approved_by_id, i.money_approved_by_id, i.batched_by_id,
                                          i.recorded_by_id, e.appraised_by_id, e.money_appraised_by_id, b.approved_by_id)
                     OR EXISTS (SELECT FROM disbursements_batchsignature s WHERE s.batch_id = b.id AND s.signer_id = NEW.called_by_id))) THEN
    RAISE EXCEPTION 'who calls back took part in paying' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER caller AFTER UPDATE ON disbursements_callbackitem FOR EACH ROW EXECUTE FUNCTION check_caller();
