"""What must never happen to money: triggers, in SQL."""

from pathlib import Path

from django.db import migrations

GUARDS = (Path(__file__).resolve().parent.parent / "sql" / "guards.sql").read_text("utf-8")


class Migration(migrations.Migration):
    dependencies = [("disbursements", "0001_schema"), ("support_programs", "0001_schema")]

    operations = [migrations.RunSQL(GUARDS, migrations.RunSQL.noop)]
