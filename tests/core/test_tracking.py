"""Codes by which citizens follow what they sent in."""

from hypothesis import given
from hypothesis import strategies as st

from core.sent_once import new_token
from core.tracking import ALPHABET, SIGNS, code_hash, new_code


def test_a_code_is_read_as_people_type_it() -> None:
    assert code_hash(" k7mp 2qxd-9fta ") == code_hash("K7MP-2QXD-9FTA")
    assert code_hash("K7MP-2QXD-9FTB") != code_hash("K7MP-2QXD-9FTA")


def test_look_alikes_are_read_as_what_a_code_has() -> None:
    assert code_hash("K7MP-Z5QJ-9FTA") == code_hash("K7MP-2SOI-9FTA")


def test_a_form_that_is_sent_again_has_the_same_code() -> None:
    first, second = new_token(), new_token()
    assert new_code(first) == new_code(first)
    assert new_code(first) != new_code(second)
    assert set(new_code(first)) <= set(ALPHABET + "-")


def test_codes_differ_and_have_no_look_alikes() -> None:
    made = {new_code() for _each in range(1_000)}
    assert len(made) == 1_000
    assert all(set(code) <= set(ALPHABET + "-") and len(code.replace("-", "")) == SIGNS for code in made)
    assert not set(ALPHABET) & set("0OIL1SZ")


@given(st.text())
def test_whatever_is_typed_is_compared(typed: str) -> None:
    assert len(code_hash(typed)) == 64
