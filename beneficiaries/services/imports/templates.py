"""The empty list of a programme or a register, for offices that have no form of their own."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import override
from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from beneficiaries.imports.extra_columns import LANGUAGE, ExtraColumn
from beneficiaries.imports.profile import ImportProfile
from beneficiaries.imports.register_rows import HEAD_NAME, HOUSEHOLD, RELATION
from beneficiaries.registers import register_of
from beneficiaries.services.imports.template_guide import TemplateColumn, write_guide
from core.spreadsheets.fixed_bytes import with_fixed_bytes

ROWS: Final = 500
HEADER: Final = 3
CHOICES: Final = "Danh mục"
_THIN: Final = Side(style="thin")
_REQUIRED: Final = PatternFill("solid", start_color="FFF3D6", end_color="FFF3D6")
# what Excel takes of a note and of a list of choices written into the rule itself
_LONGEST_NOTE: Final = 255
_LONGEST_TITLE: Final = 32


def template_workbook(profile: ImportProfile) -> bytes:
    """An .xlsx whose numbers, dates and phones are text cells, so that Excel drops no zero; what is chosen drops down.

    The further columns each say how to write them. The list of a register has a second sheet that says of each column what
    to write, whether it is needed and by which article; long lists of choices stand on a hidden one.
    """
    # a list is a Vietnamese form, and is read as one
    with override(LANGUAGE):
        return _written(profile)


def _written(profile: ImportProfile) -> bytes:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "DS"
    sheet["A1"] = str(profile.title)
    sheet["A1"].font = Font(bold=True, size=14)
    columns = _columns(profile)
    if profile.of_register:
        sheet["A2"] = _("Cột tô màu là bắt buộc. Cách ghi từng cột: xem trang “Hướng dẫn”.")
        sheet["A2"].font = Font(italic=True)
        write_guide(book, register_of(profile.of_register), columns)
    for number, column in enumerate(columns, 1):
        _write(book, sheet, number, column)
    sheet.row_dimensions[HEADER].height = 48
    sheet.freeze_panes = f"A{HEADER + 1}"
    _set_page(sheet)
    target = io.BytesIO()
    book.save(target)
    return with_fixed_bytes(target.getvalue())


def _set_page(sheet: Worksheet) -> None:
    """Printed across, as wide as one page, the header on each."""
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = Worksheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    if sheet.sheet_properties.pageSetUpPr is not None:
        sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = f"{HEADER}:{HEADER}"


def _columns(profile: ImportProfile) -> Sequence[TemplateColumn]:
    if profile.of_register:
        return _of_register(profile)
    person = _person(profile)
    phone = TemplateColumn(_("Số điện thoại"), 14)
    note = TemplateColumn(_("Ghi chú"), 20)
    amount = () if profile.amount is None else (TemplateColumn(_("Số tiền hỗ trợ (đồng)"), 18, "#,##0"),)
    if not profile.extra:
        return (*person, TemplateColumn(_("Công việc trước khi mất việc"), 26), phone, *amount, note)
    account = (TemplateColumn(_("Số tài khoản"), 20), TemplateColumn(_("Ngân hàng"), 20))
    return (*person, phone, *map(_further, profile.extra), *amount, *account, note)


def _person(profile: ImportProfile) -> tuple[TemplateColumn, ...]:
    """The columns about the person of a row; in a register's list they say how to write them."""
    if not profile.of_register:
        return (
            TemplateColumn(_("STT"), 6, "0"),
            TemplateColumn(_("Họ và tên"), 28),
            TemplateColumn(_("Ngày, tháng, năm sinh"), 16),
            TemplateColumn(_("Giới tính"), 10, choices=("Nam", "Nữ")),
            TemplateColumn(_("Số CMND/CCCD"), 18),
            TemplateColumn(_("Nơi ở hiện nay (ấp, khóm)"), 26),
        )
    number = (
        _("12 số của CCCD hoặc 9 số của CMND.")
        if profile.needs_number
        else _(
            "12 số của CCCD hoặc 9 số của CMND. Chưa được cấp thì để trống, khi đó phải có đủ ngày sinh và khóm ấp."
        )
    )
    birth = _("Ghi ngày/tháng/năm; chỉ biết năm thì ghi năm.")
    return (
        TemplateColumn(_("STT"), 6, "0"),
        TemplateColumn(_("Họ và tên"), 28, is_required=True),
        TemplateColumn(_("Ngày, tháng, năm sinh"), 16, note=birth, is_required=True),
        TemplateColumn(_("Giới tính"), 10, choices=("Nam", "Nữ")),
        TemplateColumn(_("Số CMND/CCCD"), 18, note=number, is_required=profile.needs_number),
        TemplateColumn(
            _("Nơi ở hiện nay (ấp, khóm)"),
            26,
            note=_("Tên khóm hoặc ấp."),
            is_required=not profile.needs_number,
        ),
    )


