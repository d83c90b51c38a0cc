"""How near a name is to a typed one, and which words are near to a word."""

import pytest

from beneficiaries.rules.name_closeness import Fit, Typed
from beneficiaries.rules.name_neighbours import neighbours_of
from beneficiaries.rules.name_variants import is_surname_variant, variants_of, word_variants
from core.text import search_key


def typed(text: str) -> Typed:
    return Typed(search_key(text), text)


@pytest.mark.parametrize(
    ("text", "name", "fit"),
    [
        ("Trần Thị Lan", "Trần Thị Lan", Fit.NAME),
        ("trần thị lan", "Trần Thị Lan", Fit.NAME),
        ("tran thi lan", "Trần Thị Lân", Fit.NAME),
        ("Trần Thị Lan", "Trần Thị Lân", Fit.OTHER_MARKS),
        ("Ngô Thuý", "Ngô Thúy", Fit.NAME),
        ("Thị Lan", "Trần Thị Lan", Fit.IN_ORDER),
        ("Trần Thị", "Trần Thị Lan", Fit.IN_ORDER),
        ("Lan Trần", "Trần Thị Lan", Fit.ANY_ORDER),
        ("Trần Lan", "Trần Thị Lan", Fit.ANY_ORDER),
        ("Tr La", "Trần Thị Lan", Fit.BEGUN),
        ("Thị Thị", "Trần Thị Lan", Fit.BEGUN),
        ("Lan Mỹ Lương", "Trần Thị Lan", Fit.ELSEWHERE),
    ],
)
def test_what_of_the_text_stands_in_the_name(text: str, name: str, fit: Fit) -> None:
    assert typed(text).closeness(search_key(name), name).fit == fit


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Lân", ["Lê Lân", "Lân Thị Hoa", "Lê Lan"]),
        ("Lan", ["Lê Lan", "Lê Lân", "Lê Thị Lan", "Lan Thị Hoa"]),
        ("tran la", ["Trần Lan", "Trần Văn Lanh", "Trần Lan Anh"]),
        ("Lan Anh", ["Lê Lan Anh", "Lê Thị Lan Anh", "Lan Anh Thư", "Lê Anh Lan"]),
    ],
)
def test_the_nearer_name_comes_first(text: str, names: list[str]) -> None:
    backwards = names[::-1]
    ranked = sorted(backwards, key=lambda name: typed(text).closeness(search_key(name), name))
    assert ranked == names


@pytest.mark.parametrize(
    ("text", "name", "hamlet", "closeness"),
    [
        ("Thanh Mỹ Lương", "Trần Văn Thanh", "Ấp Mỹ Lương", 0),
        ("Thanh ấp Mỹ Lương", "Trần Văn Thanh", "Ấp Mỹ Lương", 0),
        ("Mỹ Lương Văn Thanh", "Trần Văn Thanh", "Mỹ Lương", 0),
        ("Thanh Mỹ", "Trần Văn Thanh", "Ấp Mỹ Lương", 0),
        ("Trần Văn Mỹ Lương", "Trần Văn Thanh", "Ấp Mỹ Lương", 1),
        ("Thanh Mỹ Lương", "Lương Mỹ Bích", "Ấp Thanh Bình", 2),
        ("Thanh Lương Mỹ", "Trần Văn Thanh", "Ấp Mỹ Lương", 2),
    ],
)
def test_a_text_of_name_and_hamlet(text: str, name: str, hamlet: str, closeness: int) -> None:
    assert typed(text).hamlet_closeness(search_key(name), search_key(hamlet)) == closeness


def test_words_one_letter_away() -> None:
    assert {"lam", "loan", "an", "lang", "la"} <= set(neighbours_of("lan"))
    assert "lxn" not in neighbours_of("lan")  # no syllable
    assert "nguyen" in neighbours_of("nguyne")
    assert "ruone" in neighbours_of("ruane")
    assert "lan" not in neighbours_of("lan")
    assert neighbours_of("li") == ()
    assert neighbours_of("vo") == ("vu",)
    assert "huynh" in neighbours_of("hoang")
    assert "quien" in neighbours_of("quyen")  # the key of "Quyên"


def test_other_spellings() -> None:
    assert variants_of("huynh") == {"hoang"}
    assert word_variants("phuc") == {"phuoc"}
    assert variants_of("phuc") == frozenset()
    assert is_surname_variant("vo", "vu")
    assert not is_surname_variant("vo", "vo")
    assert not is_surname_variant("phuc", "phuoc")  # no surname
