"""The end of a dated record is somebody's act: its last day moves only together with who ended it and why."""

from django.db import migrations

TABLES = ("status", "householdmember", "care", "stoporder")
CREATE = """
CREATE TRIGGER ends_by_somebody BEFORE UPDATE OF valid_to ON beneficiaries_{table} FOR EACH ROW
  WHEN (OLD.valid_to IS DISTINCT FROM NEW.valid_to AND NEW.ended_by_id IS NULL)
  EXECUTE FUNCTION dated_record_stays();
"""
DROP = "DROP TRIGGER IF EXISTS ends_by_somebody ON beneficiaries_{table}"


class Migration(migrations.Migration):
    dependencies = [("beneficiaries", "0010_d_match_people")]

    operations = [migrations.RunSQL(CREATE.format(table=table), DROP.format(table=table)) for table in TABLES]
