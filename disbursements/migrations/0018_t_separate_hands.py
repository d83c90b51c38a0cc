"""Who releases a batch is named and did not sign it; only committed people are paid; the index of an account stays with it."""

import importlib
from pathlib import Path

from django.db import migrations, models

sealed = importlib.import_module("support_programs.migrations.0016_g_ciphertexts_of_snapshots")
GUARDS = (Path(__file__).resolve().parent.parent / "sql" / "separate_hands.sql").read_text("utf-8")
UNDONE = """
DROP FUNCTION check_releaser() CASCADE;
DROP TRIGGER releaser_stays ON disbursements_batch;
DROP FUNCTION check_committed_people() CASCADE;
"""
LINES = "disbursements_paymentinstruction"
BEFORE = ("payee_number_encrypted", "account_encrypted")
DROP = f"DROP TRIGGER ciphertext_stays ON {LINES};"


class Migration(migrations.Migration):
    dependencies = [("disbursements", "0014_c_cash_proxies")]

    operations = [
        migrations.AddField(
            model_name="batch", name="released_by_id", field=models.BigIntegerField(null=True)
        ),
        migrations.RunSQL(GUARDS, UNDONE),
        # what is looked for in a bank's statement is the account that is paid to
        migrations.RunSQL(
            DROP + sealed.trigger(LINES, (*BEFORE, "account_index")), DROP + sealed.trigger(LINES, BEFORE)
        ),
    ]
