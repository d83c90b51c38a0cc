"""Checked rows on their way into the table of staged rows: encrypted, and copied in chunks.

Identity numbers and accounts never stand in clear text: not in the values, not in the findings, not in the cells. A number that
somebody wrote into a name, an address or a note is left out of it; the cell as it was is kept encrypted.
"""

from __future__ import annotations

import io
import json
import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any, Final

from django.db import connection

from beneficiaries.imports.checking import CheckedRow
from beneficiaries.imports.duplicates import plain_key
from beneficiaries.imports.findings import stored
from core import crypto
from core.text import sort_key, without_numbers

_COLUMNS: Final = (
    *(
        "row_number",
        "outcome",
        "findings",
        "values",
        "raw_encrypted",
        "full_name",
        "name_key",
        "birth_date",
        "birth_year",
    ),
    *("sex", "amount", "number_kind", "number_encrypted", "number_index", "tail_index", "number_last3"),
    *("account_encrypted", "account_index", "account_last3"),
)
_NOT_IN_VALUES: Final = frozenset(
    {"full_name", "sex", "amount", "id_number", "id_number_old", "id_type", "account"}
)
_FREE_TEXTS: Final = ("address", "permanent_address", "job", "account_holder", "note", "id_place", "bank")
_ESCAPES: Final = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r", "\0": None})
_SPECIAL: Final = re.compile(r"[\\\t\n\r\0]")
_NULL: Final = "\\N"
_as_json: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


@lru_cache(maxsize=65_536)
def cached_sort_key(name: str) -> str:
    return sort_key(name)


def row_values(checked: CheckedRow) -> dict[str, Any]:
    """The columns of a staged row by name, with numbers encrypted, for the ORM."""
    columns = [name for name in _COLUMNS if name != "raw_encrypted"]
    named = dict(zip(columns, _records([checked])[0], strict=True))
    return {**named, "findings": json.loads(named["findings"]), "values": json.loads(named["values"])}


def _records(rows: Sequence[CheckedRow]) -> list[tuple[Any, ...]]:
    numbers = [_number_of(row) for row in rows]
    accounts = [row.values.get("account") or None for row in rows]
    sealed = zip(
        rows, numbers,
        crypto.encrypt_many("number", numbers),
        crypto.blind_index_many("number", [n if row.values["id_type"] else None for n, row in zip(numbers, rows, strict=True)]),
        crypto.tail_index_many([n if row.values["id_type"] else None for n, row in zip(numbers, rows, strict=True)]),
        crypto.encrypt_many("account", accounts),
        crypto.blind_index_many("account", accounts),
        strict=True,
    )  # fmt: skip
    records = []
    for row, number, number_encrypted, number_index, tail_index, account_encrypted, account_index in sealed:
        values = row.values
        birth, name = values["dob"], without_numbers(values["full_name"])
        records.append(
            (
                row.row_number,
                row.outcome,
                _as_json([stored(finding) for finding in row.findings]) if row.findings else "[]",
                _as_json(_plain_values(values)),
                name,
                plain_key(name)[:200],
                birth if len(birth) == 10 else None,
                int(birth[:4]) if birth else None,
                values["sex"],
                values["amount"],
                values["id_type"],
                number_encrypted,
                number_index,
                tail_index,
                (number or "")[-3:],
                account_encrypted,
                account_index,
                (values.get("account") or "")[-3:],
            )
        )
    return records


def _number_of(row: CheckedRow) -> str | None:
    return row.values["id_number"] or None


def _plain_values(values: Mapping[str, Any]) -> dict[str, Any]:
    kept = {name: value for name, value in values.items() if value and name not in _NOT_IN_VALUES}
    for field in _FREE_TEXTS:
        if field in kept:
            kept[field] = without_numbers(kept[field])
    if "facts" in kept:
        kept["facts"] = _plain_facts(kept["facts"], values)
    if kept.get("address"):
        kept["address_key"] = plain_key(kept["address"])[:200]
    if values["full_name"]:
        kept["name_sort"] = cached_sort_key(without_numbers(values["full_name"]))[:200]
    old = values.get("id_number_old")
    if old:
        kept["old"] = {
            "sealed": crypto.encrypt("number", old).hex(),
            "index": crypto.blind_index("number", old).hex(),
            "tail": (crypto.tail_index(old) or b"").hex(),
            "last3": old[-3:],
            "kind": "CCCD" if len(old) == 12 else "CMND",
        }
    return kept


