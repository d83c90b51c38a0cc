"""«Vì sao tôi không …?» of a list: every action that isn't possible now, with the reason and the way out."""

from core.transitions import Blocking, blocking_guards, explain
from core.workflow import Actor
from support_programs.enums import ListStatus, Step
from support_programs.models import CaseList
from support_programs.queries.list_steps import action_label
from support_programs.queries.programmes import definition_of
from support_programs.views.case_why import WhyNot
from support_programs.workflow import LIST_WORKFLOW


def blocking_of_roles(case_list: CaseList, actor: Actor) -> Blocking:
    """Every action of this person's roles with the guards in its way, whatever the state of the list; one query, none for a list
    that has come to its end.
    """
    if not LIST_WORKFLOW.actions_from(case_list.status):
        return {}
    mine = [each for each in LIST_WORKFLOW.transitions if actor.is_active and each.permission(actor)]
    return blocking_guards(mine, case_list, actor)


def why_not(case_list: CaseList, actor: Actor, standing: Blocking, blocking: Blocking) -> list[WhyNot]:
    """Everything that this person can't do with the list now, in the words of its level and chain; no query.

    Steps of another chain or another desk (a guard in `blocking` hides them, or they start where this list never comes) are left
    out; of a list that has come to its end nothing is told.
    """
    if not LIST_WORKFLOW.actions_from(case_list.status):
        return []
    hidden = {action for action, guards in blocking.items() if any(guard.hides for guard in guards)}
    never = _never(case_list)
    hidden |= {each.action for each in LIST_WORKFLOW.transitions if each.sources <= never}
    told = explain(LIST_WORKFLOW, case_list, actor, standing=standing)
    return [
        WhyNot(action_label(case_list, row.action, row.label), row.reasons, row.remedies)
        for row in told
        if row.reasons and row.action not in hidden
    ]


def _never(case_list: CaseList) -> frozenset[str]:
    """The states that the list's chain doesn't have."""
    definition = definition_of(case_list.version_used_id)
    has_agency = any(definition.has_step(step) for step in Step.of_agencies())
    posting = () if definition.has_step(Step.POSTING) else (ListStatus.POSTING, ListStatus.POSTED)
    return frozenset((*posting, *(() if has_agency else (ListStatus.AT_AGENCY,))))
