"""Who approves a batch did none of the work on its people before, and a result names who recorded it."""

from pathlib import Path

from django.db import migrations, models

APPROVER = (Path(__file__).resolve().parent.parent / "sql" / "approver.sql").read_text("utf-8")


class Migration(migrations.Migration):
    dependencies = [("disbursements", "0002_guards"), ("support_programs", "0005_orders_of_cases")]

    operations = [
        migrations.RunSQL(APPROVER, migrations.RunSQL.noop),
        migrations.AddConstraint(
            model_name="paymentinstruction",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status__in", ["paid", "failed", "returned"]), _negated=True),
                    ("recorded_by_id__isnull", False),
                    _connector="OR",
                ),
                name="result_names_its_recorder",
            ),
        ),
    ]
