"""What somebody types into a search, and what is made of it."""

import datetime as dt

import pytest

from core.search_queries import SearchQuery, read_query

NUMBER = "089193000412"
LAN = SearchQuery("", name="tran thi lan", written="Trần Thị Lan")
MAY_12 = dt.date(1990, 5, 12)


def without_text(query: SearchQuery) -> dict[str, object]:
    """The parts that are filled, but for the text itself."""
    parts = {part: getattr(query, part) for part in SearchQuery.__slots__ if part != "text"}
    return {part: value for part, value in parts.items() if value}


@pytest.mark.parametrize("typed", [NUMBER, "089 193 000 412", "089.193.000.412", "89193000412"])
def test_a_whole_number_in_any_spelling(typed: str) -> None:
    assert without_text(read_query(typed)) == {"numbers": (NUMBER,)}


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("35123456", {"numbers": ("035123456",)}),
        ("351 234 567", {"numbers": ("351234567",)}),
        ("0296 3827 001", {"numbers": ("002963827001",), "phone": "02963827001"}),
        ("+84918123456", {"phone": "0918123456"}),
        ("0918.123.456", {"phone": "0918123456"}),
        ("Lan 0918 123 456", {"phone": "0918123456"}),
        ("Trần Thị Lan 089 193 000 412", {"numbers": (NUMBER,)}),
        ("CCCD: 089193000412", {"numbers": (NUMBER,)}),
        ("12/05/1990", {"birth": MAY_12, "birth_year": 1990}),
        ("12.5.1990", {"birth": MAY_12, "birth_year": 1990}),
    ],
)
def test_numbers_phones_and_dates(typed: str, meant: dict[str, object]) -> None:
    assert without_text(read_query(typed)) == meant


@pytest.mark.parametrize("typed", ["", "  ", "n", "12", "412", "••• 412", "1990", "%", "_", "ấ"])
def test_what_means_nothing(typed: str) -> None:
    assert read_query(typed).is_empty


@pytest.mark.parametrize(
    ("typed", "last3", "born"),
    [
        ("Trần Thị Lan", "", None),
        ("Trần  Thị\tLan 412", "412", None),
        ("Trần Thị Lan ...412", "412", None),
        ("Trần Thị Lan, CCCD ••• ••• ••• 412", "412", None),
        ("412 Trần Thị Lan", "412", None),
        ("Trần Thị Lan 1990", "", 1990),
        ("Trần Thị Lan (1990)", "", 1990),
        ("Trần Thị Lan, SN 1990", "", 1990),
        ("Trần Thị Lan sinh năm 1990", "", 1990),
        ("1990 Trần Thị Lan - 412", "412", 1990),
        ("Trần Thị Lan 12/05/1990", "", MAY_12),
        ("Trần Thị Lan sinh ngày 12-5-1990 đuôi 412", "412", MAY_12),
    ],
)
def test_a_name_and_what_narrows_it(typed: str, last3: str, born: dt.date | int | None) -> None:
    query = read_query(typed)
    assert (query.name, query.written) == (LAN.name, LAN.written)
    assert query.last3 == last3
    assert (query.birth or query.birth_year) == born


def test_digits_that_narrow_nothing_stay_words() -> None:
    assert read_query("Lan ấp 3").words == ("lan", "ap", "3")
    assert read_query("Lan 1850").words == ("lan", "1850")
    assert read_query("Lan 31/02/1990").birth is None


def test_one_letter_is_a_name_beside_something_else() -> None:
    assert read_query("Ý 412").name == "i"
    assert read_query("Ý").is_empty


@pytest.mark.parametrize(
    ("typed", "beginnings"),
    [
        ("Trần Thị La", ("la",)),
        ("thuy", ("thuy",)),
        ("Ly", ("li", "ly")),
        ("Trần Quy", ("qui",)),
        ("Đỗ", ("do",)),
    ],
)
def test_the_last_word_may_be_unfinished(typed: str, beginnings: tuple[str, ...]) -> None:
    assert read_query(typed).beginnings == beginnings


def test_a_long_text_is_cut() -> None:
    assert read_query("x" * 500) == SearchQuery("x" * 200, name="x" * 200, written="x" * 200)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Trần Thị Lan ... 412", "Trần Thị Lan 412"),
        ("Lan, sinh 12-5-1990", "Lan 12/05/1990"),
        ("Lan 1990", "Lan 1990"),
        ("Lan 08919300041", ""),
        ("Lan ấp 3", "Lan ấp 3"),
        ("Lan 8919300041", "Lan"),  # a part of a number
        ("Lan 089 193 00", "Lan 089"),
        ("Lan 08919-30004-1234567", "Lan"),
        (NUMBER, ""),
        ("0918123456", ""),
        ("12/05/1990", ""),
    ],
)
def test_an_address_holds_no_number(typed: str, kept: str) -> None:
    assert read_query(typed).address_text == kept
