"""What the page of one case shows."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from accounts.queries import place_name
from core import clock
from core.queries.calendar import working_calendar
from core.transitions import standing_of
from core.workflow import Actor
from support_programs.enums import CaseStatus, Result
from support_programs.models import Case
from support_programs.permissions import commune, works_on_cases
from support_programs.queries import case_page as page_queries
from support_programs.queries.claims import answers_of, children_of, months_of, typed_day
from support_programs.queries.differences import difference_of
from support_programs.queries.dossier import open_dossier
from support_programs.queries.facts import stored_facts
from support_programs.queries.filing import late_note, papers_of
from support_programs.queries.lists import OfferedAction, offered_actions
from support_programs.queries.officers import assignment_of
from support_programs.queries.panels import case_panels
from support_programs.queries.person_panel import applicant_of
from support_programs.queries.programmes import definition_of
from support_programs.queries.register_entries import changed_since_judged
from support_programs.queries.register_lines import register_lines_of
from support_programs.queries.supplements import Marks, marks_of
from support_programs.rules.definition import Definition
from support_programs.services.children import takes_children
from support_programs.services.corrections import may_correct
from support_programs.services.employer_months import may_record_months
from support_programs.services.entry import OPEN, may_state
from support_programs.views.case_acts import main_act, offered_acts
from support_programs.views.case_parts import crumbs_of
from support_programs.views.case_way import Way, neighbours_on
from support_programs.views.case_why import why_not
from support_programs.workflow import CASE_WORKFLOW


def page_context(case: Case, actor: Actor, way: Way) -> dict[str, Any]:
    """The case for somebody who may see it, on their way through a queue."""
    open_dossier(case)
    definition = definition_of(case.version_used_id)
    standing = standing_of(CASE_WORKFLOW, case, actor)
    actions = {action.code: action for action in offered_actions(CASE_WORKFLOW, case, actor, standing)}
    acts, can_list = offered_acts(actions), _can_list(actions, definition)
    due = case.due_on
    checks = page_queries.checks_of(case)
    marks = marks_of(case)
    return {
        "case": case,
        "crumb_parts": crumbs_of(case),
        "neighbours": neighbours_on(way, case, actor),
        "from_query": way.suffix,
        "assignment": assignment_of(actor, case),
        "area": place_name(case.area_code),
        "days_left": working_calendar().working_days_between(clock.today(), due) if due else None,
        "number": "0" * (9 if case.number_kind == "CCCD" else 6) + case.number_last3
        if case.number_last3
        else "",
        "checks": checks,
        "rules_url": checks.rules_url,
        "unsure_count": checks.unsure_count,
        "unsure": [row for row in checks.rows if row.verify],
        "sums": page_queries.sums_of(case),
        "is_refused": case.status == CaseStatus.INELIGIBLE or case.result == Result.NOT_ELIGIBLE,
        "taken_out": page_queries.taken_out_of(case),
        "namesakes": page_queries.namesakes_of(case, actor),
        "events": page_queries.history_of("support_programs.case", case.pk),
        "panels": case_panels(actor, case),
        "applicant": applicant_of(case, actor),
        "eligible_action": actions.get("case.mark_eligible"),
        "can_list": can_list,
        "acts": acts,
        "main_act": main_act(actions, acts, can_list=can_list),
        "why": why_not(case, actor, standing),
        "can_state_facts": may_state(case, actor),
        "can_correct": may_correct(case, actor),
        "denied": _denied(case, actor, bool(actions)),
        "evidence": papers_of(definition, stored_facts(case.facts)),
        "legal_basis": definition.legal_basis,
        "late_note": late_note(definition, case.received_on),
        "is_commune": commune(actor),
        "marks": marks,
        **_claim(case, actor, definition, marks),
        "can_record_decision": "case.record_decision_elsewhere" in actions,
    }


def _claim(case: Case, actor: Actor, definition: Definition, marks: Marks) -> dict[str, Any]:
    """What the dossier itself holds: answers, children, figures by month, and what another version found."""
    employer = case.employer or (case.case_list.employer if case.case_list else None)
    can_state = may_state(case, actor)
    answers = answers_of(case, marks.answers)
    lines = register_lines_of(case)
    told = {line.code for line in lines}
    has_children = takes_children(definition)
    again = typed_day(case.facts.get("received_on", {}).get("value"))
    return {
        "answers": answers,
        "answers_shown": [row for row in answers if row.value or row.is_required or row.mark],
        "answers_open": [row for row in answers if not (row.value or row.is_required or row.mark)],
        "missing": [
            row.label for row in answers if row.is_required and not row.value and row.code not in told
        ],
        "register_lines": lines,
        "has_contradiction": any(line.stated for line in lines),
        "has_register_changes": case.status in OPEN
        and bool(changed_since_judged([case.pk], [case.version_used_id])),
        "can_recheck": works_on_cases(actor),
        "has_children": has_children,
        "children": children_of(case) if has_children else [],
        "children_claimed": case.facts.get("children_claimed", {}).get("value"),
        "can_add_child": can_state and has_children,
        "can_receive_again": can_state,
        "received_again_on": again,
        "difference": difference_of(case),
        "is_tracked": definition.is_tracked_only,
        "months": months_of(case) if definition.is_tracked_only else [],
        "can_record_months": may_record_months(case, actor),
        "employer": employer,
        "is_employer_near": employer is not None and employer.area_code.startswith(actor.area_code),
    }


def _can_list(actions: Mapping[str, OfferedAction], definition: Definition) -> bool:
    """Whether the page leads on to the list that is being drawn up; what is only tracked has none."""
    offered = actions.get("case.list")
    return offered is not None and not offered.refusal and not definition.is_tracked_only


def _denied(case: Case, actor: Actor, has_actions: bool) -> str:
    """Why there is no button here: whose turn it is."""
    if has_actions:
        return ""
    transitions = CASE_WORKFLOW.actions_from(case.status)
    return str(transitions[0].denied) if transitions else _("Hồ sơ đã kết thúc ở bước này.")
