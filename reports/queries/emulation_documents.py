"""The papers of commendation: what a proposing unit sends, the council's minutes, the decision, the certificate."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from core.date_texts import format_date, format_long_date, format_period
from core.money import amount_in_words, format_dong
from core.text import inside_sentence
from core.wording import Text
from core.workflow import Actor
from reports.enums.emulation import AwardProcedure, CouncilRole, MeetingStatus, ProposalStatus
from reports.models import AwardProposal, CouncilMeeting, CouncilVote, Movement
from reports.rules.awards import Award, shipped_awards
from support_programs.enums import DocumentKind as K
from support_programs.enums import Issuer
from support_programs.models import OfficialDocument
from support_programs.queries.documents.bodies import Body
from support_programs.queries.documents.records import RecordKind, register_record_kind
from support_programs.queries.documents.sheet import Details, Signer, lines, paragraphs

_HOW: Final = "(Ký, ghi rõ họ tên)"
_NOT_PROPOSED: Final = _("Chỉ soạn khi đề nghị đang lập hoặc đang chờ hội đồng.")
_NOT_AWARDED: Final = _("Chỉ in khi đã ghi quyết định khen thưởng.")
_NO_MINUTES: Final = _("Chỉ soạn khi phiên họp đã khóa: trước đó số phiếu còn thay đổi.")
_DECIDERS: Final = {"department": Issuer.DEPARTMENT, "province": Issuer.PROVINCE}
_ACT: Final = (
    "Luật Thi đua, khen thưởng ngày 26 tháng 11 năm 2003; Luật sửa đổi, bổ sung một số điều của Luật Thi đua, khen thưởng "
    "ngày 14 tháng 6 năm 2005 và ngày 16 tháng 11 năm 2013"
)
_DECREE: Final = (
    "Nghị định số 91/2017/NĐ-CP ngày 31 tháng 7 năm 2017 của Chính phủ quy định chi tiết thi hành một số điều của Luật Thi "
    "đua, khen thưởng"
)


@dataclass(frozen=True, slots=True)
class Commended:
    """One line of a decision: who, and how much money goes with it."""

    name: str
    office: str
    group: str
    amount: int


def register() -> None:
    """Papers can be about proposals and meetings from now on."""
    register_record_kind(
        "award_proposal",
        RecordKind(
            rows=lambda: AwardProposal.objects.select_related(
                "movement", "participant", "achievement", "scoring_round", "decision"
            ),
            makers={
                K.AWARD_SUBMISSION: submission,
                K.ACHIEVEMENT_REPORT: report,
                K.AWARD_CERTIFICATE: certificate,
            },
            initial=_initial_of_proposal,
            refusal=_refusal_of_proposal,
            issuers=_signers_of_proposal,
        ),
    )
    register_record_kind(
        "council_meeting",
        RecordKind(
            rows=lambda: CouncilMeeting.objects.select_related("movement"),
            makers={K.COUNCIL_MINUTES: minutes, K.AWARD_DECISION: decision},
            initial=_initial_of_meeting,
            refusal=lambda kind, meeting: "" if meeting.status == MeetingStatus.CLOSED else _NO_MINUTES,
            issuers=_signers_of_meeting,
        ),
    )


def _initial_of_proposal(kind: str, proposal: AwardProposal, _actor: Actor) -> dict[str, Any]:
    if kind == K.AWARD_SUBMISSION:
        return {
            "addressee": _addressee(award_of(proposal)),
            "bases": "\n".join(_bases(proposal.movement)),
            "recipients": "Như trên\nLưu: VT",
        }
    return {"merit": proposal.merit if kind == K.ACHIEVEMENT_REPORT else _praise(proposal.movement)}


def _initial_of_meeting(kind: str, meeting: CouncilMeeting, _actor: Actor) -> dict[str, Any]:
    if kind == K.COUNCIL_MINUTES:
        return {"text": meeting.remarks}
    return {"bases": "\n".join(_bases(meeting.movement)), "recipients": "Như Điều 3\nLưu: VT"}


def _refusal_of_proposal(kind: str, proposal: AwardProposal) -> Text:
    if kind == K.AWARD_CERTIFICATE:
        return "" if proposal.status == ProposalStatus.AWARDED else _NOT_AWARDED
    is_open = proposal.status in (ProposalStatus.DRAFT, ProposalStatus.SUBMITTED)
    return "" if is_open else _NOT_PROPOSED


def _signers_of_proposal(kind: str, proposal: AwardProposal) -> tuple[Issuer, ...] | None:
    """A certificate is signed by who decides the award; those of the Ministry and the Prime Minister are made there."""
    if kind != K.AWARD_CERTIFICATE:
        return None
    decider = _DECIDERS.get(award_of(proposal).decided_by)
    return (decider,) if decider else ()


def _signers_of_meeting(kind: str, meeting: CouncilMeeting) -> tuple[Issuer, ...] | None:
    """A decision is signed by the bodies of whose awards the meeting recommended one."""
    if kind != K.AWARD_DECISION:
        return None
    table = shipped_awards().awards
    deciders = {table[one.award].decided_by for one in _recommended(meeting)}
    return tuple(issuer for decider, issuer in _DECIDERS.items() if decider in deciders)


def award_of(proposal: AwardProposal) -> Award:
    """The form that is proposed, with its rates."""
    return shipped_awards().awards[proposal.award]


def votes_of(meeting: CouncilMeeting) -> list[CouncilVote]:
    """The votes with the proposals, one query."""
    rows = CouncilVote.objects.filter(meeting=meeting).order_by("pk")
    return list(rows.select_related("proposal__participant"))


def _recommended(meeting: CouncilMeeting) -> list[AwardProposal]:
    """What a decision may rest on: recommended here, and not taken back or refused since."""
    found = [vote.proposal for vote in votes_of(meeting) if vote.is_recommended]
    return [one for one in found if one.status in (ProposalStatus.RECOMMENDED, ProposalStatus.AWARDED)]


def submission(document: OfficialDocument, body: Body) -> Details:
    """Who proposes whom for what; the short report and the council's minutes go with it."""
    proposal, content = _proposal_of(document), document.content
    return Details(
        title="Tờ trình",
        subject=f"Về việc đề nghị tặng {_in_words(award_of(proposal))}",
        addressees=lines(content.get("addressee", "")) or (_addressee(award_of(proposal)),),
        recipients=lines(content.get("recipients", "")) or ("Như trên", "Lưu: VT"),
        values={
            **_about(proposal, body),
            "bases": lines(content.get("bases", "")) or _bases(proposal.movement),
            "is_simplified": proposal.procedure == AwardProcedure.SIMPLIFIED,
            "procedure": inside_sentence(str(AwardProcedure(proposal.procedure).label)),
            "merit": paragraphs(proposal.merit),
            "paragraphs": paragraphs(content.get("text", "")),
        },
    )


