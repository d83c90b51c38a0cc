"""The way of a figure that a unit reports: typed, submitted, approved by another person, replaced by a correction."""

from typing import Final

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.workflow import Guard, Transition, Workflow
from reports.enums.targets import TargetStatus as S
from reports.permissions import approves_targets, enters_targets

NOT_REPORTING: Final = _("Việc này do chuyên viên báo cáo chỉ tiêu của đơn vị làm.")
NOT_APPROVING: Final = _("Việc này do lãnh đạo huyện, hoặc người phê duyệt cấp tỉnh làm.")

OTHER_UNIT: Final = Guard(
    _("Số liệu này của đơn vị khác báo cáo."), lambda actor: ~Q(area_code=actor.area_code), hides=True
)
TYPED_BY_ME: Final = Guard(
    _("Bạn đã nhập hoặc gửi số liệu này nên không được duyệt. Hãy nhờ người khác duyệt."),
    lambda actor: Q(entered_by_id=actor.pk) | Q(submitted_by_id=actor.pk),
)

TARGET_ENTRY_WORKFLOW: Final = Workflow(
    table="reports_targetentry",
    initial=frozenset({S.DRAFT}),
    state_labels={state.value: state.label for state in S},
    transitions=(
        Transition(
            "target_entry.submit",
            _("Gửi duyệt"),
            frozenset({S.DRAFT, S.SENT_BACK}),
            S.SUBMITTED,
            enters_targets,
            NOT_REPORTING,
            guards=(OTHER_UNIT,),
        ),
        Transition(
            "target_entry.take_back",
            _("Rút lại để sửa"),
            frozenset({S.SUBMITTED}),
            S.DRAFT,
            enters_targets,
            NOT_REPORTING,
            guards=(OTHER_UNIT,),
        ),
        Transition(
            "target_entry.approve",
            _("Duyệt"),
            frozenset({S.SUBMITTED}),
            S.APPROVED,
            approves_targets,
            NOT_APPROVING,
            guards=(OTHER_UNIT, TYPED_BY_ME),
        ),
        Transition(
            "target_entry.send_back",
            _("Trả lại"),
            frozenset({S.SUBMITTED}),
            S.SENT_BACK,
            approves_targets,
            NOT_APPROVING,
            guards=(OTHER_UNIT,),
            needs_reason=True,
        ),
        # done with the approval of a correction, never alone
        Transition(
            "target_entry.replace",
            _("Thay bằng số đính chính"),
            frozenset({S.APPROVED}),
            S.REPLACED,
            approves_targets,
            NOT_APPROVING,
            guards=(OTHER_UNIT,),
        ),
    ),
)
