"""How a report is kept with its run and read back: its shape, its sections, and the rows of a list, one JSON array a line."""

import datetime as dt
import gzip
import io
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, Final

from core.spreadsheets.tables import Cell, Column, Kind
from reports.definitions.base import Chart, ChartPoint, Figures, Report, Section, Signer

# what of a report is kept word for word; columns, signers and charts are kept part by part, rows apart
_WORDS: Final = (
    "code", "title", "subject", "period", "area_name", "parent_body", "body", "place", "unit_note",
    "total_label", "unsure", "row_count",
)  # fmt: skip
_LINES: Final = ("legal_basis", "in_words", "recipients", "notes", "words")


def shape_of(report: Report) -> dict[str, Any]:
    """Everything of a report but its rows, sections and totals, to be kept with a run; `report_from` reads it back."""
    return {
        **{name: getattr(report, name) for name in _WORDS},
        **{name: [str(line) for line in getattr(report, name)] for name in _LINES},
        "columns": [
            {
                "key": column.key,
                "title": str(column.title),
                "kind": column.kind.value,
                "width": column.width,
                "total": column.total,
                "group": str(column.group),
                "ratio_of": list(column.ratio_of) if column.ratio_of else None,
            }
            for column in report.columns
        ],
        "signers": [{"office": signer.office, "how": signer.how} for signer in report.signers],
        "charts": [
            {
                "kind": chart.kind,
                "title": chart.title,
                "unit": chart.unit,
                "summary": chart.summary,
                "points": [[point.label, point.value, point.plan] for point in chart.points],
            }
            for chart in report.charts
        ],
    }


def report_from(
    shape: Mapping[str, Any],
    *,
    sections: Sequence[Section],
    rows: Iterable[Figures] | None,
    totals: Mapping[str, Cell],
    figures_at: dt.datetime,
) -> Report:
    """A kept report as it was made; nothing is read again from the records, nor from its definition."""
    kept: dict[str, Any] = {name: shape[name] for name in _WORDS}
    # a run of before `words` has none
    kept |= {name: tuple(shape.get(name, ())) for name in _LINES}
    return Report(
        **kept,
        columns=shaped_columns(shape),
        signers=tuple(Signer(part["office"], part["how"]) for part in shape["signers"]),
        charts=tuple(
            Chart(
                part["kind"],
                part["title"],
                part["unit"],
                tuple(ChartPoint(*point) for point in part["points"]),
                part["summary"],
            )
            for part in shape["charts"]
        ),
        sections=tuple(sections),
        rows=rows,
        totals=dict(totals),
        figures_at=figures_at,
    )


def shaped_columns(shape: Mapping[str, Any]) -> tuple[Column, ...]:
    """The columns of a kept report."""
    return tuple(
        Column(
            part["key"],
            part["title"],
            Kind(part["kind"]),
            width=part["width"],
            total=part["total"],
            group=part["group"],
            ratio_of=tuple(part["ratio_of"]) if part["ratio_of"] else None,
        )
        for part in shape["columns"]
    )


def stored_sections(sections: Sequence[Section]) -> list[dict[str, Any]]:
    """Sections as they are kept with a run; days as 2021-09-27."""
    return [
        {
            "label": section.label,
            "area_code": section.area_code,
            "lines": [stored_figures(line) for line in section.lines],
            "sums": stored_figures(section.sums),
        }
        for section in sections
    ]


def read_sections(stored: Sequence[Mapping[str, Any]], columns: Sequence[Column]) -> tuple[Section, ...]:
    """The sections of a kept run."""
    days = [column.key for column in columns if column.kind is Kind.DATE]
    return tuple(
        Section(
            part["label"],
            part["area_code"],
            tuple(_with_days(line, days) for line in part["lines"]),
            _with_days(part["sums"], days),
        )
        for part in stored
    )


def stored_figures(figures: Figures) -> dict[str, Any]:
    """A line as JSON can hold it."""
    return {key: _plain(value) for key, value in figures.items()}


def _with_days(figures: Mapping[str, Any], days: Sequence[str]) -> Figures:
    return {**figures, **{key: read_day(figures.get(key)) for key in days}} if days else figures


def _plain(value: Cell) -> Any:
    return value.isoformat() if isinstance(value, dt.date) else value


def read_day(value: Any) -> Any:
    """A day as it was; a text (a year of birth alone) stays one."""
    is_day = isinstance(value, str) and len(value) == 10 and value[4] == value[7] == "-"
    return dt.date.fromisoformat(value) if is_day else value


_LINES_AT_ONCE: Final = 500


# --- rows of a list -------------------------------------------------------------------------------------------------


def pack_rows(rows: Iterable[Figures], columns: Sequence[Column]) -> tuple[bytes, int, dict[str, int]]:
    """The rows compressed, how many they are and the sums of their columns with a total; they are read once, one by one.

    The same rows give the same bytes.
    """
    keys = [column.key for column in columns if column.kind is not Kind.ORDINAL]
    sums = {column.key: 0 for column in columns if column.total}
    write = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=dt.date.isoformat).encode
    target, count = io.BytesIO(), 0
    with gzip.GzipFile(fileobj=target, mode="wb", compresslevel=4, mtime=0) as packed:
        for row in rows:
            get = row.get
            packed.write(write([get(key) for key in keys]).encode() + b"\n")
            for key in sums:
                value = get(key)
                if type(value) is int:
                    sums[key] += value
            count += 1
    return target.getvalue(), count, sums


@dataclass(frozen=True, slots=True)
class PackedRows:
    """The rows of a kept list; they can be walked over any number of times and are never held all together."""

    content: bytes
    columns: tuple[Column, ...]

    def __iter__(self) -> Iterator[Figures]:
        columns = [column for column in self.columns if column.kind is not Kind.ORDINAL]
        keys = [column.key for column in columns]
        days = [column.key for column in columns if column.kind is Kind.DATE]
        with gzip.GzipFile(fileobj=io.BytesIO(self.content), mode="rb") as packed:
            # many lines are read as one: a call for each takes longer than the reading
            while lines := list(islice(packed, _LINES_AT_ONCE)):
                for values in json.loads(b"[%s]" % b",".join(lines)):
                    row = dict(zip(keys, values, strict=True))
                    for key in days:
                        row[key] = read_day(row[key])
                    yield row
