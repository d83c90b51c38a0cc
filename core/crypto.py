"""Identity numbers, payout accounts, staged rows and uploaded files at rest: encrypted, and findable by a keyed index.

A stored value is one byte of key id, 12 bytes of nonce and the AES-256-GCM ciphertext with its tag. The kind of the value is
the associated data, so a ciphertext can be copied between columns of the same kind (a payment's snapshot) and means nothing
in a column of another. Equality is asked of the blind index: HMAC-SHA256 with a key of its own, cut to 16 bytes.

Keys come from the settings `FIELD_KEYS` ("id:base64,id:base64", ids 1 to 255, 32 bytes each, the first one encrypts, all of
them decrypt) and `BLIND_INDEX_KEY` (base64, 32 bytes or more). They are read at first use.
"""

import base64
import binascii
import hmac
import os
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

Kind = Literal["number", "account", "row", "file"]
IndexedKind = Literal["number", "account"]

_ASSOCIATED: Final[dict[str, bytes]] = {kind: kind.encode() for kind in ("number", "account", "row", "file")}
_INDEXED: Final = {"number": b"number\0", "account": b"account\0"}
_TAIL: Final = b"tail\0"
_TAIL_DIGITS: Final = 6
TAIL_INDEX_LENGTH: Final = 8
_NONCE_LENGTH: Final = 12
_HEAD_LENGTH: Final = 1 + _NONCE_LENGTH
_TAG_LENGTH: Final = 16
_KEY_LENGTH: Final = 32
BLIND_INDEX_LENGTH: Final = 16


class CryptoError(Exception):
    """A value could not be encrypted or decrypted; never carries the value."""


class KeyConfigurationError(CryptoError):
    """`FIELD_KEYS` or `BLIND_INDEX_KEY` is missing or malformed."""


class UnknownKeyError(CryptoError):
    """The value was encrypted with a key that is no longer configured."""


class UnreadableValueError(CryptoError):
    """The stored bytes are damaged, altered, or of another kind."""


@dataclass(frozen=True, slots=True)
class _Keyring:
    current_id: bytes
    current: AESGCM
    by_id: dict[int, AESGCM]


def _decode_key(name: str, text: str) -> bytes:
    try:
        return base64.b64decode(text.strip(), validate=True)
    except (binascii.Error, ValueError) as error:
        raise KeyConfigurationError(f"{name} is not base64") from error


@lru_cache(maxsize=8)
def _parse_keyring(setting: str) -> _Keyring:
    by_id: dict[int, AESGCM] = {}
    for entry in filter(None, (entry.strip() for entry in setting.split(","))):
        key_id, _, encoded = entry.partition(":")
        if not (key_id.isascii() and key_id.isdigit() and 1 <= int(key_id) <= 255):
            raise KeyConfigurationError("FIELD_KEYS: each key needs an id from 1 to 255 before the colon")
        key = _decode_key("FIELD_KEYS", encoded)
        if len(key) != _KEY_LENGTH:
            raise KeyConfigurationError(
                f"FIELD_KEYS: key {key_id} has {len(key)} bytes, {_KEY_LENGTH} are needed"
            )
        if int(key_id) in by_id:
            raise KeyConfigurationError(f"FIELD_KEYS: id {key_id} is given twice")
        by_id[int(key_id)] = AESGCM(key)
    if not by_id:
        raise KeyConfigurationError("FIELD_KEYS is empty")
    current = next(iter(by_id))
    return _Keyring(current_id=bytes([current]), current=by_id[current], by_id=by_id)


@lru_cache(maxsize=8)
def _parse_index_key(setting: str) -> bytes:
    key = _decode_key("BLIND_INDEX_KEY", setting)
    if len(key) < _KEY_LENGTH:
        raise KeyConfigurationError(
            f"BLIND_INDEX_KEY has {len(key)} bytes, at least {_KEY_LENGTH} are needed"
        )
    return key


def _keyring() -> _Keyring:
    return _parse_keyring(settings.FIELD_KEYS)


def check_keys() -> None:
    """Read both settings; KeyConfigurationError says what is wrong with them. For start-up checks."""
    _keyring()
    _parse_index_key(settings.BLIND_INDEX_KEY)


def normalise_number(text: str) -> str:
    """Return an identity number or account as it is compared: letters and digits only, capitals, full-width digits folded."""
    if text.isascii() and text.isdigit():
        return text
    return "".join(sign for sign in unicodedata.normalize("NFKC", text).upper() if sign.isalnum())


# --- encryption -----------------------------------------------------------------------------------------------------


def encrypt_bytes(kind: Kind, content: bytes) -> bytes:
    """Return the stored form of these bytes; two calls never give the same one."""
    keyring = _keyring()
    nonce = os.urandom(_NONCE_LENGTH)
    return keyring.current_id + nonce + keyring.current.encrypt(nonce, content, _ASSOCIATED[kind])


