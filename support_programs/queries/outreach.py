"""People handed to their communes: who waits to be looked up, what came of it, and who has a case by now."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, QuerySet
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.workflow import Actor
from support_programs.enums import CaseStatus, OutreachState
from support_programs.models import Case, Outreach
from support_programs.permissions import case_appraiser, commune
from support_programs.queries.queues import QueueRows


def handed_over(actor: Actor, *, area_code: str = "", programme: str = "") -> QuerySet[Outreach]:
    """Those of the actor's area who still have no live case of the programme, the oldest hand-over first."""
    rows = Outreach.objects.visible_to(actor).in_area(area_code or actor.area_code)
    if programme:
        rows = rows.filter(programme=programme)
    # asked apart, so that each finds its cases by an index
    return rows.filter(~_has_case("person_id"), ~_has_case("person__joined_to_id")).order_by(
        "handed_on", "pk"
    )


def _has_case(of: str) -> Exists:
    """A live case of whom the person counts as, or (`of` is `person__joined_to_id`) of somebody joined to them."""
    root = Coalesce(OuterRef("person__joined_to_id"), OuterRef("person_id"))
    live = Case.objects.filter(programme=OuterRef("programme"), **{of: root})
    return Exists(live.exclude(status__in=CaseStatus.ended()))


def counts_by_state(rows: QuerySet[Outreach]) -> dict[str, int]:
    """How many there are in each state; one query."""
    found = rows.order_by().values("state").annotate(n=Count("pk"))
    return {state.value: 0 for state in OutreachState} | {row["state"]: row["n"] for row in found}


def handed_rows(rows: QuerySet[Outreach]) -> list[dict[str, Any]]:
    """What the list of handed-over people shows of each; one query."""
    found = rows.values(
        "pk",
        "state",
        "result",
        "letters",
        "note",
        "version",
        "area_code",
        "handed_on",
        "handed_by_name",
        "answered_on",
        "answered_by_name",
        code=F("programme_id"),
        reference=F("person__reference"),
        name=F("person__full_name"),
        born=F("person__birth_date"),
        year=F("person__birth_year"),
        hamlet=F("person__hamlet"),
    )
    return [dict(row) for row in found]


def queues_of_outreach(actor: Actor) -> Iterable[QueueRows]:
    """«Cần rà soát» for communes; for those who hand over, what communes have not answered yet."""
    if commune(actor):
        label = _("Cần rà soát")
    elif case_appraiser(actor):
        label = _("Xã đang rà soát")
    else:
        return []
    waiting = handed_over(actor).filter(state=OutreachState.WAITING)
    url = f"{reverse('support_programs:left_behind_handed')}?state={OutreachState.WAITING}"
    return [QueueRows(label, url, waiting)]
