-- I7: who releases a batch did not sign it; the name stands in its row and stays there
CREATE FUNCTION check_releaser() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.released_by_id IS NULL OR NEW.released_by_id = NEW.approved_by_id
     OR EXISTS (SELECT FROM disbursements_batchsignature s WHERE s.batch_id = NEW.id AND s.signer_id = NEW.released_by_id) THEN
    RAISE EXCEPTION 'who releases batch % signed it, or is not named', NEW.reference USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER releaser AFTER UPDATE ON disbursements_batch FOR EACH ROW
  WHEN (OLD.status <> NEW.status AND NEW.status = 'released') EXECUTE FUNCTION check_releaser();
CREATE TRIGGER releaser_stays BEFORE UPDATE ON disbursements_batch FOR EACH ROW
  WHEN (OLD.released_by_id IS DISTINCT FROM NEW.released_by_id AND (OLD.released_by_id IS NOT NULL OR NEW.status <> 'released'))
  EXECUTE FUNCTION refuse_change('who released a batch stays');

-- I2: at the freeze everybody in the batch is committed to it; a line of somebody whose support is not approved, or was cancelled, is none
CREATE FUNCTION check_committed_people() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  uncommitted bigint;
BEGIN
  SELECT count(*) INTO uncommitted
    FROM disbursements_paymentinstruction i JOIN support_programs_entitlement e ON e.id = i.entitlement_id
   WHERE i.batch_id = NEW.id AND e.status <> 'committed';
  IF uncommitted > 0 THEN
    RAISE EXCEPTION '% lines of batch % pay what is not committed', uncommitted, NEW.reference USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER committed_people AFTER UPDATE ON disbursements_batch FOR EACH ROW
  WHEN (OLD.status = 'preparing' AND NEW.status = 'prepared') EXECUTE FUNCTION check_committed_people();
