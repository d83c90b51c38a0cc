"""The search for people who may be one human, over the whole province, and the indexes that it needs."""

from pathlib import Path

from django.conf import settings
from django.contrib.postgres.operations import CreateExtension
from django.db import migrations

FUNCTIONS = (Path(__file__).resolve().parent.parent / "sql" / "match_people.sql").read_text("utf-8")
CALLED = ("match_people(jsonb)", "match_facts(bigint[])")
INNER = ("sorted_words(text)", "are_near_names(text, text)")

# with all that the search looks at, so that it reads the index alone
INDEXES = """
CREATE INDEX person_sorted_name ON beneficiaries_person (sorted_words(name_key), birth_year)
    INCLUDE (birth_date, area_code, name_key, id);
CREATE INDEX person_year_home ON beneficiaries_person (birth_year, area_code, hamlet_key) INCLUDE (name_key, id)
    WHERE hamlet_key > '';
CREATE INDEX row_old_number ON beneficiaries_importrow (person_id) WHERE "values" ? 'old';
"""
NO_INDEXES = "DROP INDEX person_sorted_name; DROP INDEX person_year_home; DROP INDEX row_old_number"


def grant(apps, schema_editor):
    role = schema_editor.quote_name(settings.DATABASES["default"]["USER"])
    for signature in CALLED:
        schema_editor.execute(f"GRANT EXECUTE ON FUNCTION {signature} TO {role}")


class Migration(migrations.Migration):
    dependencies = [("beneficiaries", "0007_keys_of_people")]

    operations = [
        CreateExtension("fuzzystrmatch"),
        migrations.RunSQL(FUNCTIONS, ";".join(f"DROP FUNCTION {name}" for name in (*CALLED, *INNER))),
        migrations.RunSQL(INDEXES, NO_INDEXES),
        migrations.RunPython(grant, migrations.RunPython.noop),
    ]
