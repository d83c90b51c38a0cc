-- what the department wrote, and what a schedule made, stays: changes are new versions
CREATE TRIGGER never_changed BEFORE UPDATE OR DELETE ON reports_reportlayout
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change('a change is a new version');
CREATE TRIGGER never_changed BEFORE UPDATE OR DELETE ON reports_ownreport
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change('a change is a new version');
CREATE TRIGGER made_stays BEFORE UPDATE ON reports_scheduledrun
  FOR EACH ROW WHEN (OLD.run_id IS NOT NULL) EXECUTE FUNCTION refuse_change('a report is made once for its day');
CREATE TRIGGER never_deleted BEFORE DELETE ON reports_scheduledrun
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change('never deleted');
CREATE TRIGGER never_deleted BEFORE DELETE ON reports_scheduleddelivery
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change('never deleted');
CREATE TRIGGER never_deleted BEFORE DELETE ON reports_reportschedule
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change('a schedule is ended');
