"""Who works on a case: taken up, handed over to a colleague of the same desk, let go; dropped when the case changes desks."""

from typing import Any, Final

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.queries.staff import full_names
from core import clock
from core.audit import record_events
from core.lookups import Among
from core.transitions import ManyResult, Refusal, TransitionRefused
from core.workflow import Actor
from support_programs.enums import ListStatus
from support_programs.models import Case, CaseList
from support_programs.permissions import READS_ONLY, works_on_cases
from support_programs.permissions.desks import led_by_me, on_my_desk
from support_programs.services.scope import check_area, check_no_number, check_role

# written with every change that puts a case on another desk, or on none
UNASSIGNED: Final[dict[str, Any]] = {"assigned_to_id": None, "assigned_on": None}


@transaction.atomic
def claim_cases(cases: QuerySet[Case], *, actor: Actor) -> ManyResult:
    """The officer takes cases of their own desk up: they stand on the own worklist from now on.

    Left as they are, and named: what lies on another desk, and what a colleague works on (who hands it over). What is one's own
    already stays so. Not a change of the case itself: nobody's open form becomes stale by it.
    """
    ids = _locked(cases, actor)
    rows = Case.objects.filter(Among.of(ids))
    elsewhere = _refused(rows.exclude(on_my_desk(actor)), _("Hồ sơ không ở bước xử lý của bạn."))
    busy = rows.filter(on_my_desk(actor), assigned_to_id__isnull=False).exclude(assigned_to_id=actor.pk)
    taken = _busy(busy)
    free = _without(ids, (*elsewhere, *taken))
    _give(Case.objects.filter(Among.of(free), assigned_to_id=None), actor, actor=actor, note="")
    return ManyResult(len(free), (*elsewhere, *taken))


@transaction.atomic
def assign_cases(cases: QuerySet[Case], *, to: User, actor: Actor, note: str = "") -> ManyResult:
    """Hand cases over to a colleague, whoever has them now; heads give out the work of their officers.

    Left as they are, and named: what is not on the actor's desk, and what is not on the colleague's (another desk or area).
    TransitionRefused for an account that is closed, and for an identity number in the note.
    """
    if not to.is_active:
        raise TransitionRefused(
            _("Tài khoản của %(name)s đã khóa. Hãy chọn người khác.") % {"name": to.full_name}
        )
    check_no_number(note)
    ids = _locked(cases, actor)
    rows = Case.objects.filter(Among.of(ids))
    elsewhere = _refused(rows.exclude(led_by_me(actor)), _("Hồ sơ không ở bước xử lý của bạn."))
    theirs = Case.objects.visible_to(to).filter(on_my_desk(to), Among.of(ids)).values("pk")
    words = _("Hồ sơ không ở bước xử lý của %(name)s.") % {"name": to.full_name}
    foreign = _refused(rows.filter(led_by_me(actor)).exclude(pk__in=theirs), words)
    given = _without(ids, (*elsewhere, *foreign))
    _give(Case.objects.filter(Among.of(given)).exclude(assigned_to_id=to.pk), to, actor=actor, note=note)
    return ManyResult(len(given), (*elsewhere, *foreign))


@transaction.atomic
def release_cases(cases: QuerySet[Case], *, actor: Actor, note: str = "") -> ManyResult:
    """Nobody works on these cases any more: they wait among those that nobody has taken. Left as they are: other desks' cases."""
    check_no_number(note)
    ids = _locked(cases, actor)
    rows = Case.objects.filter(Among.of(ids))
    elsewhere = _refused(rows.exclude(led_by_me(actor)), _("Hồ sơ không ở bước xử lý của bạn."))
    mine = _without(ids, elsewhere)
    _drop(Case.objects.filter(Among.of(mine)), actor=actor, note=note)
    return ManyResult(len(mine), elsewhere)


def claim_case(case: Case, *, actor: Actor) -> None:
    """One case as `claim_cases`; TransitionRefused with the sentence of what stands in the way."""
    _raise_refusal(claim_cases(Case.objects.filter(pk=case.pk), actor=actor))


def assign_case(case: Case, *, to: User, actor: Actor, note: str = "") -> None:
    """One case as `assign_cases`; TransitionRefused with the sentence of what stands in the way."""
    _raise_refusal(assign_cases(Case.objects.filter(pk=case.pk), to=to, actor=actor, note=note))


def release_case(case: Case, *, actor: Actor, note: str = "") -> None:
    """One case as `release_cases`; TransitionRefused with the sentence of what stands in the way."""
    _raise_refusal(release_cases(Case.objects.filter(pk=case.pk), actor=actor, note=note))


def drop_assignments(before: CaseList, after: CaseList, *, actor: Actor) -> None:
    """A list went up, back or out of everybody's hands: who worked on its cases at the desk before has nothing to do with them.

    Set-based; called in the block that moved the list. A move that leaves it on its desk changes nothing.
    """
    if _desk(before) != _desk(after):
        reason = _("Danh sách %(list)s đã chuyển bước.") % {"list": after.reference}
        _drop(Case.objects.filter(case_list=after), actor=actor, note=reason)


def _desk(case_list: CaseList) -> str:
    status = ListStatus(case_list.status)
    if status in (*ListStatus.at_commune(), ListStatus.AT_AGENCY):
        return "intake"
    if status == ListStatus.AT_DEPARTMENT and case_list.has_list_approval:
        return "money"
    return status.value


def _locked(cases: QuerySet[Case], actor: Actor) -> list[int]:
    check_role(actor, works_on_cases, READS_ONLY)
    rows = list(cases.order_by("pk").select_for_update(of=("self",)).values_list("pk", "area_code"))
    check_area(actor, *{area for _pk, area in rows})
    return [pk for pk, _area in rows]


def _without(ids: list[int], refused: tuple[Refusal, ...]) -> list[int]:
    left = {row.pk for row in refused}
    return [pk for pk in ids if pk not in left]


def _give(cases: QuerySet[Case], to: Actor, *, actor: Actor, note: str) -> None:
    action = "case.taken_up" if to.pk == actor.pk else "case.assigned"
    record_events(action, cases, actor=actor, reason=note.strip(), change={"officer": to.full_name})
    cases.update(assigned_to_id=to.pk, assigned_on=clock.today())


def _drop(cases: QuerySet[Case], *, actor: Actor, note: str) -> None:
    taken = cases.filter(assigned_to_id__isnull=False)
    record_events("case.released", taken, actor=actor, reason=note.strip())
    taken.update(**UNASSIGNED)


def _refused(cases: QuerySet[Case], reason: str) -> tuple[Refusal, ...]:
    rows = cases.order_by("pk").values_list("pk", "reference")
    return tuple(Refusal(pk, reference, reason) for pk, reference in rows)


def _busy(cases: QuerySet[Case]) -> tuple[Refusal, ...]:
    rows = list(cases.order_by("pk").values_list("pk", "reference", "assigned_to_id"))
    names = full_names({officer for *_row, officer in rows if officer})
    words = _("Hồ sơ đang do %(name)s xử lý. Muốn nhận, hãy dùng «Chuyển người xử lý».")
    return tuple(
        Refusal(pk, reference, words % {"name": names.get(officer or 0, "…")})
        for pk, reference, officer in rows
    )


def _raise_refusal(result: ManyResult) -> None:
    if result.refused:
        raise TransitionRefused(result.refused[0].reason)
