"""The children of a case that was found eligible or approved stay counted with it, also against plain SQL.

Else a statement could free a child for whom a supplement is owed already, and the other parent's case would get it again.
"""

from django.db import migrations

STAYS = """
CREATE FUNCTION child_stays_with_decided_case() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM support_programs_case WHERE id = OLD.case_id AND status IN ('eligible', 'approved')) THEN
    RAISE EXCEPTION 'a child stays with a case that was decided for it' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER stays_with_case BEFORE UPDATE ON support_programs_casechild FOR EACH ROW
  WHEN (ROW(OLD.case_id, OLD.is_live, OLD.removed_on, OLD.number_index)
        IS DISTINCT FROM ROW(NEW.case_id, NEW.is_live, NEW.removed_on, NEW.number_index))
  EXECUTE FUNCTION child_stays_with_decided_case();
"""


class Migration(migrations.Migration):
    dependencies = [("support_programs", "0012_claims_by_hand")]

    operations = [
        migrations.RunSQL(STAYS, "DROP FUNCTION child_stays_with_decided_case() CASCADE"),
    ]
