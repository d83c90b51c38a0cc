-- I15: as in statements.sql; also a file that records nothing stands in the way, where it speaks against what was recorded: money that
-- came back after it was recorded as paid, or that left a second time.
CREATE OR REPLACE FUNCTION check_closing_ties() RETURNS trigger LANGUAGE plpgsql AS $$
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
    LEFT JOIN disbursements_statementline t ON t.id = l.twin_id
   WHERE s.batch_id = NEW.id AND l.resolved_by_id IS NULL
     AND (s.state = 'recorded'
       OR (s.state = 'checked' AND (l.outcome = 'contradiction' OR (l.outcome = 'repeated' AND t.recorded_at IS NOT NULL))))
     AND (l.outcome IN ('unknown_line', 'ambiguous', 'repeated', 'contradiction')
       OR (l.outcome IN ('other_amount', 'other_account', 'other_name', 'unreadable')
           AND (i.id IS NULL OR i.status NOT IN ('paid', 'failed', 'returned'))));
  IF open_rows > 0 THEN
    RAISE EXCEPTION '% rows of the statements of batch % are not settled', open_rows, NEW.reference USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;
