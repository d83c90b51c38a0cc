"""The list that is signed when goods are handed over: read once, written as Excel (to be filled in and uploaded) and as PDF."""

import datetime as dt
import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Final

from pypdf import PdfWriter

from accounts.queries import area_name, area_names
from core import crypto
from core.documents import render_pdf
from core.money import format_dong, number_in_words
from core.spreadsheets.tables import Column, Group, Heading, Kind, Row, Signature, Table
from core.spreadsheets.writing import write_table
from disbursements.models import Handout, HandoutLine

# the headings by which an uploaded list is read back (rules/handout_list)
REFERENCE_TITLE: Final = "Mã dòng cấp phát"
RESULT_TITLE: Final = "Kết quả nhận"
REASON_TITLE: Final = "Lý do chưa nhận"
ROOM_TO_SIGN: Final = 27.0  # points
LINES_OF_A_SHEET: Final = 400
SIGNERS: Final = ("Người lập", "Người cấp phát", "Thủ trưởng đơn vị")


@dataclass(frozen=True, slots=True)
class GoodsLine:
    """One person; the identity number is whole, because it is compared with the card when the goods are handed over."""

    ordinal: int
    reference: str
    name: str
    birth: str
    number: str
    hamlet: str
    quantity: int


@dataclass(frozen=True, slots=True)
class GoodsGroup:
    """The people of one commune."""

    area_name: str
    lines: tuple[GoodsLine, ...]

    @property
    def quantity(self) -> int:
        return sum(line.quantity for line in self.lines)


@dataclass(frozen=True, slots=True)
class GoodsList:
    """The whole list of a round. `decisions` are number and day of the decisions that approved it."""

    reference: str
    title: str
    programme: str
    goods: str
    unit: str
    store: str
    parent_body: str
    body: str
    decisions: tuple[tuple[str, dt.date | None], ...]
    groups: tuple[GoodsGroup, ...]
    part_label: str = ""

    @property
    def people(self) -> int:
        return sum(len(group.lines) for group in self.groups)

    @property
    def quantity(self) -> int:
        return sum(group.quantity for group in self.groups)

    @property
    def quantity_words(self) -> str:
        """The total as the paper writes it after "Bằng chữ:", with the unit as it is: "Ba mươi kg"."""
        words = number_in_words(self.quantity)
        return f"{words[0].upper()}{words[1:]} {self.unit}"

    @property
    def signers(self) -> tuple[dict[str, str], ...]:
        """Who signs below the list; names are written by hand."""
        return tuple({"office": office} for office in SIGNERS)

    @property
    def decision_text(self) -> str:
        """By which decisions people are in the list, as its second line says it."""
        parts = [
            f"số {number} ngày {day:%d/%m/%Y}" if day else f"số {number}" for number, day in self.decisions
        ]
        return f"Theo Quyết định {'; '.join(parts)}"


def handout_list_of(handout: Handout) -> GoodsList:
    """Read the list of a round: a constant number of queries, whatever its size."""
    found = list(
        HandoutLine.objects.filter(handout=handout)
        .select_related("case_list")
        .order_by("area_code", "position")
    )
    names = area_names({line.area_code for line in found})
    decisions = sorted({(row.decision_number, row.case_list.decision_date) for row in found}, key=str)
    groups = tuple(
        GoodsGroup(names[area], tuple(_lines(members)))
        for area, members in groupby(found, key=lambda row: row.area_code)
    )
    committee = "Ủy ban nhân dân {}"
    is_commune = len(handout.area_code) > 5
    return GoodsList(
        reference=handout.reference,
        title=handout.title,
        programme=handout.programme.name,
        goods=handout.goods.name,
        unit=handout.goods.unit,
        store=handout.store_name,
        parent_body=committee.format(area_name(handout.area_code[:5])) if is_commune else "",
        body=committee.format(area_name(handout.area_code)),
        decisions=tuple(decisions),
        groups=groups,
    )


