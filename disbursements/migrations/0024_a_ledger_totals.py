"""The overview's sums over the ledger are read from the index alone."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("disbursements", "0023_a_received_on")]

    operations = [
        migrations.RemoveIndex(model_name="ledgerposting", name="ledger_totals"),
        migrations.AddIndex(
            model_name="ledgerposting",
            index=models.Index(
                fields=["account", "area_code"],
                include=["amount", "people", "business_date", "programme", "stream"],
                name="ledger_totals",
            ),
        ),
    ]
