"""A batch is not closed over money that came back late, or left twice, by a file that had nothing to record."""

from pathlib import Path

from django.db import migrations

GUARDS = (Path(__file__).resolve().parent.parent / "sql" / "late_contradictions.sql").read_text("utf-8")


class Migration(migrations.Migration):
    dependencies = [("disbursements", "0020_who_starts_handing_out")]

    operations = [migrations.RunSQL(GUARDS, migrations.RunSQL.noop)]
