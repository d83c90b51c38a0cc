"""Public references: check digit, typed forms, and the same text from the database."""

from pathlib import Path

import pytest
from django.db import DatabaseError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st
from stdnum import verhoeff

import core
from core.references import (
    LARGEST_NUMBER,
    Reference,
    check_digit,
    format_reference,
    is_valid_reference,
    parse_reference,
)

SQL = (Path(core.__file__).parent / "sql" / "public_reference.sql").read_text(encoding="utf-8")

references = st.builds(
    Reference,
    prefix=st.sampled_from(["HS", "DS", "NH", "DC"]),
    year=st.integers(2000, 2099),
    number=st.integers(0, LARGEST_NUMBER),
)


def test_the_reference_of_the_documents() -> None:
    assert format_reference("HS", 2021, 123) == "HS-2021-00001236"
    assert is_valid_reference("HS-2021-00001236")


@given(st.text("0123456789", min_size=1, max_size=30))
def test_the_check_digit_is_verhoeffs(digits: str) -> None:
    assert check_digit(digits) == verhoeff.calc_check_digit(digits)


@given(references)
def test_what_is_made_is_valid_and_reads_back(reference: Reference) -> None:
    assert is_valid_reference(str(reference))
    assert parse_reference(str(reference)) == reference


@given(references, st.integers(0, 7), st.integers(1, 9))
def test_one_wrong_digit_is_noticed(reference: Reference, place: int, step: int) -> None:
    head, digits = str(reference)[:8], str(reference)[8:]
    wrong = digits[:place] + str((int(digits[place]) + step) % 10) + digits[place + 1 :]
    assert parse_reference(head + wrong) is None


@given(references, st.integers(0, 6))
def test_swapped_neighbours_are_noticed(reference: Reference, place: int) -> None:
    head, digits = str(reference)[:8], str(reference)[8:]
    swapped = digits[:place] + digits[place + 1] + digits[place] + digits[place + 2 :]
    assert swapped == digits or parse_reference(head + swapped) is None


@given(references, st.integers(0, 99))
def test_another_year_is_noticed(reference: Reference, year: int) -> None:
    """A single digit or a swap inside the two digits of the year."""
    ones, others = f"{reference.year % 100:02d}", f"{year:02d}"
    changes = sum(a != b for a, b in zip(ones, others, strict=True))
    if changes == 1 or (changes == 2 and ones == others[::-1]):
        assert parse_reference(f"{reference.prefix}-20{others}-{str(reference)[8:]}") is None


@pytest.mark.parametrize(
    "typed",
    [
        "HS-2021-00001236",
        " hs 2021 00001236 ",
        "hs202100001236",
        "HS–2021–0000 1236",
        "HS.2021.1236",
        "HS/2021/OOOO1236",
        "hs-2021-0000I236",
    ],
)
def test_people_type_references_in_many_ways(typed: str) -> None:
    assert parse_reference(typed) == Reference("HS", 2021, 123)


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "HS",
        "HS-2021-",
        "HS-2021-00001235",
        "HS-1999-00001236",
        "00001236",
        "HS-2021-000012361",
        "Nguyễn Văn An",
    ],
)
def test_what_is_no_reference_gives_none(typed: str) -> None:
    assert parse_reference(typed) is None
    assert not is_valid_reference(typed)


@pytest.mark.parametrize(
    ("prefix", "year", "number"), [("H", 2021, 1), ("hs", 2021, 1), ("HS", 1999, 1), ("HS", 2021, 10**7)]
)
def test_impossible_references_are_not_made(prefix: str, year: int, number: int) -> None:
    with pytest.raises(ValueError, match="reference"):
        format_reference(prefix, year, number)


def test_check_digit_takes_digits_only() -> None:
    with pytest.raises(ValueError, match="digits"):
        check_digit("12a")


@pytest.mark.django_db
def test_the_database_makes_the_same_references() -> None:
    """10,000 numbers spread over all running digits and years."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT year, number, public_reference('HS', year, number)"
            " FROM (SELECT 2000 + i % 100, (i::bigint * 104729) % 10000000 FROM generate_series(1, 10000) i) given (year, number)"
        )
        made = cursor.fetchall()
    assert len({row[2] for row in made}) == 10_000
    assert [row for row in made if row[2] != format_reference("HS", row[0], row[1])] == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    "values", ["('HS', 1999, 1)", "('H', 2021, 1)", "('HS', 2021, 10000000)", "('HS', 2021, -1)"]
)
def test_the_database_refuses_the_same_ones(values: str) -> None:
    with (
        connection.cursor() as cursor,
        pytest.raises(DatabaseError, match="out of range"),
        transaction.atomic(),
    ):
        cursor.execute(f"SELECT public_reference{values}")
