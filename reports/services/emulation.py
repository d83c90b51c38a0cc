"""The movement, its criteria, who takes part, and what they achieved."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.enums import AreaLevel
from accounts.queries import area_name
from core import clock
from core.audit import record_event
from core.enums import FileKind
from core.models import StoredFile
from core.queries.references import next_reference
from core.services.files import store_file
from core.text import clean_text
from core.transitions import TransitionRefused, perform
from core.workflow import Actor
from reports.enums.emulation import (
    AchievementStatus,
    CriterionSource,
    MovementStatus,
    ParticipantGroup,
    ParticipantStatus,
)
from reports.models import Achievement, Criterion, Movement, Participant
from reports.permissions import keeps_reports, registers_emulation
from reports.workflow.emulation import (
    ACHIEVEMENT_WORKFLOW,
    MOVEMENT_WORKFLOW,
    NOT_KEEPER,
    NOT_REGISTRAR,
    PARTICIPANT_WORKFLOW,
)
from support_programs.services.scope import check_area, check_no_number, check_past, check_role

_LEVELS = {
    ParticipantGroup.DISTRICT: AreaLevel.DISTRICT,
    ParticipantGroup.COMMUNE: AreaLevel.COMMUNE,
    ParticipantGroup.OFFICE: AreaLevel.PROVINCE,
}


@dataclass(frozen=True, slots=True)
class PaperFile:
    """A scan as it was sent."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Registration:
    """Who registers: a unit takes the name of its area, an office or a person the name that is given."""

    group: str
    area_code: str
    registered_on: dt.date
    name: str = ""
    office: str = ""
    employed_at: str = ""
    paper_number: str = ""
    paper_date: dt.date | None = None
    paper: PaperFile | None = None


@dataclass(frozen=True, slots=True)
class CriterionText:
    """What a criterion says; a figure needs both ends of its scale, an entered one has none."""

    code: str
    title: str
    most_points: Decimal
    groups: Sequence[str]
    figure: str = ""
    within_days: int | None = None
    zero_at: Decimal | None = None
    full_at: Decimal | None = None
    full_when_empty: bool = False
    is_active: bool = True


@dataclass(frozen=True, slots=True)
class AchievementText:
    """What was achieved, when, and how many points are asked for it; `proof` is a scan."""

    title: str
    achieved_on: dt.date
    asked_points: Decimal
    proof: PaperFile
    text: str = ""


@transaction.atomic
def start_movement(movement: Movement, *, actor: Actor) -> Movement:
    """Scoring begins: from now on the criteria stay. Refused without a criterion in use, and for who isn't of the department."""
    check_area(actor, movement.area_code)
    return perform(
        MOVEMENT_WORKFLOW, movement, "movement.start", actor=actor, changes={"started_on": clock.today()}
    )


@transaction.atomic
def close_movement(movement: Movement, *, actor: Actor) -> Movement:
    """The movement is over. Refused while a round is open or a proposal has no outcome."""
    check_area(actor, movement.area_code)
    return perform(
        MOVEMENT_WORKFLOW, movement, "movement.close", actor=actor, changes={"closed_on": clock.today()}
    )


@transaction.atomic
def save_criterion(
    movement: Movement, text: CriterionText, *, actor: Actor, criterion: Criterion | None = None
) -> Criterion:
    """Write a criterion, a new one or one that is there. It is the department's own from now on.

    Refused once the movement runs, without title or group, points of 0 or less, a scale whose ends are the same or missing, a
    code that another criterion has.
    """
    check_role(actor, keeps_reports, NOT_KEEPER)
    check_area(actor, movement.area_code)
    locked = Movement.objects.select_for_update().get(pk=movement.pk)
    if locked.status != MovementStatus.PREPARING:
        raise TransitionRefused(_("Phong trào đã bắt đầu chấm điểm nên tiêu chí không sửa được nữa."))
    _check_criterion(text)
    taken = Criterion.objects.filter(movement=movement, code=text.code)
    if criterion is not None:
        taken = taken.exclude(pk=criterion.pk)
    if taken.exists():
        raise TransitionRefused(
            _("Mã %(code)s đã có ở tiêu chí khác. Hãy ghi mã khác.") % {"code": text.code}
        )
    found = criterion or Criterion(movement=movement, position=_next_position(movement))
    found.code, found.title = text.code, clean_text(text.title)
    found.most_points, found.groups = text.most_points, list(text.groups)
    found.source = CriterionSource.FIGURE if text.figure else CriterionSource.ENTERED
    found.figure, found.within_days = text.figure, text.within_days if text.figure else None
    found.zero_at = text.zero_at if text.figure else None
    found.full_at = text.full_at if text.figure else None
    found.full_when_empty, found.is_active = text.full_when_empty, text.is_active
    found.is_own, found.changed_by_name = False, actor.full_name
    found.save()
    record_event("movement.criterion", movement, actor=actor, change={"code": found.code})
    return found


