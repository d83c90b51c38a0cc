"""People and money by month of claims that another agency decides: as that agency tells them, corrected with a reason."""

import datetime as dt
from typing import Final

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from core import clock
from core.audit import record_event
from core.transitions import StaleRecord, TransitionRefused, wrong_state
from core.workflow import Actor
from support_programs.enums import CaseStatus
from support_programs.models import Case, EmployerMonth
from support_programs.permissions import intake_of
from support_programs.queries.programmes import definition_of
from support_programs.services.claim_refusals import ClaimRefused
from support_programs.services.scope import check_area, check_role
from support_programs.workflow import CASE_WORKFLOW

EARLIEST: Final = dt.date(2021, 1, 1)
MOST_WORKERS: Final = 1_000_000
MOST_MONEY: Final = 10**13
# before and after the other agency's decision
_TRACKED: Final = (CaseStatus.DRAFT, CaseStatus.DECIDED_ELSEWHERE)


def may_record_months(case: Case, actor: Actor) -> bool:
    """Whether the page offers the figures by month; the service asks again."""
    has_role, _denied = intake_of(case.area_code)
    is_tracked = definition_of(case.version_used_id).is_tracked_only
    return actor.is_active and has_role(actor) and is_tracked and case.status in _TRACKED


@transaction.atomic
def record_month(
    case: Case, *, month: dt.date, workers: int, amount: int, actor: Actor, note: str = ""
) -> EmployerMonth:
    """Figures of one month (any day of it), in people and đồng.

    ClaimRefused by field: a month to come or before 2021, one that is recorded already, figures below 0 or beyond sense.
    TransitionRefused for a case that isn't tracked or has ended, PermissionDenied for another area or role.
    """
    locked = _tracked_case(case, actor)
    first = month.replace(day=1)
    _check_figures(first, workers, amount)
    if EmployerMonth.objects.filter(case=locked, month=first, is_current=True).exists():
        raise ClaimRefused({"month": [_already(first)]}, is_conflict=True)
    try:
        with transaction.atomic():
            made = _row(locked, first, workers, amount, note, actor)
            made.save()
    except IntegrityError as error:
        raise ClaimRefused({"month": [_already(first)]}, is_conflict=True) from error
    record_event("case.month_recorded", locked, actor=actor, change=_told(made))
    return made


@transaction.atomic
def correct_month(
    row: EmployerMonth, *, workers: int, amount: int, reason: str, actor: Actor, note: str = ""
) -> EmployerMonth:
    """A new row in the place of the old one, which stays with its figures. Refused without a reason, and for a row that was
    corrected already (StaleRecord); otherwise as `record_month`.
    """
    locked = _tracked_case(row.case, actor)
    if not reason.strip():
        raise ClaimRefused({"reason": [_("Hãy ghi lý do sửa.")]})
    _check_figures(row.month, workers, amount)
    done = EmployerMonth.objects.filter(pk=row.pk, is_current=True).update(is_current=False)
    if not done:
        raise StaleRecord(_("Có người vừa sửa số liệu tháng này. Hãy mở lại trang để xem bản mới."))
    made = _row(locked, row.month, workers, amount, note, actor)
    made.replaces, made.reason = row, reason.strip()[:500]
    made.save()
    before = {"workers": row.workers, "amount": row.amount}
    record_event(
        "case.month_corrected",
        locked,
        actor=actor,
        reason=reason.strip(),
        change={**_told(made), "before": before},
    )
    return made


def check_recording(case: Case, actor: Actor) -> None:
    """PermissionDenied for another area, or for who takes no dossiers in there."""
    check_area(actor, case.area_code)
    check_role(actor, *intake_of(case.area_code))


def _tracked_case(case: Case, actor: Actor) -> Case:
    check_recording(case, actor)
    locked = Case.objects.select_for_update(of=("self",)).get(pk=case.pk)
    if not definition_of(locked.version_used_id).is_tracked_only:
        raise TransitionRefused(_("Chính sách này không theo dõi số liệu từng tháng."))
    if locked.status not in _TRACKED:
        raise TransitionRefused(wrong_state(CASE_WORKFLOW, locked.status))
    return locked


def _check_figures(month: dt.date, workers: int, amount: int) -> None:
    errors: dict[str, list[str]] = {}
    if not EARLIEST <= month <= clock.today():
        errors["month"] = [_("Chỉ ghi các tháng từ 01/2021 đến tháng này.")]
    if not 0 <= workers <= MOST_WORKERS:
        errors["workers"] = [_("Hãy kiểm tra lại số lao động.")]
    if not 0 <= amount <= MOST_MONEY:
        errors["amount"] = [_("Hãy kiểm tra lại số tiền.")]
    if errors:
        raise ClaimRefused(errors)


def _row(case: Case, month: dt.date, workers: int, amount: int, note: str, actor: Actor) -> EmployerMonth:
    return EmployerMonth(
        area_code=case.area_code,
        case=case,
        month=month,
        workers=workers,
        amount=amount,
        note=note.strip()[:250],
        recorded_by_id=actor.pk,
        recorded_by_name=actor.full_name,
        recorded_on=clock.today(),
    )


def _already(month: dt.date) -> str:
    return _("Tháng %(month)s đã có số liệu. Hãy sửa số liệu của tháng đó.") % {"month": f"{month:%m/%Y}"}


def _told(row: EmployerMonth) -> dict[str, object]:
    return {"month": f"{row.month:%m/%Y}", "workers": row.workers, "amount": row.amount}
