"""A grievance is taken up, handed on, answered or given back; each with its term, each in the log."""

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.enums import DISTRICT_DIGITS
from accounts.models import User
from accounts.queries import children_of
from core import clock
from core.audit import PROVINCE, record_event
from core.queries.calendar import working_calendar
from core.transitions import TransitionRefused, perform
from core.workflow import Actor
from support_programs.enums import GrievanceKind, GrievanceOutcome, GrievanceStatus
from support_programs.models import Grievance
from support_programs.permissions import (
    COMMUNE_DIGITS,
    NOT_GRIEVANCE_DESK,
    grievance_desk,
)
from support_programs.permissions.grievances import DESKS
from support_programs.queries.grievances import office_name
from support_programs.rules.grievance_clocks import ACCEPT, ANSWER, term_of
from support_programs.services.grievances.filing import SHORTEST, paragraphs
from support_programs.services.scope import check_area, check_no_number, check_role
from support_programs.workflow import GRIEVANCE_WORKFLOW


@transaction.atomic
def accept_grievance(grievance: Grievance, *, actor: Actor, expected_version: int | None = None) -> Grievance:
    """The office takes it up: the term of the answer runs from today, and it is on the desk of who took it up.

    Refused: another office's, a denunciation outside the department, who entered or appraised what is complained about.
    """
    check_area(actor, grievance.area_code)
    today = clock.today()
    return perform(
        GRIEVANCE_WORKFLOW,
        grievance,
        "grievance.accept",
        actor=actor,
        changes={
            "accepted_on": today,
            "due_on": term_of(grievance.kind, ANSWER).due_on(today, working_calendar()),
            "assigned_to_id": actor.pk,
        },
        expected_version=expected_version,
    )


@transaction.atomic
def decline_grievance(
    grievance: Grievance, *, reason: str, actor: Actor, expected_version: int | None = None
) -> Grievance:
    """Not taken up, for a reason that its sender reads. Refused as `accept_grievance`, and without a reason."""
    check_area(actor, grievance.area_code)
    said = _said(reason)
    return perform(
        GRIEVANCE_WORKFLOW,
        grievance,
        "grievance.decline",
        actor=actor,
        reason=said,
        changes={"decline_reason": said, "due_on": None},
        expected_version=expected_version,
    )


def forwarding_areas(grievance: Grievance) -> list[tuple[str, str]]:
    """Offices that it may be handed to: those above it, and those below. A denunciation goes to the department only."""
    area = grievance.area_code
    above = {COMMUNE_DIGITS: [area[:DISTRICT_DIGITS], PROVINCE], DISTRICT_DIGITS: [PROVINCE]}.get(
        len(area), []
    )
    if grievance.kind == GrievanceKind.DENUNCIATION:
        return [(code, office_name(code)) for code in above if code == PROVINCE]
    below = [(code, office_name(code)) for code, _name in children_of(area)]
    return [*((code, office_name(code)) for code in above), *below]


@transaction.atomic
def forward_grievance(
    grievance: Grievance, *, to_area: str, reason: str, actor: Actor, expected_version: int | None = None
) -> Grievance:
    """Another office owes the answer: the row moves there, and the term of taking it up begins anew today.

    Who handed it up sees it no longer. Refused: an office that is neither above nor below, and without a reason.
    """
    check_area(actor, grievance.area_code)
    offices = dict(forwarding_areas(grievance))
    if to_area not in offices:
        raise TransitionRefused(_("Hãy chọn cơ quan nhận: cấp trên hoặc cấp dưới trực tiếp."))
    today = clock.today()
    return perform(
        GRIEVANCE_WORKFLOW,
        grievance,
        "grievance.forward",
        actor=actor,
        reason=_said(reason),
        changes={
            "area_code": to_area,
            "assigned_to_id": None,
            "accepted_on": None,
            "due_on": term_of(grievance.kind, ACCEPT).due_on(today, working_calendar()),
        },
        event={"to": offices[to_area]},
        expected_version=expected_version,
    )


