-- Who received cash instead of the payee: rows only grow, by one, on lines of cash that are on their way or were paid, and never by
-- somebody who entered the case or approved the list.

CREATE FUNCTION check_proxy() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  line disbursements_paymentinstruction;
BEGIN
  SELECT * INTO line FROM disbursements_paymentinstruction WHERE id = NEW.instruction_id FOR SHARE;
  IF line.channel NOT IN ('cash', 'post') OR line.status NOT IN ('sent', 'unknown', 'paid') THEN
    RAISE EXCEPTION 'line % is not cash that was or is handed out', line.reference USING ERRCODE = 'check_violation';
  END IF;
  IF line.area_code <> NEW.area_code OR NEW.recorded_by_id IN (line.entered_by_id, line.list_approved_by_id) THEN
    RAISE EXCEPTION 'proxy of line % recorded elsewhere, or by who entered the case or approved the list', line.reference
      USING ERRCODE = 'check_violation';
  END IF;
  IF NEW.ordinal <> (SELECT count(*) FROM disbursements_cashproxy WHERE instruction_id = NEW.instruction_id) THEN
    RAISE EXCEPTION 'the proxies of line % are counted by one', line.reference USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER fits_its_line AFTER INSERT ON disbursements_cashproxy FOR EACH ROW EXECUTE FUNCTION check_proxy();
CREATE TRIGGER stays BEFORE UPDATE ON disbursements_cashproxy FOR EACH ROW
  WHEN ((OLD.area_code, OLD.instruction_id, OLD.ordinal, OLD.full_name, OLD.number_last3, OLD.relation, OLD.paper_number,
         OLD.paper_date, OLD.reason, OLD.recorded_by_id, OLD.recorded_by_name, OLD.created_at)
    IS DISTINCT FROM
        (NEW.area_code, NEW.instruction_id, NEW.ordinal, NEW.full_name, NEW.number_last3, NEW.relation, NEW.paper_number,
         NEW.paper_date, NEW.reason, NEW.recorded_by_id, NEW.recorded_by_name, NEW.created_at))
  EXECUTE FUNCTION refuse_change('a correction is a new row');
CREATE TRIGGER never_deleted BEFORE DELETE ON disbursements_cashproxy
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change('never deleted');
