"""Cases judged again where the registers say something else than when they were judged."""

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from core.transitions import TransitionRefused
from core.workflow import Actor
from support_programs.models import Case
from support_programs.permissions import READS_ONLY, works_on_cases
from support_programs.queries.register_entries import changed_since_judged
from support_programs.services.determinations import determine_cases
from support_programs.services.entry import OPEN
from support_programs.services.scope import check_area, check_role


@transaction.atomic
def recheck_case(case: Case, *, actor: Actor) -> Case:
    """Judge an open case again by what the registers say now.

    PermissionDenied outside the area and for who only reads; TransitionRefused for a decided case.
    """
    check_area(actor, case.area_code)
    check_role(actor, works_on_cases, READS_ONLY)
    locked = Case.objects.select_for_update(of=("self",)).get(pk=case.pk)
    if locked.status not in OPEN:
        raise TransitionRefused(_("Hồ sơ đã có kết luận nên không kiểm tra lại được."))
    determine_cases(Case.objects.filter(pk=locked.pk), actor=actor)
    locked.refresh_from_db()
    return locked


def recheck_changed(case_ids: Sequence[int], *, actor: Actor) -> int:
    """Judge again those of a locked set whose entries have changed; gives how many."""
    changed = changed_since_judged(case_ids)
    if changed:
        determine_cases(Case.objects.filter(pk__in=changed, status__in=OPEN), actor=actor)
    return len(changed)


def refuse_changed(case: Case) -> None:
    """TransitionRefused where the registers say something else than when the case was judged."""
    if changed_since_judged([case.pk], [case.version_used_id]):
        raise TransitionRefused(
            _("Mục của sổ đã thay đổi sau lần kiểm tra. Hãy bấm «Kiểm tra lại theo sổ» rồi xem kết quả.")
        )
