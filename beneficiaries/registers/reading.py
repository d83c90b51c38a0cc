"""What an officer typed into a register's form, read by the rules that read the cells of its lists."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from django.utils.translation import gettext as _

from beneficiaries.registers.base import Detail, Register, RegisterField
from beneficiaries.rules import cell_values
from beneficiaries.rules.cell_values import Unreadable
from core.text import clean_text, without_numbers

LONGEST_TEXT: Final = 250
Errors = dict[str, list[str]]


def read_details(register: Register, typed: Mapping[str, str]) -> tuple[dict[str, Detail], Errors]:
    """The details by code, only of what was filled in, and sentences by field. Group, days and decision are not read here."""
    return read_fields(register.fields, typed)


def read_fields(
    fields: Iterable[RegisterField], typed: Mapping[str, str]
) -> tuple[dict[str, Detail], Errors]:
    """The values of these fields by code, and what speaks against them: missing, unreadable, out of bounds, too long."""
    values: dict[str, Detail] = {}
    errors: Errors = {}
    for field in fields:
        text = clean_text(str(typed.get(field.code, "") or ""))
        if cell_values.is_empty(text):
            if field.is_required:
                errors[field.code] = [_missing(field)]
            continue
        try:
            value = _read(field, text)
        except Unreadable as problem:
            errors[field.code] = [_unreadable(field, problem.suggestion)]
            continue
        if sentence := _out_of_bounds(field, value):
            errors[field.code] = [sentence]
        values[field.code] = value
    return values, errors


def _read(field: RegisterField, text: str) -> Detail:
    if field.kind == "date":
        return cell_values.read_event_day(text)
    if field.kind == "month":
        return cell_values.read_month(text)
    if field.kind == "integer":
        is_percent = "%" in str(field.label)
        return cell_values.read_percent(text) if is_percent else cell_values.read_whole(text)
    if field.kind == "money":
        return cell_values.read_money(text)
    if field.kind == "flag":
        return cell_values.read_flag(text, str(field.label))
    if field.kind == "choice":
        # forms send codes; whoever writes the words writes them as the register shows them
        return cell_values.read_choice(text, [(code, str(label)) for code, label in field.choices])
    return without_numbers(text)


def _missing(field: RegisterField) -> str:
    template = _("Hãy chọn %(field)s.") if field.kind == "choice" else _("Hãy ghi %(field)s.")
    return template % {"field": _inside(field)}


def _inside(field: RegisterField) -> str:
    label = str(field.label)
    return label[:1].lower() + label[1:]


def _unreadable(field: RegisterField, suggestion: str) -> str:
    if field.kind == "date" and suggestion:
        return _("Không có ngày này; có phải %(suggestion)s không? Hãy ghi ngày/tháng/năm.") % {
            "suggestion": suggestion
        }
    return {
        "date": _("Không đọc được ngày. Hãy ghi ngày/tháng/năm, ví dụ 01/07/2021."),
        "month": _("Không đọc được tháng. Hãy ghi tháng/năm, ví dụ 07/2021."),
        "integer": _("Hãy ghi một số nguyên."),
        "money": _("Không đọc được số tiền. Hãy ghi số đồng, ví dụ 1.500.000."),
        "flag": _("Hãy chọn Có hoặc Không."),
        "choice": _("Hãy chọn một mục trong danh mục."),
    }.get(field.kind, _("Không đọc được nội dung này."))


def _out_of_bounds(field: RegisterField, value: Detail) -> str:
    if field.kind == "text":
        longest = field.most or LONGEST_TEXT
        if len(str(value)) > longest:
            return _("Không quá %(length)s ký tự.") % {"length": longest}
        return ""
    if field.kind not in ("integer", "money") or not isinstance(value, int):
        return ""
    if value < field.least or (field.most and value > field.most):
        least, most = f"{field.least:,}".replace(",", "."), f"{field.most:,}".replace(",", ".")
        if field.code == "year":
            least, most = str(field.least), str(field.most)
        if not field.most:
            return _("Hãy ghi một số từ %(least)s trở lên.") % {"least": least}
        return _("Hãy ghi một số từ %(least)s đến %(most)s.") % {"least": least, "most": most}
    return ""
