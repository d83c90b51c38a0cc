"""Reports that the department puts together: rows by one or two dimensions, columns by measures, from the safe list only."""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from beneficiaries.enums import Sex
from core.dates import format_date
from core.querysets import Viewer
from core.spreadsheets.tables import Column
from disbursements.models import FundingSource
from disbursements.queries.request_choices import stream_choices
from reports.definitions.base import (
    Ask,
    Body,
    Params,
    ReportDefinition,
    ReportGroup,
    Section,
    add_up,
)
from reports.definitions.stages import (
    CLAIMS_NOTE,
    ORDINAL,
    PAID_SHARE,
    Line,
    label_column,
    measure_columns,
    paid_in_words,
    unit_keys,
)
from reports.models import OwnReport
from reports.queries.figures import (
    MEASURES,
    Dimension,
    FigureQuery,
    Figures,
    Measure,
    read_figures,
)
from support_programs.queries.programmes import programme_choices

PREFIX: Final = "own-"
# the share of people paid among those approved, beside the measures of the engine
SHARE: Final = PAID_SHARE.key
TIMES: Final = (Dimension.DAY, Dimension.WEEK, Dimension.MONTH)
_TITLES: Final = {
    Dimension.UNIT: "Đơn vị",
    Dimension.PROGRAMME: "Chính sách",
    Dimension.STREAM: "Nhóm đối tượng",
    Dimension.WEEK: "Tuần",
    Dimension.MONTH: "Tháng",
    Dimension.DAY: "Ngày",
    Dimension.SEX: "Giới tính",
    Dimension.FUNDING: "Nguồn kinh phí",
}
_UNKNOWN: Final = "Chưa ghi"
# a paper is Vietnamese in every language of the interface
_SEXES: Final = {Sex.MALE.value: "Nam", Sex.FEMALE.value: "Nữ"}
_DAY: Final = dt.timedelta(days=1)
# a longer period has a line only for days on which something happened
_DAYS_SHOWN: Final = 92


@dataclass(frozen=True, slots=True)
class OwnSpec:
    """An own report as it was put together. `rows`: one or two; `measures`: codes of figures, `SHARE`; `programmes` (): all."""

    code: str
    title: str
    rows: tuple[Dimension, ...]
    measures: tuple[str, ...]
    split_by: Dimension | None = None
    purpose: str = ""
    programmes: tuple[str, ...] = ()
    legal_basis: tuple[str, ...] = ()
    every: str = "month"

    @property
    def figures(self) -> tuple[Measure, ...]:
        return tuple(MEASURES[code] for code in self.measures if code in MEASURES)

    @property
    def by(self) -> tuple[Dimension, ...]:
        return (*self.rows, *([self.split_by] if self.split_by else []))


def spec_of(row: OwnReport) -> OwnSpec:
    """A kept version. ValueError when it names a dimension that no longer exists."""
    return OwnSpec(
        code=row.code,
        title=row.title,
        purpose=row.purpose,
        rows=tuple(Dimension(name) for name in row.rows),
        measures=tuple(row.measures),
        split_by=Dimension(row.split_by) if row.split_by else None,
        programmes=tuple(row.programmes),
        legal_basis=tuple(row.legal_basis),
        every=row.every,
    )


def own_definition(spec: OwnSpec) -> ReportDefinition:
    """The report as the catalogue, the pages, the files and the schedule know it."""
    return ReportDefinition(
        code=spec.code,
        slug=spec.code,
        group=ReportGroup.OWN,
        title=spec.title,
        purpose=spec.purpose,
        columns=lambda params: _columns(spec, params),
        read=lambda params, viewer: _read(spec, params, viewer),
        legal_basis=spec.legal_basis,
        in_words=paid_in_words,
        unit_note=_unit_note(spec),
        asks=(Ask.PROGRAMMES,),
        programmes=spec.programmes,
        period=spec.every,
    )


def own_definitions() -> tuple[ReportDefinition, ...]:
    """Those in use: of each own report the newest version, unless it says that the report has ended."""
    newest = OwnReport.objects.order_by("code", "-version").distinct("code")
    return tuple(own_definition(spec_of(row)) for row in newest if not row.is_ended)


def own_definition_of(code: str) -> ReportDefinition | None:
    """The own report of a code in its newest version, or None."""
    if not code.startswith(PREFIX):
        return None
    row = OwnReport.objects.filter(code=code).order_by("-version").first()
    return own_definition(spec_of(row)) if row and not row.is_ended else None


def split_values(spec: OwnSpec, params: Params | None = None) -> list[tuple[Any, str]]:
    """Value and title of each group of columns; none without a split. `params` None: as many as there can be."""
    if spec.split_by is Dimension.PROGRAMME:
        wanted = (params.programmes if params else ()) or spec.programmes
        return [(code, name) for code, name in programme_choices() if code in wanted]
    if spec.split_by is Dimension.SEX:
        return [*_SEXES.items(), ("", _UNKNOWN)]
    if spec.split_by is Dimension.FUNDING:
        return list(FundingSource.objects.order_by("name").values_list("code", "name"))
    return []


