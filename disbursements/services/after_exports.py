"""Lists of what follows a payment, to be printed or worked on: who was not paid, and whose money went back to the budget.

Identity numbers and accounts are masked in them; who took a list out is recorded.
"""

import datetime as dt
from collections.abc import Iterator
from typing import Final

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from accounts.queries import area_name, area_names, parent_name
from core.audit import record_event, record_export
from core.documents import DocumentError, render_pdf
from core.money import amount_in_words, format_dong
from core.spreadsheets.bulk_writing import write_bulk_table
from core.spreadsheets.tables import Cell, Column, Group, Heading, Kind, Row, Signature, Table
from core.spreadsheets.writing import write_table
from core.workflow import Actor
from disbursements.models import PaymentInstruction, UnclaimedReturn
from disbursements.permissions import may_read_batches
from disbursements.queries.returned import returned_rows
from disbursements.queries.unclaimed import items_of
from support_programs.services.scope import check_area, check_role

MOST: Final = 50_000
# a longer list is printed from Excel: laying it out at once would take too much memory
MOST_OF_PDF: Final = 1_000
_PART: Final = 2_000


@transaction.atomic
def export_returned(lines: QuerySet[PaymentInstruction], *, actor: Actor, on: dt.date) -> bytes:
    """The people who were not paid as a workbook, in the page's order; at most 50,000 rows.

    PermissionDenied for who reads no records.
    """
    check_role(actor, may_read_batches, _("Vai trò của bạn không xem hồ sơ của người dân."))
    count = min(lines.count(), MOST)
    table = Table(
        columns=_returned_columns(),
        rows=_returned_rows(lines[:MOST], on),
        heading=Heading(
            title=_("DANH SÁCH CHI CHƯA ĐƯỢC"),
            subtitles=(area_name(actor.area_code), _("Đến ngày %(day)s") % {"day": f"{on:%d/%m/%Y}"}),
            unit=_("Đơn vị tính: đồng"),
        ),
        sheet_name=_("Chi chưa được"),
        frozen_columns=3,
    )
    content = write_bulk_table(table)
    change = {"rows": format_dong(count), "area": area_name(actor.area_code)}
    record_export("returned.exported", actor=actor, change=change, area_code=actor.area_code)
    return content


@transaction.atomic
def export_unclaimed(unclaimed: UnclaimedReturn, *, actor: Actor, as_pdf: bool) -> bytes:
    """The list of people whose money went back by one paper, as workbook or PDF, total in figures and words, room to sign.

    PermissionDenied outside the actor's area; DocumentError for a PDF of more than 1,000 people, or without Pango.
    """
    check_area(actor, unclaimed.area_code)
    if as_pdf and unclaimed.people > MOST_OF_PDF:
        raise DocumentError(
            _("Danh sách có hơn %(most)s người. Bạn hãy dùng tệp Excel.") % {"most": format_dong(MOST_OF_PDF)}
        )
    if not actor.is_active:
        raise PermissionDenied(_("Vai trò của bạn không xem hồ sơ của người dân."))
    content = _pdf(unclaimed) if as_pdf else write_table(_unclaimed_table(unclaimed))
    record_event("unclaimed.exported", unclaimed, actor=actor, change={"rows": format_dong(unclaimed.people)})
    return content


def _returned_columns() -> tuple[Column, ...]:
    return (
        Column("ordinal", _("STT"), Kind.ORDINAL),
        Column("reference", _("Mã lệnh chi"), Kind.CODE, width=18),
        Column("name", _("Họ và tên"), width=26),
        Column("birth", _("Ngày sinh"), Kind.DATE),
        Column("case", _("Mã hồ sơ"), Kind.CODE, width=18),
        Column("area", _("Xã, thị trấn"), width=20),
        Column("hamlet", _("Khóm, ấp"), width=18),
        Column("batch", _("Đợt chi"), Kind.CODE, width=18),
        Column("channel", _("Hình thức"), width=16),
        Column("account", _("Tài khoản"), width=24),
        Column("day", _("Ngày trả lại"), Kind.DATE),
        Column("age", _("Số ngày"), Kind.INTEGER),
        Column("reason", _("Lý do"), width=30),
        Column("money", _("Kinh phí"), width=24),
        Column("amount", _("Số tiền"), Kind.MONEY, total=True),
    )


