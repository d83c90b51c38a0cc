"""No batch is released while somebody in it may be another human; whoever counts as somebody else is no payee.

The guard of the workflow says it to the accountant (workflow.py, SUSPECTED); this is the last line.
"""

from django.db import migrations

GUARD = """
CREATE FUNCTION check_unsettled_release() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM beneficiaries_duplicatecandidate d
               JOIN beneficiaries_person p ON p.id = d.first_id OR p.id = d.second_id
               JOIN support_programs_entitlement e ON e.claimant_id = coalesce(p.joined_to_id, p.id)
               JOIN disbursements_paymentinstruction i ON i.entitlement_id = e.id
              WHERE d.state IN ('open', 'verifying') AND d.passed_by_id IS NULL AND i.batch_id = NEW.id) THEN
    RAISE EXCEPTION 'batch % pays somebody who may be the same human as another', NEW.reference
      USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER unsettled_people BEFORE UPDATE OF status ON disbursements_batch FOR EACH ROW
  WHEN (NEW.status = 'released' AND OLD.status IS DISTINCT FROM NEW.status)
  EXECUTE FUNCTION check_unsettled_release();

CREATE FUNCTION check_payee_counts() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM added n JOIN support_programs_entitlement e ON e.id = n.entitlement_id
               JOIN beneficiaries_person p ON p.id = e.claimant_id
              WHERE p.joined_to_id IS NOT NULL) THEN
    RAISE EXCEPTION 'a payee counts as another person' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER payee_counts AFTER INSERT ON disbursements_paymentinstruction REFERENCING NEW TABLE AS added
  FOR EACH STATEMENT EXECUTE FUNCTION check_payee_counts();
"""
UNDO = "DROP FUNCTION check_unsettled_release() CASCADE; DROP FUNCTION check_payee_counts() CASCADE"


class Migration(migrations.Migration):
    dependencies = [
        ("disbursements", "0007_g_ciphertexts_of_lines"),
        ("beneficiaries", "0011_r2_guards_of_matching"),
    ]

    operations = [migrations.RunSQL(GUARD, UNDO)]
