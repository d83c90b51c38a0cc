"""What leadership sees in the demo: a plan of payments, reports that were issued, reports that come by themselves, public scans.

Every paper is marked as invented; nothing is done that a desk couldn't do itself.
"""

import datetime as dt
from typing import Final

from accounts.demo import PROVINCE
from core.documents import is_renderer_installed
from core.enums import FileKind
from core.services.files import store_file
from reports.definitions import definition_of
from reports.definitions.base import Params
from reports.demo.acting import acting
from reports.demo.cases import AMOUNT
from reports.demo.scans import draw_sheet, scanned
from reports.demo.schedules import bring_schedules
from reports.models import ReportRun
from reports.queries.areas import area_choice
from reports.queries.figures import Dimension, Fact, FigureQuery, What, measure, read_figures
from reports.services.plans import PlanCell, save_plan
from reports.services.runs import make_report_run
from support_programs.models import ApprovalDecision
from support_programs.services.publishing import publish_scan

_PROGRAMME: Final = "LD_TU_DO"
_PLANNED, _TODAY = dt.date(2021, 8, 27), dt.date(2021, 9, 27)
_BEGINNING: Final = dt.date(2021, 8, 1)
_PAPER: Final = "DEMO-12/KH-SLĐTBXH"
# of what is expected, how many of a hundred in which week
_WEEKS: Final = (
    (dt.date(2021, 8, 30), 15),
    (dt.date(2021, 9, 6), 20),
    (dt.date(2021, 9, 13), 20),
    (dt.date(2021, 9, 20), 20),
    (dt.date(2021, 9, 27), 15),
)
_ISSUED: Final = ("nq68_result", "budget_districts")
_SCANS: Final = 2


def bring_planning() -> str:
    """All of it; gives in words how much."""
    planned = _plan()
    public = _publish()
    if not is_renderer_installed():
        return f"a plan of {planned} figures, {public} public scans, no reports"
    return (
        f"a plan of {planned} figures, {public} public scans, {_issue()} reports issued, {bring_schedules()}"
    )


def _plan() -> int:
    """People of each district as they are expected from the cases put forward, spread over five weeks; some are left over."""
    with acting("so-a", _PLANNED) as actor:
        choice = area_choice(actor, "", _PLANNED)
        if choice is None:
            return 0
        proposed = measure(Fact.PROPOSED, What.PEOPLE)
        asked = FigureQuery(choice, _BEGINNING, _TODAY, (proposed,), (Dimension.UNIT,), (_PROGRAMME,))
        figures = read_figures(actor, asked)
        expected = {unit.area_code: figures.of(proposed, unit.area_code) for unit in choice.units}
        saved = 0
        for week, share in (*_WEEKS, (None, 100)):
            cells = {
                code: PlanCell(people * share // 100, people * share // 100 * AMOUNT)
                for code, people in expected.items()
            }
            rows = save_plan(
                actor=actor, programme=_PROGRAMME, week=week, cells=cells, document_number=_PAPER
            )
            saved += len(rows)
        return saved


def _publish() -> int:
    """Scans of the first decisions, drawn for the demo, which somebody has looked through."""
    with acting("so-b", _TODAY) as actor:
        decisions = ApprovalDecision.objects.filter(programme=_PROGRAMME).order_by("signed_on", "pk")[:_SCANS]
        for decision in decisions:
            lines = (
                f"Số: {decision.number}",
                f"Ngày {decision.signed_on:%d/%m/%Y}",
                f"Phê duyệt hỗ trợ cho {decision.people} người.",
            )
            scan = store_file(
                scanned(draw_sheet("Quyết định", lines)),
                name=f"quyet-dinh-{decision.reference}.pdf",
                kind=FileKind.SCAN,
                area_code=PROVINCE,
                created_by_id=actor.pk,
            )
            publish_scan(decision, actor=actor, has_checked=True, file=scan)
        return len(decisions)


def _issue() -> int:
    """Reports that the director has issued."""
    with acting("lanhdao", _TODAY) as actor:
        choice = area_choice(actor, "", _TODAY)
        for code in _ISSUED:
            definition = definition_of(code)
            if definition is not None and choice is not None:
                params = Params(_TODAY.replace(day=1), _TODAY, choice)
                make_report_run(definition=definition, params=params, actor=actor)
        return ReportRun.objects.count()
