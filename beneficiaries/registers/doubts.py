"""What an entry says that does not fit together: asked about, never refused, since the figures are not confirmed. Pure.

A typed entry and a row of a list are asked the same.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from beneficiaries.enums import RegisterCode
from beneficiaries.registers.base import CATEGORY, Register
from beneficiaries.registers.merit import RELATIVE
from beneficiaries.registers.poor_households import STANDARDS
from beneficiaries.registers.social_protection import shown_coefficient
from beneficiaries.rules import social_protection
from beneficiaries.rules.findings import Finding
from beneficiaries.rules.poverty import category_by_standard, standard_of
from core.money import format_dong


@dataclass(frozen=True, slots=True)
class Subject:
    """Whom an entry is about: born when (the day, the year, or not known), in a town's commune or not (None: not known)."""

    is_urban: bool | None = None
    birth: dt.date | int | None = None


NEITHER: Final = ""


def completed(register: Register, category: str, details: Mapping[str, Any]) -> dict[str, Any]:
    """The details with what follows from them and is kept: the standard of a household's year, the coefficient of a group."""
    kept = dict(details)
    if register.code == RegisterCode.POOR_HOUSEHOLDS and "year" in kept:
        kept["standard"] = standard_of(int(kept["year"]))
    if register.code == RegisterCode.SOCIAL_PROTECTION and category in social_protection.COEFFICIENTS:
        kept["coefficient"] = str(social_protection.COEFFICIENTS[category])
    return kept


def doubts_of(
    register: Register, category: str, details: Mapping[str, Any], day: dt.date, subject: Subject
) -> list[Finding]:
    """What to ask about an entry that begins on this day; empty when it fits."""
    if register.code == RegisterCode.POOR_HOUSEHOLDS:
        return _of_household(register, category, details, subject)
    if register.code == RegisterCode.SOCIAL_PROTECTION:
        return _of_allowance(register, category, details, day, subject)
    if register.code == RegisterCode.MERIT:
        return _of_merit(category, details)
    if details.get("has_labour_contract") is True:
        return [Finding("REGISTER_HAS_CONTRACT", "has_labour_contract")]
    return []


def _of_household(
    register: Register, category: str, details: Mapping[str, Any], subject: Subject
) -> list[Finding]:
    if "year" not in details or subject.is_urban is None:
        return []
    year = int(details["year"])
    by_standard = category_by_standard(
        year=year,
        is_urban=subject.is_urban,
        monthly_income=details.get("monthly_income"),
        deprivations=details.get("deprivations"),
    )
    if by_standard is None or by_standard == category:
        return []
    name = str(dict(STANDARDS)[standard_of(year)])
    # inside a sentence
    standard = name[:1].lower() + name[1:]
    if by_standard == NEITHER:
        return [Finding("REGISTER_NOT_POOR", CATEGORY, str(register.category_name(category)), standard)]
    fitting = str(register.category_name(by_standard))
    return [Finding("REGISTER_OTHER_POVERTY", CATEGORY, fitting, standard)]


def _of_allowance(
    register: Register, category: str, details: Mapping[str, Any], day: dt.date, subject: Subject
) -> list[Finding]:
    found: list[Finding] = []
    name = str(register.category_name(category))
    degree = social_protection.DEGREES.get(category)
    if details.get("disability_degree") not in (None, degree):
        found.append(Finding("REGISTER_OTHER_DEGREE", "disability_degree", expected=name))
    owed = social_protection.allowance_of(category, day)
    told = details.get("monthly_amount")
    if owed is not None and told is not None and told < owed:
        found.append(
            Finding("REGISTER_LOW_ALLOWANCE", "monthly_amount", format_dong(told), format_dong(owed))
        )
    if not social_protection.fits_age(category, subject.birth, day):
        found.append(Finding("REGISTER_OTHER_AGE", CATEGORY, _shown_birth(subject.birth), name))
    return found


def other_coefficient(category: str, told: str) -> Finding | None:
    """A list's own column of coefficients against that of the group."""
    known = social_protection.COEFFICIENTS.get(category)
    text = told.strip().replace(",", ".")
    if known is None or not text or social_protection.read_coefficient(text) == known:
        return None
    return Finding("REGISTER_OTHER_COEFFICIENT", "coefficient", told, shown_coefficient(known))


def _of_merit(category: str, details: Mapping[str, Any]) -> list[Finding]:
    is_relative = category == RELATIVE
    if is_relative and "kinship" not in details:
        return [Finding("REGISTER_NO_KINSHIP", "kinship")]
    if not is_relative and "kinship" in details:
        return [Finding("REGISTER_ODD_KINSHIP", "kinship")]
    return []


def _shown_birth(birth: dt.date | int | None) -> str:
    return f"{birth:%d/%m/%Y}" if isinstance(birth, dt.date) else str(birth or "")
