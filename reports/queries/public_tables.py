"""The public figures as tables of a page: by programme, by district; and as the rows of the open data."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from accounts.queries import children_of
from core.audit import PROVINCE
from core.wording import Text
from reports.queries.figures import Fact
from reports.queries.public_figures import FACTS, PublicCell, PublicFigureRow, PublicFigures


@dataclass(frozen=True, slots=True)
class TableRow:
    """One line of a table: a programme or a district, and a cell per fact. `left_out` counts the hidden cells below it."""

    code: str
    name: str
    cells: tuple[PublicCell, ...]
    left_out: int = 0

    @property
    def labelled(self) -> list[tuple[Text, PublicCell]]:
        """Each cell with the name of its fact."""
        return [(fact.label, cell) for fact, cell in zip(FACTS, self.cells, strict=True)]


def programme_rows(figures: PublicFigures) -> list[TableRow]:
    """Every programme with its figures of the whole province."""
    rows = [
        TableRow(row.programme, figures.names.get(row.programme, row.programme), _cells(row))
        for row in figures.at("programme")
    ]
    return sorted(rows, key=lambda row: (-(row.cells[-1].people or 0), row.name))


def province_row(figures: PublicFigures) -> TableRow | None:
    """The whole province, all programmes; None while nothing is recorded."""
    found = figures.at("province")
    return TableRow("", figures.names[PROVINCE], _cells(found[0])) if found else None


def district_rows(figures: PublicFigures) -> list[TableRow]:
    """Every district: the sum of its cells that are told, and how many are not. So a table tells no more than the open data."""
    sums: dict[str, dict[Fact, list[int]]] = {}
    for row in figures.at("district"):
        of = sums.setdefault(row.area_code, {fact: [0, 0, 0] for fact in FACTS})
        for fact, cell in row.cells.items():
            of[fact][0] += cell.people or 0
            of[fact][1] += cell.amount or 0
            of[fact][2] += cell.is_hidden
    none = {fact: [0, 0, 0] for fact in FACTS}
    units = [*children_of(PROVINCE), *([(PROVINCE, figures.names[PROVINCE])] if PROVINCE in sums else [])]
    return [_district(code, name, sums.get(code, none)) for code, name in units]


def _district(code: str, name: str, of: dict[Fact, list[int]]) -> TableRow:
    cells = tuple(PublicCell(people, amount) for people, amount, _hidden in (of[fact] for fact in FACTS))
    return TableRow(code, name, cells, sum(hidden for _people, _amount, hidden in of.values()))


def _cells(row: PublicFigureRow) -> tuple[PublicCell, ...]:
    return tuple(row.cells[fact] for fact in FACTS)


@dataclass(frozen=True, slots=True)
class OpenField:
    """One column of the open data, as its schema tells it."""

    name: str
    kind: str
    unit: Text
    meaning: Text


_PEOPLE: Final = _("lượt người")
_DONG: Final = _("đồng")
FIELDS: Final = (
    OpenField("level", "string", "", _("Dòng là của toàn tỉnh, chính sách, tháng hay huyện")),
    OpenField("programme", "string", "", _("Mã chính sách; trống là mọi chính sách")),
    OpenField("programme_name", "string", "", _("Tên ngắn của chính sách")),
    OpenField("month", "string", _("năm-tháng"), _("Tháng tiếp nhận, ký quyết định hoặc chi; trống là từ đầu đến ngày số liệu")),
    OpenField("area_code", "string", "", _("Mã huyện (5 số, mã tỉnh 89 đứng trước); 89 là hồ sơ nộp tại Sở; trống là toàn tỉnh")),
    OpenField("area_name", "string", "", _("Tên huyện, thị xã, thành phố")),
    OpenField("proposed_people", "integer", _PEOPLE, _("Đề nghị, theo ngày tiếp nhận")),
    OpenField("proposed_amount", "integer", _DONG, _("Số tiền đề nghị")),
    OpenField("approved_people", "integer", _PEOPLE, _("Được phê duyệt, theo ngày ký quyết định")),
    OpenField("approved_amount", "integer", _DONG, _("Số tiền được phê duyệt")),
    OpenField("paid_people", "integer", _PEOPLE, _("Đã chi, theo ngày chi; không trừ tiền thu hồi")),
    OpenField("paid_amount", "integer", _DONG, _("Số tiền đã chi")),
)  # fmt: skip


def open_rows(figures: PublicFigures) -> Iterator[dict[str, Any]]:
    """The lines of the open data by the names of FIELDS; a hidden figure is None."""
    for row in figures.rows:
        line: dict[str, Any] = {
            "level": row.level,
            "programme": row.programme,
            "programme_name": figures.names.get(row.programme, row.programme) if row.programme else "",
            "month": row.month.strftime("%Y-%m") if row.month else "",
            "area_code": row.area_code,
            "area_name": figures.names.get(row.area_code, row.area_code) if row.area_code else "",
        }
        for fact, cell in row.cells.items():
            line |= {f"{fact}_people": cell.people, f"{fact}_amount": cell.amount}
        yield line
