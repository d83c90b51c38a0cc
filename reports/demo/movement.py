"""The emulation movement of the demo: units and people registered, a ranking, proposals, the council, a decision.

Numbers of papers are marked as invented.
"""

import datetime as dt
from decimal import Decimal
from typing import Final

from accounts.demo import AN_PHU, PHU_TAN, PROVINCE
from accounts.models import AdministrativeUnit
from reports.demo.acting import acting
from reports.demo.scans import draw_sheet, scanned
from reports.enums.emulation import AchievementStatus, AwardProcedure, CouncilRole, ParticipantGroup
from reports.models import Achievement, AwardProposal, CouncilMember, Movement, Participant, ScoringRound
from reports.services.emulation import (
    AchievementText,
    PaperFile,
    Registration,
    confirm_achievement,
    enter_achievement,
    register_participant,
    start_movement,
)
from reports.services.emulation_awards import (
    ProposalText,
    SignedDecision,
    draft_proposal,
    record_decision,
    submit_proposal,
)
from reports.services.emulation_council import add_member, close_meeting, open_meeting, record_vote
from reports.services.emulation_reference import load_movement
from reports.services.emulation_scoring import close_round, compute_round, open_round

_BEGUN, _ACHIEVED, _CLOSED, _MET, _DECIDED = (
    dt.date(2021, *day) for day in ((8, 25), (9, 10), (9, 24), (9, 24), (9, 27))
)
_CODE: Final = "kh523"
_OFFICES: Final = ("Phòng Bảo trợ xã hội", "Phòng Lao động - Việc làm - Giáo dục nghề nghiệp")
_PEOPLE: Final = (
    ("Nguyễn Văn Hậu", "Công chức Văn hóa - Xã hội", "UBND thị trấn Chợ Vàm", f"{PHU_TAN}30409", "xa30409"),
    ("Trương Mỹ Dung", "Chuyên viên", "Sở Lao động - Thương binh và Xã hội", PROVINCE, "so-a"),
)
_COUNCIL: Final = (
    ("Võ Thanh Liêm", "Giám đốc Sở", CouncilRole.CHAIR),
    ("Trần Thị Kim Ngân", "Phó Giám đốc Sở", CouncilRole.DEPUTY),
    ("Lê Minh Tâm", "Chánh Văn phòng Sở", CouncilRole.SECRETARY),
    ("Huỳnh Thị Bích Vân", "Trưởng phòng Bảo trợ xã hội", CouncilRole.MEMBER),
    ("Phan Quốc Hưng", "Chánh Thanh tra Sở", CouncilRole.MEMBER),
)
_COMMUNES: Final = (("cv888a", PHU_TAN), ("cv886a", AN_PHU))
_AWARD: Final = "giay_khen_so"
_TITLES: Final = (
    "Tổ chức chi tại nhà cho người già yếu, người khuyết tật",
    "Đối chiếu danh sách ba cấp trong một ngày, không để sót người",
)


def bring_movement() -> str:
    """All of it; gives in words how much. Scoring has one closed round, one proposal is decided, one waits for the council."""
    load_movement()
    _register()
    scores = _score()
    _propose()
    _meet()
    return f"{scores} ranked in the movement"


def _movement() -> Movement:
    return Movement.objects.get(code=_CODE)


