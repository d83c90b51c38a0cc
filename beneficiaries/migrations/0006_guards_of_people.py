"""What the database holds of registers, households and joins; and the words that the search looks into.

A dated record never changes: it ends once, or is replaced once. Somebody joined to another is joined by a row that says why.
"""

from django.db import migrations

# every column of a dated record but its end and whether it is replaced
DATED = (
    "area_code", "valid_from", "decision_number", "decided_on", "decided_by", "source", "list_import_id", "row_number", "reason",
    "replaces_id", "recorded_by_id", "recorded_by_name", "recorded_on",
)  # fmt: skip
FROZEN = {
    "status": (*DATED, "reference", "register", "person_id", "household_id", "category", "details"),
    "householdmember": (*DATED, "household_id", "person_id", "relation", "is_head"),
    "care": (*DATED, "person_id", "carer_id", "relation"),
    "stoporder": (*DATED, "employer_id", "place"),
}
ENDS = ("valid_to", "end_reason", "ended_by_id")

FUNCTION = """
CREATE FUNCTION dated_record_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'a row of % is ended or replaced once, never changed', TG_TABLE_NAME USING ERRCODE = 'check_violation';
END $$;
"""

WORDS = """
ALTER TABLE beneficiaries_person ADD COLUMN words tsvector GENERATED ALWAYS AS (array_to_tsvector(
    array_remove(string_to_array(name_key, ' '), '')
    || array_remove(string_to_array('~' || replace(hamlet_key, ' ', ' ~'), ' '), '~')
    || ARRAY['@' || left(area_code, 2), '@' || left(area_code, 5), '@' || area_code, '#' || coalesce(birth_year::text, '')]
)) STORED;
CREATE INDEX person_words ON beneficiaries_person USING gin (words);
"""

# what each person counts as is told by the one join that is not undone
JOINS = """
CREATE FUNCTION person_follows_join() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.joined_to_id IS NOT NULL
     AND EXISTS (SELECT FROM beneficiaries_person WHERE id = NEW.joined_to_id AND joined_to_id IS NOT NULL) THEN
    RAISE EXCEPTION 'person % is joined to somebody who is joined', NEW.reference USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER joined_to_a_root BEFORE INSERT OR UPDATE OF joined_to_id ON beneficiaries_person FOR EACH ROW
  WHEN (NEW.joined_to_id IS NOT NULL) EXECUTE FUNCTION person_follows_join();
CREATE TRIGGER stays BEFORE UPDATE ON beneficiaries_personjoin FOR EACH ROW
  WHEN (ROW(OLD.area_code, OLD.kept_id, OLD.joined_id, OLD.candidate_id, OLD.moved, OLD.reason, OLD.made_by_id, OLD.made_at)
        IS DISTINCT FROM
        ROW(NEW.area_code, NEW.kept_id, NEW.joined_id, NEW.candidate_id, NEW.moved, NEW.reason, NEW.made_by_id, NEW.made_at)
        OR OLD.undone_at IS NOT NULL)
  EXECUTE FUNCTION dated_record_stays();
"""


def row(side, columns):
    return f"ROW({', '.join(f'{side}.{column}' for column in columns)})"


def trigger(table, columns):
    return f"""
CREATE TRIGGER stays BEFORE UPDATE ON beneficiaries_{table} FOR EACH ROW
  WHEN ({row("OLD", columns)} IS DISTINCT FROM {row("NEW", columns)}
        OR (OLD.ended_by_id IS NOT NULL AND {row("OLD", ENDS)} IS DISTINCT FROM {row("NEW", ENDS)})
        OR (OLD.is_replaced AND NOT NEW.is_replaced))
  EXECUTE FUNCTION dated_record_stays();
"""


class Migration(migrations.Migration):
    dependencies = [("beneficiaries", "0005_people_and_registers")]

    operations = [
        migrations.RunSQL(FUNCTION, "DROP FUNCTION dated_record_stays() CASCADE"),
        *[
            migrations.RunSQL(
                trigger(table, columns), f"DROP TRIGGER IF EXISTS stays ON beneficiaries_{table}"
            )
            for table, columns in FROZEN.items()
        ],
        migrations.RunSQL(WORDS, "ALTER TABLE beneficiaries_person DROP COLUMN words"),
        migrations.RunSQL(JOINS, "DROP FUNCTION person_follows_join() CASCADE"),
    ]
