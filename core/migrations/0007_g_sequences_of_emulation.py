"""Numbers of emulation movements, of who takes part, achievements, rounds, proposals, meetings and decisions on commendation."""

from django.db import migrations

PREFIXES = ("td", "tg", "tt", "xh", "kt", "hp", "qk")


class Migration(migrations.Migration):
    dependencies = [("core", "0006_stored_files_stay")]

    operations = [
        migrations.RunSQL(f"CREATE SEQUENCE reference_{prefix}", f"DROP SEQUENCE reference_{prefix}")
        for prefix in PREFIXES
    ]
