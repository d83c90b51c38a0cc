"""A bank's result file or statement as a table (Excel, CSV, pasted rows): columns are found by the words of the heading."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from core.spreadsheets.reading.grid import Cell, Sheet, Workbook, is_blank
from core.text import search_key
from disbursements.rules.statements.amounts import amount_in
from disbursements.rules.statements.columns import (
    Columns,
    Formulas,
    cell_of,
    columns_of,
    day_of,
    text_of,
)
from disbursements.rules.statements.lines import Direction, ReadLine, ReadStatement, Said, Unreadable
from disbursements.rules.statements.reasons import bank_reason
from disbursements.rules.statements.references import instruction_references
from disbursements.rules.statements.words import result_words

_FORMAT: Final = "table"
_MARKS: Final = {"x": Said.PAID, "1": Said.PAID, "0": Said.FAILED}
# a whole cell of such words and nothing else: "Công ty …" and "Tống Thị …" are payees, and so is "TONG TRANG"
_TOTALS: Final = re.compile(
    r"^(?:tong|cong|so du)(?: (?:[0-9]+|tong|cong|so|du|tien|phat sinh|ps|no|co|ghi|dau|cuoi|ki|ngay|thang|trang|mon"
    r"|giao dich|lenh|nguoi|dong|vnd|tat ca|chung|thanh cong|that bai))*$"
)
_SURE_TOTALS: Final = re.compile(r"^(?:tong (?:cong|so)|cong|so du)\b|^tong$")
_ACCOUNT: Final = re.compile(r"[0-9]{4}")
_COLUMN_NUMBERS: Final = re.compile(r"^\([0-9a-zA-Z]{1,2}\)$")
_NEGATIVE: Final = re.compile(r"^\(.*\)$|^-")
_DRAFT: Final = "du thao"


def read_result_table(workbook: Workbook) -> ReadStatement | None:
    """The rows of the first sheet whose heading names what a result needs; None when no sheet has one.

    Needed: whom it is about (reference, text or account), and what became of it (a result, or columns of debit and credit).
    Totals and empty rows are left out. Unreadable: a draft, cells with a formula that nobody has computed.
    """
    for sheet in workbook.sheets:
        for index, cells in enumerate(sheet.rows):
            columns = columns_of(cells, result_words().table)
            about = columns.keys() & {"reference", "text", "account"}
            if about and ("result" in columns or {"debit", "credit"} <= columns.keys()):
                if any(_DRAFT in search_key(text_of(cell)) for row in sheet.rows[:index] for cell in row):
                    raise Unreadable("DRAFT")
                lines = tuple(_rows(sheet, index + 1, columns))
                days = [line.booked_on for line in lines if line.booked_on]
                return ReadStatement(
                    _FORMAT, lines, period_from=min(days, default=None), period_to=max(days, default=None)
                )
    return None


def said_by_bank(text: str) -> Said:
    """What a bank's word for a state means: "Thành công" is paid, "Từ chối" failed, "Hoàn trả" returned, "Đang xử lý" awaited."""
    key = search_key(text)
    if not key:
        return Said.NOTHING
    if key in _MARKS:
        return _MARKS[key]
    padded = f" {key} "
    for said, parts in result_words().bank_results.items():
        if any(f" {part} " in padded for part in parts):
            return Said(said)
    return Said.UNREADABLE


def _rows(sheet: Sheet, start: int, columns: Columns) -> Iterator[ReadLine]:
    formulas = Formulas(sheet, columns)
    for index in range(start, len(sheet.rows)):
        cells = sheet.rows[index]
        if _is_no_payment(cells, columns):
            continue
        row = sheet.row_number(index)
        formulas.look(row)
        yield _line(row, cells, columns)
    formulas.refuse()


def _is_no_payment(cells: Sequence[Cell], columns: Columns) -> bool:
    """Empty rows, totals, the row that numbers the columns, words beside the table: nothing that was paid to anybody.

    Every other row stays, though it may name nobody that we know: people look at it.
    """
    typed = [cell for cell in cells if not is_blank(cell)]
    if not typed or all(_COLUMN_NUMBERS.match(str(cell).strip()) for cell in typed):
        return True
    about = [text_of(cell_of(cells, columns, key)) for key in ("reference", "text", "account", "name")]
    result = text_of(cell_of(cells, columns, "result"))
    if instruction_references(*about[:2]) or _ACCOUNT.search(about[2]) or result:
        return False
    if any(map(_is_total, (text_of(typed[0]), *about))):
        return True
    money = ("amount", "debit", "credit")
    return not any(about) and not any(text_of(cell_of(cells, columns, key)) for key in money)


def _is_total(text: str) -> bool:
    key, lowered = search_key(text), text.lower()
    if not _TOTALS.match(key) or lowered.startswith("tống"):
        return False
    return bool(_SURE_TOTALS.match(key)) or lowered.startswith("tổng")


def _line(row: int, cells: Sequence[Cell], columns: Columns) -> ReadLine:
    typed = text_of(cell_of(cells, columns, "reference"))
    text = text_of(cell_of(cells, columns, "text"))
    result = text_of(cell_of(cells, columns, "result"))
    code = text_of(cell_of(cells, columns, "code"))
    reason = text_of(cell_of(cells, columns, "reason"))
    amount, typed_amount, direction = _money(cells, columns)
    said = said_by_bank(result) if "result" in columns else _said_by(direction)
    is_back = said in (Said.UNPAID, Said.FAILED)
    coded = (bank_reason(code) or bank_reason(reason) or bank_reason(result)) if is_back else None
    if is_back and not reason:
        reason = coded.words if coded else (text if "result" not in columns else result)
    return ReadLine(
        row=row,
        references=instruction_references(typed) or instruction_references(text),
        typed_reference=typed,
        name=text_of(cell_of(cells, columns, "name")),
        account=text_of(cell_of(cells, columns, "account")),
        amount=amount,
        typed_amount=typed_amount,
        direction=direction,
        booked_on=day_of(cell_of(cells, columns, "day")),
        text=text,
        bank_reference=text_of(cell_of(cells, columns, "bank_reference")),
        said=said,
        typed_result=result,
        reason=reason if is_back else "",
        bank_code=coded.code if coded else "",
    )


def _money(cells: Sequence[Cell], columns: Columns) -> tuple[int | None, str, Direction]:
    """Amount, what was typed where it is none, and the way that the money went where the table says so."""
    if {"debit", "credit"} <= columns.keys():
        for key, direction in (("debit", Direction.DEBIT), ("credit", Direction.CREDIT)):
            cell = cell_of(cells, columns, key)
            amount = amount_in(cell)
            if amount or (amount is None and not is_blank(cell)):
                return amount, "" if amount is not None else text_of(cell), direction
        if "amount" not in columns:
            return None, "", Direction.NONE
    cell = cell_of(cells, columns, "amount")
    amount = amount_in(cell)
    if amount is None and "result" not in columns and _NEGATIVE.match(text_of(cell)):
        amount = amount_in(text_of(cell).strip("()- "))
        return amount, "" if amount is not None else text_of(cell), Direction.DEBIT
    return amount, text_of(cell) if amount is None else "", Direction.NONE


def _said_by(direction: Direction) -> Said:
    if direction is Direction.NONE:
        return Said.UNREADABLE
    return Said.PAID if direction is Direction.DEBIT else Said.UNPAID
