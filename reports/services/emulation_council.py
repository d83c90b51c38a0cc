"""The council of a movement: its members, its meetings, the votes on proposals, the minutes."""

import datetime as dt
from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from core.audit import record_event
from core.queries.references import next_reference
from core.text import clean_text
from core.transitions import TransitionRefused, perform
from core.workflow import Actor
from reports.enums.emulation import CouncilRole, MeetingStatus, MovementStatus, ProposalStatus
from reports.models import AwardProposal, CouncilMeeting, CouncilMember, CouncilVote, Movement
from reports.permissions import keeps_reports
from reports.workflow.emulation import MEETING_WORKFLOW, NOT_KEEPER, PROPOSAL_WORKFLOW
from support_programs.services.scope import check_area, check_no_number, check_past, check_role


@transaction.atomic
def add_member(
    movement: Movement, *, name: str, office: str, role: str, appointed_by: str = "", actor: Actor
) -> CouncilMember:
    """Somebody sits in the council, as the paper that appointed it says. Refused twice, and without name or office."""
    check_role(actor, keeps_reports, NOT_KEEPER)
    check_area(actor, movement.area_code)
    check_no_number(name, office, appointed_by)
    name, office = clean_text(name), clean_text(office)
    if not name or not office or role not in CouncilRole.values:
        raise TransitionRefused(_("Hãy ghi họ tên, chức vụ và vai trò của thành viên."))
    if CouncilMember.objects.filter(movement=movement, name=name, office=office, is_active=True).exists():
        raise TransitionRefused(_("%(name)s đã có trong hội đồng.") % {"name": name})
    member = CouncilMember.objects.create(
        movement=movement, name=name, office=office, role=role, appointed_by=appointed_by.strip()
    )
    record_event("council.member", movement, actor=actor, change={"name": name, "role": role})
    return member


@transaction.atomic
def end_member(member: CouncilMember, *, actor: Actor) -> CouncilMember:
    """Somebody leaves the council; earlier minutes keep the name."""
    check_role(actor, keeps_reports, NOT_KEEPER)
    check_area(actor, member.movement.area_code)
    CouncilMember.objects.filter(pk=member.pk).update(is_active=False)
    member.refresh_from_db()
    record_event("council.member_end", member.movement, actor=actor, change={"name": member.name})
    return member


@transaction.atomic
def open_meeting(
    movement: Movement,
    *,
    held_on: dt.date,
    place: str,
    present: Sequence[CouncilMember],
    remarks: str = "",
    actor: Actor,
) -> CouncilMeeting:
    """A meeting with those who were there. Refused without anybody present, for a day to come, and without a council."""
    check_role(actor, keeps_reports, NOT_KEEPER)
    check_area(actor, movement.area_code)
    check_past(held_on, _("Ngày họp"))
    check_no_number(place, remarks)
    if movement.status == MovementStatus.CLOSED:
        raise TransitionRefused(_("Phong trào đã tổng kết."))
    members = CouncilMember.objects.filter(movement=movement, is_active=True).count()
    there = [one for one in present if one.movement_id == movement.pk and one.is_active]
    if not there:
        raise TransitionRefused(_("Hãy chọn thành viên có mặt."))
    if not place.strip():
        raise TransitionRefused(_("Hãy ghi nơi họp."))
    meeting = CouncilMeeting.objects.create(
        reference=next_reference("HP"),
        area_code=movement.area_code,
        status=MeetingStatus.OPEN,
        movement=movement,
        held_on=held_on,
        place=clean_text(place),
        members=members,
        present=[{"name": one.name, "office": one.office, "role": one.role} for one in there],
        remarks=remarks.strip(),
        recorded_by_id=actor.pk,
        recorded_by_name=actor.full_name,
    )
    record_event("meeting.open", meeting, actor=actor)
    return meeting


@transaction.atomic
def record_vote(
    meeting: CouncilMeeting,
    proposal: AwardProposal,
    *,
    votes_for: int,
    votes_against: int,
    is_recommended: bool,
    remark: str = "",
    actor: Actor,
) -> CouncilVote:
    """What the meeting said of one proposal; written again it is corrected, until the minutes are made.

    Refused: more votes than people, a proposal that isn't before the council, a recommendation without a vote for it, and from
    whoever proposed it.
    """
    check_role(actor, keeps_reports, NOT_KEEPER)
    check_area(actor, meeting.area_code)
    locked = CouncilMeeting.objects.select_for_update().get(pk=meeting.pk)
    if locked.status != MeetingStatus.OPEN:
        raise TransitionRefused(_("Phiên họp đã lập biên bản nên không ghi phiếu thêm."))
    if proposal.movement_id != locked.movement_id or proposal.status != ProposalStatus.SUBMITTED:
        raise TransitionRefused(_("Đề nghị này chưa trình hội đồng, hoặc hội đồng đã có ý kiến."))
    if proposal.proposed_by_id == actor.pk:
        raise TransitionRefused(
            _("Bạn đã lập đề nghị này nên không ghi phiếu của hội đồng. Hãy nhờ chuyên viên khác của Sở.")
        )
    if votes_for < 0 or votes_against < 0 or votes_for + votes_against > len(locked.present):
        raise TransitionRefused(
            _("Số phiếu không được nhiều hơn số người có mặt (%(present)s).")
            % {"present": len(locked.present)}
        )
    if is_recommended and votes_for == 0:
        raise TransitionRefused(_("Không có phiếu đồng ý nào nên không ghi là hội đồng đề nghị khen."))
    check_no_number(remark)
    vote, _created = CouncilVote.objects.update_or_create(
        meeting=locked,
        proposal=proposal,
        defaults={
            "votes_for": votes_for,
            "votes_against": votes_against,
            "is_recommended": is_recommended,
            "remark": clean_text(remark),
        },
    )
    record_event(
        "meeting.vote",
        locked,
        actor=actor,
        change={"proposal": proposal.reference, "votes_for": votes_for, "votes_against": votes_against},
    )
    return vote


@transaction.atomic
def close_meeting(meeting: CouncilMeeting, *, actor: Actor) -> CouncilMeeting:
    """The minutes are made: votes stay, and every proposal that was voted on goes on or ends here.

    One that is no longer before the council (its unit took it back, another meeting spoke of it) stays as it is.
    """
    check_area(actor, meeting.area_code)
    closed = perform(MEETING_WORKFLOW, meeting, "meeting.close", actor=actor)
    votes = CouncilVote.objects.filter(meeting=meeting, proposal__status=ProposalStatus.SUBMITTED)
    for vote in votes.select_related("proposal"):
        event = {"meeting": meeting.reference, "for": vote.votes_for, "against": vote.votes_against}
        if vote.is_recommended:
            perform(PROPOSAL_WORKFLOW, vote.proposal, "proposal.recommend", actor=actor, event=event)
        else:
            perform(
                PROPOSAL_WORKFLOW,
                vote.proposal,
                "proposal.not_recommend",
                actor=actor,
                changes={"refused_reason": vote.remark or f"{vote.votes_for}/{len(meeting.present)}"},
                event=event,
            )
    return closed
