"""The ledger says of which group the people are: sums by group are sums over the ledger, too.

What was posted of payment instructions before is posted again with the group; papers' entries stay as they are. And a paper may
feed several lines, each once, unless what was recorded of it was wrong and taken back.
"""

from pathlib import Path

from django.db import migrations, models

SQL = Path(__file__).resolve().parent.parent / "sql"

AGAIN = """
DO $again$ BEGIN
  IF EXISTS (SELECT FROM disbursements_ledgerposting WHERE batch_id IS NOT NULL) THEN
    ALTER TABLE disbursements_ledgerposting DISABLE TRIGGER USER;
    DELETE FROM disbursements_ledgerposting WHERE batch_id IS NOT NULL;
    ALTER TABLE disbursements_ledgerposting ENABLE TRIGGER USER;
    UPDATE disbursements_budgetline l
       SET committed = 0, sent = 0, paid = 0,
           available = (SELECT coalesce(sum(p.amount), 0) FROM disbursements_ledgerposting p
                         WHERE p.budget_line_id = l.id AND p.account = 'available');
    PERFORM post_history();
  END IF;
END $again$;
"""


class Migration(migrations.Migration):
    dependencies = [("disbursements", "0011_ledger")]

    operations = [
        migrations.AddField(
            model_name="ledgerposting",
            name="stream",
            field=models.CharField(blank=True, db_default="", default="", max_length=20),
        ),
        migrations.RunSQL((SQL / "ledger_streams.sql").read_text("utf-8"), migrations.RunSQL.noop),
        migrations.RunSQL(AGAIN, migrations.RunSQL.noop),
        migrations.RemoveConstraint(model_name="allocation", name="allocation_paper_once"),
        migrations.RunSQL((SQL / "budget_papers.sql").read_text("utf-8"), migrations.RunSQL.noop),
    ]
