"""The same human twice in one list: by number, or by name and birth under another number.

The first row keeps its place, the later ones carry the finding.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from beneficiaries.imports.checking import CheckedRow
from beneficiaries.imports.findings import outcome_of
from beneficiaries.rules.findings import Finding
from core.text import search_key


@dataclass(slots=True)
class DuplicateSearch:
    """Remembers the rows that came by; `mark` gives a row back with what it repeats.

    Where the list takes people without a number, two of them with one name, birth date and hamlet are asked about.
    """

    takes_no_number: bool = False
    _numbers: dict[str, int] = field(default_factory=dict)
    _people: dict[tuple[str, str], list[CheckedRow]] = field(default_factory=dict)

    def mark(self, row: CheckedRow) -> CheckedRow:
        values = row.values
        number, name, dob = values["id_number"], values["full_name"], values["dob"]
        finding = None
        old = values.get("id_number_old") or ""
        first = self._numbers.get(number) if number else None
        if first is None and old:
            first = self._numbers.get(old)
        if first is not None:
            finding = Finding("DUP_IN_FILE", "id_number", str(first))
        else:
            if values["id_type"]:
                self._numbers[number] = row.row_number
                if old:
                    self._numbers[old] = row.row_number
            if name and dob:
                finding = self._same_person(row, name, dob)
        return with_findings(row, (finding,)) if finding else row

    def _same_person(self, row: CheckedRow, name: str, dob: str) -> Finding | None:
        known = self._people.setdefault((plain_key(name), dob[:4]), [])
        twin = next((seen for seen in known if _is_same(seen.values, row.values)), None) if known else None
        same = next((seen for seen in known if _is_same_without_number(seen.values, row.values)), None)
        known.append(row)
        if same is not None and self.takes_no_number:
            return Finding("DUP_NO_NUMBER", "full_name", str(same.row_number))
        return Finding("DUP_IN_FILE_OTHER_ID", "full_name", str(twin.row_number)) if twin else None


def _is_same(a: Mapping[str, Any], b: Mapping[str, Any]) -> bool:
    """Equal names (marks count unless one has none) and births; of a year alone, the address and the two kinds of card too."""
    names = a["full_name"], b["full_name"]
    if a["id_number"] == b["id_number"]:
        return False
    if names[0].lower() != names[1].lower() and not (names[0].isascii() or names[1].isascii()):
        return False
    if len(a["dob"]) > 4 and len(b["dob"]) > 4:
        return bool(a["dob"] == b["dob"])
    addresses = search_key(a["address"]), search_key(b["address"])
    return (
        bool(addresses[0])
        and addresses[0] == addresses[1]
        and {a["id_type"], b["id_type"]} == {"CCCD", "CMND"}
    )


def _is_same_without_number(a: Mapping[str, Any], b: Mapping[str, Any]) -> bool:
    """The same full birth date and hamlet, and neither has a number."""
    if a["id_number"] or b["id_number"] or len(a["dob"]) < 10 or a["dob"] != b["dob"]:
        return False
    return search_key(a["address"]) == search_key(b["address"])


def with_findings(row: CheckedRow, more: Iterable[Finding]) -> CheckedRow:
    findings = (*row.findings, *more)
    return CheckedRow(row.row_number, outcome_of(findings), findings, row.values)


@lru_cache(maxsize=65_536)
def plain_key(name: str) -> str:
    return search_key(name)
