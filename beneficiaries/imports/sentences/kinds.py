"""How grave a finding is, what its group is called, and what it says."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from core.wording import Text

OK: Final = "ok"
FIX: Final = "fix"
WARN: Final = "warn"
ERROR: Final = "error"
INFO: Final = "info"


@dataclass(frozen=True, slots=True)
class FindingKind:
    """`title` groups rows on the page; `sentence` may name row, found, expected."""

    severity: str
    title: Text
    sentence: Text
