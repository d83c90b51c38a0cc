"""CSV that opens with the right letters and runs nothing."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.spreadsheets.csv_writing import guard_text, write_csv
from core.spreadsheets.tables import Group
from tests.core.spreadsheets.sheets import HEADING, small_table


def test_header_and_rows() -> None:
    content = write_csv(small_table(2, heading=HEADING))
    assert content.startswith(b"\xef\xbb\xbf")
    assert content.decode("utf-8-sig").split("\r\n") == [
        "STT,Họ và tên,Số CCCD,Ngày sinh,Số người,Số tiền",
        "1,Nguyễn Văn An 0,000000000000,1950,1,1500000",
        "2,Nguyễn Văn An 1,000000000001,05/09/1985,1,1500000",
        "",
    ]


@pytest.mark.parametrize("text", ["=1+1", "+84911222333", "-5", "@SUM(A1)", "\tcmd", "\rcmd"])
def test_a_formula_gets_an_apostrophe(text: str) -> None:
    content = write_csv(small_table(rows=[{"name": text, "amount": -5}]))
    row = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))[1]
    assert (row[1], row[5]) == (f"'{text}", "-5")


@given(st.text(max_size=30))
def test_other_texts_stay_as_they_are(text: str) -> None:
    assert guard_text(text).removeprefix("'") == text.removeprefix("'")
    assert not guard_text(text).startswith(("=", "+", "-", "@", "\t", "\r"))


def test_groups_are_left_out() -> None:
    assert write_csv(small_table(rows=[Group("Ấp 1"), {"name": "An"}])).decode().count("\r\n") == 2
