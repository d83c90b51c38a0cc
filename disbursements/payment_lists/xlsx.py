"""The payment list as Excel: to be signed, filled with the results, and uploaded again."""

from collections.abc import Callable, Iterator
from typing import Final

from core.money import format_dong
from core.spreadsheets.bulk_writing import write_bulk_table
from core.spreadsheets.tables import Column, Group, Heading, Kind, Row, Signature, Table
from core.spreadsheets.writing import write_table
from disbursements.payment_lists.content import PaymentList
from disbursements.payment_lists.lines import ListLine

# the headings by which an uploaded list is read back (services/statements)
REFERENCE_TITLE: Final = "Mã lệnh chi"
AMOUNT_TITLE: Final = "Số tiền (đồng)"
RESULT_TITLE: Final = "Kết quả chi"
REASON_TITLE: Final = "Lý do chưa nhận"
PROXY_TITLE: Final = "Người nhận thay (ủy quyền)"
ROOM_TO_SIGN: Final = 27.0  # points
DRAFT_MARK: Final = "DỰ THẢO - CHƯA DUYỆT, KHÔNG DÙNG ĐỂ CHI TRẢ"
# nobody signs a sheet of so many rows: it is written plainly, six times as fast, and the signed paper is the PDF
MOST_SHAPED: Final = 5_000


def write_xlsx(content: PaymentList, tick: Callable[[], None] = lambda: None) -> bytes:
    """The workbook of a payment list: numbered header, real numbers, total in figures and in words, room to sign.

    Above MOST_SHAPED people without rows per commune (the commune is a column), lines and signatures.
    """
    tick()
    return _shaped(content) if content.people <= MOST_SHAPED else _plain(content)


def _shaped(content: PaymentList) -> bytes:
    return write_table(
        Table(
            columns=_columns(content, has_areas=False),
            rows=_rows(content),
            heading=Heading(
                title=content.kind.upper(),
                subtitles=_subtitles(content),
                parent_body=content.parent_body.upper(),
                body=content.body.upper(),
                unit="Đơn vị tính: đồng",
            ),
            sheet_name="Danh sách chi trả",
            numbered=True,
            total_label=f"Tổng cộng: {format_dong(content.people)} người",
            amount_in_words=f"Bằng chữ: {content.amount_words}",
            place_and_date="………, ngày …… tháng …… năm ……",
            signatures=(Signature("NGƯỜI LẬP"), Signature("NGƯỜI CHI TRẢ"), Signature("THỦ TRƯỞNG ĐƠN VỊ")),
            frozen_columns=3,
            row_height=ROOM_TO_SIGN,
        )
    )


def _plain(content: PaymentList) -> bytes:
    total = f"Tổng cộng: {format_dong(content.people)} người, {format_dong(content.amount)} đồng"
    return write_bulk_table(
        Table(
            columns=_columns(content, has_areas=True),
            rows=_plain_rows(content),
            heading=Heading(
                title=content.kind.upper(),
                subtitles=(*_subtitles(content), f"{total} (bằng chữ: {content.amount_words})"),
                parent_body=content.parent_body.upper(),
                body=content.body.upper(),
                unit="Đơn vị tính: đồng",
            ),
            sheet_name="Danh sách chi trả",
            frozen_columns=3,
        )
    )


def _subtitles(content: PaymentList) -> tuple[str, ...]:
    lines = (
        content.programme,
        *content.notes,
        content.decision_text,
        f"Mã đợt chi: {content.batch_reference} ({content.title})",
        f'Cột "{RESULT_TITLE}": ghi "x" nếu đã nhận, "Chưa nhận" nếu chưa; để trống nếu chưa chi.',
    )
    return (DRAFT_MARK, *lines) if content.is_draft else lines


def _columns(content: PaymentList, *, has_areas: bool) -> tuple[Column, ...]:
    account = (
        (Column("bank", "Ngân hàng", width=16), Column("account", "Số tài khoản", Kind.CODE, width=18))
        if content.is_bank
        else ()
    )
    return (
        Column("ordinal", "STT", Kind.INTEGER, width=6),
        Column("reference", REFERENCE_TITLE, Kind.CODE, width=18),
        Column("name", "Họ và tên", width=26),
        Column("birth", "Ngày sinh", Kind.DATE),
        Column("number", "Số CCCD/CMND", Kind.CODE, width=17),
        Column("hamlet", "Khóm, ấp", width=18),
        *((Column("area", "Xã, phường, thị trấn", width=20),) if has_areas else ()),
        *account,
        # the sum of the plain form stands above the table: a formula below it would have the whole sheet packed once more
        Column("amount", AMOUNT_TITLE, Kind.MONEY, width=15, total=not has_areas),
        Column("signed", "Ký nhận", width=16),
        *((Column("proxy", PROXY_TITLE, width=20),) if content.has_proxies else ()),
        Column("result", RESULT_TITLE, width=12),
        Column("reason", REASON_TITLE, width=22),
    )


def _rows(content: PaymentList) -> Iterator[Row | Group]:
    for group in content.groups:
        if len(content.groups) > 1:
            yield Group(f"{group.area_name}: {format_dong(group.people)} người")
        for line in group.each_line():
            yield _row(line, "")


def _plain_rows(content: PaymentList) -> Iterator[Row]:
    for group in content.groups:
        for line in group.each_line():
            yield _row(line, group.area_name)


def _row(line: ListLine, area: str) -> Row:
    return {
        "ordinal": line.ordinal,
        "reference": line.reference,
        "name": line.name,
        "birth": line.birth,
        "number": line.number,
        "hamlet": line.hamlet,
        "area": area,
        "bank": line.bank,
        "account": line.account,
        "amount": line.amount,
    }
