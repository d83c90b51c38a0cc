"""What was decided stays as it was: snapshots, determinations, exclusions, confirmations and decisions are not rewritten.

The ciphertext of a number is left out of the comparison, so that its key can be rotated.
"""

from django.db import migrations

FUNCTION = """
CREATE OR REPLACE FUNCTION refuse_rewriting() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'what was decided in % is not rewritten', TG_TABLE_NAME USING ERRCODE = 'check_violation';
END $$;
"""

FROZEN = {
    "entitlement": (
        "reference",
        "area_code",
        "programme_id",
        "case_id",
        "case_list_id",
        "claimant_id",
        "period",
        "exclusive_group",
        "amount",
        "cap",
        "lines",
        "version_hash",
        "payee_name",
        "payee_number_last3",
        "entered_by_id",
        "appraised_by_id",
    ),
    "approvaldecision": (
        "reference",
        "area_code",
        "programme_id",
        "number",
        "signed_on",
        "people",
        "amount",
        "recorded_by_id",
    ),
    "eligibilitydetermination": (
        "area_code",
        "case_id",
        "version_used_id",
        "version_hash",
        "judged_on",
        "result",
        "facts",
        "criteria",
    ),
    "exclusion": (
        "area_code",
        "case_list_id",
        "case_id",
        "reason",
        "case_status",
        "excluded_by_id",
        "excluded_on",
    ),
    "factconfirmation": (
        "area_code",
        "case_list_id",
        "fact",
        "value",
        "excepted_cases",
        "confirmed_by_id",
        "confirmed_on",
    ),
}


def trigger(table: str, columns: tuple[str, ...]) -> str:
    old = ", ".join(f"OLD.{column}" for column in columns)
    new = ", ".join(f"NEW.{column}" for column in columns)
    return f"""
CREATE TRIGGER frozen BEFORE UPDATE ON support_programs_{table} FOR EACH ROW
  WHEN (ROW({old}) IS DISTINCT FROM ROW({new})) EXECUTE FUNCTION refuse_rewriting();
"""


class Migration(migrations.Migration):
    dependencies = [("support_programs", "0001_schema")]

    operations = [
        migrations.RunSQL(FUNCTION, "DROP FUNCTION refuse_rewriting() CASCADE"),
        *[
            migrations.RunSQL(
                trigger(table, columns), f"DROP TRIGGER IF EXISTS frozen ON support_programs_{table}"
            )
            for table, columns in FROZEN.items()
        ],
    ]
