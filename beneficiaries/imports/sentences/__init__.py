"""Every finding in words: severity, title of its group, and a sentence that names row, field and remedy."""

from __future__ import annotations

from typing import Final

from beneficiaries.imports.sentences.facts import FACTS
from beneficiaries.imports.sentences.file import FILE
from beneficiaries.imports.sentences.identity import IDENTITY
from beneficiaries.imports.sentences.kinds import ERROR, FIX, INFO, OK, WARN, FindingKind
from beneficiaries.imports.sentences.registers import REGISTERS
from beneficiaries.imports.sentences.row import ROW

KINDS: Final[dict[str, FindingKind]] = {**IDENTITY, **ROW, **FACTS, **REGISTERS, **FILE}

__all__ = ["ERROR", "FIX", "INFO", "KINDS", "OK", "WARN", "FindingKind"]
