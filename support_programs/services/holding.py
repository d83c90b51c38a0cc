"""Lists are locked before their cases, and cases before their entitlements, by everybody."""

from django.db import connection
from django.db.models import QuerySet

from support_programs.models import Case


def hold_lists(cases: QuerySet[Case]) -> None:
    """Keep the lists of these cases at their step until the transaction ends.

    Shared: officers who act on rows of one list don't wait for each other, but its approval or its way back waits for them, and
    they for it. Without it a row could be reopened in the moment in which the head approves, or each wait for the other.
    """
    inside = cases.order_by().exclude(case_list=None)
    lists = sorted(inside.values_list("case_list_id", flat=True).distinct())
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id FROM support_programs_caselist WHERE id = ANY(%s) ORDER BY id FOR SHARE", [lists]
        )