@transaction.atomic
def answer_grievance(
    grievance: Grievance, *, outcome: str, answer: str, actor: Actor, expected_version: int | None = None
) -> Grievance:
    """The answer as its sender reads it, with what was found. It can't be changed afterwards.

    Refused: an unknown outcome, less than 20 signs, whole identity numbers in it, who entered or appraised what is complained
    about.
    """
    check_area(actor, grievance.area_code)
    if outcome not in GrievanceOutcome.values:
        raise TransitionRefused(_("Hãy chọn kết quả giải quyết."))
    said = _said(answer)
    if len(said) < SHORTEST:
        raise TransitionRefused(_("Hãy viết trả lời rõ hơn (ít nhất 20 ký tự)."))
    return perform(
        GRIEVANCE_WORKFLOW,
        grievance,
        "grievance.answer",
        actor=actor,
        changes={
            "outcome": outcome,
            "answer": said,
            "answered_on": clock.today(),
            "answered_by_id": actor.pk,
            "answered_by_name": actor.full_name,
        },
        event={"outcome": str(GrievanceOutcome(outcome).label)},
        expected_version=expected_version,
    )


@transaction.atomic
def withdraw_grievance(
    grievance: Grievance, *, reason: str, actor: Actor, expected_version: int | None = None
) -> Grievance:
    """Its sender takes it back; how that was said is the reason."""
    check_area(actor, grievance.area_code)
    return perform(
        GRIEVANCE_WORKFLOW,
        grievance,
        "grievance.withdraw",
        actor=actor,
        reason=_said(reason),
        changes={"due_on": None},
        expected_version=expected_version,
    )


@transaction.atomic
def assign_grievance(grievance: Grievance, *, to: User | None, actor: Actor) -> Grievance:
    """Put it on a colleague's desk (or one's own). Refused: nobody, another office's staff, closed ones."""
    check_area(actor, grievance.area_code)
    check_role(actor, grievance_desk, NOT_GRIEVANCE_DESK)
    current = Grievance.objects.select_for_update(of=("self",)).get(pk=grievance.pk)
    if current.status not in GrievanceStatus.open():
        raise TransitionRefused(_("Việc này đã kết thúc nên không chuyển người xử lý được."))
    if to is None:
        raise TransitionRefused(_("Hãy chọn người xử lý."))
    if not sits_at(to, current.area_code):
        raise TransitionRefused(_("Người nhận không làm việc ở nơi giải quyết việc này."))
    current.assigned_to_id = to.pk
    current.save(update_fields=["assigned_to_id"])
    record_event("grievance.assigned", current, actor=actor, change={"to": to.full_name})
    return current


def sits_at(user: User, area_code: str) -> bool:
    """Whether this person answers grievances at the desk of an area."""
    sits_there = DESKS.get(len(area_code))
    return bool(sits_there and user.is_active and user.area_code == area_code and sits_there(user))


def colleagues_of(grievance: Grievance) -> list[User]:
    """Active staff of the desk that owes the answer, by name."""
    staff = User.objects.filter(area_code=grievance.area_code, is_active=True).order_by("full_name", "pk")
    return [user for user in staff.prefetch_related("role_assignments") if sits_at(user, grievance.area_code)]


@transaction.atomic
def note_on_grievance(grievance: Grievance, *, text: str, actor: Actor) -> None:
    """An internal note, kept in its history; its sender doesn't see it."""
    check_area(actor, grievance.area_code)
    check_role(actor, grievance_desk, NOT_GRIEVANCE_DESK)
    if not text.strip():
        raise TransitionRefused(_("Ghi chú đang trống."))
    record_event("grievance.noted", grievance, actor=actor, reason=_said(text))


def _said(text: str) -> str:
    """What was typed, without stray spaces. Refused: an identity number in it, since others read it."""
    said = paragraphs(text)
    check_no_number(said)
    return said
