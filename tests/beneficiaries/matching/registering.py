"""Entries of the labelled set into the register, by COPY: a thousand or a million, as role `app` or as the owner."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from django.db import connections

from core import crypto
from core.text import search_key, sort_key
from tests.beneficiaries.matching.entries import Entry

_AT = "2021-09-01 08:00:00+07"


def register_entries(entries: Sequence[Entry], *, using: str = "default") -> list[int]:
    """Give each entry a person, a paper and an account; the ids in order."""
    with connections[using].cursor() as cursor:
        cursor.execute(
            "SELECT nextval('beneficiaries_person_id_seq') FROM generate_series(1, %s)", [len(entries)]
        )
        ids = [row[0] for row in cursor.fetchall()]
        _copy(
            cursor,
            "beneficiaries_person",
            _PERSON,
            [_person(pk, entry) for pk, entry in zip(ids, entries, strict=True)],
        )
        _papers(cursor, ids, entries)
        _accounts(cursor, ids, entries)
    return ids


_PERSON = (
    "id", "reference", "area_code", "full_name", "name_key", "name_sort", "birth_date", "birth_year", "sex", "permanent_address",
    "temporary_address", "hamlet", "hamlet_key", "phone", "occupation", "version", "created_at", "updated_at",
)  # fmt: skip
_PAPER = (
    "area_code", "person_id", "kind", "number_encrypted", "number_index", "tail_index", "number_last3", "issued_by", "is_current",
    "created_at",
)  # fmt: skip
_ACCOUNT = (
    "area_code", "person_id", "bank_name", "holder_name", "account_encrypted", "account_index", "account_last3", "valid_from",
    "created_at",
)  # fmt: skip


def _person(pk: int, entry: Entry) -> tuple[Any, ...]:
    return (
        pk, f"NT-2021-{pk:08d}", entry.area, entry.name, search_key(entry.name), sort_key(entry.name), entry.birth_date,
        entry.birth_year, entry.sex, "", "", entry.hamlet, search_key(entry.hamlet), entry.phone, "", 1, _AT, _AT,
    )  # fmt: skip


def _papers(cursor: Any, ids: Sequence[int], entries: Sequence[Entry]) -> None:
    """A number that somebody has already is left to them, as in an import."""
    owned = [(pk, entry) for pk, entry in zip(ids, entries, strict=True) if entry.number]
    numbers = [entry.number for _pk, entry in owned]
    indexes = crypto.blind_index_many("number", numbers)
    columns = zip(
        owned, crypto.encrypt_many("number", numbers), indexes, crypto.tail_index_many(numbers), strict=True
    )
    rows = {
        index: (
            entry.area,
            pk,
            "CCCD" if len(entry.number) == 12 else "CMND",
            sealed,
            index,
            tail,
            entry.number[-3:],
            "",
            "t",
            _AT,
        )
        for (pk, entry), sealed, index, tail in reversed(list(columns))
    }
    taken: set[bytes] = set()
    if ids[0] > 1:
        cursor.execute(
            "SELECT number_index FROM beneficiaries_identitydocument WHERE number_index = ANY(%s)",
            [list(rows)],
        )
        taken = {bytes(index) for (index,) in cursor.fetchall()}
    _copy(
        cursor,
        "beneficiaries_identitydocument",
        _PAPER,
        [row for index, row in rows.items() if index not in taken],
    )


def _accounts(cursor: Any, ids: Sequence[int], entries: Sequence[Entry]) -> None:
    owned = [(pk, entry) for pk, entry in zip(ids, entries, strict=True) if entry.account]
    accounts = [entry.account for _pk, entry in owned]
    columns = zip(
        owned,
        crypto.encrypt_many("account", accounts),
        crypto.blind_index_many("account", accounts),
        strict=True,
    )
    rows = [
        (entry.area, pk, "Agribank", entry.name, sealed, index, entry.account[-3:], "2021-09-01", _AT)
        for (pk, entry), sealed, index in columns
    ]
    _copy(cursor, "beneficiaries_payoutaccount", _ACCOUNT, rows)


def _copy(cursor: Any, table: str, columns: Sequence[str], rows: Sequence[tuple[Any, ...]]) -> None:
    text = "\n".join("\t".join(map(_cell, row)) for row in rows)
    cursor.cursor.copy_expert(f"COPY {table} ({', '.join(columns)}) FROM STDIN", io.StringIO(text))


def _cell(value: Any) -> str:
    if value is None:
        return "\\N"
    return f"\\\\x{value.hex()}" if isinstance(value, bytes) else str(value)
