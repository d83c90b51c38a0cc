"""Whose paper an issued one is, why it was revoked, and why a paper was taken out of a dossier stay as they were, also against
plain SQL.
"""

from django.db import migrations

ISSUED = ("reference", "area_code", "made_by_name", "issued_by_name")
REMOVED = ("removed_on", "removed_by_id", "removed_by_name", "removed_reason")


def differs(columns: tuple[str, ...]) -> str:
    old = ", ".join(f"OLD.{column}" for column in columns)
    new = ", ".join(f"NEW.{column}" for column in columns)
    return f"ROW({old}) IS DISTINCT FROM ROW({new})"


GUARDS = f"""
CREATE TRIGGER issuer_frozen BEFORE UPDATE ON support_programs_officialdocument FOR EACH ROW
  WHEN (OLD.status IN ('issued', 'revoked') AND {differs(ISSUED)}) EXECUTE FUNCTION refuse_rewriting();
CREATE TRIGGER reason_frozen BEFORE UPDATE ON support_programs_officialdocument FOR EACH ROW
  WHEN (OLD.status = 'revoked' AND {differs(("revoked_reason",))}) EXECUTE FUNCTION refuse_rewriting();
CREATE TRIGGER removal_frozen BEFORE UPDATE ON support_programs_casepaper FOR EACH ROW
  WHEN (OLD.removed_on IS NOT NULL AND {differs(REMOVED)}) EXECUTE FUNCTION refuse_rewriting();
"""
UNGUARD = """
DROP TRIGGER IF EXISTS issuer_frozen ON support_programs_officialdocument;
DROP TRIGGER IF EXISTS reason_frozen ON support_programs_officialdocument;
DROP TRIGGER IF EXISTS removal_frozen ON support_programs_casepaper;
"""


class Migration(migrations.Migration):
    dependencies = [("support_programs", "0026_what_was_sent_stays")]

    operations = [migrations.RunSQL(GUARDS, UNGUARD)]
