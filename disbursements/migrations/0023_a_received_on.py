"""A payment line carries the day on which its claim was received, so that days from receipt to payment need no other table."""

from pathlib import Path

from django.db import migrations, models

GUARD = (Path(__file__).resolve().parent.parent / "sql" / "received_on.sql").read_text("utf-8")
FILL = """
ALTER TABLE disbursements_paymentinstruction DISABLE TRIGGER USER;
UPDATE disbursements_paymentinstruction i SET received_on = c.received_on
  FROM support_programs_entitlement e JOIN support_programs_case c ON c.id = e.case_id WHERE e.id = i.entitlement_id;
ALTER TABLE disbursements_paymentinstruction ENABLE TRIGGER USER;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("disbursements", "0022_functions_of_the_owner"),
        ("support_programs", "0029_g_documents_of_money"),
    ]

    operations = [
        migrations.AddField(
            model_name="paymentinstruction",
            name="received_on",
            field=models.DateField(null=True, verbose_name="Ngày tiếp nhận"),
        ),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
        migrations.RunSQL(GUARD, migrations.RunSQL.noop),
    ]
