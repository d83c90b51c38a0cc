"""The officer's own workbook back, with the bad cells coloured and a column of reasons."""

from __future__ import annotations

from pathlib import PurePath
from typing import Final, cast

from django.utils.translation import gettext as _

from beneficiaries.enums import Outcome, RowState
from beneficiaries.imports.findings import message_of, restored
from beneficiaries.imports.wording import readable
from beneficiaries.models import ImportRow, ListImport
from beneficiaries.services.imports.checks import workbook_of
from beneficiaries.services.imports.refusals import ImportRefused
from core.audit import record_event
from core.services.files import read_file
from core.spreadsheets.marking import Mark, Severity, mark_workbook
from core.spreadsheets.reading import column_number
from core.spreadsheets.rebuilding import rebuild_and_mark
from core.workflow import Actor

REASONS: Final = "Lý do cần sửa"


def marked_workbook(*, list_import: ListImport, actor: Actor) -> tuple[str, bytes]:
    """Name and content of an .xlsx: the same cells at the same places, errors, warnings and repairs coloured.

    Rows that have gone in or were left out carry no marks. Corrected in Excel it can be uploaded again: what has gone in
    already is recognised by its numbers and made only once.
    """
    if not list_import.header_rows and not list_import.data_rows:
        raise ImportRefused(_("Danh sách chưa kiểm tra xong nên chưa có tệp đánh dấu."))
    try:
        content = read_file(list_import.file)
    except FileNotFoundError as gone:
        raise ImportRefused(_("Tệp này đã được xóa khi hết hạn lưu.")) from gone
    workbook = workbook_of(list_import, content)
    marks = list(_marks(list_import))
    first, last = (list_import.header_rows or [list_import.data_rows[0]] * 2)[:2]
    record_event("import.marked_downloaded", list_import, actor=actor, change={"marks": len(marks)})
    name = f"{PurePath(list_import.file.name).stem} - can sua.xlsx"
    if workbook.kind == "xlsx":
        return name, mark_workbook(
            content,
            sheet_name=list_import.sheet,
            header_rows=(first, last),
            marks=marks,
            reasons_title=REASONS,
        )
    sheet = next(sheet for sheet in workbook.sheets if sheet.name[:100] == list_import.sheet)
    return name, rebuild_and_mark(sheet, header_rows=(first, last), marks=marks, reasons_title=REASONS)


def _marks(list_import: ListImport) -> list[Mark]:
    rows = ImportRow.objects.filter(list_import=list_import, state=RowState.STAGED).exclude(
        outcome=Outcome.OK
    )
    marks: list[Mark] = []
    for number, findings in rows.order_by("row_number").values_list("row_number", "findings"):
        for kept in findings:
            if kept["severity"] == "info":
                continue
            letter = _letter(list_import.columns, kept["field"])
            sentence = message_of(readable(restored(kept)), number)
            column = column_number(letter) if letter else None
            marks.append(Mark(number, column, cast("Severity", kept["severity"]), sentence))
    return marks


def _letter(columns: dict[str, str], field: str) -> str:
    others = {"dob": ("dob_m", "dob_year"), "sex": ("sex_m", "dob_m"), "full_name": ("surname",)}
    return next((columns[name] for name in (field, *others.get(field, ())) if name in columns), "")
