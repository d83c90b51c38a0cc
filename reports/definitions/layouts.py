"""How the department words a report: its columns' titles, order and visibility, its title, basis, signers. Never its figures."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from core.spreadsheets.tables import Column, Kind
from reports.definitions.base import Report, Signer
from reports.models import ReportLayout

# the head of a paper of the department; districts sign their own
_DEPARTMENT: Final = "Sở "


@dataclass(frozen=True, slots=True)
class ColumnWords:
    """One column as it is worded; the place in its list is its place in the table."""

    key: str
    title: str
    group: str = ""
    is_shown: bool = True


@dataclass(frozen=True, slots=True)
class Layout:
    """A whole wording; what is empty stays as the software says."""

    columns: tuple[ColumnWords, ...] = ()
    title: str = ""
    unit_note: str = ""
    legal_basis: tuple[str, ...] = ()
    signers: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()


def apply_layout(report: Report) -> Report:
    """The report in the newest wording of the department; as it is where there is none, or the department went back to it."""
    row = newest_layout(report.code)
    return laid_out(report, layout_of(row)) if row and not row.is_built_in else report


def newest_layout(code: str) -> ReportLayout | None:
    """The version in use, or None."""
    return ReportLayout.objects.filter(definition=code).order_by("-version").first()


def layout_of(row: ReportLayout) -> Layout:
    """A kept version."""
    return Layout(
        columns=tuple(
            ColumnWords(part["key"], part["title"], part.get("group", ""), bool(part["shown"]))
            for part in row.columns
        ),
        title=row.title,
        unit_note=row.unit_note,
        legal_basis=tuple(row.legal_basis),
        signers=tuple(row.signers),
        recipients=tuple(row.recipients),
    )


def laid_out(report: Report, layout: Layout) -> Report:
    """The same figures in these words. Signers and recipients hold for papers of the department only."""
    is_ours = report.body.startswith(_DEPARTMENT)
    title = layout.title or report.title
    return replace(
        report,
        title=title,
        subject=layout.title or report.subject,
        unit_note=layout.unit_note or report.unit_note,
        legal_basis=layout.legal_basis or report.legal_basis,
        signers=tuple(Signer(office) for office in layout.signers)
        if layout.signers and is_ours
        else report.signers,
        recipients=layout.recipients if layout.recipients and is_ours else report.recipients,
        columns=ordered(report.columns, layout.columns),
    )


def ordered(columns: Sequence[Column], words: Iterable[ColumnWords]) -> tuple[Column, ...]:
    """Columns in the order and words asked for. The first (and in a summary the second) stay where they are; a column that the
    wording doesn't know follows the one that it follows in the report; a share goes with the columns that it divides.
    """
    fixed, known = fixed_columns(columns), {column.key: column for column in columns}
    named = {one.key: one for one in words if one.key in known}
    hidden = {key for key, one in named.items() if not one.is_shown and key not in fixed}
    hidden |= {column.key for column in columns if column.ratio_of and hidden.intersection(column.ratio_of)}
    return tuple(
        _worded(known[key], named.get(key)) for key in order_of(columns, list(named)) if key not in hidden
    )


def order_of(columns: Sequence[Column], wanted: Sequence[str]) -> list[str]:
    """The keys of all columns, hidden ones too, where `wanted` names some of them in another order."""
    fixed = fixed_columns(columns)
    order = [key for key in wanted if key not in fixed]
    for place, column in enumerate(columns):
        if column.key not in wanted and column.key not in fixed:
            before = [other.key for other in columns[:place] if other.key in order]
            order.insert(order.index(before[-1]) + 1 if before else 0, column.key)
    return [*fixed, *order]


def fixed_columns(columns: Sequence[Column]) -> list[str]:
    """Keys of the columns that keep their place: STT, and the name of a line that a summary has second."""
    is_summary = len(columns) > 1 and columns[1].key == "label"
    first = [column.key for column in columns[:1] if column.kind is Kind.ORDINAL]
    return [*first, *(["label"] if is_summary else [])]


def _worded(column: Column, words: ColumnWords | None) -> Column:
    if words is None:
        return column
    return replace(column, title=words.title or column.title, group=words.group)
