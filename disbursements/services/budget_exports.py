"""The table of budget lines as a workbook; the export is recorded."""

from dataclasses import dataclass
from typing import Final

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.queries import area_name
from core import clock
from core.audit import record_export
from core.dates import format_date
from core.money import amount_in_words, format_dong
from core.spreadsheets.tables import Column, Heading, Kind, Row, Table
from core.spreadsheets.writing import write_table
from core.workflow import Actor
from disbursements.permissions import may_read_budget
from disbursements.queries.budget import BudgetFilter, BudgetRow, Grouping, grouped_rows, line_rows, total_of

XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True, slots=True)
class Exported:
    """A workbook with its name."""

    content: bytes
    name: str


@transaction.atomic
def export_budget(asked: BudgetFilter, *, actor: Actor) -> Exported:
    """Every line, or sum, of the filter with its total row and the money that is left in words. PermissionDenied as the page."""
    if not may_read_budget(actor):
        raise PermissionDenied(_("Vai trò của bạn không xem kinh phí."))
    lines = asked.lines(actor)
    by_line = asked.by is Grouping.LINE
    rows = line_rows(lines.select_related("source")) if by_line else grouped_rows(lines, asked.by)
    left = total_of(lines).left
    table = Table(
        columns=(
            Column("ordinal", _("STT"), Kind.ORDINAL),
            *(_line_columns() if by_line else _group_columns(asked.by)),
            *_money_columns(),
        ),
        rows=[_cells(row) for row in rows],
        heading=Heading(
            title=_("KINH PHÍ HỖ TRỢ"),
            subtitles=(
                area_name(actor.area_code),
                _("Số liệu ngày %(day)s, cộng từ sổ cái") % {"day": format_date(clock.today())},
            ),
            unit=_("Đơn vị tính: đồng"),
        ),
        sheet_name=_("Kinh phí"),
        numbered=True,
        frozen_columns=2,
        amount_in_words=_("Kinh phí còn lại bằng chữ: %(words)s") % {"words": amount_in_words(left)},
    )
    record_export(
        "budget.exported", actor=actor, change={"rows": format_dong(len(rows))}, area_code=actor.area_code
    )
    return Exported(write_table(table), f"kinh-phi-{clock.today():%Y%m%d}.xlsx")


def _line_columns() -> tuple[Column, ...]:
    return (
        Column("label", _("Mã dòng"), Kind.CODE, width=18),
        Column("decision", _("Quyết định"), width=20),
        Column("area", _("Địa bàn"), width=24),
        Column("note", _("Nguồn kinh phí"), width=26),
        Column("group", _("Nhóm đối tượng"), width=20),
    )


def _group_columns(by: Grouping) -> tuple[Column, ...]:
    return (
        Column("label", str(by.label), width=36),
        Column("lines", _("Số dòng"), Kind.INTEGER, total=True),
    )


def _money_columns() -> tuple[Column, ...]:
    return (
        Column("given", _("Được cấp"), Kind.MONEY, total=True),
        Column("committed", _("Trong đợt, chưa gửi"), Kind.MONEY, total=True),
        Column("sent", _("Đã gửi, chờ kết quả"), Kind.MONEY, total=True),
        Column("paid", _("Đã chi"), Kind.MONEY, total=True),
        Column("people", _("Số người đã chi"), Kind.INTEGER, total=True),
        Column("left", _("Còn lại"), Kind.MONEY, total=True),
    )


def _cells(row: BudgetRow) -> Row:
    money = row.money
    return {
        "label": str(row.label),
        "decision": row.decision,
        "area": row.area,
        "note": str(row.note),
        "group": str(row.group),
        "lines": row.lines,
        "given": money.given,
        "committed": money.committed.amount,
        "sent": money.sent.amount,
        "paid": money.paid.amount,
        "people": money.paid.people,
        "left": money.left,
    }
