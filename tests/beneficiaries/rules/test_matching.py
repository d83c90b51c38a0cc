"""Who is one human: what agrees, what differs, and what an officer reads of it."""

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beneficiaries.queries.match_reasons import LABELS
from beneficiaries.rules.matching import MatchFacts, match
from beneficiaries.rules.matching_names import compare_names, have_other_marks
from beneficiaries.rules.matching_numbers import NumberDistance, distance_of, nearest_of, neighbours_of
from beneficiaries.rules.matching_table import RULES
from core.text import search_key

COMMUNE, NEIGHBOUR, FAR = "8988830406", "8988830409", "8988330301"


def person(name: str, birth: str = "", **others: object) -> MatchFacts:
    day = dt.date.fromisoformat(birth) if len(birth) == 10 else None
    facts = MatchFacts(
        1, 1, name, search_key(name), day, int(birth[:4]) if birth else None, area_code=COMMUNE
    )
    return replace(facts, **others)  # type: ignore[arg-type]


def other(facts: MatchFacts, **others: object) -> MatchFacts:
    return replace(facts, person_id=2, root_id=2, **others)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("ours", "theirs", "code"),
    [
        ("Nguyễn Văn Dũng", "NGUYEN VAN DUNG", "SAME_NAME"),
        ("Nguyễn Thị Quý", "Nguyễn Thị Quí", "SAME_NAME"),
        ("Chau Phi Rom", "Chau Phirom", "NAME_SPACING"),
        ("Nguyễn Văn Hùng", "Hùng Nguyễn Văn", "NAME_SWAPPED"),
        ("Huỳnh Văn Tâm", "Hoàng Văn Tâm", "SURNAME_VARIANT"),
        ("Mohamath Ka Rim", "Mohamad Ka Rim", "SURNAME_VARIANT"),
        ("Trần Thị Kim Lan", "Trần Thị Lan", "NAME_WORD_MISSING"),
        ("Nguyễn Văn Khanh", "Nguyễn Văn Khannh", "NAME_ONE_LETTER"),
        ("Trần Thị Lan", "Trần Thị Loan", "GIVEN_NAME_ONE_LETTER"),
        ("Nguyễn Văn Khanh", "Nguyễb Văn Khanh", "NAME_ONE_LETTER"),
        ("Nguyễn Thanh Khanh", "Nguyễb Tanh Khanh", "NAME_TWO_LETTERS"),
        ("Nguyễn Văn Hùng", "Nguyễn Văn Tâm", "OTHER_NAME"),
        ("Nguyễn Văn Hùng", "Nguyễn Văn", "OTHER_NAME"),
        ("Út", "Út", "SAME_NAME"),
        ("Út", "Tư", "OTHER_NAME"),
        ("", "Tư", ""),
    ],
)
def test_how_names_differ(ours: str, theirs: str, code: str) -> None:
    assert compare_names(search_key(ours), search_key(theirs)) == code
    assert compare_names(search_key(theirs), search_key(ours)) == code


def test_marks_that_southern_typists_mix_make_no_other_name() -> None:
    assert not have_other_marks("Nguyễn Văn Dũng", "Nguyển Văn Dủng")
    assert not have_other_marks("Lê Hòa", "Lê Hoà")
    assert not have_other_marks("Lê Hùng", "LE HUNG")
    assert have_other_marks("Lê Văn Tú", "Lê Văn Tư")


@pytest.mark.parametrize(
    ("ours", "theirs", "distance"),
    [
        ("089080001234", "089080001234", NumberDistance.SAME),
        ("089080001234", "089080001284", NumberDistance.ONE_DIGIT),
        ("089080001234", "089080001243", NumberDistance.TRANSPOSED),
        ("089080001234", "089080001298", NumberDistance.TWO_DIGITS),
        ("089080001234", "089080009234", NumberDistance.ONE_DIGIT),
        ("089080001234", "089080567891", NumberDistance.FAR_CCCD),
        ("351234567", "352345678", NumberDistance.FAR_CMND),
        ("351234567", "089080001234", NumberDistance.UNKNOWN),
        ("", "", NumberDistance.UNKNOWN),
    ],
)
def test_how_far_numbers_are_apart(ours: str, theirs: str, distance: NumberDistance) -> None:
    assert distance_of(ours, theirs) is distance
    assert distance_of(theirs, ours) is distance


def test_the_nearest_of_old_and_new_numbers_counts() -> None:
    assert nearest_of(["089080001234", "351234567"], ["351234576"]) is NumberDistance.TRANSPOSED
    assert nearest_of(["089080001234"], ["351234576"]) is NumberDistance.UNKNOWN


