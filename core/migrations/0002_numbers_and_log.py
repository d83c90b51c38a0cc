"""Public references from sequences, and the transaction number of audit events (by which they are sealed later)."""

from pathlib import Path

from django.db import migrations

PREFIXES = ["HS", "DS", "NH", "DC", "LC", "QD", "NT", "CV", "BC", "PB"]

FUNCTIONS = (Path(__file__).resolve().parent.parent / "sql" / "public_reference.sql").read_text("utf-8")

NEXT = """
CREATE OR REPLACE FUNCTION next_reference(prefix text, year int) RETURNS text LANGUAGE sql VOLATILE AS
$$ SELECT public_reference(prefix, year, nextval(('reference_' || lower(prefix))::regclass)) $$;
"""


class Migration(migrations.Migration):
    dependencies = [("core", "0001_schema")]

    operations = [
        *[
            migrations.RunSQL(
                f"CREATE SEQUENCE reference_{prefix.lower()}", f"DROP SEQUENCE reference_{prefix.lower()}"
            )
            for prefix in PREFIXES
        ],
        migrations.RunSQL(FUNCTIONS, "DROP FUNCTION public_reference(text, int, bigint)"),
        migrations.RunSQL(NEXT, "DROP FUNCTION next_reference(text, int)"),
        migrations.RunSQL(
            "ALTER TABLE core_event ADD COLUMN xid xid8 NOT NULL DEFAULT pg_current_xact_id();"
            "CREATE INDEX event_xid ON core_event (xid);",
            "ALTER TABLE core_event DROP COLUMN xid",
        ),
    ]
