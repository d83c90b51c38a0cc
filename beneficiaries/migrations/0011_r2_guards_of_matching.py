"""The functions that see past the fence read no temporary table and are planned anew; a pair names the same two people for good.

Who is joined to somebody counts as them and nobody counts as who is joined: no chains, looked at when the transaction commits,
because a join moves everybody who counted as the joined entry.
"""

from django.db import migrations

FUNCTIONS = (
    "match_people(jsonb)",
    "match_facts(bigint[])",
    "match_identities(bytea[], text[], text, bigint)",
)
# as in sql/match_people.sql and sql/match_identities.sql, for databases whose functions are older
SETTINGS = ("search_path = pg_catalog, public, pg_temp", "plan_cache_mode = force_custom_plan")

PAIRS = """
CREATE FUNCTION pair_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'pair % names the same two people for good', OLD.reference USING ERRCODE = 'check_violation';
END $$;
CREATE TRIGGER stays BEFORE UPDATE ON beneficiaries_duplicatecandidate FOR EACH ROW
  WHEN (ROW(OLD.reference, OLD.first_id, OLD.second_id, OLD.found_by, OLD.found_on)
        IS DISTINCT FROM ROW(NEW.reference, NEW.first_id, NEW.second_id, NEW.found_by, NEW.found_on))
  EXECUTE FUNCTION pair_stays();
"""
CHAINS = """
CREATE FUNCTION check_joined_to_nobodys_root() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM beneficiaries_person p JOIN beneficiaries_person q ON q.joined_to_id = p.id
              WHERE p.id = NEW.id AND p.joined_to_id IS NOT NULL) THEN
    RAISE EXCEPTION 'somebody counts as person %, who is joined', NEW.reference USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER no_chains AFTER UPDATE OF joined_to_id ON beneficiaries_person
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
  WHEN (NEW.joined_to_id IS NOT NULL) EXECUTE FUNCTION check_joined_to_nobodys_root();
"""


class Migration(migrations.Migration):
    dependencies = [("beneficiaries", "0010_a1_ends_by_somebody")]

    operations = [
        *[
            migrations.RunSQL(f"ALTER FUNCTION {function} SET {setting}", migrations.RunSQL.noop)
            for function in FUNCTIONS
            for setting in SETTINGS
        ],
        migrations.RunSQL(PAIRS, "DROP FUNCTION pair_stays() CASCADE"),
        migrations.RunSQL(CHAINS, "DROP FUNCTION check_joined_to_nobodys_root() CASCADE"),
    ]
