"""The four registers of people: what each is about, its groups, and what its entries tell."""

from __future__ import annotations

from typing import Final

from beneficiaries.registers.base import CATEGORY, DAYS, DECISION, Register, RegisterField
from beneficiaries.registers.free_workers import FREE_WORKERS
from beneficiaries.registers.merit import MERIT
from beneficiaries.registers.poor_households import POOR_HOUSEHOLDS
from beneficiaries.registers.reading import read_details, read_fields
from beneficiaries.registers.showing import shown_detail, shown_details
from beneficiaries.registers.social_protection import SOCIAL_PROTECTION

REGISTERS: Final = (FREE_WORKERS, POOR_HOUSEHOLDS, SOCIAL_PROTECTION, MERIT)
_BY_CODE: Final = {register.code.value: register for register in REGISTERS}


def register_of(code: str) -> Register:
    """The register with this code; KeyError when there is none."""
    return _BY_CODE[code]


__all__ = [
    "CATEGORY",
    "DAYS",
    "DECISION",
    "REGISTERS",
    "Register",
    "RegisterField",
    "read_details",
    "read_fields",
    "register_of",
    "shown_detail",
    "shown_details",
]
