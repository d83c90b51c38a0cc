"""The empty list of a programme, for offices that have no form of their own."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from beneficiaries.imports.extra_columns import ExtraColumn
from beneficiaries.imports.profile import ImportProfile
from core.spreadsheets.fixed_bytes import with_fixed_bytes

ROWS: Final = 500
HEADER: Final = 3
_TEXT: Final = "@"
_THIN: Final = Side(style="thin")
# what Excel takes of a note and of a list of choices
_LONGEST_NOTE: Final = 255
_LONGEST_TITLE: Final = 32


@dataclass(frozen=True, slots=True)
class _Column:
    """A column of the form; `note` is shown beside a chosen cell, `choices` drop down."""

    title: str
    width: int
    form: str = _TEXT
    note: str = ""
    choices: tuple[str, ...] = ()


def template_workbook(profile: ImportProfile) -> bytes:
    """An .xlsx whose numbers, dates and phones are text cells, so that Excel drops no zero; sex has a drop-down.

    The programme's further columns each say how to write them.
    """
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "DS"
    sheet["A1"] = str(profile.title)
    sheet["A1"].font = Font(bold=True, size=14)
    for number, column in enumerate(_columns(profile), 1):
        _write(sheet, number, column)
    sheet.freeze_panes = f"A{HEADER + 1}"
    target = io.BytesIO()
    book.save(target)
    return with_fixed_bytes(target.getvalue())


def _columns(profile: ImportProfile) -> Sequence[_Column]:
    person = (
        _Column(_("STT"), 6, "0"),
        _Column(_("Họ và tên"), 28),
        _Column(_("Ngày, tháng, năm sinh"), 16),
        _Column(_("Giới tính"), 10, choices=("Nam", "Nữ")),
        _Column(_("Số CMND/CCCD"), 18),
        _Column(_("Nơi ở hiện nay (ấp, khóm)"), 26),
    )
    phone = _Column(_("Số điện thoại"), 14)
    note = _Column(_("Ghi chú"), 20)
    amount = () if profile.amount is None else (_Column(_("Số tiền hỗ trợ (đồng)"), 18, "#,##0"),)
    if not profile.extra:
        return (*person, _Column(_("Công việc trước khi mất việc"), 26), phone, *amount, note)
    account = (_Column(_("Số tài khoản"), 20), _Column(_("Ngân hàng"), 20))
    return (*person, phone, *map(_further, profile.extra), *amount, *account, note)


def _further(extra: ExtraColumn) -> _Column:
    labels = tuple(str(label) for _code, label in extra.choices)
    notes = {
        "date": _("Ghi ngày/tháng/năm, ví dụ 01/08/2021."),
        "month": _("Ghi tháng/năm, ví dụ 04/2021."),
        "integer": _("Ghi một số nguyên bằng chữ số."),
        "money": _("Ghi số tiền bằng đồng."),
        "flag": _("Ghi x hoặc có nếu đúng, không nếu sai; để trống khi chưa biết."),
        "choice": _("Ghi một trong các mục: %(choices)s.") % {"choices": "; ".join(labels)},
        "text": "",
    }
    width = {"text": 24, "choice": 26}.get(extra.kind, 16)
    is_offered = (
        labels
        and len(",".join(labels)) <= _LONGEST_NOTE
        and not any(sign in label for label in labels for sign in ',"')
    )
    return _Column(str(extra.label), width, note=notes[extra.kind], choices=labels if is_offered else ())


def _write(sheet: Worksheet, number: int, column: _Column) -> None:
    letter = get_column_letter(number)
    head = sheet.cell(HEADER, number, column.title)
    head.font = Font(bold=True)
    head.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
    head.border = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
    sheet.column_dimensions[letter].width = column.width
    for row in range(HEADER + 1, HEADER + 1 + ROWS):
        sheet.cell(row, number).number_format = column.form
    if not (column.choices or column.note):
        return
    rule = DataValidation(allow_blank=True)
    if column.choices:
        rule.type, rule.formula1 = "list", f'"{",".join(column.choices)}"'
    if column.note:
        rule.promptTitle = column.title[:_LONGEST_TITLE]
        rule.prompt = column.note[:_LONGEST_NOTE]
        rule.showInputMessage = True
        # other ways to write it are read too
        rule.showErrorMessage = False
    rule.add(f"{letter}{HEADER + 1}:{letter}{HEADER + ROWS}")
    sheet.add_data_validation(rule)
