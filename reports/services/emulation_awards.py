"""Commendation: proposals, the council with its votes and minutes, decisions as they were signed."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from core.audit import record_event
from core.enums import FileKind
from core.models import StoredFile
from core.money import format_dong
from core.queries.references import next_reference
from core.services.files import store_file
from core.text import clean_text
from core.transitions import TransitionRefused, perform
from core.workflow import Actor
from reports.enums.emulation import (
    AchievementStatus,
    AwardProcedure,
    MovementStatus,
    ParticipantStatus,
    ProposalStatus,
    RoundStatus,
)
from reports.models import (
    Achievement,
    AwardDecision,
    AwardProposal,
    Movement,
    Participant,
    ScoringRound,
)
from reports.permissions import decides_awards, registers_emulation
from reports.rules.awards import Award, shipped_awards
from reports.services.emulation import PaperFile
from reports.workflow.emulation import NOT_DECIDER, NOT_REGISTRAR, PROPOSAL_WORKFLOW
from support_programs.services.scope import check_area, check_no_number, check_past, check_role


@dataclass(frozen=True, slots=True)
class ProposalText:
    """Which form of commendation, by which procedure, for what: one achievement, or one closed ranking."""

    award: str
    procedure: str
    merit: str
    achievement: Achievement | None = None
    scoring_round: ScoringRound | None = None


@dataclass(frozen=True, slots=True)
class SignedDecision:
    """A decision as its paper says it; number and day are never made here."""

    award: str
    number: str
    signed_on: dt.date
    issuer: str
    scan: PaperFile | None = None


@transaction.atomic
def draft_proposal(participant: Participant, said: ProposalText, *, actor: Actor) -> AwardProposal:
    """Propose somebody for a commendation. Refused: who doesn't work for the area, a participant who left, a movement that is
    over, neither or both grounds, an achievement that nobody confirmed or of somebody else, a ranking that is open, and a
    ground for which a commendation is proposed or given already.
    """
    check_role(actor, registers_emulation, NOT_REGISTRAR)
    check_area(actor, participant.area_code)
    locked = Participant.objects.select_for_update().get(pk=participant.pk)
    if locked.status != ParticipantStatus.REGISTERED:
        raise TransitionRefused(_("Đơn vị, cá nhân này đã rút khỏi phong trào."))
    if participant.movement.status == MovementStatus.CLOSED:
        raise TransitionRefused(_("Phong trào đã tổng kết nên không đề nghị thêm."))
    award = _award(said.award)
    if said.procedure not in AwardProcedure.values:
        raise TransitionRefused(_("Hãy chọn thủ tục khen thưởng."))
    if not said.merit.strip():
        raise TransitionRefused(_("Hãy ghi tóm tắt thành tích."))
    check_no_number(said.merit)
    _check_ground(locked, said)
    proposal = AwardProposal.objects.create(
        reference=next_reference("KT"),
        area_code=locked.area_code,
        status=ProposalStatus.DRAFT,
        movement=participant.movement,
        participant=locked,
        award=award.code,
        procedure=said.procedure,
        achievement=said.achievement,
        scoring_round=said.scoring_round,
        merit=said.merit.strip(),
        proposed_by_id=actor.pk,
        proposed_by_name=actor.full_name,
    )
    record_event("proposal.draft", proposal, actor=actor, change={"award": award.title})
    return proposal


def _check_ground(participant: Participant, said: ProposalText) -> None:
    """One ground, that is the participant's and settled, and for which nothing is proposed or given yet."""
    if (said.achievement is None) == (said.scoring_round is None):
        raise TransitionRefused(_("Hãy chọn một căn cứ: một thành tích, hoặc một kỳ xếp hạng."))
    live = AwardProposal.objects.exclude(status__in=ProposalStatus.ended())
    if said.achievement is not None:
        if said.achievement.participant_id != participant.pk:
            raise TransitionRefused(_("Thành tích này của đơn vị, cá nhân khác."))
        if said.achievement.status != AchievementStatus.CONFIRMED:
            raise TransitionRefused(_("Thành tích chưa được xác nhận nên chưa đề nghị khen được."))
        taken = live.filter(achievement=said.achievement).first()
    else:
        found = said.scoring_round
        is_settled = found is not None and found.status == RoundStatus.CLOSED
        if not is_settled or (found and found.movement_id != participant.movement_id):
            raise TransitionRefused(_("Kỳ xếp hạng chưa khóa nên chưa đề nghị khen được."))
        taken = live.filter(participant=participant, scoring_round=found).first()
    if taken is not None:
        raise TransitionRefused(
            _("Thành tích này đã có ở đề nghị %(ref)s. Một thành tích chỉ được khen một lần.")
            % {"ref": taken.reference}
        )


