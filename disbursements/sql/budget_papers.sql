-- A paper feeds a line once; after a wrong record was taken back (movement of kind correction) it can be recorded again.
CREATE FUNCTION check_allocation_paper() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  -- one after the other per line
  PERFORM 1 FROM disbursements_budgetline WHERE id = NEW.line_id FOR NO KEY UPDATE;
  IF EXISTS (SELECT FROM disbursements_allocation a
              WHERE a.line_id = NEW.line_id AND a.document_number = NEW.document_number AND a.id <> NEW.id
                AND NOT EXISTS (SELECT FROM disbursements_budgetmovement m WHERE m.allocation_id = a.id)) THEN
    RAISE EXCEPTION 'allocation_paper_once: % was recorded for this line before', NEW.document_number USING ERRCODE = 'unique_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER allocation_paper_once AFTER INSERT ON disbursements_allocation FOR EACH ROW EXECUTE FUNCTION check_allocation_paper();
CREATE INDEX disbursements_allocation_paper ON disbursements_allocation (line_id, document_number);
