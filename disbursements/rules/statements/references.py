"""Finding our references in what banks pass on: upper-cased, without marks, with spaces, in a field of 16 signs, glued (F18)."""

import re
import unicodedata
from typing import Final

from core.references import is_valid_reference

# LC + year + seven digits + check digit, wherever it stands once everything but letters and digits is gone
_REFERENCE: Final = re.compile(r"(?=(LC20[0-9]{10}))")
_BATCH: Final = re.compile(r"(?=(DC20[0-9]{10}))")
_PLAIN: Final = re.compile(r"[^0-9A-Z]+")
_NUMBERS: Final = re.compile(
    r"(?P<ours>(?:LC|DC)[ .\-]*20[0-9](?:[ .\-]?[0-9]){9})|(?<![0-9])[0-9](?: ?[0-9]){8,}(?![0-9])",
    re.IGNORECASE,
)


def instruction_references(*texts: str) -> tuple[str, ...]:
    """Every payment instruction named in these texts, in its written form, each once: ("LC-2021-00000012",).

    Only references with the right check digit count, so a number that merely looks like one is not taken for one.
    """
    return _found(_REFERENCE, texts)


def batch_references(*texts: str) -> tuple[str, ...]:
    """Every batch (DC-…) named in these texts."""
    return _found(_BATCH, texts)


def _found(pattern: re.Pattern[str], texts: tuple[str, ...]) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for text in texts:
        if not text:
            continue
        for match in pattern.finditer(_PLAIN.sub("", _capitals(text))):
            signs = match[1]
            reference = f"{signs[:2]}-{signs[2:6]}-{signs[6:]}"
            if is_valid_reference(reference):
                found[reference] = None
    return tuple(found)


def _capitals(text: str) -> str:
    """Marks stand apart from their letters afterwards; "ł" and the like stay, and are no letters of a reference."""
    if text.isascii():
        return text.upper()
    return unicodedata.normalize("NFKD", text).upper().replace("Đ", "D")


def masked_text(text: str) -> str:
    """The text with long numbers (accounts, identity numbers, phones) cut to their last three digits; our references stay."""
    return _NUMBERS.sub(lambda match: match[0] if match["ours"] else f"•••{match[0][-3:]}", text)
