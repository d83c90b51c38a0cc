"""The year's plan of the targets: one save for the whole table, by one paper; a newer figure is a newer row."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.queries import area_name
from core.audit import record_event
from core.transitions import TransitionRefused
from core.workflow import Actor
from reports.models import TargetIndicator, TargetPlan
from reports.permissions import keeps_reports
from reports.queries.targets import plans_in_force
from reports.rules.targets import format_figure
from reports.services.targets_scope import NOT_DEPARTMENT
from support_programs.services.scope import check_area, check_no_number, check_past, check_role


@dataclass(frozen=True, slots=True)
class PlanPaper:
    """The paper that gives the plan, as it says itself."""

    number: str
    signed_on: dt.date


# what is to be reached, by indicator's code and area; None takes a plan back
PlanCells = Mapping[tuple[str, str], Decimal | None]


@transaction.atomic
def save_target_plan(*, actor: Actor, year: int, cells: PlanCells, paper: PlanPaper) -> int:
    """Record what of the table differs from the plan in force, with the paper that says so; gives how many figures changed.

    What was planned before stays in the history. Refused: people outside the department, a paper of a later day, a unit that the
    indicator is not told of.
    """
    check_role(actor, keeps_reports, NOT_DEPARTMENT)
    check_area(actor, *(area for _code, area in cells))
    check_no_number(paper.number)
    check_past(paper.signed_on, _("Ngày văn bản"))
    if not paper.number.strip():
        raise TransitionRefused(_("Hãy ghi số văn bản giao chỉ tiêu."))
    locked = TargetIndicator.objects.select_for_update(of=("self",), no_key=True).order_by("pk")
    indicators = {one.code: one for one in locked}
    before = plans_in_force(actor, actor.area_code, year)
    changed = 0
    for (code, area), value in sorted(cells.items()):
        one = indicators[code]
        if not one.has_plan_of(area):
            raise TransitionRefused(
                _("Chỉ tiêu «%(title)s» không giao cho %(unit)s.")
                % {"title": one.title, "unit": area_name(area)}
            )
        old = before.get((one.pk, area))
        if value != (old.value if old else None):
            _write(actor, year, one, area, value, old, paper)
            changed += 1
    return changed


def _write(
    actor: Actor,
    year: int,
    one: TargetIndicator,
    area: str,
    value: Decimal | None,
    old: TargetPlan | None,
    paper: PlanPaper,
) -> None:
    row = TargetPlan.objects.create(
        area_code=area,
        indicator=one,
        year=year,
        value=value,
        paper_number=paper.number.strip(),
        paper_on=paper.signed_on,
        replaces=old,
        entered_by_id=actor.pk,
        entered_by_name=actor.full_name,
    )
    nothing = _("không giao")
    record_event(
        "target_plan.set",
        row,
        actor=actor,
        change={
            "year": year,
            "unit": area_name(area),
            "title": one.title,
            "value": format_figure(value, one.decimals) or nothing,
            "before": format_figure(old.value if old else None, one.decimals) or nothing,
            "paper": row.paper_number,
        },
    )
