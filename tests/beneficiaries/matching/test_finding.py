"""Pairs kept for an answer: found once over the whole province, remembered, asked again only when facts change."""

import datetime as dt

import pytest

from beneficiaries.enums import PairState
from beneficiaries.models import DuplicateCandidate, IdentityDocument, Person
from beneficiaries.services.duplicates import finding
from beneficiaries.services.duplicates.finding import find_for_people
from core import crypto
from core.models import Event
from core.references import is_valid_reference
from tests.beneficiaries.matching.entered import entered
from tests.factories.people import COMMUNE, OTHER_COMMUNE, OUTSIDE_COMMUNE

pytestmark = pytest.mark.django_db
ON = dt.date(2021, 9, 27)


def find(*people: Person) -> int:
    return find_for_people([person.pk for person in people], found_by="nightly", on=ON)


def codes(pair: DuplicateCandidate) -> list[object]:
    return [reason["code"] for reason in pair.reasons]


def test_a_person_written_twice_is_one_pair_whichever_is_asked_about() -> None:
    first = entered()
    second = entered(name="HUYNH VAN TAM", number="089080001284", hamlet="", account="")
    assert find(second, first) == 1
    pair = DuplicateCandidate.objects.get()
    assert (pair.first_id, pair.second_id, pair.state, pair.area_code) == (
        first.pk,
        second.pk,
        "open",
        COMMUNE,
    )
    assert codes(pair) == ["NUMBER_ONE_DIGIT", "SAME_NAME", "SAME_BIRTH_DATE", "SAME_PHONE", "SAME_COMMUNE"]
    assert (pair.score, pair.found_by, pair.found_on) == (100, "nightly", ON)
    assert is_valid_reference(pair.reference)
    assert Event.objects.get(action="pair.found").object_ref == pair.reference
    assert "0890800012" not in str(pair.reasons)
    assert find(second, first) == 0
    assert find(first) == 0


@pytest.mark.parametrize(
    ("area", "of_both"),
    [(COMMUNE, COMMUNE), (OTHER_COMMUNE, "89888"), (OUTSIDE_COMMUNE, "89"), ("89888", "89888")],
)
def test_the_smallest_area_that_holds_both_settles_it(area: str, of_both: str) -> None:
    entered()
    find(entered(area=area, number="350123456"))
    assert DuplicateCandidate.objects.get().area_code == of_both


@pytest.mark.parametrize(
    "others",
    [
        {"number": "089080001243"},  # turned digits
        {"number": "350123456", "name": "Tâm Huỳnh Văn"},
        {"number": "350123456", "name": "Hoàng Văn Tâm", "area": OUTSIDE_COMMUNE},
        {"number": "350123456", "birth_date": None},
        {"number": "350123456", "birth_date": dt.date(1980, 12, 5), "phone": ""},
        {"number": "350123456", "birth_date": dt.date(1990, 5, 12), "birth_year": 1990},
        {
            "number": "350123456",
            "name": "Huỳnh Văn Tâmm",
            "birth_date": None,
            "area": OUTSIDE_COMMUNE,
        },  # the phone
        {
            "number": "089081001234",
            "phone": "",
            "account": "",
            "birth_date": None,
            "area": OUTSIDE_COMMUNE,
        },  # the tail
        {"number": "", "phone": "", "name": "Huỳnh Tâm", "account": ""},
    ],
)
def test_dirt_that_is_seen_through(others: dict[str, object]) -> None:
    entered()
    assert find(entered(**others)) == 1


@pytest.mark.parametrize(
    "others",
    [
        {"name": "Huỳnh Văn Lộc"},  # a twin or a brother, same home and telephone
        {
            "birth_date": dt.date(1955, 5, 2),
            "birth_year": 1955,
            "phone": "",
            "account": "",
        },  # the father's name
        {
            "birth_date": dt.date(1980, 9, 30),
            "phone": "",
            "account": "",
            "hamlet": "",
        },  # a namesake of the year
        {"phone": "", "account": "", "area": OUTSIDE_COMMUNE},  # a namesake of the day
        {"phone": "", "account": "", "birth_date": None, "area": OTHER_COMMUNE, "number": "350123456"},
    ],
)
def test_people_who_look_alike_are_left_alone(others: dict[str, object]) -> None:
    entered()
    assert find(entered(**{"number": "089080567891", **others})) == 0


