"""What pairs of people who may be one mean for dossiers: a panel on the case page, a counter on the worklist."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.enums import Role
from beneficiaries.models import DuplicateCandidate
from beneficiaries.queries.duplicates import WAITING, PairFilter, pairs_for, waiting_of
from core.workflow import Actor
from support_programs.enums import EntitlementStatus
from support_programs.models import Case
from support_programs.queries.dossier import dossier_of
from support_programs.queries.panels import Panel, register_case_panel
from support_programs.queries.queues import QueueRows, register_queue


def register() -> None:
    register_case_panel("duplicates", case_pairs, place="top")
    register_queue("duplicates", pair_queue)


def case_pairs(actor: Actor, case: Case) -> Panel | None:
    """Pairs that keep the applicant's money back, and whether what they are owed is paid under another case already.

    A pair that the actor may not open is counted only.
    """
    if case.person_id is None:
        return None
    pairs = list(waiting_of(dossier_of(case).entries))
    opened = DuplicateCandidate.objects.visible_to(actor).filter(pk__in=[pair.pk for pair in pairs])
    near = set(opened.values_list("pk", flat=True)) if pairs else set()
    owed = dossier_of(case).owed
    doubled = owed if owed is not None and owed.doubles_id is not None else None
    if not pairs and doubled is None:
        return None
    other = doubled.doubles if doubled else None
    return Panel(
        "support_programs/parts/case_pairs.html",
        {
            "pairs": [pair for pair in pairs if pair.pk in near],
            "elsewhere": sum(pair.pk not in near for pair in pairs),
            "is_blocking": any(pair.passed_by_id is None for pair in pairs),
            "other": other,
            "is_other_near": other is not None and other.area_code.startswith(actor.area_code),
            "is_paid": doubled is not None and doubled.status == EntitlementStatus.PAID,
        },
    )


def pair_queue(actor: Actor) -> Iterator[QueueRows]:
    """The pairs that wait for the answer of this desk."""
    if actor.has_role(Role.DISTRICT_OFFICER, Role.PROVINCIAL_REVIEWER):
        waiting = pairs_for(actor, PairFilter(WAITING))
        yield QueueRows(_("Cặp người nghi trùng"), reverse("beneficiaries:duplicate_list"), waiting)