def _lines(rows: Iterator[HandoutLine]) -> Iterator[GoodsLine]:
    for row in rows:
        yield GoodsLine(
            ordinal=row.position,
            reference=row.reference,
            name=row.payee_name,
            birth=row.birth_text,
            number=crypto.decrypt("number", row.payee_number_encrypted),
            hamlet=row.hamlet,
            quantity=row.quantity,
        )


def write_handout_xlsx(content: GoodsList, tick: Callable[[], None] = lambda: None) -> bytes:
    """The workbook of a round: numbered header, total in figures and in words, room to sign and to say who took it instead."""
    tick()
    return write_table(
        Table(
            columns=_columns(content.unit),
            rows=_table_rows(content),
            heading=Heading(
                title=f"DANH SÁCH CẤP PHÁT {content.goods.upper()}",
                subtitles=(
                    content.programme,
                    content.decision_text,
                    f"Mã đợt cấp phát: {content.reference} ({content.title}). Xuất từ: {content.store}",
                    f'Cột "{RESULT_TITLE}": ghi "x" nếu đã nhận, "Chưa nhận" nếu chưa; để trống nếu chưa cấp phát.',
                ),
                parent_body=content.parent_body.upper(),
                body=content.body.upper(),
                unit=f"Đơn vị tính: {content.unit}",
            ),
            sheet_name="Danh sách cấp phát",
            numbered=True,
            total_label=f"Tổng cộng: {format_dong(content.people)} người",
            amount_in_words=f"Bằng chữ: {content.quantity_words}",
            place_and_date="………, ngày …… tháng …… năm ……",
            signatures=tuple(Signature(office.upper()) for office in SIGNERS),
            frozen_columns=3,
            row_height=ROOM_TO_SIGN,
        )
    )


def write_handout_pdf(content: GoodsList, tick: Callable[[], None] = lambda: None) -> bytes:
    """The PDF of a round, a list per commune where it is long; RendererMissingError where the machine has no Pango."""
    if content.people <= LINES_OF_A_SHEET:
        return render_pdf("pdf/handout_list.html", {"list": content})
    target = PdfWriter()
    for part in _parts(content):
        tick()
        target.append(io.BytesIO(render_pdf("pdf/handout_list.html", {"list": part})))
    target.add_metadata({"/Title": f"Danh sách cấp phát {content.reference}"})
    written = io.BytesIO()
    target.write(written)
    return written.getvalue()


def _parts(content: GoodsList) -> Iterator[GoodsList]:
    """A list per commune; that of a large one in several sheets."""
    for group in content.groups:
        starts = range(0, len(group.lines), LINES_OF_A_SHEET)
        for number, start in enumerate(starts, start=1):
            label = group.area_name if len(starts) == 1 else f"{group.area_name} (tờ {number}/{len(starts)})"
            lines = group.lines[start : start + LINES_OF_A_SHEET]
            yield replace(content, groups=(GoodsGroup(group.area_name, lines),), part_label=label)


def _columns(unit: str) -> tuple[Column, ...]:
    return (
        Column("ordinal", "STT", Kind.INTEGER, width=6),
        Column("reference", REFERENCE_TITLE, Kind.CODE, width=18),
        Column("name", "Họ và tên", width=26),
        Column("birth", "Ngày sinh", Kind.DATE),
        Column("number", "Số CCCD/CMND", Kind.CODE, width=17),
        Column("hamlet", "Khóm, ấp", width=18),
        Column("quantity", f"Số lượng ({unit})", Kind.INTEGER, width=12, total=True),
        Column("signed", "Ký nhận", width=16),
        Column("proxy", "Người nhận thay (ủy quyền)", width=20),
        Column("result", RESULT_TITLE, width=12),
        Column("reason", REASON_TITLE, width=22),
    )


def _table_rows(content: GoodsList) -> Iterator[Row | Group]:
    for group in content.groups:
        if len(content.groups) > 1:
            yield Group(f"{group.area_name}: {format_dong(len(group.lines))} người")
        for line in group.lines:
            yield {
                "ordinal": line.ordinal,
                "reference": line.reference,
                "name": line.name,
                "birth": line.birth,
                "number": line.number,
                "hamlet": line.hamlet,
                "quantity": line.quantity,
            }