def test_an_answer_is_remembered_until_the_facts_change() -> None:
    entered()
    second = entered(number="350123456")
    find(second)
    DuplicateCandidate.objects.update(
        state=PairState.DIFFERENT, answered_by_id=5, answered_by_name="Cán bộ", answer_reason="Hai anh em họ"
    )
    assert find(second) == 0
    assert DuplicateCandidate.objects.get().state == PairState.DIFFERENT
    # moving house is no news
    Person.objects.filter(pk=second.pk).update(area_code=OTHER_COMMUNE, hamlet_key="")
    assert find(second) == 0
    assert DuplicateCandidate.objects.get().state == PairState.DIFFERENT
    # the right number of the second person turns out to be one digit from the first one's
    IdentityDocument.objects.filter(person=second).update(
        number_encrypted=crypto.encrypt("number", "089080001238"),
        number_index=crypto.blind_index("number", "089080001238"),
        tail_index=crypto.tail_index("089080001238"),
    )
    assert find(second) == 1
    pair = DuplicateCandidate.objects.get()
    assert (pair.state, pair.answered_by_id, pair.answer_reason, pair.version) == ("open", None, "", 2)
    assert codes(pair)[0] == "NUMBER_ONE_DIGIT"
    assert Event.objects.get(action="pair.reopened").object_ref == pair.reference


def test_an_unanswered_pair_follows_its_facts_and_stays_where_it_is() -> None:
    entered()
    second = entered(number="350123456", phone="", account="")
    find(second)
    DuplicateCandidate.objects.update(
        state=PairState.VERIFYING, answered_by_id=5, answered_by_name="Cán bộ", answer_reason="Chờ công an"
    )
    before = DuplicateCandidate.objects.get().score
    Person.objects.filter(pk=second.pk).update(sex="F")
    assert find(second) == 0
    pair = DuplicateCandidate.objects.get()
    assert (pair.state, pair.answer_reason, pair.score) == ("verifying", "Chờ công an", before - 20)
    assert not Event.objects.filter(action="pair.reopened").exists()


def test_who_let_a_pair_pass_is_asked_again_when_its_facts_change() -> None:
    entered()
    second = entered(number="350123456", phone="", account="")
    find(second)
    DuplicateCandidate.objects.update(passed_by_id=7, passed_by_name="Lãnh đạo", passed_reason="Chi gấp")
    assert find(second) == 0
    assert DuplicateCandidate.objects.get().passed_by_id == 7
    Person.objects.filter(pk=second.pk).update(sex="F")
    assert find(second) == 1
    pair = DuplicateCandidate.objects.get()
    assert (pair.state, pair.passed_by_id, pair.passed_by_name, pair.passed_reason) == ("open", None, "", "")
    assert Event.objects.get(action="pair.reopened").object_ref == pair.reference


def test_who_is_joined_is_not_asked_about() -> None:
    first = entered()
    second = entered(number="350123456")
    Person.objects.filter(pk=second.pk).update(joined_to=first)
    assert find(first, second) == 0
    third = entered(number="350999888")
    assert find(second, third) == 1
    pair = DuplicateCandidate.objects.get()
    assert (pair.first_id, pair.second_id) == (first.pk, third.pk)


def test_who_looks_like_a_joined_entry_alone_is_found_once() -> None:
    root = entered(
        name="Lê Văn Út", number="089080777777", phone="", account="", birth_date=None, birth_year=1979
    )
    second, later = entered(number="350123456"), entered(number="350123465", phone="")
    Person.objects.filter(pk__in=[second.pk, later.pk]).update(joined_to=root)
    third = entered(number="350999888", account="")
    assert find(third) == 1
    pair = DuplicateCandidate.objects.get()
    assert (pair.first_id, pair.second_id) == (second.pk, third.pk), "two entries of one human are one pair"
    assert find(third) == 0
    assert find(root) == 0


def test_a_new_key_of_the_index_leaves_answers_standing() -> None:
    """What stands for the facts holds no keyed index."""
    entered()
    second = entered(number="350123456")
    find(second)
    key = bytes(DuplicateCandidate.objects.get().facts_key)
    for document in IdentityDocument.objects.all():
        IdentityDocument.objects.filter(pk=document.pk).update(
            number_index=bytes(document.number_index)[::-1]
        )
    DuplicateCandidate.objects.update(
        state=PairState.DIFFERENT, answered_by_id=5, answered_by_name="Cán bộ", answer_reason="Khác"
    )
    assert find(second) == 0
    assert bytes(DuplicateCandidate.objects.get().facts_key) == key


def test_chunks_find_what_one_search_finds(monkeypatch: pytest.MonkeyPatch) -> None:
    people = [
        entered(),
        entered(number="350123456"),
        entered(number="350123465", phone=""),
        entered(name="Lê Út"),
    ]
    monkeypatch.setattr(finding, "CHUNK", 1)
    told: list[tuple[int, int]] = []
    found = find_for_people(
        [person.pk for person in people],
        found_by="nightly",
        on=ON,
        progress=lambda done, total: told.append((done, total)),
    )
    assert found == 3
    assert told == [(1, 4), (2, 4), (3, 4), (4, 4)]