def _unit_note(spec: OwnSpec) -> str:
    kinds = {one.is_money for one in spec.figures}
    words = [word for is_money, word in ((False, "người"), (True, "đồng")) if is_money in kinds]
    return f"Đơn vị tính: {', '.join(words)}"


def _columns(spec: OwnSpec, params: Params) -> tuple[Column, ...]:
    label = ", ".join(_TITLES[one] for one in spec.rows)
    figures = measure_columns(spec.figures)
    if spec.split_by:
        figures = [
            Column(
                _key(column.key, value),
                f"{column.group}: {column.title.lower()}" if column.group else column.title,
                column.kind,
                total=True,
                group=title,
            )
            for value, title in split_values(spec, params)
            for column in figures
        ]
    elif SHARE in spec.measures:
        figures.append(PAID_SHARE)
    return (ORDINAL, label_column(label[:1] + label[1:].lower()), *figures)


def _key(code: str, value: Any) -> str:
    return f"{code}__{value or 'none'}"


def _read(spec: OwnSpec, params: Params, viewer: Viewer) -> Body:
    programmes = params.programmes or spec.programmes
    asked = FigureQuery(params.area, params.first, params.last, spec.figures, spec.by, programmes)
    figures, columns = read_figures(viewer, asked), _columns(spec, params)
    values = [value for value, _title in split_values(spec, params)]
    first = _keys(spec.rows[0], params, {key[0] for key in figures.values})
    if len(spec.rows) == 1:
        lines = tuple(_line(spec, figures, values, (key,), title) for key, title in first)
        sections: tuple[Section, ...] = (Section("", "", lines, add_up(lines, columns)),)
    else:
        sections = tuple(
            _section(spec, figures, values, params, columns, (key, title)) for key, title in first
        )
    return Body(sections=sections, notes=(CLAIMS_NOTE,))


def _section(
    spec: OwnSpec,
    figures: Figures,
    values: Sequence[Any],
    params: Params,
    columns: Sequence[Column],
    named: tuple[Any, str],
) -> Section:
    key, title = named
    found = {other[1] for other in figures.values if other[0] == key}
    # within a group only what has figures: 156 communes below each of 20 programmes tell nothing
    seconds = [one for one in _keys(spec.rows[1], params, found) if one[0] in found]
    lines = tuple(_line(spec, figures, values, (key, second), words) for second, words in seconds)
    lines = tuple(line for line in lines if any(line.get(column.key) for column in columns if column.total))
    area_code = str(key) if spec.rows[0] is Dimension.UNIT else ""
    return Section(title, area_code, lines, add_up(lines, columns))


def _line(spec: OwnSpec, figures: Figures, values: Sequence[Any], key: tuple[Any, ...], title: str) -> Line:
    line: Line = {"label": title}
    if spec.split_by:
        for one in spec.figures:
            line |= {_key(one.code, value): figures.of(one, *key, value) for value in values}
        return line
    return line | {one.code: figures.of(one, *key) for one in spec.figures}


def _keys(dimension: Dimension, params: Params, found: Iterable[Any]) -> list[tuple[Any, str]]:
    """The lines of a dimension in order: all units and all weeks, of the rest what has figures."""
    if dimension is Dimension.UNIT:
        return [(unit.area_code, unit.label) for unit in unit_keys(params, {str(key) for key in found})]
    if dimension in TIMES:
        return [(day, _time_title(dimension, day)) for day in _days(dimension, params, set(found))]
    names = _names(dimension)
    order = {code: place for place, code in enumerate(names)}
    ordered = sorted(found, key=lambda code: (order.get(code or "", len(order)), str(code or "")))
    return [(code, names.get(code or "", code or _UNKNOWN)) for code in ordered]


def _names(dimension: Dimension) -> dict[str, str]:
    if dimension is Dimension.PROGRAMME:
        return dict(programme_choices())
    if dimension is Dimension.STREAM:
        return dict(stream_choices())
    if dimension is Dimension.SEX:
        return _SEXES
    return dict(FundingSource.objects.order_by("name").values_list("code", "name"))


def _days(dimension: Dimension, params: Params, found: set[Any]) -> list[dt.date]:
    days = dict.fromkeys(_start(dimension, day) for day in _period(params))
    if len(days) > _DAYS_SHOWN:
        return [day for day in days if day in found]
    return list(days)


def _period(params: Params) -> Iterator[dt.date]:
    day = params.first
    while day <= params.last:
        yield day
        day += _DAY


def _start(dimension: Dimension, day: dt.date) -> dt.date:
    if dimension is Dimension.WEEK:
        return day - day.weekday() * _DAY
    return day.replace(day=1) if dimension is Dimension.MONTH else day


def _time_title(dimension: Dimension, day: dt.date) -> str:
    if dimension is Dimension.MONTH:
        return f"Tháng {day:%m/%Y}"
    return f"Tuần từ {format_date(day)}" if dimension is Dimension.WEEK else format_date(day)
