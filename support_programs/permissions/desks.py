"""On whose desk a case lies, as query conditions: who takes dossiers in, and who appraises them."""

from functools import reduce
from operator import or_
from typing import Final

from django.apps import apps
from django.db.models import Q

from accounts.enums import DISTRICT_DIGITS
from core.workflow import Actor
from support_programs.enums import CaseStatus as C
from support_programs.enums import ListStatus as L
from support_programs.permissions import INTAKE, commune, district_head, district_officer, reviewer
from support_programs.permissions.conditions import NOTHING, at_level

# states in which those who took the dossier in have it, and those who appraise it
WITH_INTAKE: Final = (C.DRAFT, C.LISTED, C.NEEDS_SUPPLEMENT)
WITH_APPRAISER: Final = (C.APPRAISING, C.ELIGIBLE)
# nobody has anything to do with a single case in any other state
OPEN: Final = (*WITH_INTAKE, *WITH_APPRAISER)

AT_DISTRICT: Final = Q(status__in=WITH_APPRAISER, case_list__status=L.AT_DISTRICT)
AT_DEPARTMENT: Final = Q(
    status__in=WITH_APPRAISER, case_list__status=L.AT_DEPARTMENT, case_list__has_list_approval=False
)


def tracked() -> Q:
    """Claims that another agency decides: nothing but its paper is waited for. The few versions are looked at once."""
    versions = apps.get_model("support_programs.ProgrammeVersion")._default_manager
    found = versions.filter(definition__contains={"is_tracked_only": True})
    return Q(version_used__in=found.values("pk"))


def on_my_desk(actor: Actor) -> Q:
    """Cases that this person's roles have to do with now. Which area they see is another question (`visible_to`)."""
    mine = [
        Q(at_level(digits), status__in=WITH_INTAKE)
        for digits, (sits_there, _denied) in INTAKE.items()
        if sits_there(actor)
    ]
    if district_officer(actor):
        mine.append(AT_DISTRICT)
    if reviewer(actor):
        mine.append(AT_DEPARTMENT)
    return reduce(or_, mine, NOTHING)


def reach_of(actor: Actor) -> Q:
    """The cases among which those of one's queues are. The department's few are named at once, so that counting them does not
    look at every open case of the province; others have their area.
    """
    if not reviewer(actor) or commune(actor) or district_officer(actor):
        return Q()
    lists = apps.get_model("support_programs.CaseList")._default_manager
    appraised = lists.filter(status=L.AT_DEPARTMENT, has_list_approval=False).values("pk")
    return (
        Q(area_code=actor.area_code)
        | Q(status__in=WITH_APPRAISER, case_list__in=appraised)
        | (Q(status=C.DRAFT) & tracked())
    )


def led_by_me(actor: Actor) -> Q:
    """Cases on the desks whose work this person gives out: one's own, and of a head those of the district's officers."""
    mine = on_my_desk(actor)
    if district_head(actor):
        mine = mine | AT_DISTRICT | Q(at_level(DISTRICT_DIGITS), status__in=WITH_INTAKE)
    return mine


def asks_for_work(actor: Actor) -> Q:
    """Cases on one's desk that each wait for somebody to look at them; rows that only travel with their list don't, nor what
    another agency decides.
    """
    at_rest = Q(status__in=(C.LISTED, C.ELIGIBLE), mark_text="") | (Q(status=C.DRAFT) & tracked())
    return on_my_desk(actor) & ~at_rest
