"""Figures of the overview as sums that follow the records: every statement that changes cases, entitlements or payment
instructions books the difference (docs/database.md, section 6: only where plain counting takes too long).
"""

from django.db import migrations, models

import core.fields

# what a set of rows counts for, told once: a trigger books new rows less old ones, `rebuild_figures` books all
CASES = """
SELECT n.area_code, f.fact, n.programme_id AS programme, n.stream, f.day, NULL::int AS days, n.amount_proposed AS amount
  FROM {rows} n,
       LATERAL (VALUES ('proposed', n.received_on, n.status NOT IN ('draft', 'withdrawn')),
                       ('refused', n.appraised_on, n.status = 'ineligible')) f (fact, day, applies)
 WHERE f.applies"""
ENTITLEMENTS = """
SELECT n.area_code, 'approved' AS fact, n.programme_id AS programme, l.stream, d.signed_on AS day, NULL::int AS days, n.amount
  FROM {rows} n JOIN support_programs_caselist l ON l.id = n.case_list_id
  LEFT JOIN support_programs_approvaldecision d ON d.id = n.decision_id
 WHERE n.status IN ('approved', 'committed', 'paid')"""
INSTRUCTIONS = """
SELECT n.area_code, 'waited' AS fact, b.programme_id AS programme, l.stream, n.resulted_on AS day,
       n.resulted_on - n.received_on AS days, n.amount
  FROM {rows} n JOIN disbursements_batch b ON b.id = n.batch_id JOIN support_programs_caselist l ON l.id = n.case_list_id
 WHERE n.status = 'paid' AND n.received_on IS NOT NULL"""
TABLES = {
    "support_programs_case": CASES,
    "support_programs_entitlement": ENTITLEMENTS,
    "disbursements_paymentinstruction": INSTRUCTIONS,
}
BOOK = """
INSERT INTO reports_figuresum (area_code, fact, programme, stream, day, days, people, amount)
SELECT x.area_code, x.fact, x.programme, x.stream, x.day, x.days, sum(x.sign)::int, sum(x.sign * x.amount)::bigint
  FROM ({parts}) x GROUP BY 1, 2, 3, 4, 5, 6
HAVING sum(x.sign) <> 0 OR sum(x.sign * x.amount) <> 0;
"""
FUNCTION = """
CREATE FUNCTION {name}() RETURNS {returns} LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
{body}
  {end}
END $$;
REVOKE EXECUTE ON FUNCTION {name} FROM PUBLIC;
"""


def booked(*parts):
    """The statement that books some sets of rows, each with its sign."""
    return BOOK.format(
        parts=" UNION ALL ".join(f"SELECT {sign} AS sign, p.* FROM ({part}) p" for sign, part in parts)
    )


def triggers_of(table, facts):
    """Two functions and two triggers: what came, and what a change made of what was there."""
    name = f"sum_{table.partition('_')[2].rpartition('programs_')[2]}"
    new, old = facts.format(rows="new_rows"), facts.format(rows="old_rows")
    trigger = {"returns": "trigger", "end": "RETURN NULL;"}
    return f"""
{FUNCTION.format(name=f"{name}_added", body=booked((1, new)), **trigger)}
CREATE TRIGGER sum_added AFTER INSERT ON {table} REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION {name}_added();
{FUNCTION.format(name=f"{name}_changed", body=booked((1, new), (-1, old)), **trigger)}
CREATE TRIGGER sum_changed AFTER UPDATE ON {table} REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION {name}_changed();
"""


EVERYTHING = booked(*((1, facts.format(rows=table)) for table, facts in TABLES.items()))
# all again from the records: for rows written with the triggers off, and to have one row where there were many
REBUILD = FUNCTION.format(
    name="rebuild_figures",
    returns="void",
    body=f"LOCK TABLE reports_figuresum IN SHARE ROW EXCLUSIVE MODE;\nDELETE FROM reports_figuresum;\n{EVERYTHING}",
    end="",
)


class Migration(migrations.Migration):
    dependencies = [
        ("reports", "0008_donors_f"),
        ("disbursements", "0023_a_received_on"),
    ]

    operations = [
        migrations.CreateModel(
            name="FigureSum",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("area_code", core.fields.AreaCodeField(db_collation="C", max_length=10)),
                ("fact", models.CharField(max_length=12)),
                ("programme", models.CharField(max_length=20)),
                ("stream", models.CharField(max_length=20)),
                ("day", models.DateField(null=True)),
                ("days", models.IntegerField(null=True)),
                ("people", models.IntegerField(verbose_name="Số người")),
                ("amount", models.BigIntegerField(verbose_name="Số tiền")),
            ],
            options={
                "verbose_name": "số cộng của tổng quan",
                "indexes": [
                    models.Index(
                        fields=["fact", "area_code"],
                        include=["programme", "stream", "day", "days", "people", "amount"],
                        name="figure_sums",
                    )
                ],
            },
        ),
        *(
            migrations.RunSQL(triggers_of(table, facts), migrations.RunSQL.noop)
            for table, facts in TABLES.items()
        ),
        migrations.RunSQL(REBUILD, migrations.RunSQL.noop),
        migrations.RunSQL("SELECT rebuild_figures()", migrations.RunSQL.noop),
    ]
