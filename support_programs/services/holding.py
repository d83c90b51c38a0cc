"""Lists are locked before their cases, and cases before their entitlements, by everybody."""

from django.db import connection
from django.db.models import QuerySet

from core.transitions import check_version
from core.workflow import Actor
from support_programs.enums import ListStatus
from support_programs.models import Case, CaseList


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


def hold_drafts(case: Case) -> None:
    """Keep the lists that are drawn up where this case may go: they are locked before it, as by who puts it into one."""
    drafts = CaseList.objects.filter(
        area_code=case.area_code,
        version_used_id=case.version_used_id,
        stream=case.stream,
        status=ListStatus.DRAFT,
    )
    list(drafts.order_by("pk").select_for_update(of=("self",)).values_list("pk"))


def hold_version(case: Case, *, actor: Actor, expected_version: int | None) -> Case:
    """The case locked after its list until the transaction ends; StaleRecord, which names who changed what and when, where it
    isn't the one that the actor's page showed. None asks nothing.
    """
    hold_lists(Case.objects.filter(pk=case.pk))
    locked = Case.objects.select_for_update(of=("self",)).get(pk=case.pk)
    check_version(locked, expected_version, actor)
    return locked
