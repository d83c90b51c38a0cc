"""Our own payment list that came back with its results: where its columns are, and what each row says."""

from collections.abc import Iterator
from typing import Final

from core.references import parse_reference
from core.spreadsheets.reading.grid import Cell, Sheet, Workbook, is_blank
from core.text import search_key
from disbursements.rules.statements.amounts import amount_in
from disbursements.rules.statements.columns import Columns, Formulas, cell_of, columns_of, text_of
from disbursements.rules.statements.lines import ReadLine, ReadStatement, Said, Unreadable
from disbursements.rules.statements.words import result_words

_FORMAT: Final = "list"
# the mark that a list carries until it is approved
_DRAFT: Final = "du thao"
_COLUMN_NUMBER: Final = "("


def read_returned_list(workbook: Workbook) -> ReadStatement | None:
    """The rows of the first sheet that has a heading with reference and result; None when no sheet has one.

    Rows of groups, totals and signatures have no reference and say nothing: they are left out. Unreadable: a draft of the list,
    cells with a formula that nobody has computed.
    """
    for sheet in workbook.sheets:
        for index, cells in enumerate(sheet.rows):
            columns = columns_of(cells, result_words().list)
            if {"reference", "result"} <= columns.keys():
                _refuse_draft(sheet, index)
                return ReadStatement(_FORMAT, tuple(_rows(sheet, index + 1, columns)))
    return None


def said_by(cell: Cell) -> Said:
    """What a result cell says: "x" and "Đã nhận" are paid, "Chưa nhận" is not, empty is nothing."""
    if is_blank(cell):
        return Said.NOTHING
    words = search_key(text_of(cell))
    said = result_words().list_results
    if words in said["paid"]:
        return Said.PAID
    return Said.UNPAID if words in said["unpaid"] else Said.UNREADABLE


def _refuse_draft(sheet: Sheet, heading: int) -> None:
    for cells in sheet.rows[:heading]:
        if any(isinstance(cell, str) and _DRAFT in search_key(cell) for cell in cells):
            raise Unreadable("DRAFT")


def _rows(sheet: Sheet, start: int, columns: Columns) -> Iterator[ReadLine]:
    formulas = Formulas(sheet, columns)
    for index in range(start, len(sheet.rows)):
        cells = sheet.rows[index]
        typed = text_of(cell_of(cells, columns, "reference"))
        result = cell_of(cells, columns, "result")
        said = said_by(result)
        if typed.startswith(_COLUMN_NUMBER) or (not typed and said not in (Said.PAID, Said.UNPAID)):
            continue
        row = sheet.row_number(index)
        formulas.look(row)
        reference = parse_reference(typed)
        amount_cell = cell_of(cells, columns, "amount")
        amount = amount_in(amount_cell)
        yield ReadLine(
            row=row,
            references=(str(reference),) if reference and reference.prefix == "LC" else (),
            typed_reference=typed,
            name=text_of(cell_of(cells, columns, "name")),
            amount=amount,
            typed_amount=text_of(amount_cell) if amount is None else "",
            said=said,
            typed_result=text_of(result),
            reason=text_of(cell_of(cells, columns, "reason")),
        )
    formulas.refuse()
