"""What the database holds of children, paid days, other agencies' papers and figures by month, and of entitlements as before."""

from django.db import migrations

# columns that never change
FROZEN = {
    "entitlement": (
        "reference",
        "area_code",
        "programme_id",
        "case_id",
        "case_list_id",
        "claimant_id",
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
    "entitlementdays": ("area_code", "entitlement_id", "claimant_id", "days"),
    "agencyconfirmation": (
        "area_code",
        "case_list_id",
        "agency",
        "number",
        "signed_on",
        "scan_id",
        "note",
        "recorded_by_id",
        "recorded_by_name",
        "recorded_on",
    ),
    "employermonth": (
        "area_code",
        "case_id",
        "month",
        "workers",
        "amount",
        "note",
        "replaces_id",
        "reason",
        "recorded_by_id",
        "recorded_by_name",
        "recorded_on",
    ),
    "casechild": (
        "area_code",
        "case_id",
        "full_name",
        "birth_date",
        "relation",
        "identity_kind",
        "number_index",
        "number_last3",
        "added_by_id",
        "added_on",
    ),
}

FOLLOWS = """
CREATE FUNCTION children_follow_case() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE support_programs_casechild SET is_live = NEW.status NOT IN ('ineligible', 'withdrawn')
   WHERE case_id = NEW.id AND removed_on IS NULL;
  RETURN NULL;
END $$;
CREATE FUNCTION child_starts_with_case() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.is_live AND EXISTS (SELECT FROM support_programs_case
                              WHERE id = NEW.case_id AND status IN ('ineligible', 'withdrawn')) THEN
    RAISE EXCEPTION 'a child of an ended case is not live' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE FUNCTION days_end_with_entitlement() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE support_programs_entitlementdays SET is_live = false WHERE entitlement_id = NEW.id AND is_live;
  RETURN NULL;
END $$;
CREATE FUNCTION days_follow_entitlement() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM support_programs_entitlement e
                  WHERE e.id = NEW.entitlement_id AND e.claimant_id = NEW.claimant_id AND e.area_code = NEW.area_code
                    AND NEW.is_live = (e.status <> 'cancelled')) THEN
    RAISE EXCEPTION 'paid days name the claimant and state of their entitlement' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER children_follow AFTER UPDATE OF status ON support_programs_case FOR EACH ROW
  WHEN ((OLD.status IN ('ineligible', 'withdrawn')) <> (NEW.status IN ('ineligible', 'withdrawn')))
  EXECUTE FUNCTION children_follow_case();
CREATE TRIGGER starts_with_case BEFORE INSERT ON support_programs_casechild FOR EACH ROW
  EXECUTE FUNCTION child_starts_with_case();
CREATE TRIGGER days_end AFTER UPDATE OF status ON support_programs_entitlement FOR EACH ROW
  WHEN (OLD.status <> 'cancelled' AND NEW.status = 'cancelled') EXECUTE FUNCTION days_end_with_entitlement();
CREATE TRIGGER follow_entitlement BEFORE INSERT OR UPDATE ON support_programs_entitlementdays FOR EACH ROW
  EXECUTE FUNCTION days_follow_entitlement();
-- a corrected month does not come back, a removed child neither
CREATE TRIGGER stays_corrected BEFORE UPDATE ON support_programs_employermonth FOR EACH ROW
  WHEN (NEW.is_current AND NOT OLD.is_current) EXECUTE FUNCTION refuse_rewriting();
CREATE TRIGGER stays_removed BEFORE UPDATE ON support_programs_casechild FOR EACH ROW
  WHEN (OLD.removed_on IS NOT NULL AND ROW(OLD.removed_on, OLD.removed_reason, OLD.is_live)
        IS DISTINCT FROM ROW(NEW.removed_on, NEW.removed_reason, NEW.is_live)) EXECUTE FUNCTION refuse_rewriting();
"""
UNFOLLOW = """
DROP TRIGGER stays_corrected ON support_programs_employermonth;
DROP TRIGGER stays_removed ON support_programs_casechild;
DROP FUNCTION children_follow_case() CASCADE;
DROP FUNCTION child_starts_with_case() CASCADE;
DROP FUNCTION days_end_with_entitlement() CASCADE;
DROP FUNCTION days_follow_entitlement() CASCADE;
"""


def row(side: str, columns: tuple[str, ...]) -> str:
    return f"ROW({', '.join(f'{side}.{column}' for column in columns)})"


def trigger(table: str, columns: tuple[str, ...]) -> str:
    return f"""
CREATE TRIGGER frozen BEFORE UPDATE ON support_programs_{table} FOR EACH ROW
  WHEN ({row("OLD", columns)} IS DISTINCT FROM {row("NEW", columns)}) EXECUTE FUNCTION refuse_rewriting();
"""


class Migration(migrations.Migration):
    dependencies = [("support_programs", "0008_wider_claims")]

    operations = [
        migrations.RunSQL(FOLLOWS, UNFOLLOW),
        *[
            migrations.RunSQL(
                trigger(table, columns), f"DROP TRIGGER IF EXISTS frozen ON support_programs_{table}"
            )
            for table, columns in FROZEN.items()
        ],
    ]
