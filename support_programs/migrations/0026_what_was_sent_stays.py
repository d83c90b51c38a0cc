"""A letter that urged, and who sent a complaint about what, stay as they were, also against plain SQL.

The ciphertext of a sender's telephone and address is left out: only the rotation of keys writes it anew.
"""

from django.db import migrations

LETTER = (
    "area_code", "sender_area_code", "lists", "text", "answer_by", "document_id",
    "sent_on", "sent_by_id", "sent_by_name",
)  # fmt: skip
SEEN = ("seen_on", "seen_by_id", "seen_by_name")
SENDER = ("reference", "sender_name", "case_id", "case_list_id", "entered_by_id")


def differs(columns: tuple[str, ...]) -> str:
    old = ", ".join(f"OLD.{column}" for column in columns)
    new = ", ".join(f"NEW.{column}" for column in columns)
    return f"ROW({old}) IS DISTINCT FROM ROW({new})"


GUARDS = f"""
CREATE TRIGGER frozen BEFORE UPDATE ON support_programs_reminder FOR EACH ROW
  WHEN ({differs(LETTER)}) EXECUTE FUNCTION refuse_rewriting();
CREATE TRIGGER seen_frozen BEFORE UPDATE ON support_programs_reminder FOR EACH ROW
  WHEN (OLD.seen_on IS NOT NULL AND {differs(SEEN)}) EXECUTE FUNCTION refuse_rewriting();
CREATE TRIGGER sender_frozen BEFORE UPDATE ON support_programs_grievance FOR EACH ROW
  WHEN ({differs(SENDER)}) EXECUTE FUNCTION refuse_rewriting();
"""
UNGUARD = """
DROP TRIGGER IF EXISTS frozen ON support_programs_reminder;
DROP TRIGGER IF EXISTS seen_frozen ON support_programs_reminder;
DROP TRIGGER IF EXISTS sender_frozen ON support_programs_grievance;
"""


class Migration(migrations.Migration):
    dependencies = [("support_programs", "0025_o_applications_stay")]

    operations = [migrations.RunSQL(GUARDS, UNGUARD)]
