"""The grid of a plan: people and đồng of each district, typed or pasted from Excel."""

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.text import search_key
from reports.models import PlanEntry
from reports.queries.areas import Unit
from reports.services.plans import PlanCell

MOST_PEOPLE: Final = 9
MOST_DONG: Final = 15


class PaperForm(forms.Form):
    """The paper that the plan comes from."""

    document_number = forms.CharField(
        label=gettext_lazy("Số văn bản giao kế hoạch"),
        max_length=60,
        error_messages={"required": gettext_lazy("Hãy ghi số văn bản giao kế hoạch.")},
    )


@dataclass(slots=True)
class GridRow:
    """One district of the grid: what was typed, what stands, and why a cell can't be."""

    unit: Unit
    people: str
    amount: str
    seen: str
    error: str = ""


def figure_of(typed: str, digits: int) -> int | None:
    """1.500 or 1500 as a whole number; None for anything else."""
    text = re.sub(r"[\s.]|đ$|đồng$", "", typed.strip())
    return int(text) if text.isascii() and text.isdigit() and len(text) <= digits else None


def standing_rows(units: Sequence[Unit], standing: Mapping[str, PlanEntry]) -> list[GridRow]:
    """The grid as it stands."""
    rows = []
    for unit in units:
        row = standing.get(unit.area_code)
        rows.append(
            GridRow(
                unit,
                _written(row.people) if row else "",
                _written(row.amount) if row else "",
                str(row.pk) if row else "",
            )
        )
    return rows


def typed_rows(units: Sequence[Unit], data: Mapping[str, Any]) -> list[GridRow]:
    """The grid as it was sent."""
    return [
        GridRow(
            unit,
            str(data.get(f"people_{unit.area_code}", "")).strip(),
            str(data.get(f"amount_{unit.area_code}", "")).strip(),
            str(data.get(f"seen_{unit.area_code}", "")).strip(),
        )
        for unit in units
    ]


def cells_of(rows: Sequence[GridRow]) -> dict[str, PlanCell]:
    """The cells that were filled in; what can't be read gets its sentence in `error`."""
    cells: dict[str, PlanCell] = {}
    for row in rows:
        if not row.people and not row.amount:
            if row.seen:
                row.error = _("Muốn bỏ số đã ghi, hãy ghi 0.")
            continue
        people, amount = figure_of(row.people, MOST_PEOPLE), figure_of(row.amount, MOST_DONG)
        if people is None or not row.people:
            row.error = _("Số người phải là số nguyên, ví dụ 1.500.")
        elif amount is None or not row.amount:
            row.error = _("Số tiền phải là số đồng, ví dụ 1.500.000.")
        else:
            cells[row.unit.area_code] = PlanCell(
                people, amount, int(row.seen) if row.seen.isdigit() else None
            )
    return cells


@dataclass(frozen=True, slots=True)
class Pasted:
    """What a block from Excel filled in: the grid, and the lines that belong to no district."""

    rows: list[GridRow]
    placed: int
    unplaced: tuple[str, ...]


def paste_into(rows: list[GridRow], text: str) -> Pasted:
    """Lines of «huyện, số người, số tiền» copied in Excel into the grid; names count with or without «Huyện», marks, capitals."""
    by_name = {key: row for row in rows for key in _names_of(row.unit)}
    placed, unplaced = 0, []
    for line in text.splitlines():
        parts = [part.strip() for part in re.split(r"\t|;| {2,}", line.strip()) if part.strip()]
        if len(parts) < 3:
            if parts:
                unplaced.append(line.strip())
            continue
        name, people, amount = next(
            (
                (parts[n], parts[n + 1], parts[n + 2])
                for n in range(len(parts) - 2)
                if search_key(parts[n]) in by_name
            ),
            (parts[0], "", ""),
        )
        row = by_name.get(search_key(name))
        if row is None:
            unplaced.append(line.strip())
            continue
        row.people, row.amount, placed = people, amount, placed + 1
    return Pasted(rows, placed, tuple(unplaced))


def _names_of(unit: Unit) -> set[str]:
    # people write «TP. Long Xuyên», «TX Tân Châu», «H. Phú Tân»
    short = {f"{kind} {unit.short_name}" for kind in ("TP", "TX", "H")}
    names = {unit.name, unit.short_name, unit.area_code, *short}
    if len(unit.area_code) == 2:
        names |= {"Sở", "Sở LĐ-TBXH"}
    return {search_key(name) for name in names}


def _written(value: int) -> str:
    return f"{value:,}".replace(",", ".")


def week_of(typed: str) -> dt.date | None:
    """The Monday that an address names; None for the whole programme, ValueError for anything else."""
    return dt.date.fromisoformat(typed) if typed else None
