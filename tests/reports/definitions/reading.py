"""A definition read as somebody would read it: lines by their label, sums of a section, rows of a list."""

import datetime as dt

from accounts.models import User
from reports.definitions import DEFINITIONS
from reports.definitions.base import Body, Figures, Params
from reports.queries.areas import area_choice

TODAY = dt.date(2021, 9, 27)
FIRST = dt.date(2021, 9, 1)


def params_for(
    reader: User,
    area: str = "",
    *,
    first: dt.date = FIRST,
    last: dt.date = TODAY,
    programmes: tuple[str, ...] = (),
) -> Params:
    """What somebody asks for; by default their own area and September until the 27th."""
    choice = area_choice(reader, area, last)
    assert choice is not None
    return Params(first, last, choice, programmes)


def body_of(code: str, reader: User, params: Params | None = None) -> Body:
    """What the definition reads for them."""
    return DEFINITIONS[code].read(params or params_for(reader), reader)


def line_of(body: Body, label: str, section: str = "") -> Figures:
    """The one line with this label (in this section)."""
    (found,) = [
        line
        for part in body.sections
        if section in ("", part.label)
        for line in part.lines
        if line["label"] == label
    ]
    return found


def total_of(body: Body, key: str) -> int:
    """The sum of a column over all lines."""
    return sum(int(str(line.get(key) or 0)) for part in body.sections for line in part.lines)


def rows_of(body: Body) -> list[Figures]:
    """The rows of a list."""
    assert body.rows is not None
    return list(body.rows)
