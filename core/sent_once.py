"""A form that makes something new is taken once: its page carries a token, which the first sending uses up.

For records that nothing else tells apart (two people may complain in the same words). Counted in the cache: a page that is sent
again after a day makes another one.
"""

import secrets
from typing import Final

from django.core.cache import cache

_KEPT: Final = 24 * 60 * 60
_LENGTH: Final = 32


def new_token() -> str:
    """A token for a fresh form."""
    return secrets.token_hex(_LENGTH // 2)


def take(token: str) -> bool:
    """True for the first sending; a form without a token is never taken for one that was sent."""
    return len(token) != _LENGTH or bool(cache.add(_key(token), 1, _KEPT))


def give_back(token: str) -> None:
    """What was sent was refused: the corrected form may come."""
    cache.delete(_key(token))


def _key(token: str) -> str:
    return f"sent:{token}"
