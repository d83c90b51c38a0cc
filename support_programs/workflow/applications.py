"""The way of an application that a citizen sent in on the public page."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from core.workflow import Workflow
from support_programs.enums import ApplicationStatus as A
from support_programs.permissions import grievances as block
from support_programs.workflow import actors as done

APPLICATION_WORKFLOW: Final = Workflow(
    table="support_programs_publicapplication",
    initial=frozenset({A.NEW}),
    state_labels={state.value: state.label for state in A},
    transitions=(
        done.by_intake(
            "application.take_in",
            _("Tiếp nhận thành hồ sơ"),
            frozenset({A.NEW}),
            A.TAKEN_IN,
            guards=(block.AT_OTHER_DESK,),
        ),
        done.by_intake(
            "application.decline",
            _("Không tiếp nhận"),
            frozenset({A.NEW}),
            A.DECLINED,
            guards=(block.AT_OTHER_DESK,),
            needs_reason=True,
        ),
    ),
)