def decrypt_bytes(kind: Kind, stored: bytes | memoryview) -> bytes:
    """Return the bytes that were encrypted as this kind.

    UnknownKeyError when their key is not configured, UnreadableValueError when they were damaged, altered or are of another
    kind.
    """
    return _decrypt(_keyring(), _ASSOCIATED[kind], bytes(stored))


def _decrypt(keyring: _Keyring, associated: bytes, stored: bytes) -> bytes:
    if len(stored) < _HEAD_LENGTH + _TAG_LENGTH:
        raise UnreadableValueError("stored value is too short")
    cipher = keyring.by_id.get(stored[0])
    if cipher is None:
        raise UnknownKeyError(f"no key with id {stored[0]}")
    try:
        return cipher.decrypt(stored[1:_HEAD_LENGTH], stored[_HEAD_LENGTH:], associated)
    except InvalidTag as error:
        raise UnreadableValueError("stored value is damaged or of another kind") from error


def encrypt(kind: Kind, text: str) -> bytes:
    """Return the stored form of a text, exactly as given: 41 bytes for twelve digits."""
    return encrypt_bytes(kind, text.encode())


def decrypt(kind: Kind, stored: bytes | memoryview) -> str:
    """Return the text; errors as `decrypt_bytes`."""
    return decrypt_bytes(kind, stored).decode()


def encrypt_many(kind: Kind, texts: Sequence[str | None]) -> list[bytes | None]:
    """Encrypt a column of texts in order; None stays None. For the tens of thousands of rows of an import."""
    keyring = _keyring()
    key_id, seal, associated = keyring.current_id, keyring.current.encrypt, _ASSOCIATED[kind]
    nonces = os.urandom(_NONCE_LENGTH * len(texts))
    stored: list[bytes | None] = []
    for place, text in enumerate(texts):
        if text is None:
            stored.append(None)
            continue
        nonce = nonces[place * _NONCE_LENGTH : (place + 1) * _NONCE_LENGTH]
        stored.append(key_id + nonce + seal(nonce, text.encode(), associated))
    return stored


def decrypt_many(kind: Kind, stored: Iterable[bytes | memoryview | None]) -> list[str | None]:
    """Decrypt a column in order; None stays None; the first unreadable value raises."""
    keyring, associated = _keyring(), _ASSOCIATED[kind]
    return [
        None if value is None else _decrypt(keyring, associated, bytes(value)).decode() for value in stored
    ]


def needs_new_key(stored: bytes | memoryview) -> bool:
    """Was this value encrypted with a key other than the current one? (Key rotation re-encrypts those.)"""
    return bytes(stored[:1]) != _keyring().current_id


def current_key_id() -> bytes:
    """The first byte of everything that is encrypted now."""
    return _keyring().current_id


# --- blind index ----------------------------------------------------------------------------------------------------


def blind_index(kind: IndexedKind, text: str) -> bytes:
    """Return the 16 bytes that stand for this number in unique indexes and exact searches.

    Spaces, dots, dashes and case make no difference. The two kinds never share a value.
    """
    key = _parse_index_key(settings.BLIND_INDEX_KEY)
    return hmac.digest(key, _INDEXED[kind] + normalise_number(text).encode(), "sha256")[:BLIND_INDEX_LENGTH]


def blind_index_many(kind: IndexedKind, texts: Iterable[str | None]) -> list[bytes | None]:
    """The blind indexes of a column in order; None and texts without a letter or digit give None."""
    key, head = _parse_index_key(settings.BLIND_INDEX_KEY), _INDEXED[kind]
    indexes: list[bytes | None] = []
    for text in texts:
        number = normalise_number(text) if text else ""
        indexes.append(
            hmac.digest(key, head + number.encode(), "sha256")[:BLIND_INDEX_LENGTH] if number else None
        )
    return indexes


def tail_index_many(numbers: Iterable[str | None]) -> list[bytes | None]:
    """Eight bytes for the last six digits of each number, in order: what two numbers share when one was mistyped before them.

    None for none and for a number of less than nine signs.
    """
    key = _parse_index_key(settings.BLIND_INDEX_KEY)
    indexes: list[bytes | None] = []
    for given in numbers:
        number = normalise_number(given) if given else ""
        tail = _TAIL + number[-_TAIL_DIGITS:].encode()
        is_long = len(number) > _TAIL_DIGITS + 2
        indexes.append(hmac.digest(key, tail, "sha256")[:TAIL_INDEX_LENGTH] if is_long else None)
    return indexes


def tail_index(number: str) -> bytes | None:
    """The tail index of one number, see `tail_index_many`."""
    return tail_index_many([number])[0]
