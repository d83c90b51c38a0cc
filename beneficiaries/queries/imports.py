"""A checked list as the page, the command and the API read it."""

from __future__ import annotations

from typing import Any

from beneficiaries.enums import RowState
from beneficiaries.imports.findings import message_of, restored
from beneficiaries.imports.wording import finding_texts, readable
from beneficiaries.models import ImportRow, ListImport
from core import crypto

_PLAIN = (
    *(
        "row_number",
        "outcome",
        "state",
        "findings",
        "values",
        "full_name",
        "birth_date",
        "birth_year",
        "sex",
        "amount",
    ),
    *("number_kind", "number_encrypted", "account_encrypted"),
)


def import_report(list_import: ListImport) -> dict[str, Any]:
    """The whole list as one JSON-ready object, with clear numbers: for who may see the list itself."""
    return {
        "reference": list_import.reference,
        "file": list_import.file.name,
        "state": list_import.state,
        "sheet": list_import.sheet,
        "header_rows": list_import.header_rows,
        "data_rows": list_import.data_rows,
        "columns": list_import.columns,
        **({"employer": list_import.employer.reference} if list_import.employer else {}),
        "list_date": list_import.list_date.isoformat() if list_import.list_date else None,
        "file_findings": [_file_finding(kept) for kept in list_import.findings],
        "totals": list_import.totals,
        "rows": row_reports(list_import),
    }


def _file_finding(kept: dict[str, Any]) -> dict[str, Any]:
    return {
        "code": kept["code"],
        "field": kept["field"],
        "severity": kept["severity"],
        "row": kept.get("row"),
        "message": message_of(readable(restored(kept)), kept.get("row")),
    }


def row_reports(list_import: ListImport) -> list[dict[str, Any]]:
    """Each row: spreadsheet row number, outcome, findings, clean values."""
    rows = list(ImportRow.objects.filter(list_import=list_import).order_by("row_number").values(*_PLAIN))
    numbers = crypto.decrypt_many("number", [row["number_encrypted"] for row in rows])
    accounts = crypto.decrypt_many("account", [row["account_encrypted"] for row in rows])
    return [
        {
            "row": row["row_number"],
            "outcome": row["outcome"],
            "state": row["state"],
            "findings": finding_texts(row["findings"], row["row_number"]),
            "values": _values(row, number or "", account or ""),
        }
        for row, number, account in zip(rows, numbers, accounts, strict=True)
    ]


def _values(row: dict[str, Any], number: str, account: str) -> dict[str, Any]:
    born = row["birth_date"].isoformat() if row["birth_date"] else str(row["birth_year"] or "")
    plain = {name: value for name, value in row["values"].items() if name not in ("name_sort", "old")}
    return {
        "full_name": row["full_name"],
        "sex": row["sex"],
        "dob": born,
        "id_number": number,
        "id_type": row["number_kind"],
        "amount": row["amount"],
        **plain,
        **({"account": account} if account else {}),
    }


def staged_count(list_import: ListImport) -> int:
    return ImportRow.objects.filter(list_import=list_import, state=RowState.STAGED).count()