def _check_criterion(text: CriterionText) -> None:
    if not text.code.strip() or not text.title.strip() or not text.groups:
        raise TransitionRefused(_("Hãy ghi mã, tên tiêu chí và chọn ít nhất một nhóm."))
    if text.most_points <= 0:
        raise TransitionRefused(_("Điểm tối đa phải lớn hơn 0."))
    if not text.figure:
        return
    if text.zero_at is None or text.full_at is None or text.zero_at == text.full_at:
        raise TransitionRefused(_("Hãy ghi hai đầu của thang điểm, và hai đầu phải khác nhau."))
    if any(group not in ParticipantGroup.of_units() for group in text.groups):
        raise TransitionRefused(
            _(
                "Số liệu của hệ thống chỉ có cho huyện và xã. Với phòng, cá nhân hãy dùng thành tích được xác nhận."
            )
        )


def _next_position(movement: Movement) -> int:
    last = Criterion.objects.filter(movement=movement).order_by("-position").first()
    return last.position + 1 if last else 1


@transaction.atomic
def register_participant(movement: Movement, said: Registration, *, actor: Actor) -> Participant:
    """Register a unit or a person. Refused: who doesn't work for its area, a movement that is over, a unit of another level, a
    unit or person that is registered already, a day to come.
    """
    check_role(actor, registers_emulation, NOT_REGISTRAR)
    check_area(actor, said.area_code)
    locked = Movement.objects.select_for_update().get(pk=movement.pk)
    if locked.status == MovementStatus.CLOSED:
        raise TransitionRefused(_("Phong trào đã tổng kết nên không đăng ký thêm."))
    check_past(said.registered_on, _("Ngày đăng ký"))
    check_no_number(said.name, said.office, said.employed_at)
    group = ParticipantGroup(said.group)
    level = _LEVELS.get(group)
    if level is not None and AreaLevel.of(said.area_code) != level:
        raise TransitionRefused(_("Địa bàn đã chọn không thuộc nhóm «%(group)s».") % {"group": group.label})
    name = area_name(said.area_code) if group in ParticipantGroup.of_units() else clean_text(said.name)
    if not name:
        raise TransitionRefused(_("Hãy ghi tên đơn vị hoặc họ tên cá nhân."))
    same = Participant.objects.filter(
        movement=movement,
        area_code=said.area_code,
        group=group,
        name=name,
        employed_at=clean_text(said.employed_at),
        status=ParticipantStatus.REGISTERED,
    )
    if same.exists():
        raise TransitionRefused(_("%(name)s đã đăng ký phong trào này.") % {"name": name})
    participant = Participant.objects.create(
        reference=next_reference("TG"),
        area_code=said.area_code,
        status=ParticipantStatus.REGISTERED,
        movement=movement,
        group=group,
        name=name,
        office=clean_text(said.office),
        employed_at=clean_text(said.employed_at),
        registered_on=said.registered_on,
        paper_number=said.paper_number.strip(),
        paper_date=said.paper_date,
        paper=_kept(said.paper, said.area_code, actor),
        registered_by_id=actor.pk,
        registered_by_name=actor.full_name,
    )
    record_event("participant.register", participant, actor=actor, change={"name": name})
    return participant


@transaction.atomic
def withdraw_participant(participant: Participant, *, reason: str, actor: Actor) -> Participant:
    """Out of the movement from now on, with a reason; earlier rounds keep its points."""
    check_area(actor, participant.area_code)
    check_no_number(reason)
    return perform(PARTICIPANT_WORKFLOW, participant, "participant.withdraw", actor=actor, reason=reason)


