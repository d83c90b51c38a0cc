"""The ways of a movement, of who takes part, of achievements, rounds, proposals and meetings."""

from functools import partial
from typing import Any, Final

from django.apps import apps
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from core.workflow import Guard, Transition, Workflow
from reports.enums.emulation import AchievementStatus as A
from reports.enums.emulation import MeetingStatus as C
from reports.enums.emulation import MovementStatus as M
from reports.enums.emulation import ParticipantStatus as P
from reports.enums.emulation import ProposalStatus as K
from reports.enums.emulation import RoundStatus as R
from reports.permissions import decides_awards, keeps_reports, registers_emulation

NOT_KEEPER: Final = _("Việc này do chuyên viên Sở làm.")
NOT_REGISTRAR: Final = _("Việc này do chuyên viên Sở, huyện hoặc cán bộ xã của đơn vị làm.")
NOT_DECIDER: Final = _("Việc này do người phê duyệt cấp tỉnh làm.")

_by_keeper: Final = partial(Transition, permission=keeps_reports, denied=NOT_KEEPER)
_by_registrar: Final = partial(Transition, permission=registers_emulation, denied=NOT_REGISTRAR)
_by_decider: Final = partial(Transition, permission=decides_awards, denied=NOT_DECIDER)


def _rows(model: str, **lookup: Any) -> Exists:
    return Exists(apps.get_model("reports", model)._default_manager.filter(**lookup))


NO_CRITERIA: Final = Guard(
    _("Phong trào chưa có tiêu chí nào đang áp dụng. Hãy ghi tiêu chí trước."),
    lambda actor: ~Q(_rows("Criterion", movement=OuterRef("pk"), is_active=True)),
)
ROUND_OPEN: Final = Guard(
    _("Còn kỳ xếp hạng chưa khóa. Hãy khóa kỳ đó trước."),
    lambda actor: Q(_rows("ScoringRound", movement=OuterRef("pk"), status=R.OPEN)),
)
PROPOSAL_OPEN: Final = Guard(
    _("Còn đề nghị khen thưởng chưa có kết quả."),
    lambda actor: Q(
        _rows("AwardProposal", movement=OuterRef("pk"), status__in=[K.DRAFT, K.SUBMITTED, K.RECOMMENDED])
    ),
)
MOVEMENT_WORKFLOW: Final = Workflow(
    table="reports_movement",
    initial=frozenset({M.PREPARING}),
    state_labels={state.value: state.label for state in M},
    transitions=(
        _by_keeper(
            "movement.start",
            _("Bắt đầu chấm điểm"),
            frozenset({M.PREPARING}),
            M.RUNNING,
            guards=(NO_CRITERIA,),
        ),
        _by_keeper(
            "movement.close",
            _("Tổng kết phong trào"),
            frozenset({M.RUNNING}),
            M.CLOSED,
            guards=(ROUND_OPEN, PROPOSAL_OPEN),
        ),
    ),
)

PARTICIPANT_WORKFLOW: Final = Workflow(
    table="reports_participant",
    initial=frozenset({P.REGISTERED}),
    state_labels={state.value: state.label for state in P},
    transitions=(
        _by_registrar(
            "participant.withdraw",
            _("Rút đăng ký"),
            frozenset({P.REGISTERED}),
            P.WITHDRAWN,
            guards=(
                Guard(
                    _("Đơn vị, cá nhân này đang có đề nghị khen thưởng nên chưa rút được."),
                    lambda actor: Q(
                        _rows(
                            "AwardProposal",
                            participant=OuterRef("pk"),
                            status__in=[K.DRAFT, K.SUBMITTED, K.RECOMMENDED],
                        )
                    ),
                ),
            ),
            needs_reason=True,
        ),
    ),
)

