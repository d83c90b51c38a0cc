"""What an official form is: data, and one function that reads its rows. The renderers know no more of a report than `Report`."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from accounts.enums import AreaLevel
from core.querysets import Viewer
from core.spreadsheets.tables import Column
from reports.queries.areas import AreaChoice

Figures = Mapping[str, str | int]


@dataclass(frozen=True, slots=True)
class Params:
    """What a report is asked for: a period, both days included, and an area."""

    first: dt.date
    last: dt.date
    area: AreaChoice


@dataclass(frozen=True, slots=True)
class Section:
    """A unit with its lines: the figures of the unit are the sums of its lines."""

    label: str
    area_code: str
    lines: tuple[Figures, ...]
    sums: Figures


@dataclass(frozen=True, slots=True)
class Signer:
    """An office that signs, and how."""

    office: str
    how: str = "(Ký, ghi rõ họ tên)"


@dataclass(frozen=True, slots=True)
class Report:
    """A report as it is shown, written to a file and kept: nothing in it is read again from the records.

    `columns` after the first two (STT and name) are figures; a section's number stands in STT.
    """

    code: str
    title: str
    subject: str
    period: str
    area_name: str
    parent_body: str
    body: str
    place: str
    unit_note: str
    legal_basis: tuple[str, ...]
    columns: tuple[Column, ...]
    sections: tuple[Section, ...]
    totals: Figures
    total_label: str
    in_words: tuple[str, ...]
    signers: tuple[Signer, ...]
    recipients: tuple[str, ...]
    figures_at: dt.datetime

    @property
    def figure_columns(self) -> tuple[Column, ...]:
        """The columns that hold figures."""
        return self.columns[2:]


@dataclass(frozen=True, slots=True)
class ReportDefinition:
    """An official form: its code, titles, legal basis, columns, and how its rows are read and added up."""

    code: str
    slug: str
    title: str
    purpose: str
    legal_basis: tuple[str, ...]
    columns: tuple[Column, ...]
    sections: Callable[[Params, Viewer], tuple[Section, ...]]
    in_words: Callable[[Figures], tuple[str, ...]]
    signers: Callable[[AreaLevel], tuple[Signer, ...]]
    unit_note: str = ""

    def totals(self, sections: Sequence[Section]) -> dict[str, int]:
        """The sums of all sections per figure column."""
        return add_up([section.sums for section in sections], self.columns)


def add_up(rows: Sequence[Figures], columns: Sequence[Column]) -> dict[str, int]:
    """Sum the figure columns of some rows; a column that a row lacks counts as nothing."""
    keys = [column.key for column in columns if column.total]
    return {key: sum(int(row.get(key, 0)) for row in rows) for key in keys}


def stored_sections(sections: Sequence[Section]) -> list[dict[str, Any]]:
    """Sections as they are kept with a run."""
    return [
        {
            "label": section.label,
            "area_code": section.area_code,
            "lines": [dict(line) for line in section.lines],
            "sums": dict(section.sums),
        }
        for section in sections
    ]


def read_sections(stored: Sequence[Mapping[str, Any]]) -> tuple[Section, ...]:
    """The sections of a kept run."""
    return tuple(
        Section(part["label"], part["area_code"], tuple(part["lines"]), part["sums"]) for part in stored
    )