def _of_register(profile: ImportProfile) -> Sequence[TemplateColumn]:
    """Number, household, person, the register's own columns."""
    number, name, *rest = _person(profile)
    further = {extra.code: _further(extra) for extra in profile.extra}
    before = [further.pop(code) for code in (HOUSEHOLD, HEAD_NAME) if code in further]
    beside = [further.pop(code) for code in (RELATION,) if code in further]
    phone, note = TemplateColumn(_("Số điện thoại"), 14), TemplateColumn(_("Ghi chú"), 20)
    return (number, *before, name, *beside, *rest, *further.values(), phone, note)


def _further(extra: ExtraColumn) -> TemplateColumn:
    labels = tuple(str(label) for _code, label in extra.choices)
    forms = {
        "date": _("Ghi ngày/tháng/năm, ví dụ 01/08/2021."),
        "month": _("Ghi tháng/năm, ví dụ 04/2021."),
        "integer": _("Ghi một số nguyên bằng chữ số."),
        "money": _("Ghi số tiền bằng đồng."),
        "flag": _("Ghi x hoặc có nếu đúng, không nếu sai; để trống khi chưa biết."),
        "choice": _("Ghi một trong các mục: %(choices)s.") % {"choices": "; ".join(labels)},
        "text": "",
    }
    width = {"text": 24, "choice": 26}.get(extra.kind, 16)
    return TemplateColumn(
        str(extra.label),
        width,
        note=" ".join(filter(None, (forms[extra.kind], str(extra.note)))),
        choices=labels,
        is_required=extra.is_required,
        article=extra.article,
    )


def _write(book: Workbook, sheet: Worksheet, number: int, column: TemplateColumn) -> None:
    letter = get_column_letter(number)
    head = sheet.cell(HEADER, number, column.title)
    head.font = Font(bold=True)
    head.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
    head.border = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
    if column.is_required:
        head.fill = _REQUIRED
    sheet.column_dimensions[letter].width = column.width
    for row in range(HEADER + 1, HEADER + 1 + ROWS):
        sheet.cell(row, number).number_format = column.form
    if not (column.choices or column.note):
        return
    rule = DataValidation(allow_blank=True)
    if column.choices:
        rule.type, rule.formula1 = "list", _choices_formula(book, column.title, column.choices)
    if column.note:
        rule.promptTitle = column.title[:_LONGEST_TITLE]
        rule.prompt = _shortened(column.note)
        rule.showInputMessage = True
        # other ways to write it are read too
        rule.showErrorMessage = False
    rule.add(f"{letter}{HEADER + 1}:{letter}{HEADER + ROWS}")
    sheet.add_data_validation(rule)


def _shortened(note: str) -> str:
    return note if len(note) <= _LONGEST_NOTE else note[: _LONGEST_NOTE - 1] + "…"


def _choices_formula(book: Workbook, title: str, choices: Sequence[str]) -> str:
    """The choices in the rule itself, or, where Excel takes no such text, the range of a hidden sheet that holds them."""
    if len(",".join(choices)) <= _LONGEST_NOTE and not any(sign in text for text in choices for sign in ',"'):
        return f'"{",".join(choices)}"'
    if CHOICES not in book.sheetnames:
        book.create_sheet(CHOICES).sheet_state = "hidden"
    sheet = book[CHOICES]
    number = 1 if sheet.cell(1, 1).value is None else sheet.max_column + 1
    for row, text in enumerate((title, *choices), 1):
        sheet.cell(row, number, text)
    letter = get_column_letter(number)
    return f"'{CHOICES}'!${letter}$2:${letter}${len(choices) + 1}"
