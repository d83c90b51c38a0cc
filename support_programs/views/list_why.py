"""«Vì sao tôi không …?» of a list: every action that isn't possible now, with the reason and the way out."""

from core.transitions import Blocking, explain
from core.workflow import Actor
from support_programs.models import CaseList
from support_programs.queries.list_steps import action_label
from support_programs.views.case_why import WhyNot
from support_programs.workflow import LIST_WORKFLOW


def why_not(case_list: CaseList, actor: Actor, standing: Blocking) -> list[WhyNot]:
    """Everything that this person can't do with the list now, in the words of its level and chain; no query."""
    told = explain(LIST_WORKFLOW, case_list, actor, standing=standing)
    return [
        WhyNot(action_label(case_list, row.action, row.label), row.reasons, row.remedies)
        for row in told
        if row.reasons
    ]
