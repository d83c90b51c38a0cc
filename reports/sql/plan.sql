-- a figure of the plan is replaced by a later row, which is of the same programme, district and week; nothing is changed or deleted
CREATE TRIGGER never_changed BEFORE UPDATE OR DELETE ON reports_planentry
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change('a change of the plan is a new row');

CREATE FUNCTION plan_replaces_its_own() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM reports_planentry o WHERE o.id = NEW.replaces_id AND o.programme_id = NEW.programme_id
                    AND o.area_code = NEW.area_code AND o.week IS NOT DISTINCT FROM NEW.week) THEN
    RAISE EXCEPTION 'a figure of the plan replaces one of the same programme, district and week' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER replaces_its_own BEFORE INSERT ON reports_planentry FOR EACH ROW WHEN (NEW.replaces_id IS NOT NULL)
  EXECUTE FUNCTION plan_replaces_its_own();