@transaction.atomic
def submit_proposal(proposal: AwardProposal, *, actor: Actor) -> AwardProposal:
    """To the council. Refused for who doesn't work for the area, and when it isn't a draft."""
    check_area(actor, proposal.area_code)
    return perform(PROPOSAL_WORKFLOW, proposal, "proposal.submit", actor=actor)


@transaction.atomic
def withdraw_proposal(proposal: AwardProposal, *, reason: str, actor: Actor) -> AwardProposal:
    """Taken back with a reason before the council spoke; the same achievement may be proposed again."""
    check_area(actor, proposal.area_code)
    check_no_number(reason)
    return perform(PROPOSAL_WORKFLOW, proposal, "proposal.withdraw", actor=actor, reason=reason)


@transaction.atomic
def refuse_proposal(proposal: AwardProposal, *, reason: str, actor: Actor) -> AwardProposal:
    """The deciding body gives no commendation, with its reason. Refused for who proposed it."""
    check_area(actor, proposal.area_code)
    check_no_number(reason)
    return perform(
        PROPOSAL_WORKFLOW,
        proposal,
        "proposal.refuse",
        actor=actor,
        reason=reason,
        changes={"refused_reason": reason.strip()[:500], "decided_by_id": actor.pk},
    )


@transaction.atomic
def record_decision(
    movement: Movement, said: SignedDecision, proposals: Sequence[AwardProposal], *, actor: Actor
) -> AwardDecision:
    """A signed decision and everybody it commends, each with the money by the rates in force.

    Refused as a whole: who isn't the province's approver, who proposed one of them, a proposal that the council didn't
    recommend or of another form, no number or signer, a day to come, a decision that is recorded already.
    """
    check_role(actor, decides_awards, NOT_DECIDER)
    check_area(actor, movement.area_code)
    award = _award(said.award)
    if not said.number.strip() or not said.issuer.strip():
        raise TransitionRefused(_("Hãy ghi số quyết định và cơ quan, người ký như trên bản ký."))
    check_past(said.signed_on, _("Ngày ký"))
    if not proposals:
        raise TransitionRefused(_("Hãy chọn ít nhất một đề nghị được khen."))
    if any(one.award != award.code or one.movement_id != movement.pk for one in proposals):
        raise TransitionRefused(_("Một quyết định chỉ gồm các đề nghị cùng hình thức khen thưởng."))
    Movement.objects.select_for_update().get(pk=movement.pk)
    same = AwardDecision.objects.filter(
        number=said.number.strip(), signed_on=said.signed_on, award=award.code
    )
    if same.exists():
        raise TransitionRefused(_("Quyết định %(number)s đã được ghi.") % {"number": said.number.strip()})
    decision = AwardDecision.objects.create(
        reference=next_reference("QK"),
        area_code=movement.area_code,
        movement=movement,
        award=award.code,
        number=said.number.strip(),
        signed_on=said.signed_on,
        issuer=clean_text(said.issuer),
        scan=_scan(said, movement, actor),
        recorded_by_id=actor.pk,
        recorded_by_name=actor.full_name,
    )
    amounts = [_award_one(proposal, decision, award, actor) for proposal in proposals]
    change = {
        "number": decision.number,
        "proposals": len(amounts),
        "amount": format_dong(sum(amounts)),
        "references": [proposal.reference for proposal in proposals],
    }
    record_event("award.decided", decision, actor=actor, change=change)
    return decision


def _award_one(proposal: AwardProposal, decision: AwardDecision, award: Award, actor: Actor) -> int:
    is_collective = proposal.participant.is_collective
    table = shipped_awards()
    amount = table.amount(award.code, is_collective=is_collective)
    rate = award.collective if is_collective else award.individual
    how = f"{str(rate.normalize()).replace('.', ',')} × {format_dong(table.base_salary)} đồng ({award.basis})"
    perform(
        PROPOSAL_WORKFLOW,
        proposal,
        "proposal.award",
        actor=actor,
        changes={
            "decision": decision,
            "amount": amount,
            "amount_how": how,
            "decided_by_id": actor.pk,
        },
        event={"number": decision.number, "amount": amount},
    )
    return amount


def _scan(said: SignedDecision, movement: Movement, actor: Actor) -> StoredFile | None:
    if said.scan is None:
        return None
    return store_file(
        said.scan.content,
        name=said.scan.name,
        kind=FileKind.SCAN,
        area_code=movement.area_code,
        created_by_id=actor.pk,
    )


def _award(code: str) -> Award:
    found = shipped_awards().awards.get(code)
    if found is None:
        raise TransitionRefused(_("Hãy chọn hình thức khen thưởng."))
    return found
