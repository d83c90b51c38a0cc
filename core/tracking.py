"""Codes by which a citizen follows what was sent in: shown once, kept only as a hash.

Twelve signs of an alphabet without look-alikes are 58 bits by chance: nobody guesses one, so a plain hash keeps them.
"""

import hashlib
import secrets
from typing import Final

from django.utils.crypto import salted_hmac

ALPHABET: Final = "23456789ABCDEFGHJKMNPQRTUVWXY"
SIGNS: Final = 12
_GROUP: Final = 4
_BITS: Final = 256  # so many that no sign is likelier than another
_LOOKALIKES: Final = str.maketrans("0OIL1SZ", "QQJJJ52")


def new_code(token: str = "") -> str:
    """A fresh code as it is shown, e.g. `K7MP-2QXD-9FTA`.

    With the token of a form (core.sent_once) it is that form's: sent again, because the answer was lost on the way, it has the
    same one. Nobody derives it without the installation's key.
    """
    if token:
        number = int.from_bytes(salted_hmac("core.tracking", token, algorithm="sha256").digest())
    else:
        number = secrets.randbits(_BITS)
    signs = []
    for _place in range(SIGNS):
        number, sign = divmod(number, len(ALPHABET))
        signs.append(ALPHABET[sign])
    return "-".join("".join(signs[start : start + _GROUP]) for start in range(0, SIGNS, _GROUP))


def code_hash(typed: str) -> str:
    """What is stored of a code, and what a typed one is compared by: case, spaces and dashes make no difference.

    Signs that no code has are read as those that they look like.
    """
    signs = "".join(sign for sign in typed.upper() if sign.isalnum()).translate(_LOOKALIKES)
    return hashlib.sha256(signs.encode()).hexdigest()