def _returned_rows(lines: QuerySet[PaymentInstruction], on: dt.date) -> Iterator[dict[str, Cell]]:
    found = list(lines)
    for start in range(0, len(found), _PART):
        for row in returned_rows(found[start : start + _PART], on):
            line = row.line
            yield {
                "reference": line.reference,
                "name": line.payee_name,
                "birth": line.birth_date or str(line.birth_year or ""),
                "case": line.case_reference,
                "area": row.area,
                "hamlet": line.hamlet,
                "batch": line.batch_reference,
                "channel": line.get_channel_display(),
                "account": f"{line.bank_name} ••• {line.account_last3}" if line.account_last3 else "",
                "day": line.resulted_on,
                "age": row.days,
                "reason": str(row.reason),
                "money": _("Đã hoàn trả ngân sách") if line.is_gone else _("Còn ở dòng kinh phí"),
                "amount": line.amount,
            }


def _unclaimed_table(unclaimed: UnclaimedReturn) -> Table:
    """Official papers are in Vietnamese, whatever the reader's language."""
    return Table(
        columns=(
            Column("ordinal", "STT", Kind.ORDINAL),
            Column("name", "Họ và tên", width=26),
            Column("birth", "Ngày sinh", Kind.DATE),
            Column("number", "Số CCCD/CMND", Kind.CODE, width=17),
            Column("hamlet", "Khóm, ấp", width=18),
            Column("case", "Mã hồ sơ", Kind.CODE, width=18),
            Column("batch", "Đợt chi", Kind.CODE, width=18),
            Column("line", "Dòng kinh phí", Kind.CODE, width=18),
            Column("day", "Ngày trả lại", Kind.DATE),
            Column("reason", "Lý do chi chưa được", width=26),
            Column("amount", "Số tiền (đồng)", Kind.MONEY, total=True),
        ),
        rows=_unclaimed_rows(unclaimed),
        heading=Heading(
            title="DANH SÁCH HOÀN TRẢ NGÂN SÁCH TIỀN CHI CHƯA ĐƯỢC",
            subtitles=_said_of(unclaimed),
            parent_body=_bodies(unclaimed)[0].upper(),
            body=_bodies(unclaimed)[1].upper(),
            unit="Đơn vị tính: đồng",
        ),
        sheet_name="Hoàn trả ngân sách",
        numbered=True,
        total_label=f"Tổng cộng: {format_dong(unclaimed.people)} người",
        amount_in_words=f"Bằng chữ: {amount_in_words(unclaimed.amount)}",
        place_and_date="………, ngày …… tháng …… năm ……",
        signatures=(Signature("NGƯỜI LẬP"), Signature("KẾ TOÁN"), Signature("THỦ TRƯỞNG ĐƠN VỊ")),
        frozen_columns=2,
    )


def _unclaimed_rows(unclaimed: UnclaimedReturn) -> Iterator[Row | Group]:
    items = list(items_of(unclaimed))
    names = area_names({item.area_code for item in items})
    before = ""
    for item in items:
        line = item.instruction
        if item.area_code != before:
            before = item.area_code
            yield Group(names[before])
        yield {
            "name": line.payee_name,
            "birth": line.birth_date or str(line.birth_year or ""),
            "number": f"••• {line.payee_number_last3}",
            "hamlet": line.hamlet,
            "case": line.case_reference,
            "batch": line.batch_reference,
            "line": item.movement.line.reference,
            "day": line.resulted_on,
            "reason": line.result_reason,
            "amount": item.amount,
        }


def _pdf(unclaimed: UnclaimedReturn) -> bytes:
    items = list(items_of(unclaimed))
    names = area_names({item.area_code for item in items})
    parent, body = _bodies(unclaimed)
    return render_pdf(
        "pdf/unclaimed_list.html",
        {
            "unclaimed": unclaimed,
            "said": _said_of(unclaimed),
            "parent": parent,
            "body": body,
            "rows": [(item, item.instruction, names[item.area_code]) for item in items],
            "amount_words": amount_in_words(unclaimed.amount),
            "signers": [{"office": "Người lập"}, {"office": "Kế toán"}, {"office": "Thủ trưởng đơn vị"}],
        },
    )


def _said_of(unclaimed: UnclaimedReturn) -> tuple[str, ...]:
    return (
        unclaimed.programme.name,
        f"Kèm theo văn bản số {unclaimed.document_number} ngày {unclaimed.returned_on:%d/%m/%Y}",
        f"Tiền đã trả lại quá {unclaimed.waited_days} ngày, không có người nhận ({unclaimed.reference})",
    )


def _bodies(unclaimed: UnclaimedReturn) -> tuple[str, str]:
    """The agencies in the head: the department in the province, a district's committee below it."""
    if len(unclaimed.area_code) == 2:
        return "Ủy ban nhân dân tỉnh An Giang", "Sở Lao động - Thương binh và Xã hội"
    province = parent_name(unclaimed.area_code)
    return (
        f"Ủy ban nhân dân {province[0].lower()}{province[1:]}",
        f"Ủy ban nhân dân {area_name(unclaimed.area_code)}",
    )