def report(document: OfficialDocument, body: Body) -> Details:
    """What was achieved, and on what the proposal rests."""
    proposal, content = _proposal_of(document), document.content
    return Details(
        title="Báo cáo",
        subject=f"Thành tích đề nghị tặng {_in_words(award_of(proposal))}",
        values={
            **_about(proposal, body),
            "situation": paragraphs(content.get("situation", "")),
            "merit": paragraphs(content.get("merit", "")) or paragraphs(proposal.merit),
            "ground": _ground(proposal),
        },
    )


def certificate(document: OfficialDocument, body: Body) -> Details:
    """The certificate to hang up: a wide sheet of its own layout."""
    proposal, content = _proposal_of(document), document.content
    decided = proposal.decision
    award = award_of(proposal)
    return Details(
        title=award.certificate,
        subject=proposal.participant.name,
        is_landscape=True,
        values={
            **_about(proposal, body),
            "giver": _giver(award, body),
            "merit": " ".join(paragraphs(content.get("merit", ""))) or _praise(proposal.movement),
            "decision": f"số {decided.number} {format_long_date(decided.signed_on)}" if decided else "",
        },
    )


def minutes(document: OfficialDocument, body: Body) -> Details:
    """Who was there, and how many were for and against each proposal."""
    meeting, content = _meeting_of(document), document.content
    chair = _named(meeting, CouncilRole.CHAIR)
    return Details(
        title="Biên bản",
        subject="Họp Hội đồng thi đua, khen thưởng",
        beside=(Signer(("Thư ký",), _named(meeting, CouncilRole.SECRETARY), _HOW),),
        values={
            "meeting": meeting,
            "movement": meeting.movement,
            "body": body,
            "hour": content.get("hour", ""),
            "day": format_long_date(meeting.held_on),
            "present": [f"{one['name']}, {one['office']}, {_role(one)}" for one in meeting.present],
            "absent": max(meeting.members - len(meeting.present), 0),
            "chair": chair,
            "rows": [(vote, vote.proposal, award_of(vote.proposal)) for vote in votes_of(meeting)],
            "paragraphs": paragraphs(content.get("text", "")) or paragraphs(meeting.remarks),
        },
    )


