"""Functions that run with their owner's rights are called by their triggers alone: nobody else may execute them."""

from django.db import migrations

REVOKE = """
DO $$
DECLARE
  called regprocedure;
BEGIN
  FOR called IN SELECT oid FROM pg_proc
                 WHERE prosecdef AND pronamespace = 'public'::regnamespace AND has_function_privilege('public', oid, 'EXECUTE')
  LOOP
    EXECUTE format('REVOKE EXECUTE ON FUNCTION %s FROM PUBLIC', called);
  END LOOP;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("disbursements", "0021_late_contradictions")]

    operations = [migrations.RunSQL(REVOKE, migrations.RunSQL.noop)]
