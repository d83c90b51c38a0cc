"""Whoever counts as the payee may be somebody else too; what sits in a batch is not doubled under it; a recovery stays as opened.

A pair blocks the payment of both humans, whichever of a human's entries it names.
"""

from django.db import migrations

GUARD = """
CREATE OR REPLACE FUNCTION check_unsettled_people() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM added n JOIN support_programs_entitlement e ON e.id = n.entitlement_id
              WHERE e.doubles_id IS NOT NULL) THEN
    RAISE EXCEPTION 'what doubles another entitlement is not paid' USING ERRCODE = 'check_violation';
  END IF;
  IF EXISTS (WITH payee (id) AS MATERIALIZED (
               SELECT e.claimant_id FROM added n JOIN support_programs_entitlement e ON e.id = n.entitlement_id
               UNION
               SELECT p.id FROM added n JOIN support_programs_entitlement e ON e.id = n.entitlement_id
                 JOIN beneficiaries_person p ON p.joined_to_id = e.claimant_id)
             SELECT FROM payee JOIN beneficiaries_duplicatecandidate d ON d.first_id = payee.id
              WHERE d.state IN ('open', 'verifying') AND d.passed_by_id IS NULL
             UNION ALL
             SELECT FROM payee JOIN beneficiaries_duplicatecandidate d ON d.second_id = payee.id
              WHERE d.state IN ('open', 'verifying') AND d.passed_by_id IS NULL) THEN
    RAISE EXCEPTION 'a payee may be the same human as another' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;

CREATE FUNCTION check_doubles() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.status = 'committed' THEN
    RAISE EXCEPTION 'entitlement % is in a batch and can not double another', NEW.reference USING ERRCODE = 'check_violation';
  END IF;
  -- at commit both are of one human
  IF EXISTS (SELECT FROM support_programs_entitlement e JOIN support_programs_entitlement o ON o.id = e.doubles_id
              WHERE e.id = NEW.id AND o.claimant_id IS DISTINCT FROM e.claimant_id) THEN
    RAISE EXCEPTION 'entitlement % doubles one of another human', NEW.reference USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER doubles_of_one_human AFTER UPDATE ON support_programs_entitlement
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
  WHEN (NEW.doubles_id IS NOT NULL AND OLD.doubles_id IS DISTINCT FROM NEW.doubles_id)
  EXECUTE FUNCTION check_doubles();

CREATE TRIGGER never_deleted BEFORE DELETE ON disbursements_recovery
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change('never deleted');
CREATE TRIGGER stays BEFORE UPDATE ON disbursements_recovery FOR EACH ROW
  WHEN (OLD.state <> 'open'
    OR (OLD.reference, OLD.area_code, OLD.entitlement_id, OLD.person_id, OLD.amount, OLD.reason, OLD.opened_by_id, OLD.opened_on)
    IS DISTINCT FROM
       (NEW.reference, NEW.area_code, NEW.entitlement_id, NEW.person_id, NEW.amount, NEW.reason, NEW.opened_by_id, NEW.opened_on))
  EXECUTE FUNCTION refuse_change('a recovery stays as it was opened');
"""
UNDO = """
DROP TRIGGER stays ON disbursements_recovery;
DROP TRIGGER never_deleted ON disbursements_recovery;
DROP FUNCTION check_doubles() CASCADE;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("disbursements", "0005_unsettled_people"),
        ("support_programs", "0015_claimants_follow_people"),
    ]

    operations = [migrations.RunSQL(GUARD, UNDO)]
