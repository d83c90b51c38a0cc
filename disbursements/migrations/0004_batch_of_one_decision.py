"""A batch may be asked for the people of one decision, and what was asked for stays fixed."""

from pathlib import Path

from django.db import migrations, models

REQUEST_FIXED = (Path(__file__).resolve().parent.parent / "sql" / "request_fixed.sql").read_text("utf-8")


class Migration(migrations.Migration):
    dependencies = [("disbursements", "0003_deciding_persons_apart")]

    operations = [
        migrations.AddField(
            model_name="batch",
            name="decision_number",
            field=models.CharField(blank=True, default="", max_length=60, verbose_name="Số quyết định"),
            preserve_default=False,
        ),
        migrations.RunSQL(REQUEST_FIXED, migrations.RunSQL.noop),
    ]
