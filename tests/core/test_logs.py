"""No log holds an identity number or a person's row."""

import logging
import sys

import pytest
from django.conf import settings
from django.db import IntegrityError, connection, transaction

from core.logs import DiscreetFormatter, discreet
from core.text import without_numbers


@pytest.mark.parametrize("number", ["351234567", "089201002003", "089 201 002 003", "351.234.567"])
def test_identity_numbers_leave_the_text(number: str) -> None:
    assert without_numbers(f"Nguyễn Văn An {number}, Ấp 5") == "Nguyễn Văn An •••, Ấp 5"


@pytest.mark.parametrize(
    "text", ["HS-2021-00001236", "0912345678", "8988830406", "1.500.000", "24/09/2021", "a1b089201002003c"]
)
def test_other_digits_stay(text: str) -> None:
    assert without_numbers(text) == text


def test_every_line_and_its_traceback_pass_through_the_formatter() -> None:
    assert settings.LOGGING["formatters"]["line"]["()"] == "core.logs.DiscreetFormatter"
    try:
        int("089201002003x 089201002003")
    except ValueError:
        record = logging.LogRecord("x", logging.ERROR, "x", 1, "số %s", ("351234567",), sys.exc_info())
    line = DiscreetFormatter("%(message)s").format(record)
    assert line.startswith("số •••\nTraceback")
    assert "351234567" not in line
    assert " 089201002003" not in line


@pytest.mark.django_db
def test_the_row_of_a_refused_statement_is_left_out() -> None:
    with pytest.raises(IntegrityError) as refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO accounts_roleassignment (user_id, role) SELECT id, 'khong_co' FROM accounts_user"
            " UNION ALL SELECT 1, 'khong_co'"
        )
    assert "khong_co" in str(refused.value)
    assert "khong_co" not in discreet(str(refused.value))
