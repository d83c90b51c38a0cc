"""The facts that a programme asks beyond the person: its list's further columns, read cell by cell. Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from typing import Final

from beneficiaries.imports.cell_texts import plain_text, shown_day
from beneficiaries.imports.extra_columns import ExtraColumn, in_vietnamese
from beneficiaries.rules import cell_values, dates
from beneficiaries.rules.cell_values import Unreadable
from beneficiaries.rules.findings import Finding
from core.spreadsheets.reading import Cell

Fact = str | int | bool
START: Final = "event_start"
END: Final = "event_end"
LONGEST_TEXT: Final = 250
LONGEST_EVENT: Final = 400  # days; no spell of any programme is longer
FIRST_DAY: Final = dt.date(2021, 1, 1)
_AHEAD: Final = dt.timedelta(days=365)
_UNREADABLE: Final = {
    "date": "EXTRA_NO_DATE",
    "month": "EXTRA_NO_MONTH",
    "integer": "EXTRA_NO_NUMBER",
    "money": "EXTRA_NO_MONEY",
    "flag": "EXTRA_NO_FLAG",
    "choice": "EXTRA_NO_CHOICE",
}


class FactReader:
    """Reads the further columns of one list's rows.

    `units` are the đồng that the header of a money column counts in. In a list that seems to write the month first, days that
    may be turned are asked about, like births.
    """

    def __init__(
        self,
        extras: Sequence[ExtraColumn],
        business_date: dt.date,
        units: Mapping[str, int],
        *,
        is_month_first: bool = False,
    ) -> None:
        self._extras = [in_vietnamese(extra) for extra in extras]
        self._days = frozenset(extra.code for extra in extras if extra.kind == "date")
        self._units = units
        self._today = business_date
        self._last_start = business_date + _AHEAD
        self._is_month_first = is_month_first

    def read(
        self,
        cells: Mapping[str, Cell],
        hints: Mapping[str, str],
        typed: Collection[str],
        found: list[Finding],
    ) -> dict[str, Fact]:
        """The facts by code, only of cells that say something; what can't be read is added to `found`."""
        facts: dict[str, Fact] = {}
        for extra in self._extras:
            cell = cells.get(extra.code)
            if cell_values.is_empty(cell):
                continue
            if isinstance(cell, str):
                cell = plain_text(cell, hints.get(extra.code, ""))
            try:
                fact = self._fact(extra, cell)
            except Unreadable as problem:
                found.append(_unreadable(extra, cell, problem.suggestion))
                continue
            found.extend(self._doubts(extra, fact, extra.code in typed))
            facts[extra.code] = fact[: _longest(extra)] if isinstance(fact, str) else fact
        found.extend(self._span_findings(facts))
        return facts

    def _fact(self, extra: ExtraColumn, cell: Cell) -> Fact:
        if extra.kind == "date":
            return cell_values.read_event_day(cell)
        if extra.kind == "month":
            return cell_values.read_month(cell)
        if extra.kind == "integer":
            # a column of per cent says so in its name
            is_percent = "%" in str(extra.label)
            return cell_values.read_percent(cell) if is_percent else cell_values.read_whole(cell)
        if extra.kind == "money":
            return cell_values.read_money(cell, self._units.get(extra.code, 1))
        if extra.kind == "flag":
            return cell_values.read_flag(cell, str(extra.label))
        if extra.kind == "choice":
            return cell_values.read_choice(cell, [(code, str(label)) for code, label in extra.choices])
        return _written(cell)

    def _doubts(self, extra: ExtraColumn, fact: Fact, is_typed: bool) -> list[Finding]:
        label = str(extra.label)
        if extra.kind == "text" and len(str(fact)) > _longest(extra):
            return [Finding("VALUE_TOO_LONG", extra.code, expected=label)]
        if extra.kind in ("integer", "money") and isinstance(fact, int) and not _is_within(extra, fact):
            return [Finding("EXTRA_OUT_OF_RANGE", extra.code, str(fact), f"{label} ({_bounds(extra)})")]
        if extra.is_past and str(fact) > self._today.isoformat():
            return [Finding("DAY_TO_COME", extra.code, shown_day(str(fact)), label)]
        if extra.kind == "date" and self._is_month_first and not is_typed:
            turned = dates.turned(str(fact))
            if turned:
                return [Finding("EXTRA_MONTH_FIRST", extra.code, shown_day(str(fact)), shown_day(turned))]
        return []

    def _span_findings(self, facts: Mapping[str, Fact]) -> list[Finding]:
        """An event that can't have been: its end before its start, or longer than any; a start that belongs to no programme."""
        if START not in facts or START not in self._days:
            return []
        start = dt.date.fromisoformat(str(facts[START]))
        found: list[Finding] = []
        if not FIRST_DAY <= start <= self._last_start:
            limits = f"{FIRST_DAY:%d/%m/%Y} – {self._last_start:%d/%m/%Y}"
            found.append(Finding("EVENT_UNLIKELY", START, f"{start:%d/%m/%Y}", limits))
        if END in facts and END in self._days:
            end = dt.date.fromisoformat(str(facts[END]))
            days = (end - start).days + 1
            if end < start:
                found.append(Finding("EVENT_ENDS_EARLY", END, f"{end:%d/%m/%Y}", f"{start:%d/%m/%Y}"))
            elif days > LONGEST_EVENT:
                found.append(Finding("EVENT_TOO_LONG", END, str(days), str(LONGEST_EVENT)))
        return found


def fact_reader(
    extras: Sequence[ExtraColumn],
    business_date: dt.date,
    units: Mapping[str, int],
    *,
    is_month_first: bool = False,
) -> FactReader | None:
    """A reader of these columns; None where the list has none of them."""
    return FactReader(extras, business_date, units, is_month_first=is_month_first) if extras else None


def shown_fact(extra: ExtraColumn, fact: Fact) -> str:
    """A fact as an officer writes it into the list."""
    if extra.kind == "date" and isinstance(fact, str):
        return shown_day(fact)
    if extra.kind == "month" and isinstance(fact, str):
        return f"{fact[5:]}/{fact[:4]}"
    if extra.kind == "flag":
        return "Có" if fact else "Không"
    if extra.kind == "choice":
        choices = in_vietnamese(extra).choices
        return next((str(label) for code, label in choices if code == fact), str(fact))
    return str(fact)


def _unreadable(extra: ExtraColumn, cell: Cell, suggestion: str) -> Finding:
    label = str(extra.label)
    if extra.kind == "choice":
        label = f"{label} ({'; '.join(str(choice) for _code, choice in extra.choices)})"
    return Finding(_UNREADABLE[extra.kind], extra.code, _written(cell)[:LONGEST_TEXT], label, suggestion)


def _longest(extra: ExtraColumn) -> int:
    return extra.most if extra.kind == "text" and extra.most else LONGEST_TEXT


def _is_within(extra: ExtraColumn, number: int) -> bool:
    return number >= extra.least and (not extra.most or number <= extra.most)


def _bounds(extra: ExtraColumn) -> str:
    return f"{extra.least} – {extra.most}" if extra.most else f"≥ {extra.least}"


def _written(cell: Cell) -> str:
    return f"{cell:%d/%m/%Y}" if isinstance(cell, dt.date) else plain_text(cell)
