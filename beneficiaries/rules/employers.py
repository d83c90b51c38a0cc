"""Tax codes of employers, and what two spellings of an employer's name have in common."""

from __future__ import annotations

import re
from typing import Final

from stdnum.exceptions import InvalidChecksum, ValidationError
from stdnum.vn import mst

from core.text import search_key

# As lists and officers shorten them; read against search keys (no marks, i for y).
_SHORT: Final = {
    "cti": "cong ti",
    "c ti": "cong ti",
    "tnhh": "trach nhiem huu han",
    "mtv": "mot thanh vien",
    "1 thanh vien": "mot thanh vien",
    "01 thanh vien": "mot thanh vien",
    "cp": "co phan",
    "dntn": "doanh nghiep tu nhan",
    "htx": "hop tac xa",
    "hkd": "ho kinh doanh",
}
_SHORTENED: Final = re.compile(rf"\b(?:{'|'.join(sorted(_SHORT, key=len, reverse=True))})\b")
_KEY_LENGTH: Final = 200


def employer_key(name: str) -> str:
    """The name without marks and capitals, its kind written in full: "Cty TNHH MTV Á Châu" is found by its whole name."""
    key = _SHORTENED.sub(lambda short: _SHORT[short.group()], search_key(name))
    return key[:_KEY_LENGTH].rstrip()


def read_tax_code(typed: str) -> tuple[str, str]:
    """The code as ten digits, or ten and three of a branch ("0314409058-002"), and what is wrong with it.

    The second is "" when the code is sound, else "form" or "check" (its tenth digit does not fit); the first is then empty.
    """
    if not typed.strip():
        return "", ""
    try:
        return str(mst.format(mst.validate(typed))), ""
    except InvalidChecksum:
        return "", "check"
    except ValidationError:
        return "", "form"
