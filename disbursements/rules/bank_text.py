"""Texts as every bank's field takes them: letters without marks and the few signs of the SWIFT character set."""

import re
import unicodedata
from typing import Final

_ALLOWED: Final = re.compile(r"[^A-Za-z0-9/\-?:().,'+ ]+")
_D: Final = str.maketrans({"đ": "d", "Đ": "D", "ð": "d", "Ð": "D", "’": "'", "–": "-", "—": "-"})


def plain_text(text: str) -> str:
    """The text without marks, in the SWIFT character set; what is not in it becomes a space. It begins with a letter or digit,
    so that no spreadsheet takes it for a formula.
    """
    letters = unicodedata.normalize("NFKD", text.translate(_D))
    bare = "".join(sign for sign in letters if not unicodedata.combining(sign))
    return " ".join(_ALLOWED.sub(" ", bare).split()).lstrip("/-?:().,'+ ")
