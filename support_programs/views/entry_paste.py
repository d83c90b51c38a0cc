"""A pasted row put into a form that may have been typed into already."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.http import HttpRequest

from core.wording import Text
from core.workflow import Actor
from support_programs.queries.entry_rows import PastedRow, columns_to_choose, read_row
from support_programs.rules.definition import Definition
from support_programs.views.entry_memory import columns_of_layout, remember_columns, remembered


@dataclass(frozen=True, slots=True)
class Filled:
    """The row as it was read, the form's fields after it, which of them it filled, and which kept what was typed."""

    row: PastedRow
    typed: dict[str, str]
    filled: dict[str, str] = field(default_factory=dict)
    kept: tuple[str, ...] = ()

    @property
    def packed(self) -> str:
        """What it filled, for the next reading of the same row."""
        return json.dumps(self.filled, ensure_ascii=False)


def fill(request: HttpRequest, definition: Definition, actor: Actor, typed: Mapping[str, str]) -> Filled:
    """Read the row of the form and put it into the fields that nobody has typed into.

    With the button of the chosen columns those say what each cell is, and are kept for the next row; else a header, then what
    was chosen for rows of that width, then the cells.
    """
    text = typed.get("row_paste", "")
    if "refill" in request.POST:
        chosen = chosen_columns(request)
        remember_columns(request, definition, chosen)
        row = read_row(text, definition, actor.area_code, chosen)
    else:
        row = read_row(text, definition, actor.area_code)
        known = columns_of_layout(request, definition, row.width)
        if known and not any(cell.header for cell in row.cells):
            row = read_row(text, definition, actor.area_code, known)
    return _put(row, typed, remembered(request, definition))


def chosen_columns(request: HttpRequest) -> dict[int, str]:
    """Number of the column -> what the officer says that it is."""
    found = {}
    for name, code in request.POST.items():
        number = name.removeprefix("cell-")
        if number != name and number.isascii() and number.isdigit() and len(number) < 4:
            found[int(number)] = str(code)
    return found


def choices_for(definition: Definition) -> list[tuple[str, Text]]:
    """What a cell may be said to be."""
    return columns_to_choose(definition)


def _put(row: PastedRow, typed: Mapping[str, str], given: Mapping[str, str]) -> Filled:
    """Over what is empty, what an earlier reading filled, and what the form was given; what was typed stays."""
    before = _filled_before(typed)
    after, filled, kept = dict(typed), {}, []
    for name in {*before, *row.values}:
        value, current = row.values.get(name, ""), typed.get(name, "")
        if current in ("", before.get(name), given.get(name)):
            after[name] = value
            if value:
                filled[name] = value
        elif value and value != current:
            kept.append(name)
        elif value:
            filled[name] = value
    return Filled(row, after, filled, tuple(sorted(kept)))


def _filled_before(typed: Mapping[str, str]) -> dict[str, str]:
    try:
        found = json.loads(typed.get("filled") or "{}")
    except ValueError:
        return {}
    return {str(name): str(value) for name, value in found.items()} if isinstance(found, dict) else {}