def _register() -> None:
    with acting("so-a", _BEGUN) as actor:
        movement = _movement()
        districts = AdministrativeUnit.objects.valid_on(_BEGUN).within(PROVINCE).filter(level=2)
        units = [(ParticipantGroup.DISTRICT, unit.area_code, "") for unit in districts.order_by("area_code")]
        offices = [(ParticipantGroup.OFFICE, PROVINCE, name) for name in _OFFICES]
        for group, area, name in (*units, *offices):
            register_participant(movement, Registration(group, area, _BEGUN, name), actor=actor)
        start_movement(movement, actor=actor)
    for username, district in _COMMUNES:
        with acting(username, _BEGUN) as actor:
            communes = AdministrativeUnit.objects.valid_on(_BEGUN).within(district).filter(level=3)
            for commune in communes.order_by("area_code"):
                said = Registration(ParticipantGroup.COMMUNE, commune.area_code, _BEGUN)
                register_participant(_movement(), said, actor=actor)
    for (name, office, place, area, username), title in zip(_PEOPLE, _TITLES, strict=True):
        with acting(username, _ACHIEVED) as actor:
            person = Registration(ParticipantGroup.INDIVIDUAL, area, _BEGUN, name, office, place)
            participant = register_participant(_movement(), person, actor=actor)
            proof = PaperFile("thanh-tich.pdf", scanned(draw_sheet("Báo cáo thành tích", (name, title))))
            criterion = _movement().criteria.filter(groups__contains=[ParticipantGroup.INDIVIDUAL]).first()
            if criterion is not None:
                achieved = AchievementText(title, _ACHIEVED, Decimal(90), proof)
                enter_achievement(participant, criterion, achieved, actor=actor)
    with acting("so-b", _CLOSED) as actor:
        entered = Achievement.objects.filter(status=AchievementStatus.ENTERED).order_by("pk")
        for achievement, points in zip(entered, (Decimal(90), Decimal(80)), strict=True):
            confirm_achievement(achievement, points=points, actor=actor)


def _score() -> int:
    with acting("so-a", _CLOSED) as actor:
        first = dt.date(2021, 8, 25)
        scoring = open_round(
            _movement(), title="Đợt 1: tháng 8, tháng 9 năm 2021", first=first, last=_CLOSED, actor=actor
        )
        close_round(compute_round(scoring, actor=actor), actor=actor)
        return Participant.objects.filter(movement=_movement()).count()


def _propose() -> None:
    """Two people for an achievement each, and the best district for its rank."""
    for place, username in enumerate(("xa30409", "so-a")):
        with acting(username, _CLOSED) as actor:
            achievement = Achievement.objects.filter(entered_by_id=actor.pk).get()
            said = ProposalText(
                _AWARD, AwardProcedure.SIMPLIFIED, f"{_TITLES[place]}.", achievement=achievement
            )
            submit_proposal(draft_proposal(achievement.participant, said, actor=actor), actor=actor)
    with acting("cv888a", _DECIDED) as actor:
        district = Participant.objects.get(area_code=PHU_TAN, group=ParticipantGroup.DISTRICT)
        said = ProposalText(
            _AWARD,
            AwardProcedure.USUAL,
            "Chi trả kịp thời, trả lời khiếu nại đúng hạn trong đợt 1.",
            scoring_round=ScoringRound.objects.get(),
        )
        submit_proposal(draft_proposal(district, said, actor=actor), actor=actor)


def _meet() -> None:
    """The council speaks of the two people; one is commended by a decision, the other waits for it."""
    with acting("so-b", _MET) as actor:
        movement = _movement()
        for name, office, role in _COUNCIL:
            add_member(
                movement,
                name=name,
                office=office,
                role=role,
                appointed_by="DEMO-30/QĐ-SLĐTBXH",
                actor=actor,
            )
        members = list(CouncilMember.objects.filter(movement=movement).order_by("pk"))
        meeting = open_meeting(
            movement, held_on=_MET, place="Phòng họp Sở", present=members[:-1], actor=actor
        )
        proposals = list(AwardProposal.objects.filter(achievement__isnull=False).order_by("pk"))
        for proposal, against in zip(proposals, (0, 1), strict=True):
            record_vote(
                meeting,
                proposal,
                votes_for=4 - against,
                votes_against=against,
                is_recommended=True,
                actor=actor,
            )
        close_meeting(meeting, actor=actor)
    with acting("tinh-a", _DECIDED) as actor:
        signed = SignedDecision(
            _AWARD, "DEMO-88/QĐ-SLĐTBXH", _DECIDED, "Giám đốc Sở Lao động - Thương binh và Xã hội"
        )
        record_decision(_movement(), signed, proposals[:1], actor=actor)
