"""Columns of people, đồng and goods, and how lines become sections, for reports that are not about stages of claims."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import groupby
from typing import Any, Final, TypeVar

from django.utils.translation import override

from core.spreadsheets.tables import Cell, Column, Kind
from core.wording import Text
from reports.definitions.base import Figures, Section, add_up
from reports.definitions.stages import AMOUNT, PEOPLE

KILOGRAMS: Final = "Số kg"
Line = dict[str, Cell]
Row = TypeVar("Row")


def paper(text: Text) -> str:
    """The words of an enum as a paper has them, whatever language the page is read in."""
    with override("vi"):
        return str(text)


def people_column(key: str, title: str = PEOPLE, group: str = "") -> Column:
    """A count with a total."""
    return Column(key, title, Kind.INTEGER, total=True, group=group)


def money_column(key: str, title: str = AMOUNT, group: str = "") -> Column:
    """Whole đồng with a total."""
    return Column(key, title, Kind.MONEY, total=True, group=group)


def people_and_money(name: str, group: str) -> tuple[Column, Column]:
    """`<name>_people` and `<name>_amount` under one header."""
    return people_column(f"{name}_people", group=group), money_column(f"{name}_amount", group=group)


def people_and_kg(name: str, group: str) -> tuple[Column, Column]:
    """`<name>_people` and `<name>_kg` under one header."""
    return people_column(f"{name}_people", group=group), people_column(f"{name}_kg", KILOGRAMS, group)


def section(label: str, area_code: str, lines: Sequence[Figures], columns: Sequence[Column]) -> Section:
    """Lines under a label with their sums. Without a label the lines stand by themselves."""
    return Section(label, area_code, tuple(lines), add_up(lines, columns))


def sections_by(
    rows: Iterable[Row],
    label: Callable[[Row], tuple[str, str]],
    line: Callable[[Row], Figures],
    columns: Sequence[Column],
) -> tuple[Section, ...]:
    """Rows that stand together under one (area code, label) make a section; the rows come in order."""
    return tuple(
        section(name, area_code, [line(row) for row in group], columns)
        for (area_code, name), group in groupby(rows, label)
    )


def named(names: Mapping[Any, str], code: Any, otherwise: str) -> str:
    """The name of a code; other words where there is no code, the code itself where it is not known."""
    return names.get(code, str(code)) if code else otherwise
