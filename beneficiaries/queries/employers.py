"""Employers as somebody looks for them."""

from __future__ import annotations

from typing import Final

from beneficiaries.models import Employer
from beneficiaries.rules.employers import employer_key
from core.workflow import Actor

MOST: Final = 20
_SEPARATORS: Final = str.maketrans("", "", " .-")


def find_employers(actor: Actor, q: str, *, most: int = MOST) -> list[Employer]:
    """The employers of this person's area whose tax code begins with the digits, or whose name holds the words, by name.

    Marks, capitals and the short forms of kinds (Cty, TNHH, HTX) make no difference. Nothing for a blank text.
    """
    rows = Employer.objects.visible_to(actor).order_by("name_key", "pk")
    digits = q.translate(_SEPARATORS)
    if digits.isascii() and digits.isdigit():
        code = digits if len(digits) <= 10 else f"{digits[:10]}-{digits[10:]}"
        return list(rows.filter(tax_code__startswith=code)[:most])
    words = employer_key(q).split()
    for word in words:
        rows = rows.filter(name_key__contains=word)
    return list(rows[:most]) if words else []
