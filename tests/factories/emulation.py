"""A movement with its council, and units that take part: what commendations start from."""

import datetime as dt
from dataclasses import dataclass, field
from decimal import Decimal

from accounts.enums import Role
from accounts.models import User
from reports.models import (
    Achievement,
    AwardProposal,
    CouncilMeeting,
    CouncilMember,
    Criterion,
    Movement,
    Participant,
    ScoringRound,
)
from reports.services.emulation import (
    AchievementText,
    PaperFile,
    Registration,
    confirm_achievement,
    enter_achievement,
    register_participant,
    start_movement,
)
from reports.services.emulation_awards import ProposalText, draft_proposal, submit_proposal
from reports.services.emulation_council import add_member, close_meeting, open_meeting, record_vote
from reports.services.emulation_reference import load_movement
from reports.services.emulation_scoring import close_round, compute_round, open_round
from tests.factories.people import DISTRICT, OUTSIDE_DISTRICT, user

PROOF = PaperFile("minh-chung.pdf", b"%PDF-1.4 minh chung")
DAY = dt.date(2021, 9, 20)


@dataclass(slots=True)
class Staff:
    """Two of the department, one of each of two districts, the province's approver."""

    keeper: User = field(default_factory=lambda: user(Role.PROVINCIAL_REVIEWER, name="Lê Văn Thi"))
    other: User = field(default_factory=lambda: user(Role.PROVINCIAL_REVIEWER, name="Đỗ Thị Đua"))
    district: User = field(default_factory=lambda: user(Role.DISTRICT_OFFICER, name="Trần Huyện"))
    outsider: User = field(
        default_factory=lambda: user(Role.DISTRICT_OFFICER, area=OUTSIDE_DISTRICT, name="Ngô Ngoài")
    )
    decider: User = field(default_factory=lambda: user(Role.PROVINCIAL_APPROVER, name="Phan Ký"))


def movement() -> Movement:
    """The movement that every installation begins with, as it is loaded."""
    load_movement()
    return Movement.objects.get(code="kh523")


def running(staff: Staff) -> Movement:
    """The movement with scoring begun."""
    return start_movement(movement(), actor=staff.keeper)


def unit(found: Movement, staff: Staff, area: str = DISTRICT, group: str = "district") -> Participant:
    """A unit that takes part; its own officers register it."""
    actor = staff.outsider if area.startswith(OUTSIDE_DISTRICT) else staff.district
    return register_participant(found, Registration(group, area, DAY, paper_number="12/ĐK"), actor=actor)


def person(found: Movement, staff: Staff, name: str = "Nguyễn Thị Hiền") -> Participant:
    """Somebody of the district's office who takes part."""
    said = Registration(
        "individual",
        DISTRICT,
        DAY,
        name=name,
        office="Chuyên viên",
        employed_at="Phòng Lao động - Thương binh và Xã hội huyện Phú Tân",
    )
    return register_participant(found, said, actor=staff.district)


def entered_criterion(found: Movement, group: str) -> Criterion:
    """The criterion of entered achievements of a group."""
    return Criterion.objects.get(movement=found, source="entered", groups__contains=[group])


def achievement(
    participant: Participant, staff: Staff, *, points: str = "8", title: str = "Chi trả hết trong 10 ngày"
) -> Achievement:
    """What a unit says it achieved, waiting for somebody to confirm it."""
    criterion = entered_criterion(participant.movement, participant.group)
    said = AchievementText(title, DAY, Decimal(points), PROOF)
    return enter_achievement(participant, criterion, said, actor=staff.district)


def confirmed(participant: Participant, staff: Staff, points: str = "8") -> Achievement:
    """An achievement that the department has confirmed."""
    return confirm_achievement(
        achievement(participant, staff, points=points), points=Decimal(points), actor=staff.keeper
    )


def computed(found: Movement, staff: Staff) -> ScoringRound:
    """A round over September with its points."""
    opened = open_round(
        found,
        title="Xếp hạng tháng 9 năm 2021",
        first=dt.date(2021, 9, 1),
        last=dt.date(2021, 9, 27),
        actor=staff.keeper,
    )
    return compute_round(opened, actor=staff.keeper)


def closed(found: Movement, staff: Staff) -> ScoringRound:
    """The round with its points kept."""
    return close_round(computed(found, staff), actor=staff.keeper)


def council(found: Movement, staff: Staff) -> list[CouncilMember]:
    """Three members: who leads, who writes, one more."""
    return [
        add_member(
            found, name=name, office=office, role=role, appointed_by="15/QĐ-SLĐTBXH", actor=staff.keeper
        )
        for name, office, role in (
            ("Châu Văn Chủ", "Giám đốc Sở", "chair"),
            ("Lý Thị Thư", "Chánh Văn phòng Sở", "secretary"),
            ("Võ Văn Viên", "Trưởng phòng", "member"),
        )
    ]


def submitted(participant: Participant, staff: Staff, award: str = "giay_khen_so") -> AwardProposal:
    """A proposal before the council, for a confirmed achievement."""
    said = ProposalText(
        award,
        "simplified",
        "Trực 45 ngày tại khu cách ly, lập danh sách 1.200 người không sót.",
        confirmed(participant, staff),
    )
    return submit_proposal(draft_proposal(participant, said, actor=staff.district), actor=staff.district)


def met(found: Movement, staff: Staff, *proposals: AwardProposal, against: int = 0) -> CouncilMeeting:
    """A meeting of the whole council that recommends these, with its minutes made."""
    members = list(CouncilMember.objects.filter(movement=found)) or council(found, staff)
    meeting = open_meeting(
        found, held_on=dt.date(2021, 9, 25), place="Phòng họp Sở", present=members, actor=staff.keeper
    )
    for proposal in proposals:
        record_vote(
            meeting,
            proposal,
            votes_for=len(members) - against,
            votes_against=against,
            is_recommended=True,
            actor=staff.keeper,
        )
    return close_meeting(meeting, actor=staff.keeper)
