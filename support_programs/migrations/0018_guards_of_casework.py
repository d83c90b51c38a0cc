"""Papers, answered requests, issued documents and answered grievances stay as they are, also against plain SQL.

A paper of a case that was found eligible can't be taken out: the finding rests on it.
"""

from django.db import migrations


def frozen(table: str, columns: tuple[str, ...], when: str = "") -> str:
    old = ", ".join(f"OLD.{column}" for column in columns)
    new = ", ".join(f"NEW.{column}" for column in columns)
    also = f"{when} AND " if when else ""
    return f"""
CREATE TRIGGER frozen BEFORE UPDATE ON support_programs_{table} FOR EACH ROW
  WHEN ({also}ROW({old}) IS DISTINCT FROM ROW({new})) EXECUTE FUNCTION refuse_rewriting();
"""


FROZEN = (
    (
        "casepaper",
        (
            "area_code", "case_id", "code", "label", "form", "file_id", "case_list_id", "note",
            "received_on", "received_by_id", "received_by_name",
        ),
        "",
    ),
    (
        "supplementrequest",
        (
            "area_code", "case_id", "items", "reason", "days_left", "due_before",
            "asked_on", "asked_by_id", "asked_by_name",
        ),
        "",
    ),
    (
        "officialdocument",
        (
            "kind", "case_id", "case_list_id", "decision_id", "grievance_id", "number", "dated", "signer_office",
            "signer_name", "content", "file_id", "sha256", "token", "made_by_id", "issued_by_id", "issued_on",
        ),
        "OLD.status IN ('issued', 'revoked')",
    ),
    (
        "grievance",
        ("kind", "topic", "channel", "filed_area_code", "text", "received_on", "tracking_hash"),
        "",
    ),
)  # fmt: skip

PAPER_STAYS = """
CREATE FUNCTION paper_stays_with_eligible_case() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM support_programs_case WHERE id = OLD.case_id AND status IN ('eligible', 'approved')) THEN
    RAISE EXCEPTION 'a paper stays with a case that was found eligible on it' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER stays_with_case BEFORE UPDATE OF removed_on ON support_programs_casepaper FOR EACH ROW
  WHEN (OLD.removed_on IS NULL AND NEW.removed_on IS NOT NULL) EXECUTE FUNCTION paper_stays_with_eligible_case();
"""

ANSWER_STAYS = """
CREATE TRIGGER answer_frozen BEFORE UPDATE ON support_programs_grievance FOR EACH ROW
  WHEN (OLD.status IN ('answered', 'declined', 'withdrawn')
        AND ROW(OLD.answer, OLD.outcome, OLD.answered_on, OLD.answered_by_id, OLD.decline_reason)
            IS DISTINCT FROM ROW(NEW.answer, NEW.outcome, NEW.answered_on, NEW.answered_by_id, NEW.decline_reason))
  EXECUTE FUNCTION refuse_rewriting();
CREATE TRIGGER answer_frozen BEFORE UPDATE ON support_programs_supplementrequest FOR EACH ROW
  WHEN (OLD.answered_on IS NOT NULL
        AND ROW(OLD.answered_on, OLD.answered_by_id, OLD.answer)
            IS DISTINCT FROM ROW(NEW.answered_on, NEW.answered_by_id, NEW.answer))
  EXECUTE FUNCTION refuse_rewriting();
"""


class Migration(migrations.Migration):
    dependencies = [("support_programs", "0017_casework")]

    operations = [
        *[
            migrations.RunSQL(
                frozen(table, columns, when), f"DROP TRIGGER IF EXISTS frozen ON support_programs_{table}"
            )
            for table, columns, when in FROZEN
        ],
        migrations.RunSQL(PAPER_STAYS, "DROP FUNCTION paper_stays_with_eligible_case() CASCADE"),
        migrations.RunSQL(
            ANSWER_STAYS,
            "DROP TRIGGER IF EXISTS answer_frozen ON support_programs_grievance;"
            "DROP TRIGGER IF EXISTS answer_frozen ON support_programs_supplementrequest",
        ),
    ]
