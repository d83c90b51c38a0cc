"""Who changes what is known of an applicant counts as having entered the case, and decides nothing on it (I7)."""

from typing import Final

from django.utils.translation import gettext as _

from beneficiaries.models import ImportRow
from core.transitions import TransitionRefused
from core.workflow import Actor
from support_programs.enums import CaseStatus
from support_programs.models import Case
from support_programs.permissions import facts_desk_of
from support_programs.services.holding import hold_version
from support_programs.services.scope import check_area, check_role
from support_programs.workflow import CASE_WORKFLOW

# what is known of a case changes only while somebody may still judge it
OPEN: Final = (CaseStatus.DRAFT, CaseStatus.LISTED, CaseStatus.APPRAISING, CaseStatus.NEEDS_SUPPLEMENT)


def may_state(case: Case, actor: Actor) -> bool:
    """Whether the page offers to change answers and children; the services ask again under their locks."""
    return not why_not_state(case, actor)


def why_not_state(case: Case, actor: Actor) -> str:
    """What keeps this person from changing answers and children; "" where nothing does."""
    has_role, denied = facts_desk_of(case.area_code)
    if not actor.is_active or not has_role(actor):
        return str(denied)
    return "" if case.status in OPEN else _closed(case)


def check_stating(case: Case, actor: Actor) -> None:
    """PermissionDenied for another area, or for who states no facts of what was taken in there."""
    check_area(actor, case.area_code)
    check_role(actor, *facts_desk_of(case.area_code))


def open_case(case: Case, actor: Actor, expected_version: int | None = None) -> Case:
    """The case locked after its list, for somebody who states facts of it.

    PermissionDenied for another area or role; StaleRecord when it was changed since `expected_version`; TransitionRefused
    when it is decided.
    """
    check_stating(case, actor)
    locked = hold_version(case, actor=actor, expected_version=expected_version)
    if locked.status not in OPEN:
        raise TransitionRefused(_closed(locked))
    return locked


def _closed(case: Case) -> str:
    label = CASE_WORKFLOW.state_labels.get(case.status, case.status)
    return _("Không sửa thông tin được khi hồ sơ đang ở trạng thái «%(state)s».") % {"state": label}


def share_entry(case: Case, actor: Actor) -> None:
    """Name the actor among those who entered the row, without taking anybody else's name off.

    They are who took the row in, uploaded its list, corrected it, kept its warnings. Of a row of a list only the corrector's
    place can be taken: when it is empty, or its person stands in another one. A case typed by hand names all who changed it.
    """
    if case.appraised_by_id == actor.pk:
        raise TransitionRefused(_("Bạn đã thẩm định hồ sơ này nên không được sửa thông tin người đề nghị."))
    row = case.import_row
    uploaded, accepted, corrected = (
        (row.list_import.created_by_id, row.accepted_by_id, row.corrected_by_id)
        if row
        else (None, None, None)
    )
    also = case.also_entered_by or []
    if actor.pk in (case.entered_by_id, uploaded, accepted, corrected, *also):
        return
    if row is None:
        case.also_entered_by = [*also, actor.pk]
        Case.objects.filter(pk=case.pk).update(also_entered_by=case.also_entered_by)
    elif corrected in (None, case.entered_by_id, uploaded, accepted):
        ImportRow.objects.filter(pk=row.pk).update(corrected_by_id=actor.pk)
    else:
        raise TransitionRefused(
            _("Hồ sơ này do người khác nhập và sửa. Bạn hãy nhờ người đã nhập hoặc đã sửa hồ sơ ghi lại.")
        )
