"""Names: what is repaired, what is left alone, what a person has to look at."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beneficiaries.rules.encodings import from_tcvn3, from_vni, read_text
from beneficiaries.rules.names import read_name, read_typed_name
from beneficiaries.rules.syllables import is_plain_syllable, is_syllable
from tests.generator.make_commune_lists import to_tcvn3, to_vni

WORDS = [
    "Nguyễn",
    "Trần",
    "Đặng",
    "Thị",
    "Văn",
    "Hữu",
    "Ngọc",
    "Bích",
    "Được",
    "Thương",
    "Khuyên",
    "Nghĩa",
    "Quỳnh",
]
NAMES = [
    "Nguyễn Thị Kim Loan",
    "Đỗ Hữu Phước",
    "Trương Quốc Đạt",
    "Lý Thị Huệ",
    "Quách Yến Thủy",
    "Võ Văn Khỏe",
    "Ngô Thị Ươn",
]


def codes(cell: object, hint: str = "", sex: str = "") -> tuple[str, list[str]]:
    name, found = read_name(cell, hint, sex)
    return name, [finding.code for finding in found]


@pytest.mark.parametrize(
    ("cell", "name", "found"),
    [
        ("Nguyễn Văn An", "Nguyễn Văn An", []),
        ("NGUYỄN VĂN AN", "Nguyễn Văn An", ["NAME_UPPER"]),
        ("nguyễn văn an", "Nguyễn Văn An", ["NAME_LOWER"]),
        ("Nguyễn văn An", "Nguyễn Văn An", ["NAME_CAPITALS"]),
        (" Nguyễn  Văn\u00a0An\n", "Nguyễn Văn An", ["NAME_SPACES"]),
        ("Nguyễn\u200b Văn An", "Nguyễn Văn An", ["NAME_SPACES"]),
        (unicodedata.normalize("NFD", "Nguyễn Văn An"), "Nguyễn Văn An", ["NAME_NFD"]),
        ("Hoà Thị Thuý", "Hòa Thị Thúy", ["NAME_TONE_STYLE"]),
        ("Trần Văn Quý", "Trần Văn Quý", []),
        ("Nguyen Thi Hoa", "Nguyen Thi Hoa", ["NAME_NO_MARKS"]),
        ("", "", ["NAME_MISSING"]),
        (None, "", ["NAME_MISSING"]),
        ("…", "", ["NAME_MISSING"]),
        ("Nguyá»…n VÄƒn An", "Nguyễn Văn An", ["NAME_BROKEN_UTF8"]),
        ("Nguyễn Văn A2", "Nguyễn Văn A2", ["NAME_ODD_SIGNS"]),
    ],
)
def test_names(cell: object, name: str, found: list[str]) -> None:
    assert codes(cell) == (name, found)


@pytest.mark.parametrize(
    "name",
    ["Chau Kim Sơn", "Chau Ri", "Néang Sóc Khên", "Neang Oanh", "Mách Sa Lês", "Ha Li Mah", "Mohamath Ka Rim", "Mai Kim Lan",
     "Phan Minh Nhanh", "La Hoa", "Út"],
)  # fmt: skip
def test_names_that_are_right_as_they_are(name: str) -> None:
    assert codes(name) == (name, [])


def test_chau_without_marks_is_khmer_unless_the_rest_says_otherwise() -> None:
    assert codes("Chau Som")[1] == []
    assert codes("Chau Van Hung")[1] == ["NAME_NO_MARKS"]
    assert codes("Chau Kim", sex="F")[1] == ["NAME_NO_MARKS"]


@pytest.mark.parametrize("name", NAMES)
def test_old_encodings_are_undone(name: str) -> None:
    assert codes(to_tcvn3(name)) == (name, ["NAME_TCVN3"])
    assert codes(to_vni(name)) == (name, ["NAME_VNI"])
    assert codes(to_vni(name.upper()))[0] == name


def test_the_font_decides_where_both_readings_make_sense() -> None:
    assert codes("Hoà Kim Chi") == ("Hòa Kim Chi", ["NAME_TONE_STYLE"])
    assert codes("Hoà Kim Chi", hint="VNI") == ("Hồ Kim Chi", ["NAME_VNI"])
    assert codes("Nguyễn Văn An", hint="TCVN3") == ("Nguyễn Văn An", [])


def test_what_an_officer_types_keeps_its_capitals() -> None:
    assert read_typed_name("SA LÊH ") == ("SA LÊH", ())


@given(
    st.lists(
        st.sampled_from(WORDS),
        min_size=2,
        max_size=5,
    )
)
def test_encoders_and_decoders_are_inverse(words: list[str]) -> None:
    name = " ".join(words)
    assert from_vni(to_vni(name)) == name
    assert from_tcvn3(to_tcvn3(name)).lower() == name.lower()
    assert read_text(name) == (name, "")


@given(st.text(max_size=60))
def test_any_cell_is_read_without_a_failure(text: str) -> None:
    name, _found = read_name(text)
    assert name == " ".join(name.split())


def test_syllables() -> None:
    for word in [
        "nguyễn",
        "huỳnh",
        "khuya",
        "giàu",
        "gì",
        "quốc",
        "xuân",
        "oanh",
        "út",
        "ích",
        "mỹ",
        "lượm",
        "thoại",
        "nhựt",
    ]:
        assert is_syllable(word), word
    for word in ["khonl", "mah", "sãc", "rýt", "ngiễn", "kuốc"]:
        assert not is_syllable(word), word
    assert is_plain_syllable("nguyen")
    assert not is_plain_syllable("mah")
