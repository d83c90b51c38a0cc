"""Who uploaded a list, corrected one of its rows or kept it as it was neither appraises nor approves what came of it (I7).

`entered_by_id` names who pressed the last button of the import; these people entered the row no less. A list's own
approvals are held against its rows at once, not only when the money is approved.
"""

from django.db import migrations

GUARDS = """
CREATE FUNCTION case_appraiser_did_not_import() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM beneficiaries_importrow r JOIN beneficiaries_listimport i ON i.id = r.list_import_id
              WHERE r.id = NEW.import_row_id
                AND NEW.appraised_by_id IN (i.created_by_id, r.corrected_by_id, r.accepted_by_id)) THEN
    RAISE EXCEPTION 'the appraiser of case % entered it', NEW.reference USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE FUNCTION list_approvers_did_no_entry() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  deciding bigint[] := ARRAY[NEW.list_approved_by_id, NEW.money_appraised_by_id, NEW.money_approved_by_id];
BEGIN
  IF EXISTS (SELECT FROM support_programs_case c
               LEFT JOIN beneficiaries_importrow r ON r.id = c.import_row_id
               LEFT JOIN beneficiaries_listimport i ON i.id = r.list_import_id
              WHERE c.case_list_id = NEW.id
                AND ARRAY[c.entered_by_id, c.appraised_by_id, i.created_by_id, r.corrected_by_id, r.accepted_by_id]
                    && array_remove(deciding, NULL)) THEN
    RAISE EXCEPTION 'an approver of list % entered or appraised one of its rows', NEW.reference USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER appraiser_did_not_import AFTER UPDATE ON support_programs_case FOR EACH ROW
  WHEN (NEW.appraised_by_id IS DISTINCT FROM OLD.appraised_by_id AND NEW.import_row_id IS NOT NULL)
  EXECUTE FUNCTION case_appraiser_did_not_import();
CREATE TRIGGER approvers_did_no_entry AFTER UPDATE ON support_programs_caselist FOR EACH ROW
  WHEN (ROW(OLD.list_approved_by_id, OLD.money_appraised_by_id, OLD.money_approved_by_id)
        IS DISTINCT FROM ROW(NEW.list_approved_by_id, NEW.money_appraised_by_id, NEW.money_approved_by_id))
  EXECUTE FUNCTION list_approvers_did_no_entry();
"""
WITHOUT = """
DROP FUNCTION case_appraiser_did_not_import() CASCADE;
DROP FUNCTION list_approvers_did_no_entry() CASCADE;
"""


class Migration(migrations.Migration):
    dependencies = [("support_programs", "0005_orders_of_cases"), ("beneficiaries", "0001_schema")]

    operations = [migrations.RunSQL(GUARDS, WITHOUT)]