@transaction.atomic
def enter_achievement(
    participant: Participant, criterion: Criterion, said: AchievementText, *, actor: Actor
) -> Achievement:
    """What a unit says it achieved, with its proof; it counts once somebody else has confirmed it.

    Refused: who doesn't work for the unit's area, a criterion that is scored by a figure or isn't for this group, more points
    than the criterion has, a participant who left, a movement that is over, a day to come.
    """
    check_role(actor, registers_emulation, NOT_REGISTRAR)
    check_area(actor, participant.area_code)
    if participant.status != ParticipantStatus.REGISTERED:
        raise TransitionRefused(_("Đơn vị, cá nhân này đã rút khỏi phong trào."))
    if participant.movement.status == MovementStatus.CLOSED:
        raise TransitionRefused(_("Phong trào đã tổng kết nên không ghi thêm thành tích."))
    is_fitting = (
        criterion.movement_id == participant.movement_id
        and criterion.source == CriterionSource.ENTERED
        and participant.group in criterion.groups
    )
    if not is_fitting:
        raise TransitionRefused(_("Tiêu chí này không nhận thành tích của nhóm đã đăng ký."))
    if not 0 < said.asked_points <= criterion.most_points:
        raise TransitionRefused(
            _("Điểm đề nghị phải lớn hơn 0 và không quá %(most)s.") % {"most": criterion.most_points}
        )
    check_past(said.achieved_on, _("Ngày đạt được"))
    check_no_number(said.title, said.text)
    if not said.title.strip():
        raise TransitionRefused(_("Hãy ghi tên thành tích."))
    achievement = Achievement.objects.create(
        reference=next_reference("TT"),
        area_code=participant.area_code,
        status=AchievementStatus.ENTERED,
        participant=participant,
        criterion=criterion,
        title=clean_text(said.title),
        text=said.text.strip(),
        achieved_on=said.achieved_on,
        proof=_store(said.proof, participant.area_code, actor),
        asked_points=said.asked_points,
        entered_by_id=actor.pk,
        entered_by_name=actor.full_name,
    )
    record_event("achievement.enter", achievement, actor=actor, change={"title": achievement.title})
    return achievement


@transaction.atomic
def confirm_achievement(achievement: Achievement, *, points: Decimal, actor: Actor) -> Achievement:
    """Confirm it with the points it is worth. Refused for who entered it, and for more points than the criterion has."""
    check_area(actor, achievement.area_code)
    if not 0 <= points <= achievement.criterion.most_points:
        raise TransitionRefused(
            _("Điểm xác nhận phải từ 0 đến %(most)s.") % {"most": achievement.criterion.most_points}
        )
    return perform(
        ACHIEVEMENT_WORKFLOW,
        achievement,
        "achievement.confirm",
        actor=actor,
        changes={"points": points, **_by(actor)},
        event={"points": str(points)},
    )


@transaction.atomic
def refuse_achievement(achievement: Achievement, *, reason: str, actor: Actor) -> Achievement:
    """Not confirmed, with the reason that the unit reads. Refused for who entered it."""
    check_area(actor, achievement.area_code)
    check_no_number(reason)
    return perform(
        ACHIEVEMENT_WORKFLOW,
        achievement,
        "achievement.refuse",
        actor=actor,
        reason=reason,
        changes={"refused_reason": reason.strip()[:500], **_by(actor)},
    )


@transaction.atomic
def withdraw_achievement(achievement: Achievement, *, actor: Actor) -> Achievement:
    """Taken back by its unit before anybody confirmed it."""
    check_area(actor, achievement.area_code)
    return perform(ACHIEVEMENT_WORKFLOW, achievement, "achievement.withdraw", actor=actor)


def _by(actor: Actor) -> dict[str, object]:
    return {
        "decided_by_id": actor.pk,
        "decided_by_name": actor.full_name,
        "decided_on": clock.today(),
    }


def _kept(paper: PaperFile | None, area_code: str, actor: Actor) -> StoredFile | None:
    return _store(paper, area_code, actor) if paper else None


def _store(paper: PaperFile, area_code: str, actor: Actor) -> StoredFile:
    return store_file(
        paper.content, name=paper.name, kind=FileKind.SCAN, area_code=area_code, created_by_id=actor.pk
    )