ENTERED_BY_ME: Final = Guard(
    _("Bạn đã ghi thành tích này nên không được xác nhận. Hãy nhờ người khác."),
    lambda actor: Q(entered_by_id=actor.pk),
)
NOT_RUNNING: Final = Guard(
    _("Phong trào đã tổng kết nên không xác nhận thêm thành tích."),
    lambda actor: Q(participant__movement__status=M.CLOSED),
)
ACHIEVEMENT_WORKFLOW: Final = Workflow(
    table="reports_achievement",
    initial=frozenset({A.ENTERED}),
    state_labels={state.value: state.label for state in A},
    transitions=(
        _by_keeper(
            "achievement.confirm",
            _("Xác nhận thành tích"),
            frozenset({A.ENTERED}),
            A.CONFIRMED,
            guards=(ENTERED_BY_ME, NOT_RUNNING),
        ),
        _by_keeper(
            "achievement.refuse",
            _("Không xác nhận"),
            frozenset({A.ENTERED}),
            A.REFUSED,
            guards=(ENTERED_BY_ME,),
            needs_reason=True,
        ),
        _by_registrar("achievement.withdraw", _("Rút thành tích"), frozenset({A.ENTERED}), A.WITHDRAWN),
    ),
)

ROUND_WORKFLOW: Final = Workflow(
    table="reports_scoringround",
    initial=frozenset({R.OPEN}),
    state_labels={state.value: state.label for state in R},
    transitions=(
        _by_keeper(
            "scoring.close",
            _("Khóa kỳ xếp hạng"),
            frozenset({R.OPEN}),
            R.CLOSED,
            guards=(Guard(_("Kỳ này chưa tính điểm lần nào."), lambda actor: Q(run=0)),),
        ),
    ),
)

PROPOSED_BY_ME: Final = Guard(
    _("Bạn đã lập đề nghị này nên không được ghi quyết định. Hãy nhờ người khác."),
    lambda actor: Q(proposed_by_id=actor.pk),
)
PROPOSAL_WORKFLOW: Final = Workflow(
    table="reports_awardproposal",
    initial=frozenset({K.DRAFT}),
    state_labels={state.value: state.label for state in K},
    transitions=(
        _by_registrar("proposal.submit", _("Trình hội đồng"), frozenset({K.DRAFT}), K.SUBMITTED),
        _by_registrar(
            "proposal.withdraw",
            _("Rút đề nghị"),
            frozenset({K.DRAFT, K.SUBMITTED}),
            K.WITHDRAWN,
            needs_reason=True,
        ),
        _by_keeper("proposal.recommend", _("Hội đồng đề nghị khen"), frozenset({K.SUBMITTED}), K.RECOMMENDED),
        _by_keeper(
            "proposal.not_recommend", _("Hội đồng không đề nghị"), frozenset({K.SUBMITTED}), K.REFUSED
        ),
        _by_decider(
            "proposal.award",
            _("Ghi quyết định khen thưởng"),
            frozenset({K.RECOMMENDED}),
            K.AWARDED,
            guards=(PROPOSED_BY_ME,),
        ),
        _by_decider(
            "proposal.refuse",
            _("Không khen"),
            frozenset({K.RECOMMENDED}),
            K.REFUSED,
            guards=(PROPOSED_BY_ME,),
            needs_reason=True,
        ),
    ),
)

MEETING_WORKFLOW: Final = Workflow(
    table="reports_councilmeeting",
    initial=frozenset({C.OPEN}),
    state_labels={state.value: state.label for state in C},
    transitions=(
        _by_keeper(
            "meeting.close",
            _("Lập biên bản, khóa phiên họp"),
            frozenset({C.OPEN}),
            C.CLOSED,
            guards=(
                Guard(
                    _("Chưa ghi phiếu cho đề nghị nào."),
                    lambda actor: ~Q(_rows("CouncilVote", meeting=OuterRef("pk"))),
                ),
            ),
        ),
    ),
)

EMULATION_WORKFLOWS: Final[tuple[Workflow, ...]] = (
    MOVEMENT_WORKFLOW,
    PARTICIPANT_WORKFLOW,
    ACHIEVEMENT_WORKFLOW,
    ROUND_WORKFLOW,
    PROPOSAL_WORKFLOW,
    MEETING_WORKFLOW,
)
