"""The applicant of a case corrected by the commune, for example after a row came back marked."""

from collections.abc import Mapping
from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _

from beneficiaries.imports.profile import LABELS
from beneficiaries.services.people import correct_person
from core.audit import record_event
from core.transitions import TransitionRefused
from core.workflow import Actor
from support_programs.enums import CaseStatus, ListStatus
from support_programs.models import Case
from support_programs.permissions import intake_of
from support_programs.services.determinations import determine_cases
from support_programs.services.entry import share_entry
from support_programs.services.holding import hold_version
from support_programs.services.scope import check_area, check_intake

_OPEN: Final = (CaseStatus.DRAFT, CaseStatus.LISTED, CaseStatus.NEEDS_SUPPLEMENT)
_OPEN_LISTS: Final = (ListStatus.DRAFT, ListStatus.SENT_BACK)


def may_correct(case: Case, actor: Actor) -> bool:
    """Whether the page offers the correction; the service asks again under its locks."""
    return not why_not_correct(case, actor)


def why_not_correct(case: Case, actor: Actor) -> str:
    """What keeps this person from correcting the applicant; "" where nothing does."""
    has_role, denied = intake_of(case.area_code)
    return _closed(case) if actor.is_active and has_role(actor) else str(denied)


@transaction.atomic
def correct_applicant(
    case: Case,
    *,
    typed: Mapping[str, str],
    reason: str,
    actor: Actor,
    expected_version: int | None = None,
    keeps_warnings: bool = False,
) -> Case:
    """Correct person, current paper and the case's snapshot, and judge the case again; the corrector counts as having entered it.

    Refused: everybody but who took the dossier in (PermissionDenied), a claim without a person, a case or list that has gone
    on, no reason, an appraiser of the case (TransitionRefused), a page that is out of date (StaleRecord), and what
    `correct_person` refuses (PersonRefused).
    """
    check_area(actor, case.area_code)
    check_intake(actor, case.area_code)
    if not reason.strip():
        raise TransitionRefused(_("Hãy ghi lý do sửa."))
    locked = hold_version(case, actor=actor, expected_version=expected_version)
    if closed := _closed(locked):
        raise TransitionRefused(closed)
    share_entry(locked, actor)
    done = correct_person(
        person_id=locked.person_id or 0,  # a claim without a person is closed to this
        typed=typed,
        profile=locked.programme_id,
        on=locked.received_on,
        own_import=locked.import_row.list_import_id if locked.import_row else 0,
        keeps_warnings=keeps_warnings,
        reason=reason,
        actor=actor,
    )
    person = done.person
    if locked.occupation != person.occupation:
        locked.facts.pop("occupation_group", None)
    locked.applicant_name, locked.name_key, locked.name_sort = (
        person.full_name,
        person.name_key,
        person.name_sort,
    )
    locked.birth_date, locked.birth_year, locked.sex = person.birth_date, person.birth_year, person.sex
    locked.hamlet, locked.phone, locked.occupation = person.hamlet, person.phone, person.occupation
    if done.document is not None:
        locked.number_kind, locked.number_last3 = done.document.kind, done.document.number_last3
    locked.version += 1
    locked.save()
    fields = ", ".join(str(LABELS[field]) for field in done.after)
    record_event(
        "case.corrected",
        locked,
        actor=actor,
        reason=reason.strip(),
        change={"fields": fields, "before": dict(done.before), "after": dict(done.after)},
    )
    determine_cases(Case.objects.filter(pk=locked.pk), actor=actor)
    locked.refresh_from_db()
    return locked


def _closed(case: Case) -> str:
    """Why the applicant can't be corrected now; "" when that is possible."""
    if case.person_id is None:
        return _("Hồ sơ này của đơn vị, không có người đề nghị để sửa.")
    if case.status not in _OPEN:
        return _("Hồ sơ không còn ở xã nên không sửa thông tin người đề nghị được.")
    if case.case_list is not None and case.case_list.status not in _OPEN_LISTS:
        return _("Danh sách không còn ở bước xã đang lập nên không sửa được.")
    return ""
