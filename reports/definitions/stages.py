"""Columns of people and đồng by stage, and lines by unit: what most reports of progress are made of."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from accounts.queries import area_names
from core.money import amount_in_words
from core.spreadsheets.tables import Cell, Column, Kind
from reports.definitions.base import Params, whole
from reports.queries.figures import Fact, Figures, Measure, Time, What, measure

PEOPLE: Final = "Số người"
AMOUNT: Final = "Số tiền"
Line = dict[str, Cell]
ORDINAL: Final = Column("ordinal", "STT", Kind.ORDINAL)
_STAGES: Final = {
    Fact.PROPOSED: "Đề nghị",
    Fact.APPROVED: "Phê duyệt",
    Fact.PAID: "Đã chi",
    Fact.REMAINING: "Còn phải chi",
    Fact.RETURNED: "Chi chưa được",
    Fact.REFUSED: "Không đủ điều kiện",
    Fact.LATE: "Đang quá hạn",
}
# what is the case now has no period, and so no word for it
_TIMES: Final = {Time.PERIOD: " trong kỳ", Time.TO_DATE: " lũy kế"}
_NOW: Final = (Fact.REMAINING, Fact.RETURNED, Fact.LATE)
IN_PERIOD: Final = tuple(
    measure(fact, what, Time.PERIOD) for fact in (Fact.PROPOSED, Fact.APPROVED, Fact.PAID) for what in What
)
TO_DATE: Final = tuple(
    measure(fact, what) for fact in (Fact.PROPOSED, Fact.APPROVED, Fact.PAID, Fact.REMAINING) for what in What
)
ALL_STAGES: Final = (*IN_PERIOD, *TO_DATE)
PAID_SHARE: Final = Column(
    "paid_share",
    "Tỷ lệ đã chi",
    Kind.PERCENT,
    ratio_of=("paid_people_to_date", "approved_people_to_date"),
)
CLAIMS_NOTE: Final = (
    "Người hưởng nhiều chính sách được tính ở từng chính sách; hồ sơ của người sử dụng lao động tính là một. Hỗ trợ bằng hiện "
    "vật có số người, số tiền là 0."
)


def label_column(title: str, width: float = 30) -> Column:
    """The column that names a line, second in every summary."""
    return Column("label", title, Kind.TEXT, width=width)


def measure_columns(measures: Iterable[Measure], titles: Mapping[str, str] | None = None) -> list[Column]:
    """A column per measure under the header of its stage; `titles` gives other words for a stage, by "fact_time"."""
    return [_column(one, titles or {}) for one in measures]


def _column(one: Measure, titles: Mapping[str, str]) -> Column:
    time = "" if one.fact in _NOW else _TIMES[one.time]
    group = titles.get(f"{one.fact}_{one.time}", f"{_STAGES[one.fact]}{time}")
    kind = Kind.MONEY if one.is_money else Kind.INTEGER
    return Column(one.code, AMOUNT if one.is_money else PEOPLE, kind, total=True, group=group)


@dataclass(frozen=True, slots=True)
class UnitKey:
    """A unit of the report, and the code by which figures tell it."""

    area_code: str
    label: str


def codes_of(figures: Figures) -> set[str]:
    """The codes of areas that have figures, of figures told apart by unit first."""
    return {str(key[0]) for key in figures.values}


def unit_keys(params: Params, found: Iterable[str], above: str = "") -> list[UnitKey]:
    """The units of a report by code; what lies with an office above them (claims that the department takes in) comes last.

    `found` are the codes that have figures: an office above is named only where it has some, so that nothing is left out;
    `above` says what is counted there where it isn't claims.
    """
    keys = [UnitKey(unit.area_code, unit.name) for unit in params.area.units]
    known = {key.area_code for key in keys}
    others = sorted({code for code in found if code not in known})
    names = area_names(others) if others else {}
    return [*keys, *(UnitKey(code, _office(params, code, names[code], above)) for code in others)]


def _office(params: Params, code: str, name: str, above: str) -> str:
    own = params.area.own
    if not above and own is not None and own.area_code == code:
        return own.name
    return f"{name} ({above or 'hồ sơ do cấp huyện tiếp nhận'})"


def figures_line(figures: Figures, measures: Sequence[Measure], *key: Any) -> Line:
    """The figures of a key by the codes of their measures."""
    return {one.code: figures.of(one, *key) for one in measures}


def add_share(line: Line) -> Line:
    """The same with `paid_share`: people paid of those approved, empty where nobody is."""
    paid, approved = whole(line.get("paid_people_to_date")), whole(line.get("approved_people_to_date"))
    return {**line, "paid_share": share_of(paid, approved)}


def share_of(part: int, of: int) -> float | None:
    """A share as a sheet holds it (0.25 is 25 %); None of nothing."""
    return part / of if of else None


def paid_in_words(totals: Mapping[str, int]) -> tuple[str, ...]:
    """The totals of paid money in words, those that the report has."""
    named = (
        ("paid_amount_period", "Số tiền đã chi trong kỳ"),
        ("paid_amount_to_date", "Số tiền đã chi lũy kế"),
    )
    return tuple(_words(totals, named))


def _words(totals: Mapping[str, int], named: Iterable[tuple[str, str]]) -> Iterator[str]:
    for key, title in named:
        if key in totals:
            yield f"{title} (bằng chữ): {amount_in_words(totals[key])}."
