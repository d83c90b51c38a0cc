"""Findings ready to be shown: area codes become names."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final

from django.utils.translation import gettext as _

from accounts.queries import area_name
from beneficiaries.imports.findings import message_of, restored
from beneficiaries.imports.sentences import KINDS
from beneficiaries.queries.match_reasons import reason_of
from beneficiaries.rules.findings import Finding

_WORST_FIRST: Final = ("error", "warn", "fix", "info")


def readable(finding: Finding) -> Finding:
    """The finding with names in place of area codes, sentences in place of reasons."""
    if finding.code == "DUP_CROSS_COMMUNE" and finding.found.isdigit():
        return replace(finding, found=area_name(finding.found))
    if finding.code == "LIKELY_SAME_PERSON":
        reasons = [str(reason_of(code)) for code in finding.expected.split()]
        return replace(finding, found=finding.found or _("một người ở xã khác"), expected="; ".join(reasons))
    return finding


def finding_texts(kept: list[dict[str, Any]], row: int) -> list[dict[str, str]]:
    """Stored findings as code, field, severity and the Vietnamese sentence."""
    return [
        {
            "code": entry["code"],
            "field": entry["field"],
            "severity": entry["severity"],
            "message": message_of(readable(restored(entry)), row),
        }
        for entry in sorted(kept, key=lambda entry: _WORST_FIRST.index(entry["severity"]))
    ]


def title_of(code: str) -> str:
    """The title of a group of findings."""
    return str(KINDS[code].title)
