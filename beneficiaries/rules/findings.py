"""What a rule says about a cell: a code, the field, what was found and what it would expect."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """`found` and `expected` are for the sentence shown to the officer; `suggestion` is a value that a click could put in."""

    code: str
    field: str
    found: str = ""
    expected: str = ""
    suggestion: str = ""


Findings = tuple[Finding, ...]
NONE: Findings = ()
