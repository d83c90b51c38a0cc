"""The ledger, what guards it, and its entries for what was written before."""

from pathlib import Path

import django.db.models.deletion
from django.db import migrations, models

SQL = Path(__file__).resolve().parent.parent / "sql"
LEDGER, GUARDS = ((SQL / name).read_text("utf-8") for name in ("ledger.sql", "money_guards.sql"))


class Migration(migrations.Migration):
    dependencies = [
        ("disbursements", "0010_lines_of_before"),
        ("support_programs", "0028_who_took_papers_in_stays_apart"),
    ]

    operations = [
        migrations.RemoveField(model_name="allocation", name="source"),
        migrations.AlterField(
            model_name="allocation",
            name="line",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="allocations",
                to="disbursements.budgetline",
            ),
        ),
        migrations.AlterField(
            model_name="paymentinstruction",
            name="budget_line",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="instructions",
                to="disbursements.budgetline",
            ),
        ),
        migrations.RunSQL(LEDGER, migrations.RunSQL.noop),
        migrations.RunSQL(GUARDS, migrations.RunSQL.noop),
        migrations.RunSQL("SELECT post_history()", migrations.RunSQL.noop),
    ]
