"""Number and account of a payment line are encrypted anew by the owner only: whom it pays, and where, never changes."""

import importlib

from django.db import migrations

guards = importlib.import_module("support_programs.migrations.0016_g_ciphertexts_of_snapshots")
LINES = "disbursements_paymentinstruction"


class Migration(migrations.Migration):
    dependencies = [
        ("disbursements", "0006_joined_payees"),
        ("support_programs", "0016_g_ciphertexts_of_snapshots"),
    ]

    operations = [
        migrations.RunSQL(
            guards.trigger(LINES, ("payee_number_encrypted", "account_encrypted")),
            f"DROP TRIGGER ciphertext_stays ON {LINES}",
        )
    ]