def test_the_neighbours_of_a_number_are_one_digit_or_one_turn_away() -> None:
    near = neighbours_of("089080001234")
    assert len(near) == len(set(near)) == 12 * 9 + 9
    assert {distance_of("089080001234", number) for number in near} == {
        NumberDistance.ONE_DIGIT,
        NumberDistance.TRANSPOSED,
    }


def test_two_independent_agreements_are_needed() -> None:
    tam = person("Huỳnh Văn Tâm", "1980-05-12", hamlet_key="long thanh")
    assert match(tam, other(person("", ""), hamlet_key="long thanh"), NumberDistance.ONE_DIGIT) is None
    assert match(tam, other(replace(tam, birth_date=None, birth_year=None))) is None  # name and hamlet
    found = match(tam, other(tam))
    assert found is not None
    assert (found.score, found.agreements) == (80, ("SAME_NAME", "SAME_BIRTH_DATE", "SAME_HAMLET"))
    assert found.reasons[0] == {"code": "SAME_NAME", "points": 30}


def test_a_common_name_with_a_birth_year_counts_only_at_home() -> None:
    hung = person("Nguyễn Văn Hùng", "1980")
    assert match(hung, other(hung, area_code=FAR)) is None
    assert match(hung, other(hung, area_code=NEIGHBOUR)) is None
    assert match(hung, other(hung)) is not None
    assert (
        match(replace(hung, phone="0912345678"), other(hung, area_code=FAR, phone="0912345678")) is not None
    )


@pytest.mark.parametrize(
    ("changed", "distance"),
    [
        ({"sex": "F", "birth_date": None}, NumberDistance.UNKNOWN),
        ({"birth_date": dt.date(1980, 3, 2)}, NumberDistance.UNKNOWN),
        ({"birth_date": dt.date(1955, 3, 2), "birth_year": 1955}, NumberDistance.UNKNOWN),  # father and son
        ({"name": "Huỳnh Văn Lộc", "name_key": "huynh van loc"}, NumberDistance.UNKNOWN),  # twins
        ({}, NumberDistance.FAR_CCCD),  # namesakes of one day
    ],
)
def test_what_speaks_against(changed: dict[str, object], distance: NumberDistance) -> None:
    tam = person("Huỳnh Văn Tâm", "1980-05-12", sex="M")
    assert match(tam, other(tam)) is not None
    assert match(tam, other(tam, **changed), distance) is None


def test_a_mistyped_number_outweighs_a_wrong_year() -> None:
    tam = person("Huỳnh Văn Tâm", "1980-05-12")
    found = match(tam, other(tam, birth_date=dt.date(1983, 6, 1), birth_year=1983), NumberDistance.ONE_DIGIT)
    assert found is not None
    assert found.differences == ("OTHER_BIRTH_YEAR",)
    assert found.score == 45 + 30 + 10 - 25


_facts = st.builds(
    MatchFacts,
    person_id=st.integers(1, 4),
    root_id=st.integers(1, 4),
    name=st.sampled_from(["Lê Tú", "Lê Tư", "Tú Lê", ""]),
    name_key=st.sampled_from(["le tu", "tu le", "le van tu", ""]),
    birth_date=st.sampled_from([None, dt.date(1980, 1, 2), dt.date(1980, 2, 1), dt.date(1981, 1, 2)]),
    birth_year=st.sampled_from([None, 1980, 1981]),
    sex=st.sampled_from(["M", "F", ""]),
    area_code=st.sampled_from([COMMUNE, NEIGHBOUR, FAR, "89888", "89"]),
    hamlet_key=st.sampled_from(["", "a"]),
    phone=st.sampled_from(["", "0912345678"]),
    accounts=st.sampled_from([frozenset(), frozenset({b"a"})]),
    numbers=st.sampled_from([frozenset(), frozenset({b"n"}), frozenset({b"m"})]),
)


@given(_facts, _facts, st.sampled_from(NumberDistance))
def test_matching_is_the_same_both_ways_and_nobody_matches_themself(
    a: MatchFacts, b: MatchFacts, distance: NumberDistance
) -> None:
    found = match(a, b, distance)
    turned = match(b, a, distance)
    assert (found is None) == (turned is None)
    assert match(a, a, distance) is None
    if found and turned:
        assert (found.score, set(found.agreements)) == (turned.score, set(turned.agreements))
        assert a.root_id != b.root_id
        assert 50 <= found.score <= 100


def test_every_rule_has_a_sentence_of_its_own() -> None:
    labels = [str(LABELS[code]) for code in RULES]
    assert len(set(labels)) == len(labels)
    assert set(LABELS) == set(RULES)
    assert all(rule.points for rule in RULES.values())
