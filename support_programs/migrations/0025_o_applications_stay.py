"""What a citizen sent in is not rewritten, and an application that became a case is never removed, also against plain SQL.

Those that never became one may be removed when their time is over (core/data/retention.toml). The ciphertext is left out: only
the rotation of keys writes it anew.
"""

from django.db import migrations

SENT = ("reference", "area_code", "programme_id", "applicant_name", "birth_year", "tracking_hash", "sent_on")
HANDLED = ("case_id", "handled_by_id", "handled_by_name", "handled_on", "decline_reason")


def differs(columns: tuple[str, ...]) -> str:
    old = ", ".join(f"OLD.{column}" for column in columns)
    new = ", ".join(f"NEW.{column}" for column in columns)
    return f"ROW({old}) IS DISTINCT FROM ROW({new})"


GUARDS = f"""
CREATE TRIGGER frozen BEFORE UPDATE ON support_programs_publicapplication FOR EACH ROW
  WHEN ({differs(SENT)}) EXECUTE FUNCTION refuse_rewriting();
CREATE TRIGGER answer_frozen BEFORE UPDATE ON support_programs_publicapplication FOR EACH ROW
  WHEN (OLD.status <> 'new' AND {differs(HANDLED)}) EXECUTE FUNCTION refuse_rewriting();
CREATE TRIGGER taken_in_stays BEFORE DELETE ON support_programs_publicapplication FOR EACH ROW
  WHEN (OLD.status = 'taken_in') EXECUTE FUNCTION refuse_rewriting();
"""
UNGUARD = """
DROP TRIGGER IF EXISTS frozen ON support_programs_publicapplication;
DROP TRIGGER IF EXISTS answer_frozen ON support_programs_publicapplication;
DROP TRIGGER IF EXISTS taken_in_stays ON support_programs_publicapplication;
"""


class Migration(migrations.Migration):
    dependencies = [("support_programs", "0018_guards_of_casework")]

    operations = [migrations.RunSQL(GUARDS, UNGUARD)]
