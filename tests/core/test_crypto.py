"""Identity numbers at rest: readable with the right key and kind only, findable by their blind index."""

import base64

import pytest
from django.test import override_settings
from hypothesis import given
from hypothesis import strategies as st

from core import crypto
from core.crypto import (
    KeyConfigurationError,
    UnknownKeyError,
    UnreadableValueError,
    blind_index,
    blind_index_many,
    decrypt,
    decrypt_many,
    encrypt,
    encrypt_many,
    needs_new_key,
)

OLD_KEY = "1:" + base64.b64encode(b"o" * 32).decode()
NEW_KEY = "2:" + base64.b64encode(b"n" * 32).decode()
NUMBER = "089185001412"


@given(
    st.text(st.characters(exclude_categories=["Cs"]), max_size=200),
    st.sampled_from(["number", "account", "row", "file"]),
)
def test_what_is_encrypted_reads_back(text: str, kind: crypto.Kind) -> None:
    assert decrypt(kind, encrypt(kind, text)) == text


def test_a_number_takes_41_bytes_and_never_looks_the_same() -> None:
    stored = {encrypt("number", NUMBER) for _ in range(50)}
    assert len(stored) == 50
    assert {len(value) for value in stored} == {41}
    assert not any(NUMBER.encode() in value for value in stored)


def test_another_kind_cannot_read_it() -> None:
    with pytest.raises(UnreadableValueError):
        decrypt("account", encrypt("number", NUMBER))


@given(st.integers(1, 40), st.integers(1, 255))
def test_an_altered_byte_is_noticed(place: int, change: int) -> None:
    stored = bytearray(encrypt("number", NUMBER))
    stored[place] ^= change
    with pytest.raises(UnreadableValueError):
        decrypt("number", bytes(stored))


@pytest.mark.parametrize("stored", [b"", b"\x01", b"\x01" * 28])
def test_cut_values_are_noticed(stored: bytes) -> None:
    with pytest.raises(UnreadableValueError):
        decrypt("number", stored)


def test_values_come_as_memoryview_from_the_database() -> None:
    assert decrypt("number", memoryview(encrypt("number", NUMBER))) == NUMBER


def test_a_new_key_encrypts_and_the_old_one_still_reads() -> None:
    with override_settings(FIELD_KEYS=OLD_KEY):
        before = encrypt("number", NUMBER)
        assert not needs_new_key(before)
    with override_settings(FIELD_KEYS=f"{NEW_KEY}, {OLD_KEY}"):
        after = encrypt("number", NUMBER)
        assert (before[0], after[0]) == (1, 2)
        assert needs_new_key(before)
        assert not needs_new_key(after)
        assert decrypt_many("number", [before, after]) == [NUMBER, NUMBER]
    with override_settings(FIELD_KEYS=NEW_KEY), pytest.raises(UnknownKeyError, match="id 1"):
        decrypt("number", before)


def test_the_blind_index_does_not_depend_on_the_encryption_key() -> None:
    with override_settings(FIELD_KEYS=OLD_KEY):
        before = blind_index("number", NUMBER)
    with override_settings(FIELD_KEYS=NEW_KEY):
        assert blind_index("number", NUMBER) == before
    with override_settings(BLIND_INDEX_KEY=base64.b64encode(b"x" * 32).decode()):
        assert blind_index("number", NUMBER) != before


def test_separators_and_case_do_not_change_the_blind_index() -> None:
    assert len(blind_index("number", NUMBER)) == 16
    for typed in ("089 185 001 412", "089.185.001412", " 089185001412 ", "０８９１８５００１４１２"):
        assert blind_index("number", typed) == blind_index("number", NUMBER)
    assert blind_index("number", "b1234567") == blind_index("number", "B 1234567")
    assert blind_index("number", "89185001412") != blind_index(
        "number", NUMBER
    )  # a lost zero is another number
    assert blind_index("account", NUMBER) != blind_index("number", NUMBER)


@given(st.lists(st.none() | st.text("0123456789 .-", max_size=14), max_size=20))
def test_columns_are_done_in_order(texts: list[str | None]) -> None:
    stored = encrypt_many("number", texts)
    assert decrypt_many("number", stored) == texts
    indexes = blind_index_many("number", texts)
    for text, index in zip(texts, indexes, strict=True):
        has_digit = bool(text and any(sign.isdigit() for sign in text))
        assert index == (blind_index("number", text) if text and has_digit else None)


@pytest.mark.parametrize(
    ("keys", "message"),
    [
        ("", "empty"),
        ("abc", "id"),
        ("0:" + "A" * 44, "id"),
        ("256:" + "A" * 44, "id"),
        ("1:not base64!", "base64"),
        ("1:" + base64.b64encode(b"short").decode(), "bytes"),
        (f"{OLD_KEY},{OLD_KEY}", "twice"),
    ],
)
def test_malformed_keys_are_named(keys: str, message: str) -> None:
    with override_settings(FIELD_KEYS=keys), pytest.raises(KeyConfigurationError, match=message):
        crypto.check_keys()


@pytest.mark.parametrize("key", ["", "###", base64.b64encode(b"short").decode()])
def test_a_weak_index_key_is_refused(key: str) -> None:
    with (
        override_settings(BLIND_INDEX_KEY=key),
        pytest.raises(KeyConfigurationError, match="BLIND_INDEX_KEY"),
    ):
        crypto.check_keys()


def test_errors_never_carry_the_value() -> None:
    with pytest.raises(UnreadableValueError) as caught:
        decrypt("account", encrypt("number", NUMBER))
    assert NUMBER not in str(caught.value)