def decision(document: OfficialDocument, body: Body) -> Details:
    """The draft of the decision on what the council recommended and this body may give; it is signed outside."""
    meeting, content = _meeting_of(document), document.content
    mine = [
        one
        for one in _recommended(meeting)
        if _DECIDERS.get(award_of(one).decided_by) == document.content["issuer"]
    ]
    commended = _commended(mine)
    total = sum(one.amount for one in commended)
    award = award_of(mine[0]) if mine else None
    title = _in_words(award) if award else "khen thưởng"
    return Details(
        title="Quyết định",
        subject=f"Về việc tặng {title}",
        recipients=lines(content.get("recipients", "")) or ("Như Điều 3", "Lưu: VT"),
        values={
            "body": body,
            "authority": _authority(document.content["issuer"], body),
            "movement": meeting.movement,
            "award": title,
            "bases": lines(content.get("bases", "")) or _bases(meeting.movement),
            "proposed_by": content.get("proposed_by") or "Hội đồng thi đua, khen thưởng",
            "rows": commended,
            "collectives": sum(1 for one in mine if one.participant.is_collective),
            "individuals": sum(1 for one in mine if not one.participant.is_collective),
            "total": total,
            "words": amount_in_words(total),
            "money": paragraphs(content.get("money", "")),
            "charged": content.get("charged")
            or "Chánh Văn phòng, Thủ trưởng các đơn vị có liên quan và các tập thể, cá nhân có tên tại Điều 1 chịu trách nhiệm "
            "thi hành Quyết định này.",
        },
    )


def _commended(proposals: Sequence[AwardProposal]) -> list[Commended]:
    table = shipped_awards()
    return [
        Commended(
            one.participant.name,
            ", ".join(filter(None, [one.participant.office, one.participant.employed_at])),
            "Tập thể" if one.participant.is_collective else "Cá nhân",
            table.amount(one.award, is_collective=one.participant.is_collective),
        )
        for one in proposals
    ]


def _proposal_of(document: OfficialDocument) -> AwardProposal:
    rows = AwardProposal.objects.select_related(
        "movement", "participant", "achievement", "scoring_round", "decision"
    )
    return rows.get(reference=document.about_refs[0])


def _meeting_of(document: OfficialDocument) -> CouncilMeeting:
    return CouncilMeeting.objects.select_related("movement").get(reference=document.about_refs[0])


def _about(proposal: AwardProposal, body: Body) -> dict[str, Any]:
    participant = proposal.participant
    return {
        "proposal": proposal,
        "participant": participant,
        "movement": proposal.movement,
        "body": body,
        "award": _in_words(award_of(proposal)),
        "who": ", ".join(filter(None, [participant.name, participant.office, participant.employed_at])),
        "kind": "tập thể" if participant.is_collective else "cá nhân",
    }


def _in_words(award: Award) -> str:
    return award.title


def _bases(movement: Movement) -> tuple[str, ...]:
    plan = f"Kế hoạch số {movement.number} {format_long_date(movement.dated)} của {movement.issuer}"
    return (_ACT, _DECREE, f"{plan} về {inside_sentence(movement.title)}")


def _praise(movement: Movement) -> str:
    return f"có thành tích xuất sắc trong {inside_sentence(movement.title)}."


def _addressee(award: Award) -> str:
    return {
        "department": "Giám đốc Sở Lao động - Thương binh và Xã hội",
        "province": "Chủ tịch Ủy ban nhân dân tỉnh",
    }.get(award.decided_by, "………………………………………………")


def _giver(award: Award, body: Body) -> tuple[str, ...]:
    if award.decided_by == "department":
        return ("Giám đốc", body.name)
    return ("Chủ tịch", f"{body.name}")


def _authority(issuer: str, body: Body) -> str:
    who = "Giám đốc" if issuer == Issuer.DEPARTMENT else "Chủ tịch"
    return f"{who} {body.name}"


def _ground(proposal: AwardProposal) -> str:
    if proposal.achievement is not None:
        one = proposal.achievement
        return f"Thành tích {one.reference} «{one.title}», đạt ngày {format_date(one.achieved_on)}, đã được xác nhận"
    found = proposal.scoring_round
    if found is None:
        return ""
    return f"Kết quả xếp hạng {found.reference} «{found.title}», {format_period(found.first, found.last)}"


def _named(meeting: CouncilMeeting, role: str) -> str:
    return next((str(one["name"]) for one in meeting.present if one["role"] == role), "")


def _role(one: dict[str, Any]) -> str:
    return inside_sentence(str(CouncilRole(one["role"]).label))


def money_of(proposal: AwardProposal) -> str:
    """What goes with the award by the rates in force, and how: "447.000 đồng (0,3 × 1.490.000)"."""
    award, table = award_of(proposal), shipped_awards()
    is_collective = proposal.participant.is_collective
    rate = award.collective if is_collective else award.individual
    amount = table.amount(award.code, is_collective=is_collective)
    words = str(rate.normalize()).replace(".", ",")
    return f"{format_dong(amount)} đồng ({words} × {format_dong(table.base_salary)})"
