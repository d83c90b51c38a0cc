"""Every finding of an import: its code, how grave it is, and the sentence that names row, field and remedy.

Codes and field names are those that commune lists are checked by: `fix` was repaired and is shown, `warn` waits for someone to
say "Giữ nguyên", `error` waits for a correction, `info` changes nothing. Sentences never repeat an identity number or an
account: the cell stands beside them.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from beneficiaries.imports.profile import LABELS
from beneficiaries.imports.sentences import ERROR, FIX, INFO, KINDS, OK, WARN
from beneficiaries.rules.findings import Finding
from core.text import without_numbers

_RANK: Final = {INFO: 0, OK: 0, FIX: 1, WARN: 2, ERROR: 3}
_OUTCOMES: Final = (OK, FIX, WARN, ERROR)
SECRET_FIELDS: Final = frozenset({"id_number", "id_number_old", "account"})
_SEX_WORDS: Final = {"M": _("nam"), "F": _("nữ")}


def severity_of(code: str) -> str:
    return KINDS[code].severity


def outcome_of(findings: Iterable[Finding]) -> str:
    """ok, fix, warn or error: the worst of the findings; info leaves a row ok."""
    worst = 0
    for finding in findings:
        rank = _RANK[KINDS[finding.code].severity]
        if rank > worst:
            worst = rank
    return _OUTCOMES[worst]


def message_of(finding: Finding, row: int | None) -> str:
    """The sentence for the officer. Numbers and accounts are not repeated in it."""
    expected: Any = finding.expected
    if finding.code == "ID_SEX_MISMATCH":
        expected = _SEX_WORDS.get(finding.expected, finding.expected)
    elif finding.code == "VALUE_TOO_LONG":
        expected = LABELS.get(finding.expected, finding.expected)
    return str(KINDS[finding.code].sentence) % {
        "row": row or "",
        "found": " ".join(finding.found.split()),
        "expected": expected,
    }


def stored(finding: Finding) -> dict[str, str]:
    """The finding as a row of a list keeps it: without what would show an identity number or an account."""
    kept = {"code": finding.code, "field": finding.field, "severity": KINDS[finding.code].severity}
    is_secret = finding.field in SECRET_FIELDS and finding.code not in _HARMLESS_FOUND
    if finding.found and not is_secret:
        # nine digits are a sum as well; no sum begins with 0
        is_sum = finding.field == "amount" and not finding.found.startswith("0")
        kept["found"] = finding.found if is_sum else without_numbers(finding.found)
    if finding.expected:
        kept["expected"] = finding.expected
    return kept


def restored(kept: dict[str, str]) -> Finding:
    return Finding(kept["code"], kept["field"], kept.get("found", ""), kept.get("expected", ""))


# what these found is a row, a commune, a year or a single digit, not the number
_HARMLESS_FOUND: Final = frozenset(
    {
        "DUP_IN_FILE",
        "DUP_IN_FILE_OTHER_ID",
        "DUP_CROSS_COMMUNE",
        "ID_YEAR_MISMATCH",
        "ID_SEX_MISMATCH",
        "ALREADY_LISTED",
    }
)
