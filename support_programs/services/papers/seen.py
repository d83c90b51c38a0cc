"""Papers of one case that an officer holds on paper."""

from collections.abc import Collection

from django.db import transaction
from django.utils.translation import gettext as _

from core import clock
from core.audit import record_event
from core.text import clean_text, without_numbers
from core.transitions import TransitionRefused
from core.workflow import Actor
from support_programs.enums import PaperForm
from support_programs.models import Case, CasePaper
from support_programs.queries.case_papers import CHANGING
from support_programs.queries.programmes import definition_of
from support_programs.services.holding import hold_lists
from support_programs.services.papers.counting import recount_papers
from support_programs.services.scope import check_area, check_intake
from support_programs.workflow import CASE_WORKFLOW


def open_for_papers(case: Case, actor: Actor) -> Case:
    """The case locked after its list, for the desk that takes it in.

    PermissionDenied for another area or desk, also for who appraises it: they would judge by what they recorded themselves.
    TransitionRefused when the case is decided.
    """
    check_recording(case, actor)
    hold_lists(Case.objects.filter(pk=case.pk))
    locked = Case.objects.select_for_update(of=("self",)).get(pk=case.pk)
    check_open(locked)
    return locked


def check_recording(case: Case, actor: Actor) -> None:
    """PermissionDenied for another area, and for everybody but the desk that takes the case in."""
    check_area(actor, case.area_code)
    check_intake(actor, case.area_code)


def check_open(case: Case) -> None:
    """TransitionRefused when the case is decided."""
    if case.status not in CHANGING:
        label = CASE_WORKFLOW.state_labels.get(case.status, case.status)
        raise TransitionRefused(
            _("Không ghi giấy tờ được khi hồ sơ đang ở trạng thái «%(state)s».") % {"state": label}
        )


@transaction.atomic
def record_seen(case: Case, *, codes: Collection[str], actor: Actor, note: str = "") -> Case:
    """The desk has these papers before it, as originals or certified copies; what it recorded before stays as it was.

    Refused: a paper that the policy doesn't ask for, none at all, and as `open_for_papers`.
    """
    locked = open_for_papers(case, actor)
    known = {paper.code: paper.name for paper in definition_of(locked.version_used_id).evidence}
    if not codes or not set(codes) <= set(known):
        raise TransitionRefused(_("Hãy chọn giấy tờ mà chính sách yêu cầu."))
    live = CasePaper.objects.filter(case=locked, form=PaperForm.ORIGINAL, removed_on__isnull=True)
    fresh = [code for code in known if code in set(codes) - set(live.values_list("code", flat=True))]
    CasePaper.objects.bulk_create(
        CasePaper(
            area_code=locked.area_code,
            case=locked,
            code=code,
            label=known[code],
            form=PaperForm.ORIGINAL,
            note=without_numbers(clean_text(note))[:300],
            received_on=clock.today(),
            received_by_id=actor.pk,
            received_by_name=actor.full_name,
        )
        for code in fresh
    )
    if fresh:
        names = "; ".join(known[code] for code in fresh)
        record_event("case.papers_seen", locked, actor=actor, change={"papers": names})
        recount_papers([locked.pk])
        locked.refresh_from_db()
    return locked
