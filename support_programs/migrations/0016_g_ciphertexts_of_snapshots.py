"""The encrypted number of a snapshot changes only when its owner encrypts it anew under another key.

The triggers that freeze a snapshot leave its ciphertext out, so that keys can be rotated; without this the application could put
another person's number there.
"""

from django.db import migrations

FUNCTION = """
CREATE FUNCTION ciphertext_is_the_owners() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT pg_has_role(current_user, (SELECT relowner FROM pg_class WHERE oid = TG_RELID), 'USAGE') THEN
    RAISE EXCEPTION 'what a row of % holds encrypted is rewritten by its owner only', TG_TABLE_NAME
      USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
"""
SEALED = {
    "support_programs_entitlement": ("payee_number_encrypted",),
    "support_programs_casechild": ("number_encrypted",),
}


def trigger(table: str, columns: tuple[str, ...]) -> str:
    old, new = (", ".join(f"{side}.{column}" for column in columns) for side in ("OLD", "NEW"))
    return f"""
CREATE TRIGGER ciphertext_stays BEFORE UPDATE ON {table} FOR EACH ROW
  WHEN (ROW({old}) IS DISTINCT FROM ROW({new})) EXECUTE FUNCTION ciphertext_is_the_owners();
"""


class Migration(migrations.Migration):
    dependencies = [("support_programs", "0015_claimants_follow_people")]

    operations = [
        migrations.RunSQL(FUNCTION, "DROP FUNCTION ciphertext_is_the_owners() CASCADE"),
        *[
            migrations.RunSQL(trigger(table, columns), f"DROP TRIGGER IF EXISTS ciphertext_stays ON {table}")
            for table, columns in SEALED.items()
        ],
    ]
