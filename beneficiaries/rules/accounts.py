"""Bank accounts as lists and officers write them."""

from __future__ import annotations

from core.text import clean_spaces


def account_text(cell: object) -> str:
    """The number without apostrophe, spaces, dots and dashes."""
    if cell is None:
        return ""
    text = str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)
    return "".join(clean_spaces(text).split()).strip("'’").replace(".", "").replace("-", "")


def is_usual_account(account: str) -> bool:
    """Letters and digits, 6 to 19 of them."""
    return account.isascii() and account.isalnum() and 6 <= len(account) <= 19
