"""An entitlement's claimant is who the case's person counts as, and moves only with a join; its days go with it.

What doubles another is not live: its days are not paid.
"""

import importlib

from django.db import migrations

before = importlib.import_module("support_programs.migrations.0011_chains_and_claimants")
days = importlib.import_module("support_programs.migrations.0009_guards_of_wider_claims")

FOLLOWS = """
CREATE FUNCTION claimant_follows_person() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM support_programs_case c JOIN beneficiaries_person p ON p.id = c.person_id
                  WHERE c.id = NEW.case_id AND coalesce(p.joined_to_id, p.id) = NEW.claimant_id) THEN
    RAISE EXCEPTION 'the claimant of an entitlement is the person of its case' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER claimant_follows BEFORE UPDATE ON support_programs_entitlement FOR EACH ROW
  WHEN (OLD.claimant_id IS DISTINCT FROM NEW.claimant_id) EXECUTE FUNCTION claimant_follows_person();
CREATE OR REPLACE FUNCTION days_follow_entitlement() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM support_programs_entitlement e
                  WHERE e.id = NEW.entitlement_id AND e.claimant_id = NEW.claimant_id AND e.area_code = NEW.area_code
                    AND NEW.is_live = (e.status <> 'cancelled' AND e.doubles_id IS NULL)) THEN
    RAISE EXCEPTION 'paid days name the claimant and state of their entitlement' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
"""


def frozen(table, columns):
    return before.trigger(table, tuple(name for name in columns if name != "claimant_id"), "", ())


class Migration(migrations.Migration):
    dependencies = [("support_programs", "0014_joined_people"), ("beneficiaries", "0007_keys_of_people")]

    operations = [
        migrations.RunSQL(FOLLOWS, "DROP FUNCTION claimant_follows_person() CASCADE"),
        migrations.RunSQL(frozen("entitlement", before.FROZEN["entitlement"][0]), migrations.RunSQL.noop),
        migrations.RunSQL(frozen("entitlementdays", days.FROZEN["entitlementdays"]), migrations.RunSQL.noop),
    ]
