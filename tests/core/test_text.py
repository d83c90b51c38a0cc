"""Search keys, Vietnamese order, clean spaces and masked numbers."""

import random
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.text import clean_spaces, clean_text, mask_number, search_key, sort_key, sort_names

VIETNAMESE = "aàảãáạăằẳẵắặâầẩẫấậbcdđeèẻẽéẹêềểễếệghiìỉĩíịklmnoòỏõóọôồổỗốộơờởỡớợpqrstuùủũúụưừửữứựvxyỳỷỹýỵ"
names = st.lists(st.text(VIETNAMESE, min_size=1, max_size=6), min_size=1, max_size=5).map(" ".join)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("NGUYỄN THỊ  QUÍ", "Nguyễn thị Quý"),
        ("Hoà Bình", "Hòa Bình"),
        ("Lý Mỹ Kỳ", "Lí Mĩ Kì"),
        ("Nguyễn Văn Khoẻ", "nguyen van khoe"),
        ("Đặng Thị Đào", "Dang Thi Dao"),
        ("Quỳnh Thuý", "Quình Thúy"),
        ("K'Brơi", "K’Broi"),
        ("Mohamad Sa-Leh", "mohamad sa leh"),
        ("Trần\u00a0Văn\u200b An", "Trần Văn An"),
        (unicodedata.normalize("NFD", "Ngô Thị Bưởi"), "Ngô Thị Bưởi"),
        ("ÐẶNG", "Đặng"),  # the Icelandic capital that old converters leave behind
    ],
)
def test_two_spellings_of_one_name_have_one_search_key(one: str, other: str) -> None:
    assert search_key(one) == search_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Hay", "Hai"), ("Thúy", "Thúi"), ("Bảy", "Bải"), ("An", "Ang"), ("Duy", "Dui"), ("Chau", "Cha u")],
)
def test_different_names_keep_different_search_keys(one: str, other: str) -> None:
    assert search_key(one) != search_key(other)


def test_search_key_is_plain_lower_case() -> None:
    assert search_key("  Nguyễn Thị Ngọc-Ánh, ấp 3 ") == "nguyen thi ngoc anh ap 3"
    assert search_key("") == search_key(" - ") == ""


@given(names)
def test_search_key_of_a_search_key_is_itself(name: str) -> None:
    assert search_key(search_key(name)) == search_key(name)


@given(names)
def test_encoding_and_case_change_neither_key(name: str) -> None:
    for variant in (unicodedata.normalize("NFD", name), name.upper(), f" {name}  "):
        assert search_key(variant) == search_key(name)
        assert sort_key(variant) == sort_key(name)


@given(st.text(max_size=40))
def test_any_text_has_keys(text: str) -> None:
    assert search_key(text) == " ".join(search_key(text).split())
    assert sort_key(text) == " ".join(sort_key(text).split(" "))


def test_sort_key_stays_plain_for_vietnamese_names() -> None:
    key = sort_key("Nguyễn Thị Ngọc Ánh")
    assert key.isascii()
    assert not set(key) & set("\\'\"\t\n,;")  # passes through COPY and CSV unquoted


def test_names_are_ordered_by_given_name_then_by_the_rest() -> None:
    ordered = [
        "Lê Văn An",
        "Nguyễn An",
        "Nguyễn Ân",  # â after every a
        "Trần Bé",
        "Lê Cường",
        "Lê Đực",  # đ after d
        "Phạm Em",
        "Nguyễn Thị Hoa",
        "Nguyễn Thị Hòa",
        "Nguyễn Thị Hóa",
        "Nguyễn Thị Hoan",  # a longer word after all tones of the shorter
        "Đặng Văn Út",
        "Đinh Văn Út",
        "Đỗ Văn Út",
        "Lê Văn Út",
        "Lý Văn Út",
        "Nguyễn Văn Ửng",
    ]
    shuffled = ordered.copy()
    random.Random(7).shuffle(shuffled)
    assert sort_names(shuffled) == ordered


def test_tones_follow_the_dictionary() -> None:
    assert sorted(["ma", "má", "mà", "mạ", "mã", "mả"], key=sort_key) == ["ma", "mà", "mả", "mã", "má", "mạ"]


def test_letters_follow_the_alphabet() -> None:
    alphabet = list("aăâbcdđeêghiklmnoôơpqrstuưvxy")
    assert sorted(set(alphabet), key=sort_key) == alphabet


def test_tone_place_does_not_change_the_order() -> None:
    assert sort_key("Trần Hoà") == sort_key("Trần Hòa")


def test_clean_spaces_keeps_the_letters() -> None:
    decomposed = unicodedata.normalize("NFD", "Bưởi")
    assert clean_spaces(f"\u200b Ngô\u00a0 Thị\n{decomposed}\t") == f"Ngô Thị {decomposed}"
    assert clean_text(f" Ngô  {decomposed}") == "Ngô Bưởi"


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        ("089185001412", "••• ••• ••• 412"),
        ("351234567", "••• ••• ••• 567"),
        ("6700 2051 2345 6", "••• ••• ••• 456"),
        ("1234", "••• ••• ••• •••"),
        ("", ""),
    ],
)
def test_only_the_last_three_digits_are_shown(number: str, shown: str) -> None:
    assert mask_number(number) == shown