def _plain_facts(facts: Mapping[str, Any], values: Mapping[str, Any]) -> dict[str, Any]:
    """Nine digits are kept only in a column for a number of its own (a guide's card), and never the person's own number."""
    own = {values["id_number"], values.get("id_number_old"), values.get("account")}
    return {
        code: without_numbers(fact)
        if isinstance(fact, str)
        and (fact in own or not (code.endswith("_number") and fact.isdecimal() and len(fact) == 9))
        else fact
        for code, fact in facts.items()
    }


_TEMPORARY: Final = """
CREATE TEMPORARY TABLE IF NOT EXISTS staged_chunk (row_number integer, outcome text, findings jsonb, "values" jsonb,
    raw_encrypted bytea, full_name text, name_key text, birth_date date, birth_year smallint, sex text, amount bigint,
    number_kind text, number_encrypted bytea, number_index bytea, tail_index bytea, number_last3 text,
    account_encrypted bytea, account_index bytea, account_last3 text) ON COMMIT DELETE ROWS;
TRUNCATE staged_chunk;
"""
_COPY: Final = (
    f"COPY staged_chunk ({', '.join(f'''{chr(34)}{name}{chr(34)}''' for name in _COLUMNS)}) FROM STDIN"
)
_INSERT: Final = f"""
INSERT INTO beneficiaries_importrow (list_import_id, area_code, state, {", ".join(f'"{name}"' for name in _COLUMNS)})
SELECT %s, %s, 'staged', {", ".join(f'"{name}"' for name in _COLUMNS)} FROM staged_chunk ORDER BY row_number
ON CONFLICT (list_import_id, row_number) DO NOTHING
"""


def copy_text(rows: Sequence[CheckedRow], packed: Sequence[str]) -> str:
    """A chunk of rows in COPY's text format, numbers and cells encrypted; `packed` are their cells as RawRow packs them."""
    sealed = crypto.encrypt_many("row", packed)
    return "".join([_copy_line(record, raw) for record, raw in zip(_records(rows), sealed, strict=True)])


def write_chunk(list_import_id: int, area_code: str, text: str) -> int:
    """Write a chunk in one statement; rows that are there already stay as they are. Gives how many were new.

    COPY goes into a temporary table, since a table behind the area fence refuses it.
    """
    with connection.cursor() as cursor:
        cursor.execute(_TEMPORARY)
        cursor.copy_expert(_COPY, io.StringIO(text))
        cursor.execute(_INSERT, [list_import_id, area_code])
        return int(cursor.rowcount)


def _copy_line(record: tuple[Any, ...], raw: bytes | None) -> str:
    """One line of COPY's text format; spelled out, as it runs for every row of a list."""
    (
        number,
        outcome,
        findings,
        values,
        name,
        key,
        birth,
        year,
        sex,
        amount,
        kind,
        sealed,
        index,
        tail,
        last3,
        *account,
    ) = record
    text = f"{findings}\t{values}"
    plain = f"{name}\t{key}\t{birth or _NULL}\t{_NULL if year is None else year}\t{sex}"
    if _SPECIAL.search(f"{findings}{values}{name}{key}{last3}{account[2]}"):
        text = f"{findings.translate(_ESCAPES)}\t{values.translate(_ESCAPES)}"
        plain = (
            f"{name.translate(_ESCAPES)}\t{key}\t{birth or _NULL}\t{_NULL if year is None else year}\t{sex}"
        )
        last3, account[2] = last3.translate(_ESCAPES), account[2].translate(_ESCAPES)
    return (
        f"{number}\t{outcome}\t{text}\t{_hex(raw)}\t{plain}\t{_NULL if amount is None else amount}\t{kind}\t{_hex(sealed)}"
        f"\t{_hex(index)}\t{_hex(tail)}\t{last3}\t{_hex(account[0])}\t{_hex(account[1])}\t{account[2]}\n"
    )


def _hex(value: bytes | None) -> str:
    return _NULL if value is None else "\\\\x" + value.hex()
