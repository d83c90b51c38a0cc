"""Cases typed by hand: everybody who changed one entered it (I7); a child that another case has by now isn't taken back."""

import django.contrib.postgres.fields
from django.db import migrations, models

ENTRY = """
ALTER TABLE support_programs_case ADD CONSTRAINT case_appraiser_changed_nothing
  CHECK (appraised_by_id IS NULL OR also_entered_by IS NULL OR NOT also_entered_by @> ARRAY[appraised_by_id]);
CREATE TRIGGER entry_stays BEFORE UPDATE ON support_programs_case FOR EACH ROW
  WHEN (OLD.also_entered_by IS NOT NULL AND (NEW.also_entered_by @> OLD.also_entered_by) IS NOT TRUE)
  EXECUTE FUNCTION refuse_rewriting();
CREATE OR REPLACE FUNCTION list_approvers_did_no_entry() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  deciding bigint[] := array_remove(ARRAY[NEW.list_approved_by_id, NEW.money_appraised_by_id, NEW.money_approved_by_id], NULL);
  -- who ends the department's appraisal may have appraised the cases, but not entered them
  concluding bigint[] := array_remove(ARRAY[NEW.concluded_by_id], NULL);
BEGIN
  IF EXISTS (SELECT FROM support_programs_case c
               LEFT JOIN beneficiaries_importrow r ON r.id = c.import_row_id
               LEFT JOIN beneficiaries_listimport i ON i.id = r.list_import_id
              WHERE c.case_list_id = NEW.id
                AND (ARRAY[c.entered_by_id, i.created_by_id, r.corrected_by_id, r.accepted_by_id] && (deciding || concluding)
                     OR c.also_entered_by && (deciding || concluding)
                     OR c.appraised_by_id = ANY (deciding)))
     OR EXISTS (SELECT FROM support_programs_agencyconfirmation
                 WHERE case_list_id = NEW.id AND recorded_by_id = ANY (deciding || concluding)) THEN
    RAISE EXCEPTION 'an approver of list % entered or appraised one of its rows', NEW.reference USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;
"""
WITHOUT_ENTRY = """
DROP TRIGGER entry_stays ON support_programs_case;
ALTER TABLE support_programs_case DROP CONSTRAINT case_appraiser_changed_nothing;
"""

CHILDREN = """
CREATE OR REPLACE FUNCTION children_follow_case() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE support_programs_casechild own
     SET is_live = NEW.status NOT IN ('ineligible', 'withdrawn')
                   AND NOT EXISTS (
                     SELECT FROM support_programs_casechild taken
                      WHERE taken.number_index = own.number_index AND taken.is_live AND taken.case_id <> own.case_id)
   WHERE own.case_id = NEW.id AND own.removed_on IS NULL;
  RETURN NULL;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("support_programs", "0011_chains_and_claimants")]

    operations = [
        migrations.AddField(
            model_name="case",
            name="also_entered_by",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.BigIntegerField(), null=True, size=None
            ),
        ),
        migrations.RunSQL(ENTRY, WITHOUT_ENTRY),
        migrations.RunSQL(CHILDREN, migrations.RunSQL.noop),
    ]
