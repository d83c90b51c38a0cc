"""Whether the database holds the demo, something real, or nothing; and how the demo is thrown away."""

import shutil
from enum import Enum, auto

from django.conf import settings
from django.db import connections, transaction

from accounts.demo import ACCOUNTS
from accounts.models import User
from core.queries.references import PREFIXES
from reports.demo.province import OWNER, TABLES

# what the demo's people make through services and no table of `TABLES` stands above
_OF_SERVICES = (
    "core_job, core_storedfile, disbursements_store, disbursements_donation, disbursements_unclaimedreturn, "
    "reports_planentry, reports_targetplan, reports_scoringround, reports_councilmeeting, reports_councilmember, "
    "reports_ownreport, reports_reportlayout, reports_reportschedule"
)
# the movement itself is reference data that the demo began
_MOVEMENT_AGAIN = """
ALTER TABLE reports_movement DISABLE TRIGGER USER;
UPDATE reports_movement SET status = 'preparing', started_on = NULL, closed_on = NULL, version = 1;
ALTER TABLE reports_movement ENABLE TRIGGER USER
"""


class DemoState(Enum):
    EMPTY = auto()
    SEEDED = auto()
    REAL = auto()


def demo_state() -> DemoState:
    """Empty: no user and no person. Seeded: every account of the demo is there. Anything else is somebody's work."""
    with connections[OWNER].cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT FROM accounts_user) OR EXISTS (SELECT FROM beneficiaries_person)"
        )
        if not cursor.fetchone()[0]:
            return DemoState.EMPTY
    demo = {account.username for account in ACCOUNTS}
    found = User.objects.using(OWNER).filter(username__in=demo).count()
    return DemoState.SEEDED if found == len(demo) else DemoState.REAL


def empty_demo() -> None:
    """Empty the demo's tables and all that hangs on them, and remove the stored files."""
    names = ", ".join(f'"{table}"' for table in TABLES)
    with transaction.atomic(using=OWNER), connections[OWNER].cursor() as cursor:
        cursor.execute(f"TRUNCATE {names}, {_OF_SERVICES} RESTART IDENTITY CASCADE")
        # donors came with the donations; the other sources are reference data
        cursor.execute("DELETE FROM disbursements_fundingsource WHERE kind = 'donor'")
        cursor.execute(_MOVEMENT_AGAIN)
        for prefix in PREFIXES:
            cursor.execute(f"ALTER SEQUENCE reference_{prefix.lower()} RESTART")
    shutil.rmtree(settings.STORAGE_DIR, ignore_errors=True)
