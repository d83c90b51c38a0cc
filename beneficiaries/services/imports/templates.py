"""The empty list of a programme, for offices that have no form of their own."""

from __future__ import annotations

import io
from typing import Final

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from beneficiaries.imports.profile import ImportProfile
from core.spreadsheets.fixed_bytes import with_fixed_bytes

ROWS: Final = 500
_TEXT: Final = "@"
_THIN: Final = Side(style="thin")


def template_workbook(profile: ImportProfile) -> bytes:
    """An .xlsx whose numbers, dates and phones are text cells, so that Excel drops no zero; sex has a drop-down."""
    columns = (
        (_("STT"), 6, "0"),
        (_("Họ và tên"), 28, _TEXT),
        (_("Ngày, tháng, năm sinh"), 16, _TEXT),
        (_("Giới tính"), 10, _TEXT),
        (_("Số CMND/CCCD"), 18, _TEXT),
        (_("Nơi ở hiện nay (ấp, khóm)"), 26, _TEXT),
        (_("Công việc trước khi mất việc"), 26, _TEXT),
        (_("Số điện thoại"), 14, _TEXT),
        (_("Số tiền hỗ trợ (đồng)"), 18, "#,##0"),
        (_("Ghi chú"), 20, _TEXT),
    )
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "DS"
    sheet["A1"] = str(profile.title)
    sheet["A1"].font = Font(bold=True, size=14)
    for number, (title, width, form) in enumerate(columns, 1):
        letter = get_column_letter(number)
        head = sheet.cell(3, number, title)
        head.font = Font(bold=True)
        head.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
        head.border = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
        sheet.column_dimensions[letter].width = width
        for row in range(4, 4 + ROWS):
            sheet.cell(row, number).number_format = form
    choice = DataValidation(type="list", formula1='"Nam,Nữ"', allow_blank=True)
    choice.add(f"D4:D{3 + ROWS}")
    sheet.add_data_validation(choice)
    sheet.freeze_panes = "A4"
    target = io.BytesIO()
    book.save(target)
    return with_fixed_bytes(target.getvalue())
