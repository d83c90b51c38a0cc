"""The sources of money and the numbers of signatures known from the start; what was allocated and batched before gets its line.

Money recorded before had a source in words only, and nothing told which source paid whom: the money of a decision in a district
becomes one line. Where it came from several sources the line says so and names them.
"""

import tomllib
from pathlib import Path
from typing import Any

from django.db import migrations

DATA = Path(__file__).resolve().parent.parent / "data"

BEFORE = """
ALTER TABLE disbursements_allocation DISABLE TRIGGER USER;
ALTER TABLE disbursements_paymentinstruction DISABLE TRIGGER USER;
CREATE TEMP TABLE money_before ON COMMIT DROP AS
SELECT decision_id, area_code, programme_id, min(id) AS first_id, min(allocated_on) AS began,
       CASE WHEN count(DISTINCT source) = 1 THEN min(source) ELSE 'Nhiều nguồn (ghi trước khi có dòng kinh phí)' END AS source,
       CASE WHEN count(DISTINCT source) = 1 THEN '' ELSE left(string_agg(DISTINCT source, '; '), 300) END AS note
  FROM disbursements_allocation GROUP BY decision_id, area_code, programme_id;
INSERT INTO disbursements_fundingsource (code, name, kind, note, is_active, created_at)
SELECT 'CU' || row_number() OVER (ORDER BY source), source, 'other', '', true, now()
  FROM (SELECT DISTINCT source FROM money_before) x
 WHERE NOT EXISTS (SELECT FROM disbursements_fundingsource f WHERE f.name = x.source);
INSERT INTO disbursements_budgetline
      (reference, area_code, programme_id, decision_id, source_id, stream, note, available, committed, sent, paid, created_at)
SELECT next_reference('KP', extract(year FROM m.began)::int), m.area_code, m.programme_id, m.decision_id, f.id, '', m.note,
       0, 0, 0, 0, now()
  FROM money_before m JOIN disbursements_fundingsource f ON f.name = m.source ORDER BY m.first_id;
UPDATE disbursements_allocation a SET line_id = l.id
  FROM disbursements_budgetline l WHERE l.decision_id = a.decision_id AND l.area_code = a.area_code;
UPDATE disbursements_paymentinstruction i SET budget_line_id = l.id
  FROM support_programs_entitlement e, disbursements_budgetline l
 WHERE e.id = i.entitlement_id AND l.decision_id = e.decision_id AND l.area_code = substr(i.area_code, 1, 5);
-- foreign keys that wait for the end of the transaction would keep the tables from being altered
SET CONSTRAINTS ALL IMMEDIATE;
DROP TABLE money_before;
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
