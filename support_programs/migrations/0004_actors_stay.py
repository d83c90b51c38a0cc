"""Who entered, appraised and approved is not written over afterwards; an entitlement names the persons of its case and list.

Without this a statement could first change who entered a case and then let that person approve it: the checks that compare
the actors would hold of rows that tell a lie.
"""

from django.db import migrations

# columns that never change, and those that stay once the money is approved
FROZEN = {
    "case": (
        ("reference", "area_code", "programme_id", "person_id", "entered_by_id"),
        "approved",
        (
            "stream",
            "case_list_id",
            "applicant_name",
            "birth_date",
            "birth_year",
            "number_kind",
            "number_last3",
            "received_on",
            "result",
            "amount_proposed",
            "appraised_by_id",
            "appraised_on",
        ),
    ),
    "caselist": (
        ("reference", "area_code", "programme_id", "list_import_id", "created_by_id"),
        "money_approved",
        (
            "stream",
            "submitted_by_id",
            "list_approved_by_id",
            "money_appraised_by_id",
            "money_approved_by_id",
            "district_number",
            "district_date",
            "finance_number",
            "finance_date",
            "decision_id",
            "decision_number",
            "decision_date",
        ),
    ),
}

FOLLOWS = """
CREATE FUNCTION entitlement_follows_case() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (
    SELECT FROM support_programs_case c
    JOIN beneficiaries_person p ON p.id = c.person_id
    JOIN support_programs_programmeversion v ON v.id = c.version_used_id
    WHERE c.id = NEW.case_id AND NEW.version_hash = v.content_hash
      AND NEW.exclusive_group = coalesce(v.definition ->> 'exclusive_group', '')
      AND (c.reference, c.area_code, c.programme_id, c.case_list_id, c.entered_by_id, c.appraised_by_id,
           coalesce(p.joined_to_id, p.id))
        = (NEW.reference, NEW.area_code, NEW.programme_id, NEW.case_list_id, NEW.entered_by_id, NEW.appraised_by_id,
           NEW.claimant_id)
  ) THEN
    RAISE EXCEPTION 'an entitlement names the claimant, list, rules and actors of its case' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE FUNCTION entitlement_follows_list() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (
    SELECT FROM support_programs_caselist l JOIN support_programs_case c ON c.case_list_id = l.id
    WHERE l.id = NEW.case_list_id AND c.id = NEW.case_id AND l.status = 'money_approved' AND c.status = 'approved'
      AND (l.decision_id, l.list_approved_by_id, l.money_appraised_by_id, l.money_approved_by_id)
        = (NEW.decision_id, NEW.list_approved_by_id, NEW.money_appraised_by_id, NEW.money_approved_by_id)
  ) THEN
    RAISE EXCEPTION 'an entitlement is approved with its case and list, by their actors' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER follows_case BEFORE INSERT ON support_programs_entitlement FOR EACH ROW
  EXECUTE FUNCTION entitlement_follows_case();
CREATE TRIGGER follows_list BEFORE UPDATE ON support_programs_entitlement FOR EACH ROW
  WHEN (OLD.status = 'proposed' AND NEW.status = 'approved') EXECUTE FUNCTION entitlement_follows_list();
CREATE TRIGGER approval_stays BEFORE UPDATE ON support_programs_entitlement FOR EACH ROW
  WHEN (OLD.status NOT IN ('proposed', 'cancelled')
        AND ROW(OLD.decision_id, OLD.list_approved_by_id, OLD.money_appraised_by_id, OLD.money_approved_by_id)
            IS DISTINCT FROM
            ROW(NEW.decision_id, NEW.list_approved_by_id, NEW.money_appraised_by_id, NEW.money_approved_by_id))
  EXECUTE FUNCTION refuse_rewriting();
"""
UNFOLLOW = """
DROP TRIGGER approval_stays ON support_programs_entitlement;
DROP FUNCTION entitlement_follows_list() CASCADE;
DROP FUNCTION entitlement_follows_case() CASCADE;
"""


def row(side: str, columns: tuple[str, ...]) -> str:
    return f"ROW({', '.join(f'{side}.{column}' for column in columns)})"


def changed(columns: tuple[str, ...]) -> str:
    return f"{row('OLD', columns)} IS DISTINCT FROM {row('NEW', columns)}"


def trigger(table: str, always: tuple[str, ...], final: str, at_end: tuple[str, ...]) -> str:
    return f"""
CREATE TRIGGER frozen BEFORE UPDATE ON support_programs_{table} FOR EACH ROW
  WHEN ({changed(always)} OR (OLD.status = '{final}' AND {changed(at_end)})) EXECUTE FUNCTION refuse_rewriting();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("support_programs", "0003_entitlement_programme_index"),
        ("beneficiaries", "0001_schema"),
    ]

    operations = [
        migrations.RunSQL(FOLLOWS, UNFOLLOW),
        *[
            migrations.RunSQL(trigger(table, *columns), f"DROP TRIGGER frozen ON support_programs_{table}")
            for table, columns in FROZEN.items()
        ],
    ]
