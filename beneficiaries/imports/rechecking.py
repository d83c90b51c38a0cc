"""One staged row judged again from its cells and what was typed since, and the values that a click could put in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from beneficiaries.imports.checking import CheckedRow, CheckRules, RowChecker
from beneficiaries.imports.extra_columns import ExtraColumn
from beneficiaries.imports.facts import shown_fact
from beneficiaries.imports.headers import amount_unit
from beneficiaries.imports.profile import NOT_TAKEN, profile_of
from beneficiaries.imports.raw_rows import RawRow
from beneficiaries.models import ImportRow, ListImport
from beneficiaries.queries.communes import communes_seen_from
from beneficiaries.rules import identity
from core import clock, crypto
from core.spreadsheets.reading import Cell

# Where a fix of a field goes, for columns that split it.
_SPLIT: dict[str, tuple[str, ...]] = {
    "full_name": ("surname", "given_name"),
    "dob": ("dob_m", "dob_f", "dob_day", "dob_month", "dob_year"),
    "sex": ("sex_m", "sex_f"),
}


def recheck(list_import: ListImport, row_number: int, raw: RawRow) -> CheckedRow:
    """The row's judgement with the list's own rules: its profile, its day, its commune."""
    today = clock.today()
    on = list_import.list_date if list_import.list_date and list_import.list_date <= today else today
    rules = CheckRules(
        profile_of(list_import.profile),
        communes_seen_from(list_import.area_code, today),
        on,
        amount_unit=_unit_of(list_import, "amount"),
        is_month_first=_is_month_first(list_import),
        business_date=today,
        units={extra.code: _unit_of(list_import, extra.code) for extra in extras_of(list_import)},
        is_of_list=True,
    )
    fields, cells = _cells(list_import, raw)
    return RowChecker(rules, fields).check(row_number, cells, raw.fonts, raw.hamlet, typed=raw.fixes)


def _unit_of(list_import: ListImport, field: str) -> int:
    return amount_unit([list_import.header_texts.get(list_import.columns.get(field, ""), "")])


def _is_month_first(list_import: ListImport) -> bool:
    return any(finding["code"] == "DATES_MONTH_FIRST" for finding in list_import.findings)


def _cells(list_import: ListImport, raw: RawRow) -> tuple[frozenset[str], dict[str, Cell]]:
    cells: dict[str, Cell] = {
        field: raw.cells[letter]
        for field, letter in list_import.columns.items()
        if field not in NOT_TAKEN and letter in raw.cells
    }
    fields = set(list_import.columns)
    if {"dob_m", "dob_f"} & fields and {"dob", "sex"} & set(raw.fixes):
        # Nam | Nữ columns: a typed birth or sex moves between them
        birth = cells.pop("dob_m", None) or cells.pop("dob_f", None)
        cells.setdefault(
            "sex", "Nam" if "dob_m" in cells or _column_of_birth(list_import, raw) == "dob_m" else "Nữ"
        )
        if birth is not None:
            cells["dob"] = birth
        fields |= {"sex", "dob"}
    for field, text in raw.fixes.items():
        fields -= set(_SPLIT.get(field, ()))
        for part in _SPLIT.get(field, ()):
            cells.pop(part, None)
        fields.add(field)
        cells[field] = _typed(field, text)
    return frozenset(fields), cells


def _column_of_birth(list_import: ListImport, raw: RawRow) -> str:
    return next((name for name in ("dob_m", "dob_f") if list_import.columns.get(name) in raw.cells), "")


def _typed(field: str, text: str) -> Cell:
    digits = text.replace(".", "").replace(" ", "").strip()
    return int(digits) if field == "amount" and digits.isdigit() else text.strip()


def suggestions_for(list_import: ListImport, row: ImportRow, code: str) -> dict[str, str]:
    """What one click would put into the row for this finding; empty when nobody should guess.

    Never for a contradiction between number and sex: a person has to look at the paper (either may be wrong).
    """
    if code == "SEX_MISSING" and row.number_kind == "CCCD":
        number = crypto.decrypt("number", row.number_encrypted) if row.number_encrypted else ""
        return {"sex": {"M": "Nam", "F": "Nữ"}.get(identity.sex_of(number), "")} if number else {}
    raw = RawRow.unpacked(crypto.decrypt("row", row.raw_encrypted))
    checked = recheck(list_import, row.row_number, raw)
    found = next(
        (finding for finding in checked.findings if finding.code == code and finding.suggestion), None
    )
    return {found.field: found.suggestion} if found else {}


def shown_cells(list_import: ListImport, row: ImportRow) -> Mapping[str, str]:
    """The editable fields of a row as text: what was typed, else the clean value, else what the file holds."""
    raw = RawRow.unpacked(crypto.decrypt("row", row.raw_encrypted))
    written = {
        field: cell_text(raw.cells[letter])
        for field, letter in list_import.columns.items()
        if letter in raw.cells
    }
    written["dob"] = written.get("dob") or written.get("dob_m") or written.get("dob_f") or ""
    number = crypto.decrypt("number", row.number_encrypted) if row.number_encrypted else ""
    clean = {
        "full_name": row.full_name,
        "dob": f"{row.birth_date:%d/%m/%Y}" if row.birth_date else str(row.birth_year or ""),
        "sex": {"M": "Nam", "F": "Nữ"}.get(row.sex, ""),
        "id_number": number,
        "account": crypto.decrypt("account", row.account_encrypted) if row.account_encrypted else "",
        "amount": str(row.amount) if row.amount is not None else "",
        **{field: str(row.values.get(field, "")) for field in ("address", "job", "phone", "bank", "note")},
    }
    shown = {field: raw.fixes.get(field) or clean[field] or written.get(field, "") for field in clean}
    return {
        **shown,
        **{extra.code: _shown_extra(extra, row, raw, written) for extra in extras_of(list_import)},
    }


def extras_of(list_import: ListImport) -> tuple[ExtraColumn, ...]:
    """The further columns of this kind of list, whether the file has them or not."""
    return profile_of(list_import.profile).extra


def _shown_extra(extra: ExtraColumn, row: ImportRow, raw: RawRow, written: Mapping[str, str]) -> str:
    if extra.code in raw.fixes:
        return raw.fixes[extra.code]
    facts = row.values.get("facts", {})
    return shown_fact(extra, facts[extra.code]) if extra.code in facts else written.get(extra.code, "")


def cell_text(cell: Cell) -> str:
    """A cell as the officer reads it."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return f"{cell:%d/%m/%Y}" if isinstance(cell, dt.date | dt.datetime) else str(cell)
