"""The department writes the plan of payments: what is different from what stands becomes a new row."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core import clock
from core.audit import record_event
from core.dates import format_date
from core.transitions import TransitionRefused
from core.workflow import Actor
from reports.models import PlanEntry
from reports.permissions import keeps_reports
from reports.queries.plan import plan_units
from support_programs.models import Programme
from support_programs.services.scope import check_role

NOT_KEEPER: Final = gettext_lazy("Kế hoạch chi do chuyên viên Sở nhập.")


class PlanRefused(TransitionRefused):
    """Nothing was saved; `cells` says which figure can't be and why, by area code."""

    def __init__(self, sentence: str, cells: Mapping[str, str] | None = None) -> None:
        super().__init__(sentence)
        self.cells = dict(cells or {})


@dataclass(frozen=True, slots=True)
class PlanCell:
    """The figure of one district; `seen` is the row that stood there when the page was opened, None for none."""

    people: int
    amount: int
    seen: int | None = None


@transaction.atomic
def save_plan(
    *,
    actor: Actor,
    programme: str,
    week: dt.date | None,
    cells: Mapping[str, PlanCell],
    document_number: str,
) -> list[PlanEntry]:
    """Write the figures of one programme by district, for a week or (None) the whole programme; gives the new rows, none where
    everything stood as typed.

    Refused whole: another role, an unknown programme, a week that doesn't begin on a Monday, a figure without its paper, an area
    that is no district (nor `89`, the department's own people), a figure that somebody changed since the page was opened.
    """
    check_role(actor, keeps_reports, NOT_KEEPER)
    # two who save at once come one after the other
    if not Programme.objects.select_for_update(no_key=True).filter(pk=programme).exists():
        raise PlanRefused(_("Không có chính sách này."))
    if week is not None and week.weekday() != 0:
        raise PlanRefused(_("Tuần của kế hoạch bắt đầu từ thứ Hai."))
    standing = _standing(programme, week)
    _check_cells(actor, cells, standing)
    changed = {code: cell for code, cell in cells.items() if _is_new(cell, standing.get(code))}
    if changed and not document_number.strip():
        raise PlanRefused(_("Hãy ghi số văn bản giao kế hoạch."))
    return [
        _write(actor, programme, week, code, cell, document_number.strip(), standing.get(code))
        for code, cell in sorted(changed.items())
    ]


def _standing(programme: str, week: dt.date | None) -> dict[str, PlanEntry]:
    rows = PlanEntry.objects.filter(programme=programme, replaced_by__isnull=True)
    rows = rows.filter(week__isnull=True) if week is None else rows.filter(week=week)
    return {row.area_code: row for row in rows}


def _check_cells(actor: Actor, cells: Mapping[str, PlanCell], standing: Mapping[str, PlanEntry]) -> None:
    known = {unit.area_code for unit in plan_units(actor, clock.today())}
    refused = {code: _("Địa bàn này không có kế hoạch riêng.") for code in cells if code not in known}
    for code, cell in cells.items():
        row = standing.get(code)
        if (row.pk if row else None) != cell.seen:
            refused[code] = _changed_since(row)
    if refused:
        raise PlanRefused(_("Chưa ghi gì: có ô không ghi được."), refused)


def _changed_since(row: PlanEntry | None) -> str:
    if row is None:
        return _("Số này đã khác từ khi bạn mở trang. Hãy mở lại trang rồi ghi.")
    return _("%(name)s đã ghi số khác ngày %(day)s: %(people)s người. Hãy xem lại rồi ghi.") % {
        "name": row.entered_by_name,
        "day": format_date(row.entered_on),
        "people": row.people,
    }


def _is_new(cell: PlanCell, row: PlanEntry | None) -> bool:
    return row is None or (row.people, row.amount) != (cell.people, cell.amount)


def _write(
    actor: Actor,
    programme: str,
    week: dt.date | None,
    code: str,
    cell: PlanCell,
    document_number: str,
    before: PlanEntry | None,
) -> PlanEntry:
    entry = PlanEntry.objects.create(
        area_code=code,
        programme_id=programme,
        week=week,
        people=cell.people,
        amount=cell.amount,
        document_number=document_number,
        replaces=before,
        entered_by_id=actor.pk,
        entered_by_name=actor.full_name,
        entered_on=clock.today(),
    )
    change = {
        "programme": programme,
        "area": code,
        "week": week,
        "people": cell.people,
        "amount": cell.amount,
        "document": document_number,
        "before": {"people": before.people, "amount": before.amount} if before else None,
    }
    record_event("plan.entered", entry, actor=actor, change=change)
    return entry
