"""What the database itself holds: the rights of the role `app` and the triggers of the workflow tables.

Installed after every `migrate`, by its owner, so that they always follow the code. The application's role owns
nothing, empties nothing, deletes
only what is meant to go, and of the audit log it can neither change a line nor name its number or time.
"""

from typing import Any, Final

from django.conf import settings
from django.db import connections

from core.workflow import Workflow, transition_trigger_sql

_DELETABLE: Final = (
    "accounts_roleassignment",
    "authtoken_token",
    "axes_accessattempt",
    "axes_accessattemptexpiration",
    "axes_accessfailurelog",
    "axes_accesslog",
    "beneficiaries_columnmapping",
    "beneficiaries_importrow",
    "django_session",
    "support_programs_claimdraft",
    # never one that became a case (trigger taken_in_stays)
    "support_programs_publicapplication",
    "support_programs_savedview",
)
# written by the database's own triggers only
_READ_ONLY: Final = ("disbursements_ledgerposting", "disbursements_stockbalance", "reports_figuresum")
# of these the application changes nothing but one column: balances follow the ledger
_COLUMNS_ONLY: Final = (("disbursements_budgetline", "note"),)
_EVENT_COLUMNS: Final = """
business_date, actor_id, actor_name, action, object_type, object_id, object_ref, area_code, reason, change"""


def rights_sql(role: str) -> str:
    """The rights of the application's role, as statements that may be run again."""
    deletable, read_only = ", ".join(_DELETABLE), ", ".join(_READ_ONLY)
    columns = "\n".join(
        f'REVOKE UPDATE ON {table} FROM "{role}"; GRANT UPDATE ({column}) ON {table} TO "{role}";'
        for table, column in _COLUMNS_ONLY
    )
    return f"""
REVOKE ALL ON ALL TABLES IN SCHEMA public FROM "{role}";
GRANT USAGE ON SCHEMA public TO "{role}";
GRANT SELECT, INSERT, UPDATE ON ALL TABLES IN SCHEMA public TO "{role}";
GRANT DELETE ON {deletable} TO "{role}";
GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO "{role}";
REVOKE INSERT, UPDATE ON {read_only} FROM "{role}";
{columns}
REVOKE INSERT, UPDATE ON core_event FROM "{role}";
GRANT INSERT ({_EVENT_COLUMNS}) ON core_event TO "{role}";
REVOKE INSERT, UPDATE ON django_migrations FROM "{role}";
"""


def install_rights(using: str, **_signal: Any) -> None:
    """Give the role of the `default` connection its rights; called after `migrate` on the owner's connection."""
    role = str(settings.DATABASES["default"]["USER"])
    with connections[using].cursor() as cursor:
        cursor.execute("SELECT current_user = %s", [role])
        if cursor.fetchone()[0]:
            raise RuntimeError("migrate must run as the owner: manage.py migrate --database owner")
        cursor.execute(rights_sql(role))


def install_workflow(workflow: Workflow, using: str) -> None:
    """Make the database refuse every jump that this workflow table does not list."""
    with connections[using].cursor() as cursor:
        cursor.execute(transition_trigger_sql(workflow))
