-- I7: who approves the batch did none of the work on its people before: entered, appraised, approved the list, the sum or the money
-- (that they did not make the batch is a check on its row).
CREATE OR REPLACE FUNCTION check_batch_approver() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM disbursements_paymentinstruction i JOIN support_programs_entitlement e ON e.id = i.entitlement_id
              WHERE i.batch_id = NEW.id
                AND NEW.approved_by_id IN (e.entered_by_id, e.appraised_by_id, e.list_approved_by_id, e.money_appraised_by_id,
                                           e.money_approved_by_id)) THEN
    RAISE EXCEPTION 'the approver of batch % worked on its people', NEW.reference USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;
