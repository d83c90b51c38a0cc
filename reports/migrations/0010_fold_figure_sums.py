"""Sums of the overview are folded together each night: a row per area, programme, group and day instead of one per statement."""

from django.conf import settings
from django.db import migrations

# one statement: whoever reads meanwhile sees all rows as they were or all as they are then, and rows that are written meanwhile
# are not touched
FOLD = """
CREATE FUNCTION fold_figures() RETURNS bigint LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  WITH gone AS (
    DELETE FROM reports_figuresum RETURNING area_code, fact, programme, stream, day, days, people, amount
  ), folded AS (
    INSERT INTO reports_figuresum (area_code, fact, programme, stream, day, days, people, amount)
    SELECT area_code, fact, programme, stream, day, days, sum(people)::int, sum(amount)::bigint
      FROM gone GROUP BY 1, 2, 3, 4, 5, 6
    HAVING sum(people) <> 0 OR sum(amount) <> 0
    RETURNING 1
  )
  SELECT (SELECT count(*) FROM gone) - (SELECT count(*) FROM folded)
$$;
REVOKE EXECUTE ON FUNCTION fold_figures FROM PUBLIC;
"""


def grant(apps, schema_editor):
    role = schema_editor.quote_name(settings.DATABASES["default"]["USER"])
    schema_editor.execute(f"GRANT EXECUTE ON FUNCTION fold_figures() TO {role}")


class Migration(migrations.Migration):
    dependencies = [("reports", "0009_a_figure_sums")]

    operations = [
        migrations.RunSQL(FOLD, "DROP FUNCTION fold_figures()"),
        migrations.RunPython(grant, migrations.RunPython.noop),
    ]
