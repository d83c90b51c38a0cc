-- The sector's targets: papers stay, a figure that was submitted stays as it is, and the system's own figures are never typed.

CREATE TRIGGER never_changed BEFORE UPDATE OR DELETE ON reports_targetplan
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change('a newer plan is a new row');
CREATE TRIGGER never_changed BEFORE UPDATE OR DELETE ON reports_targettext
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change('a newer text is a new row');
CREATE TRIGGER never_deleted BEFORE DELETE ON reports_targetentry
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change('never deleted');
CREATE TRIGGER never_deleted BEFORE DELETE ON reports_targetindicator
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change('never deleted');
CREATE TRIGGER stays BEFORE UPDATE ON reports_targetindicator FOR EACH ROW
  WHEN ((OLD.code, OLD.unit, OLD.period, OLD.adding, OLD.source)
        IS DISTINCT FROM (NEW.code, NEW.unit, NEW.period, NEW.adding, NEW.source))
  EXECUTE FUNCTION refuse_change('an indicator stays what it measures');
CREATE TRIGGER stays BEFORE UPDATE ON reports_targetentry FOR EACH ROW
  WHEN ((OLD.reference, OLD.area_code, OLD.indicator_id, OLD.year, OLD.period, OLD.corrects_id)
        IS DISTINCT FROM (NEW.reference, NEW.area_code, NEW.indicator_id, NEW.year, NEW.period, NEW.corrects_id))
  EXECUTE FUNCTION refuse_change('a figure stays where it belongs');
CREATE TRIGGER submitted_stays BEFORE UPDATE ON reports_targetentry FOR EACH ROW
  WHEN (OLD.status NOT IN ('draft', 'sent_back')
        AND (OLD.value, OLD.note, OLD.evidence_id, OLD.entered_by_id, OLD.correction_reason)
            IS DISTINCT FROM (NEW.value, NEW.note, NEW.evidence_id, NEW.entered_by_id, NEW.correction_reason))
  EXECUTE FUNCTION refuse_change('what was submitted stays as it is');

CREATE FUNCTION check_target_entry() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM 1 FROM reports_targetindicator i
    WHERE i.id = NEW.indicator_id AND i.source = 'entered'
      AND NEW.period BETWEEN 1 AND CASE i.period WHEN 'month' THEN 12 WHEN 'quarter' THEN 4 WHEN 'half' THEN 2 ELSE 1 END
      AND CASE length(NEW.area_code) WHEN 2 THEN i.of_province WHEN 5 THEN i.of_districts ELSE false END;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'figure % fits no indicator that this unit reports', NEW.reference USING ERRCODE = 'check_violation';
  END IF;
  IF NEW.corrects_id IS NOT NULL THEN
    PERFORM 1 FROM reports_targetentry e
      WHERE e.id = NEW.corrects_id AND e.status = 'approved'
        AND (e.indicator_id, e.area_code, e.year, e.period) = (NEW.indicator_id, NEW.area_code, NEW.year, NEW.period);
    IF NOT FOUND THEN
      RAISE EXCEPTION 'figure % corrects no approved one of its unit and period', NEW.reference USING ERRCODE = 'check_violation';
    END IF;
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER fits_indicator BEFORE INSERT ON reports_targetentry FOR EACH ROW EXECUTE FUNCTION check_target_entry();
