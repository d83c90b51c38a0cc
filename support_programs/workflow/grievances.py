"""The way of a complaint or report."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from core.workflow import Workflow
from support_programs.enums import GrievanceStatus as G
from support_programs.permissions import grievances as block
from support_programs.workflow import actors as done

GRIEVANCE_WORKFLOW: Final = Workflow(
    table="support_programs_grievance",
    initial=frozenset({G.RECEIVED}),
    state_labels={state.value: state.label for state in G},
    transitions=(
        done.by_grievance_desk(
            "grievance.accept",
            _("Thụ lý"),
            frozenset({G.RECEIVED}),
            G.ACCEPTED,
            guards=(block.AT_OTHER_DESK, block.FOR_DEPARTMENT_ONLY, block.ABOUT_MY_OWN_ACT),
        ),
        done.by_grievance_desk(
            "grievance.decline",
            _("Không thụ lý"),
            frozenset({G.RECEIVED}),
            G.DECLINED,
            guards=(block.AT_OTHER_DESK, block.FOR_DEPARTMENT_ONLY, block.ABOUT_MY_OWN_ACT),
            needs_reason=True,
        ),
        # stays with the receivers, at another desk
        done.by_grievance_desk(
            "grievance.forward",
            _("Chuyển cơ quan khác giải quyết"),
            frozenset({G.RECEIVED, G.ACCEPTED}),
            G.RECEIVED,
            guards=(block.AT_OTHER_DESK, block.STAYS_AT_DEPARTMENT),
            needs_reason=True,
        ),
        done.by_grievance_desk(
            "grievance.answer",
            _("Trả lời"),
            frozenset({G.ACCEPTED}),
            G.ANSWERED,
            guards=(block.AT_OTHER_DESK, block.ABOUT_MY_OWN_ACT),
        ),
        done.by_grievance_desk(
            "grievance.withdraw",
            _("Người gửi rút"),
            frozenset({G.RECEIVED, G.ACCEPTED}),
            G.WITHDRAWN,
            guards=(block.AT_OTHER_DESK,),
            needs_reason=True,
        ),
    ),
)
