"""A list goes the way of its version's chain; an entitlement names claimant or employer, period and goods of its case.

The short ways (no posting, no appraisal of the money, the department's own lists) are open only where the chain says so, and
where another agency confirms first its paper must have been recorded. Who recorded it, or ended the department's appraisal,
decides nothing after that (I7).
"""

from django.db import migrations

# columns that never change, and those that stay once the money is approved
FROZEN = {
    "case": (
        ("reference", "area_code", "programme_id", "person_id", "entered_by_id"),
        "approved",
        (
            "version_used_id",
            "stream",
            "employer_id",
            "period",
            "case_list_id",
            "applicant_name",
            "birth_date",
            "birth_year",
            "number_kind",
            "number_last3",
            "received_on",
            "result",
            "amount_proposed",
            "unit",
            "quantity",
            "appraised_by_id",
            "appraised_on",
        ),
    ),
    "caselist": (
        (
            "reference",
            "area_code",
            "programme_id",
            "employer_id",
            "list_import_id",
            "created_by_id",
            "has_list_approval",
            "has_money_appraisal",
        ),
        "money_approved",
        (
            "version_used_id",
            "stream",
            "submitted_by_id",
            "list_approved_by_id",
            "concluded_by_id",
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
    "entitlement": (
        (
            "reference",
            "area_code",
            "programme_id",
            "case_id",
            "case_list_id",
            "claimant_id",
            "employer_id",
            "period",
            "exclusive_group",
            "second_group",
            "amount",
            "cap",
            "unit",
            "quantity",
            "lines",
            "version_hash",
            "payee_name",
            "payee_number_last3",
            "entered_by_id",
            "appraised_by_id",
            "has_list_approval",
        ),
        "",
        (),
    ),
}

CHAINS = """
CREATE FUNCTION list_starts_by_chain() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  chain jsonb := (SELECT definition -> 'chain' FROM support_programs_programmeversion WHERE id = NEW.version_used_id);
BEGIN
  -- what was filed with the department itself is appraised there
  IF NEW.has_list_approval <> (chain @> '[{"step": "district_appraisal"}]' AND length(NEW.area_code) > 2)
     OR NEW.has_money_appraisal <> chain @> '[{"step": "money_appraisal"}]' THEN
    RAISE EXCEPTION 'list % does not name the approvals of its chain', NEW.reference USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE FUNCTION list_follows_chain() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  chain jsonb := (SELECT definition -> 'chain' FROM support_programs_programmeversion WHERE id = NEW.version_used_id);
  posting boolean := chain @> '[{"step": "posting"}]';
  agency boolean := chain @> '[{"step": "confirmation"}]' OR chain @> '[{"step": "tax_review"}]';
  district boolean := NEW.has_list_approval;
  money boolean := NEW.has_money_appraisal;
  confirmed boolean := EXISTS (SELECT FROM support_programs_agencyconfirmation
                                WHERE case_list_id = NEW.id AND recorded_on >= OLD.step_started_on);
BEGIN
  IF (CASE OLD.status || ':' || NEW.status
       WHEN 'draft:posting' THEN NOT posting
       WHEN 'draft:at_agency' THEN posting OR NOT agency
       WHEN 'draft:at_district' THEN posting OR agency OR NOT district
       WHEN 'draft:at_department' THEN posting OR agency OR district
       WHEN 'posted:at_agency' THEN NOT agency
       WHEN 'posted:at_district' THEN agency OR NOT district
       WHEN 'at_agency:at_district' THEN NOT district OR NOT confirmed
       WHEN 'at_agency:at_department' THEN district OR NOT confirmed
       WHEN 'district_approved:at_department' THEN NOT money
       WHEN 'district_approved:at_province' THEN money
       WHEN 'at_department:money_appraised' THEN NOT money
       WHEN 'at_department:at_province' THEN district OR money
       WHEN 'at_department:at_district' THEN NOT district
       WHEN 'at_province:at_district' THEN NOT district
       WHEN 'at_province:at_department' THEN district
       ELSE false
     END) THEN
    RAISE EXCEPTION 'list % does not follow the chain of its programme', NEW.reference USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER starts_by_chain BEFORE INSERT OR UPDATE OF version_used_id ON support_programs_caselist FOR EACH ROW
  EXECUTE FUNCTION list_starts_by_chain();
CREATE TRIGGER follows_chain BEFORE UPDATE ON support_programs_caselist FOR EACH ROW
  WHEN (OLD.status IS DISTINCT FROM NEW.status) EXECUTE FUNCTION list_follows_chain();
"""
WITHOUT_CHAINS = """
DROP FUNCTION list_starts_by_chain() CASCADE;
DROP FUNCTION list_follows_chain() CASCADE;
"""

FOLLOWS = """
CREATE OR REPLACE FUNCTION entitlement_follows_case() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (
    SELECT FROM support_programs_case c
    JOIN support_programs_caselist l ON l.id = c.case_list_id
    JOIN support_programs_programmeversion v ON v.id = c.version_used_id
    LEFT JOIN beneficiaries_person p ON p.id = c.person_id
    WHERE c.id = NEW.case_id AND NEW.version_hash = v.content_hash
      AND NEW.exclusive_group = coalesce(v.definition ->> 'exclusive_group', '')
      AND (NEW.second_group = ''
           OR v.definition -> 'excludes' @> jsonb_build_array(jsonb_build_object('group', NEW.second_group)))
      AND (c.reference, c.area_code, c.programme_id, c.case_list_id, c.entered_by_id, c.appraised_by_id,
           l.has_list_approval, c.period, c.unit, c.quantity)
        = (NEW.reference, NEW.area_code, NEW.programme_id, NEW.case_list_id, NEW.entered_by_id, NEW.appraised_by_id,
           NEW.has_list_approval, NEW.period, NEW.unit, NEW.quantity)
      AND (coalesce(p.joined_to_id, p.id), c.employer_id) IS NOT DISTINCT FROM (NEW.claimant_id, NEW.employer_id)
  ) THEN
    RAISE EXCEPTION 'an entitlement names the claimant, list, rules and actors of its case' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE OR REPLACE FUNCTION entitlement_follows_list() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (
    SELECT FROM support_programs_caselist l JOIN support_programs_case c ON c.case_list_id = l.id
    WHERE l.id = NEW.case_list_id AND c.id = NEW.case_id AND l.status = 'money_approved' AND c.status = 'approved'
      AND (l.decision_id, l.list_approved_by_id, l.money_appraised_by_id, l.money_approved_by_id)
        IS NOT DISTINCT FROM
          (NEW.decision_id, NEW.list_approved_by_id, NEW.money_appraised_by_id, NEW.money_approved_by_id)
  ) THEN
    RAISE EXCEPTION 'an entitlement is approved with its case and list, by their actors' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE OR REPLACE FUNCTION list_approvers_did_no_entry() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  deciding bigint[] := array_remove(ARRAY[NEW.list_approved_by_id, NEW.money_appraised_by_id, NEW.money_approved_by_id], NULL);
  -- who ends the department's appraisal may have appraised the cases, but not entered them
  concluding bigint[] := array_remove(ARRAY[NEW.concluded_by_id], NULL);
BEGIN
  IF EXISTS (SELECT FROM support_programs_case c
               LEFT JOIN beneficiaries_importrow r ON r.id = c.import_row_id
               LEFT JOIN beneficiaries_listimport i ON i.id = r.list_import_id
              WHERE c.case_list_id = NEW.id
                AND (ARRAY[c.entered_by_id, i.created_by_id, r.corrected_by_id, r.accepted_by_id] && (deciding || concluding)
                     OR c.appraised_by_id = ANY (deciding)))
     OR EXISTS (SELECT FROM support_programs_agencyconfirmation
                 WHERE case_list_id = NEW.id AND recorded_by_id = ANY (deciding || concluding)) THEN
    RAISE EXCEPTION 'an approver of list % entered or appraised one of its rows', NEW.reference USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;
DROP TRIGGER approvers_did_no_entry ON support_programs_caselist;
CREATE TRIGGER approvers_did_no_entry AFTER UPDATE ON support_programs_caselist FOR EACH ROW
  WHEN (ROW(OLD.list_approved_by_id, OLD.concluded_by_id, OLD.money_appraised_by_id, OLD.money_approved_by_id)
        IS DISTINCT FROM
        ROW(NEW.list_approved_by_id, NEW.concluded_by_id, NEW.money_appraised_by_id, NEW.money_approved_by_id))
  EXECUTE FUNCTION list_approvers_did_no_entry();
"""


def row(side: str, columns: tuple[str, ...]) -> str:
    return f"ROW({', '.join(f'{side}.{column}' for column in columns)})"


def changed(columns: tuple[str, ...]) -> str:
    return f"{row('OLD', columns)} IS DISTINCT FROM {row('NEW', columns)}"


def trigger(table: str, always: tuple[str, ...], final: str, at_end: tuple[str, ...]) -> str:
    late = f" OR (OLD.status = '{final}' AND {changed(at_end)})" if final else ""
    return f"""
DROP TRIGGER frozen ON support_programs_{table};
CREATE TRIGGER frozen BEFORE UPDATE ON support_programs_{table} FOR EACH ROW
  WHEN ({changed(always)}{late}) EXECUTE FUNCTION refuse_rewriting();
"""


class Migration(migrations.Migration):
    dependencies = [("support_programs", "0010_employers"), ("beneficiaries", "0004_employers")]

    operations = [
        migrations.RunSQL(CHAINS, WITHOUT_CHAINS),
        migrations.RunSQL(FOLLOWS, migrations.RunSQL.noop),
        *[
            migrations.RunSQL(trigger(table, *columns), migrations.RunSQL.noop)
            for table, columns in FROZEN.items()
        ],
    ]
