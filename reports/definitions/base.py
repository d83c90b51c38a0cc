"""What a report is: data, and one function that reads it. The renderers know no more of a report than `Report`."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from accounts.enums import AreaLevel
from accounts.permissions import reads_figures
from core.querysets import Viewer
from core.spreadsheets.tables import Cell, Column
from core.workflow import Actor
from reports.queries.areas import AreaChoice

Figures = Mapping[str, Cell]


class ReportGroup(TextChoices):
    """Where a report stands in the catalogue."""

    PROGRESS = "progress", _("Tiến độ, kết quả")
    PEOPLE = "people", _("Danh sách, đối tượng")
    MONEY = "money", _("Kinh phí, chi trả")
    GOODS = "goods", _("Gạo, hàng hóa, quyên góp")
    QUALITY = "quality", _("Thời hạn, chất lượng")
    STANDING = "standing", _("Chế độ thường xuyên, chỉ tiêu")
    AUDIT = "audit", _("Kiểm tra, giám sát")
    OWN = "own", _("Mẫu của Sở")


class Ask(TextChoices):
    """What a report is asked for beside area and period. `PROGRAMME`: one of those it is made for; `PROGRAMMES`: any, or all."""

    PROGRAMME = "programme", _("Chính sách")
    PROGRAMMES = "programmes", _("Chính sách")
    UNITS = "units", _("Chi tiết đến")


@dataclass(frozen=True, slots=True)
class Params:
    """What a report is asked for: a period, both days included, an area, and what its definition `asks`.

    `programmes` () means all. A definition that asks for `UNITS` finds the communes in `area` where they were asked for.
    """

    first: dt.date
    last: dt.date
    area: AreaChoice
    programmes: tuple[str, ...] = ()

    @property
    def programme(self) -> str:
        """The one that a definition with `Ask.PROGRAMME` was asked for."""
        return self.programmes[0] if self.programmes else ""


@dataclass(frozen=True, slots=True)
class Section:
    """A unit with its lines: the figures of the unit are the sums of its lines. Without a label the lines stand by themselves."""

    label: str
    area_code: str
    lines: tuple[Figures, ...]
    sums: Figures


@dataclass(frozen=True, slots=True)
class ChartPoint:
    """One value of a chart, and what was planned where there is a plan."""

    label: str
    value: int
    plan: int | None = None


@dataclass(frozen=True, slots=True)
class Chart:
    """A picture of some figures of the report: «columns» in time or «bars» to compare. `summary` says in a sentence what is seen;
    the table behind it is made of its points. `unit` is the word after each value.
    """

    kind: str
    title: str
    unit: str
    points: tuple[ChartPoint, ...]
    summary: str


@dataclass(frozen=True, slots=True)
class Signer:
    """An office that signs, and how."""

    office: str
    how: str = "(Ký, ghi rõ họ tên)"


@dataclass(frozen=True, slots=True)
class Body:
    """What a definition reads. A summary has `sections`, a list has `rows`, which may be many and are read once, in order.

    Either every section has a label, or none: then the lines stand one below the other. `totals` None: the sums of the sections
    or rows of the columns that have a total; given, it may also hold what is no sum (a median) for a column without total.
    `row_count` of a list, where it can be counted cheaply: the preview shows it. `words` are paragraphs that people
    wrote for it; they stand below the table, then the `notes`.
    """

    sections: tuple[Section, ...] = ()
    rows: Iterable[Figures] | None = None
    totals: Mapping[str, Cell] | None = None
    row_count: int | None = None
    charts: tuple[Chart, ...] = ()
    notes: tuple[str, ...] = ()
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """A report as it is shown, written to a file and kept: nothing in it is read again from the records.

    `columns`: STT first; in a summary the name second, the rest are figures; in a list whatever the definition says. Of a list
    `rows` can be walked over any number of times and `row_count` says how many there are.
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
    totals: Mapping[str, Cell]
    total_label: str
    in_words: tuple[str, ...]
    signers: tuple[Signer, ...]
    recipients: tuple[str, ...]
    figures_at: dt.datetime
    rows: Iterable[Figures] | None = None
    row_count: int = 0
    charts: tuple[Chart, ...] = ()
    notes: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    unsure: str = ""

    @property
    def figure_columns(self) -> tuple[Column, ...]:
        """The columns that hold figures, of a summary."""
        return self.columns[2:]

    @property
    def is_list(self) -> bool:
        return self.rows is not None

    @property
    def is_flat(self) -> bool:
        """Do the lines stand by themselves, without a line for each section?"""
        return all(not section.label for section in self.sections)

    @property
    def has_totals(self) -> bool:
        """Is there a row of totals? Of a list that was only begun they aren't known."""
        return bool(self.totals)


def no_words(_totals: Mapping[str, Any]) -> tuple[str, ...]:
    """A report without money has no total in words."""
    return ()


def usual_signers(issuer: AreaLevel) -> tuple[Signer, ...]:
    """Who drew it up, and the head of the office that issues it."""
    return (Signer("Người lập biểu"), Signer(_HEADS[issuer], "(Ký, ghi rõ họ tên, đóng dấu)"))


_HEADS: Final = {
    AreaLevel.PROVINCE: "Giám đốc",
    AreaLevel.DISTRICT: "Trưởng phòng",
    AreaLevel.COMMUNE: "Chủ tịch",
}


@dataclass(frozen=True, slots=True)
class ReportDefinition:
    """A report of the catalogue: its code, titles, legal basis, columns, and how it is read.

    `columns` may depend on what is asked. `read` is fenced by the viewer it is given. `readers` says who may open it at all.
    `is_list`: its body has `rows`; it is issued in the background. `is_personal`: it names people, so that whoever takes a file
    is recorded with it and only who reads records opens it. `unsure`: what about the form no source says, shown with it.
    """

    code: str
    slug: str
    group: ReportGroup
    title: str
    purpose: str
    columns: Callable[[Params], tuple[Column, ...]]
    read: Callable[[Params, Viewer], Body]
    legal_basis: tuple[str, ...] = ()
    in_words: Callable[[Mapping[str, Any]], tuple[str, ...]] = no_words
    signers: Callable[[AreaLevel], tuple[Signer, ...]] = usual_signers
    unit_note: str = ""
    asks: tuple[Ask, ...] = ()
    programmes: tuple[str, ...] = ()
    readers: Callable[[Actor], bool] = field(default=reads_figures)
    is_list: bool = False
    is_personal: bool = False
    unsure: str = ""
    # the period that its page shows first: the day, week, month, quarter or year that today is in
    period: str = "month"


def add_up(rows: Iterable[Figures], columns: Sequence[Column]) -> dict[str, int]:
    """Sum the figure columns of some rows; a column that a row lacks counts as nothing."""
    keys = [column.key for column in columns if column.total]
    sums = dict.fromkeys(keys, 0)
    for row in rows:
        for key in keys:
            sums[key] += whole(row.get(key))
    return sums


def whole(cell: Cell) -> int:
    """A figure of a row as a whole number; nothing is 0."""
    return int(cell) if isinstance(cell, int | float) else 0
