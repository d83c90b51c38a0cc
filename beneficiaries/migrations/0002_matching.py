"""The search for one identity number over the whole province."""

from pathlib import Path

from django.conf import settings
from django.db import migrations

FUNCTION = (Path(__file__).resolve().parent.parent / "sql" / "match_identities.sql").read_text("utf-8")
SIGNATURE = "match_identities(bytea[], text[], text, bigint)"


def grant(apps, schema_editor):
    role = schema_editor.quote_name(settings.DATABASES["default"]["USER"])
    schema_editor.execute(f"GRANT EXECUTE ON FUNCTION {SIGNATURE} TO {role}")


class Migration(migrations.Migration):
    dependencies = [("beneficiaries", "0001_schema"), ("accounts", "0001_schema")]

    operations = [
        migrations.RunSQL(FUNCTION, f"DROP FUNCTION {SIGNATURE}"),
        migrations.RunPython(grant, migrations.RunPython.noop),
    ]
