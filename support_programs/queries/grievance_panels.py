"""Complaints and reports on the pages of a case and of a list, on the worklist and in the masthead's search."""

from core.search import register_reference_page
from core.workflow import Actor
from support_programs.enums import GrievanceStatus, ListStatus
from support_programs.models import Case, CaseList
from support_programs.permissions import grievance_desk
from support_programs.queries.grievances import GrievanceRow, of_record, queues_of_grievances
from support_programs.queries.panels import Panel, register_case_panel, register_list_panel
from support_programs.queries.queues import register_queue

_TEMPLATE = "support_programs/grievances/panel.html"


def _panel(
    rows: list[GrievanceRow], reference: str, actor: Actor, *, is_posting: bool = False
) -> Panel | None:
    can_file = grievance_desk(actor)
    if not rows and not is_posting:
        return None
    is_open = [row for row in rows if row.status in GrievanceStatus.open()]
    context = {
        "rows": rows,
        "open_count": len(is_open),
        "can_file": can_file,
        "reference": reference,
        "is_posting": is_posting,
    }
    return Panel(_TEMPLATE, context)


def _of_case(actor: Actor, case: Case) -> Panel | None:
    return _panel(of_record(actor, case=case), case.reference, actor)


def _of_list(actor: Actor, case_list: CaseList) -> Panel | None:
    """While a list hangs out, remarks about it are taken down here."""
    is_posting = case_list.status in (ListStatus.POSTING, ListStatus.POSTED)
    return _panel(of_record(actor, case_list=case_list), case_list.reference, actor, is_posting=is_posting)


def register() -> None:
    """Make panels, counter and the page of a reference known."""
    register_case_panel("grievances", _of_case, place="main", order=70)
    register_list_panel("grievances", _of_list)
    register_queue("grievances", queues_of_grievances)
    register_reference_page("PA", "support_programs:grievance_page")
