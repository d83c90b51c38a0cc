"""The sources of money and the numbers of signatures known from the start; what was allocated and batched before gets its line.

Money recorded before had a source in words only: each wording becomes a source, each decision, district and source a line. A
payment instruction draws on the oldest line of its decision and district, as there was no other way to tell.
"""

import tomllib
from pathlib import Path
from typing import Any

from django.db import migrations

DATA = Path(__file__).resolve().parent.parent / "data"

BEFORE = """
ALTER TABLE disbursements_allocation DISABLE TRIGGER USER;
ALTER TABLE disbursements_paymentinstruction DISABLE TRIGGER USER;
INSERT INTO disbursements_fundingsource (code, name, kind, note, is_active, created_at)
SELECT 'CU' || row_number() OVER (ORDER BY source), source, 'other', '', true, now()
  FROM (SELECT DISTINCT source FROM disbursements_allocation) x
 WHERE NOT EXISTS (SELECT FROM disbursements_fundingsource f WHERE f.name = x.source);
INSERT INTO disbursements_budgetline
      (reference, area_code, programme_id, decision_id, source_id, stream, note, available, committed, sent, paid, created_at)
SELECT next_reference('KP', extract(year FROM min(a.allocated_on))::int), a.area_code, a.programme_id, a.decision_id, f.id, '',
       '', 0, 0, 0, 0, now()
  FROM disbursements_allocation a JOIN disbursements_fundingsource f ON f.name = a.source
 GROUP BY a.area_code, a.programme_id, a.decision_id, f.id ORDER BY min(a.id);
UPDATE disbursements_allocation a SET line_id = l.id
  FROM disbursements_budgetline l JOIN disbursements_fundingsource f ON f.id = l.source_id
 WHERE l.decision_id = a.decision_id AND l.area_code = a.area_code AND f.name = a.source;
UPDATE disbursements_paymentinstruction i SET budget_line_id = l.id
  FROM support_programs_entitlement e,
       (SELECT decision_id, area_code, min(id) AS id FROM disbursements_budgetline GROUP BY 1, 2) l
 WHERE e.id = i.entitlement_id AND l.decision_id = e.decision_id AND l.area_code = substr(i.area_code, 1, 5);
ALTER TABLE disbursements_allocation ENABLE TRIGGER USER;
ALTER TABLE disbursements_paymentinstruction ENABLE TRIGGER USER;
"""


def seed(apps: Any, editor: Any) -> None:
    for model, file, name in (
        ("FundingSource", "funding_sources.toml", "source"),
        ("SignatureRule", "signature_rules.toml", "rule"),
    ):
        rows = tomllib.loads((DATA / file).read_text("utf-8"))[name]
        table = apps.get_model("disbursements", model)
        table.objects.using(editor.connection.alias).bulk_create(table(**row) for row in rows)


class Migration(migrations.Migration):
    dependencies = [("disbursements", "0009_money_out")]

    operations = [
        *[
            migrations.RunSQL(f"CREATE SEQUENCE reference_{prefix}", f"DROP SEQUENCE reference_{prefix}")
            for prefix in ("kp", "ck")
        ],
        migrations.RunPython(seed, migrations.RunPython.noop),
        migrations.RunSQL(BEFORE, migrations.RunSQL.noop),
    ]
