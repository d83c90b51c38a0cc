"""Who took papers of a case in neither appraises it nor approves its list (I7), also against plain SQL."""

from django.db import migrations

GUARDS = """
CREATE FUNCTION case_appraiser_took_no_papers() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM support_programs_casepaper
              WHERE case_id = NEW.id AND received_by_id = NEW.appraised_by_id) THEN
    RAISE EXCEPTION 'the appraiser of case % took papers of it in', NEW.reference USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE FUNCTION list_approvers_took_no_papers() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  deciding bigint[] := array_remove(ARRAY[NEW.list_approved_by_id, NEW.money_appraised_by_id, NEW.money_approved_by_id,
                                          NEW.concluded_by_id], NULL);
BEGIN
  IF EXISTS (SELECT FROM support_programs_case c JOIN support_programs_casepaper p ON p.case_id = c.id
              WHERE c.case_list_id = NEW.id AND p.received_by_id = ANY (deciding)) THEN
    RAISE EXCEPTION 'an approver of list % took papers of its rows in', NEW.reference USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER appraiser_took_no_papers AFTER UPDATE ON support_programs_case FOR EACH ROW
  WHEN (NEW.appraised_by_id IS NOT NULL AND NEW.appraised_by_id IS DISTINCT FROM OLD.appraised_by_id)
  EXECUTE FUNCTION case_appraiser_took_no_papers();
CREATE TRIGGER approvers_took_no_papers AFTER UPDATE ON support_programs_caselist FOR EACH ROW
  WHEN (ROW(OLD.list_approved_by_id, OLD.money_appraised_by_id, OLD.money_approved_by_id, OLD.concluded_by_id)
        IS DISTINCT FROM
        ROW(NEW.list_approved_by_id, NEW.money_appraised_by_id, NEW.money_approved_by_id, NEW.concluded_by_id))
  EXECUTE FUNCTION list_approvers_took_no_papers();
"""
WITHOUT = """
DROP FUNCTION case_appraiser_took_no_papers() CASCADE;
DROP FUNCTION list_approvers_took_no_papers() CASCADE;
"""


class Migration(migrations.Migration):
    dependencies = [("support_programs", "0027_papers_stay")]

    operations = [migrations.RunSQL(GUARDS, WITHOUT)]
