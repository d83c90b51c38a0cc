-- What came back from banks and communes (README, "What came back"): rows stay as they were read, results once recorded stay.

CREATE TRIGGER never_deleted BEFORE DELETE ON disbursements_statementline
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change('never deleted');
CREATE TRIGGER as_uploaded BEFORE UPDATE ON disbursements_statementimport FOR EACH ROW
  WHEN ((OLD.area_code, OLD.batch_id, OLD.file_id, OLD.sha256, OLD.uploaded_by_id)
    IS DISTINCT FROM (NEW.area_code, NEW.batch_id, NEW.file_id, NEW.sha256, NEW.uploaded_by_id))
  EXECUTE FUNCTION refuse_change('a file stays what it was');
CREATE TRIGGER as_read BEFORE UPDATE ON disbursements_statementline FOR EACH ROW
  WHEN ((OLD.statement_id, OLD.area_code, OLD."row", OLD.booked_on, OLD.direction, OLD.amount, OLD.typed_amount, OLD.typed_reference,
         OLD.reference, OLD.bank_reference, OLD.text, OLD.account_last3, OLD.payee_name, OLD.said, OLD.typed_result, OLD.reason,
         OLD.bank_code, OLD.digest)
    IS DISTINCT FROM
        (NEW.statement_id, NEW.area_code, NEW."row", NEW.booked_on, NEW.direction, NEW.amount, NEW.typed_amount, NEW.typed_reference,
         NEW.reference, NEW.bank_reference, NEW.text, NEW.account_last3, NEW.payee_name, NEW.said, NEW.typed_result, NEW.reason,
         NEW.bank_code, NEW.digest))
  EXECUTE FUNCTION refuse_change('rows stay as they were read');
CREATE TRIGGER recorded_stays BEFORE UPDATE ON disbursements_statementline FOR EACH ROW
  WHEN (OLD.recorded_at IS NOT NULL
    AND (OLD.instruction_id, OLD.outcome, OLD.method, OLD.result_code, OLD.recorded_at, OLD.resolved_by_id, OLD.resolved_at, OLD.resolution)
    IS DISTINCT FROM
        (NEW.instruction_id, NEW.outcome, NEW.method, NEW.result_code, NEW.recorded_at, NEW.resolved_by_id, NEW.resolved_at, NEW.resolution))
  EXECUTE FUNCTION refuse_change('recorded results stay');

-- a row is about a payment instruction of its own batch only
CREATE FUNCTION check_statement_lines() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM touched t JOIN disbursements_statementimport s ON s.id = t.statement_id
               JOIN disbursements_paymentinstruction i ON i.id = t.instruction_id
              WHERE i.batch_id <> s.batch_id AND t.outcome <> 'other_batch') THEN
    RAISE EXCEPTION 'a statement row is matched to a line of another batch' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER own_batch_added AFTER INSERT ON disbursements_statementline REFERENCING NEW TABLE AS touched
  FOR EACH STATEMENT EXECUTE FUNCTION check_statement_lines();
CREATE TRIGGER own_batch_moved AFTER UPDATE ON disbursements_statementline REFERENCING NEW TABLE AS touched
  FOR EACH STATEMENT EXECUTE FUNCTION check_statement_lines();

-- a result is final with its reason's code
DROP TRIGGER result_final ON disbursements_paymentinstruction;
CREATE TRIGGER result_final BEFORE UPDATE ON disbursements_paymentinstruction FOR EACH ROW
  WHEN (OLD.status IN ('paid', 'failed', 'returned', 'cancelled')
    AND (OLD.status, OLD.sent_on, OLD.unknown_since, OLD.resulted_on, OLD.result_code, OLD.result_reason, OLD.recorded_by_id)
    IS DISTINCT FROM
        (NEW.status, NEW.sent_on, NEW.unknown_since, NEW.resulted_on, NEW.result_code, NEW.result_reason, NEW.recorded_by_id))
  EXECUTE FUNCTION refuse_change('results are final');

-- I15: a batch is closed only when the ledger holds nothing of it under way, what it paid and freed is its whole sum, and every row of
-- its recorded statements is settled (that every line has its answer: closed_lines)
CREATE FUNCTION check_closing_ties() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  under_way bigint;
  paid bigint;
  lines_paid bigint;
  open_rows bigint;
BEGIN
  SELECT coalesce(sum(amount) FILTER (WHERE account IN ('committed', 'sent', 'unknown')), 0),
         coalesce(sum(amount) FILTER (WHERE account = 'paid'), 0)
    INTO under_way, paid
    FROM disbursements_ledgerposting WHERE batch_id = NEW.id
     AND kind IN ('commitment', 'sending', 'doubt', 'payment', 'failure', 'return', 'cancellation');
  SELECT coalesce(sum(amount), 0) INTO lines_paid FROM disbursements_paymentinstruction WHERE batch_id = NEW.id AND status = 'paid';
  IF under_way <> 0 OR paid <> lines_paid THEN
    RAISE EXCEPTION 'batch % does not tie: % under way, % paid of %', NEW.reference, under_way, paid, lines_paid
      USING ERRCODE = 'check_violation';
  END IF;
  SELECT count(*) INTO open_rows
    FROM disbursements_statementline l JOIN disbursements_statementimport s ON s.id = l.statement_id
    LEFT JOIN disbursements_paymentinstruction i ON i.id = l.instruction_id
   WHERE s.batch_id = NEW.id AND s.state = 'recorded' AND l.resolved_by_id IS NULL
     AND (l.outcome IN ('unknown_line', 'ambiguous', 'repeated', 'contradiction')
       OR (l.outcome IN ('other_amount', 'other_account', 'other_name', 'unreadable')
           AND (i.id IS NULL OR i.status NOT IN ('paid', 'failed', 'returned'))));
  IF open_rows > 0 THEN
    RAISE EXCEPTION '% rows of the statements of batch % are not settled', open_rows, NEW.reference USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER closing_ties AFTER UPDATE ON disbursements_batch FOR EACH ROW
  WHEN (OLD.status <> NEW.status AND NEW.status = 'closed')
  EXECUTE FUNCTION check_closing_ties();
