"""What a stored file is stays as it was, also against plain SQL: an official paper, a payment file or a scan can't be exchanged
for another by naming other bytes.
"""

from django.db import migrations

KEPT = ("area_code", "kind", "name", "content_type", "size", "sha256", "path", "created_by_id", "created_at")
GUARD = f"""
CREATE FUNCTION stored_file_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'a stored file stays as it was stored' USING ERRCODE = 'check_violation';
END $$;
CREATE TRIGGER frozen BEFORE UPDATE ON core_storedfile FOR EACH ROW
  WHEN (ROW({", ".join(f"OLD.{column}" for column in KEPT)})
        IS DISTINCT FROM ROW({", ".join(f"NEW.{column}" for column in KEPT)}))
  EXECUTE FUNCTION stored_file_stays();
"""


class Migration(migrations.Migration):
    dependencies = [("core", "0005_sequences_of_casework")]

    operations = [migrations.RunSQL(GUARD, "DROP FUNCTION stored_file_stays() CASCADE")]
