"""The search for people: what is typed, who is found, and who comes first."""

import datetime as dt

import pytest
from pytest_django import DjangoAssertNumQueries

from accounts.enums import Role
from accounts.models import User
from beneficiaries.models import Person
from beneficiaries.queries.people_search import narrow_people, search_neighbours, search_people
from core.search import read_query
from tests.beneficiaries.queries.register_of_people import paper, person
from tests.factories import people

pytestmark = pytest.mark.django_db

NUMBER = "089193000412"


@pytest.fixture(params=["commune", "district", "province"])
def officer(request: pytest.FixtureRequest) -> User:
    """A commune is read in another way than wider areas: the same is found, in the same order."""
    return {
        "commune": lambda: people.user(Role.COMMUNE_OFFICER),
        "district": lambda: people.user(Role.DISTRICT_OFFICER),
        "province": lambda: people.user(Role.PROVINCIAL_REVIEWER),
    }[request.param]()


def found(typed: str, actor: User, **more: object) -> list[str]:
    return [each.full_name for each in search_people(read_query(typed), actor, **more)]  # type: ignore[arg-type]


def reasons(typed: str, actor: User) -> list[tuple[str, str]]:
    return [(each.full_name, each.why) for each in search_people(read_query(typed), actor)]


# --- names ------------------------------------------------------------------------------------------------------------


@pytest.fixture
def village() -> None:
    person("Trần Thị Lan", hamlet="Ấp Thượng 1", born=dt.date(1990, 5, 12), number=NUMBER)
    person("Trần Thị Lân", hamlet="Ấp Thượng 2", born=1990)
    person("Trần Thị Lan Anh", hamlet="Ấp Hạ", born=1985, number="089193000777")
    person("Lê Thị Ngọc Lan", hamlet="Ấp Mỹ Lương", born=1971)
    person("Lan Trần Thị", hamlet="Khóm Long Thạnh", born=1964)
    person("Trần Thị Lành", hamlet="Ấp Trung 3", born=1999)
    person("Chau Sóc Khom", hamlet="Ấp Tô Thuận")
    person("Néang Srây Pha", hamlet="Ấp Tô Thuận")
    person("Mohamad Sô Pi", hamlet="Ấp Hà Bao")
    person("Ngô Thúy Kiều", hamlet="Ấp Hạ")
    person("Nguyễn Quyên", hamlet="Ấp Hạ")


@pytest.mark.usefixtures("village")
@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("Trần Thị Lan", "Trần Thị Lan"),
        ("tran thi lan", "Trần Thị Lan"),
        ("TRẦN THỊ LÂN", "Trần Thị Lân"),
        ("trần thị lân", "Trần Thị Lân"),
        ("Lan Trần", "Lan Trần Thị"),
        ("thị lân trần", "Trần Thị Lân"),
        ("Lan Anh", "Trần Thị Lan Anh"),
        ("ngọc lan", "Lê Thị Ngọc Lan"),
        ("Lan Mỹ Lương", "Lê Thị Ngọc Lan"),
        ("Lan ấp mỹ lương", "Lê Thị Ngọc Lan"),
        ("mỹ lương lan", "Lê Thị Ngọc Lan"),
        ("lan ap my luon", "Lê Thị Ngọc Lan"),
        ("lành trung 3", "Trần Thị Lành"),
        ("Lan 412", "Trần Thị Lan"),
        ("Lan ...777", "Trần Thị Lan Anh"),
        ("Trần Thị Lan 1985", "Trần Thị Lan Anh"),
        ("Trần Thị Lan sinh năm 1964", "Lan Trần Thị"),
        ("lan 12/05/1990", "Trần Thị Lan"),
        ("lân 12/05/1990", "Trần Thị Lan"),
        ("tran thi la", "Trần Thị Lan"),
        ("tr th lanh", "Trần Thị Lành"),
        ("chau soc", "Chau Sóc Khom"),
        ("khom sóc chau", "Chau Sóc Khom"),
        ("srây néang", "Néang Srây Pha"),
        ("so pi", "Mohamad Sô Pi"),
        ("Ngô Thuý Kiều", "Ngô Thúy Kiều"),
        ("nguyen quy", "Nguyễn Quyên"),
        ("nguyễn quyên", "Nguyễn Quyên"),
    ],
)
def test_who_comes_first(officer: User, typed: str, first: str) -> None:
    assert found(typed, officer)[0] == first


@pytest.mark.usefixtures("village")
@pytest.mark.parametrize(
    "typed",
    [
        "Mỹ Lương",
        "Lan 413",
        "Lan 1972",
        "Lan 13/05/1991",
        "Lan Hạ Trung",
        "Trần Thị Xoàn",
        "oc khom",
        "' & | !",
        "lan:*",
    ],
)
def test_what_fits_nobody(officer: User, typed: str) -> None:
    """A hamlet alone is not somebody's name, and every word must be of one or the other."""
    if typed == "lan:*":
        assert found(typed, officer) == found("lan", officer)  # signs are no operators
    else:
        assert found(typed, officer) == []


@pytest.mark.usefixtures("village")
@pytest.mark.parametrize("typed", ["Ấp Hạ", "ap ha", "khóm Hạ"])
def test_a_hamlet_alone_finds_who_lives_there_by_name(officer: User, typed: str) -> None:
    """Only where the text is nobody's name; a hamlet that is not called one may be a name that nobody has."""
    assert reasons(typed, officer) == [
        ("Trần Thị Lan Anh", "place"),
        ("Ngô Thúy Kiều", "place"),
        ("Nguyễn Quyên", "place"),
        # a hamlet that begins so, after the very one
        ("Mohamad Sô Pi", "place"),
    ]
    assert found(f"{typed} 1985", officer) == ["Trần Thị Lan Anh"]
    assert found("ấp", officer) == []


@pytest.mark.usefixtures("village")
def test_the_stages_follow_each_other(officer: User) -> None:
    assert reasons("Trần Thị Lan", officer) == [
        ("Trần Thị Lan", "exact"),
        ("Trần Thị Lân", "letters"),
        ("Trần Thị Lan Anh", "words"),
        ("Lan Trần Thị", "words"),
        ("Trần Thị Lành", "begun"),
    ]


@pytest.mark.usefixtures("village")
def test_without_marks_nobody_has_other_marks(officer: User) -> None:
    assert reasons("tran thi lan", officer)[:2] == [("Trần Thị Lan", "exact"), ("Trần Thị Lân", "exact")]


def test_a_hamlet_has_room_beside_names_in_another_order(officer: User) -> None:
    for _ in range(6):
        person("Lương Mỹ Lan")
    person("Trần Thị Lan", hamlet="Ấp Mỹ Lương")
    assert found("Lan Mỹ Lương", officer, limit=3) == ["Lương Mỹ Lan", "Lương Mỹ Lan", "Trần Thị Lan"]


def test_a_short_surname_is_no_abbreviation(officer: User) -> None:
    """ "Lê" has two letters and is whole: who begins otherwise comes after, or not at all."""
    for _ in range(3):
        person("Lêng Thiện Thuận")
    person("Lê Thị Thu Trang")
    assert found("le thi thu t", officer)[0] == "Lê Thị Thu Trang"
    assert found("le thi thu", officer)[0] == "Lê Thị Thu Trang"


def test_hamlets_fill_the_places_that_names_leave(officer: User) -> None:
    for _ in range(6):
        person("Lương Mỹ Bích", hamlet="Ấp Thanh Bình")
    person("Trần Văn Thanh", hamlet="Ấp Mỹ Lương")
    hits = found("Thanh Mỹ Lương", officer, limit=5)
    assert hits == ["Trần Văn Thanh", *["Lương Mỹ Bích"] * 4]


def test_near_comes_before_far() -> None:
    reviewer = people.user(Role.PROVINCIAL_REVIEWER)
    far = person("Trần Thị Lan", area=people.OUTSIDE_COMMUNE)
    beside = person("Trần Thị Lan", area=people.OTHER_COMMUNE)
    near = person("Trần Thị Lan", area=people.COMMUNE)
    longer = person("Trần Thị Lan Anh", area=people.COMMUNE)
    hits = search_people(read_query("Trần Thị Lan"), reviewer, near=people.COMMUNE)
    assert [each.person_id for each in hits] == [near.pk, beside.pk, far.pk, longer.pk]


# --- numbers ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("typed", [NUMBER, "089 193 000 412", "89193000412", "Trần Thị Lan 089.193.000.412"])
def test_a_whole_number_in_any_spelling(officer: User, typed: str) -> None:
    holder = person("Trần Thị Lan", number=NUMBER)
    person("Trần Thị Lan", number="089193000413")
    (hit,) = search_people(read_query(typed), officer)
    assert (hit.person_id, hit.number_last3, hit.why) == (holder.pk, "412", "number")


def test_an_old_paper_finds_its_holder(officer: User) -> None:
    holder = person("Trần Thị Lan", number=NUMBER)
    paper(holder, "351234567", is_current=False)
    (hit,) = search_people(read_query("351 234 567"), officer)
    assert (hit.person_id, hit.number_last3) == (holder.pk, "412")
    assert found("lan 567", officer) == ["Trần Thị Lan"]


@pytest.mark.parametrize("typed", ["0918 123 456", "+84 918 123 456", "Lan 0918.123.456"])
def test_a_phone_finds_everybody_who_has_it(officer: User, typed: str) -> None:
    person("Trần Thị Lan", phone="0918123456")
    person("Lê Văn An", phone="0918123456")
    person("Lê Văn Bé", phone="0918123457")
    assert sorted(found(typed, officer)) == ["Lê Văn An", "Trần Thị Lan"]


def test_a_birth_date_alone(officer: User) -> None:
    person("Trần Thị Lan", born=dt.date(1990, 5, 12))
    person("Lê Văn An", born=1990)
    assert reasons("12/05/1990", officer) == [("Trần Thị Lan", "birth")]


def test_a_reference(officer: User) -> None:
    seen = person("Trần Thị Lan")
    Person.objects.filter(pk=seen.pk).update(reference="NT-2021-00001236")
    assert found("nt 2021 1236", officer) == ["Trần Thị Lan"]


# --- who was joined ---------------------------------------------------------------------------------------------------


def test_a_joined_entry_stands_under_its_root(officer: User) -> None:
    root = person("Trần Thị Lan", number=NUMBER)
    person("Trần Thị Loan", joined_to=root)
    (hit,) = search_people(read_query("Trần Thị Loan"), officer)
    assert (hit.person_id, hit.reference, hit.joined_name) == (root.pk, root.reference, "Trần Thị Loan")
    assert found("Trần Thị", officer) == ["Trần Thị Lan"]


def test_a_root_of_elsewhere_is_not_shown() -> None:
    root = person("Trần Thị Lan", area=people.OUTSIDE_COMMUNE)
    joined = person("Trần Thị Loan", joined_to=root)
    (hit,) = search_people(read_query("Trần Thị Loan"), people.user(Role.DISTRICT_OFFICER))
    assert (hit.person_id, hit.full_name, hit.joined_name) == (joined.pk, "Trần Thị Loan", "")


# --- who sees what ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "typed",
    ["Trần Thị Lan", "Lan 412", NUMBER, "0918123456", "12/05/1990", "Lan Mỹ Lương", "NT-2021-00001236"],
)
def test_an_outsider_finds_nobody(typed: str) -> None:
    seen = person(
        "Trần Thị Lan", hamlet="Ấp Mỹ Lương", number=NUMBER, phone="0918123456", born=dt.date(1990, 5, 12)
    )
    Person.objects.filter(pk=seen.pk).update(reference="NT-2021-00001236")
    query = read_query(typed)
    assert len(search_people(query, people.user(Role.DISTRICT_OFFICER))) == 1
    outsiders = [
        people.user(Role.DISTRICT_OFFICER, area=people.OUTSIDE_DISTRICT),
        people.user(Role.COMMUNE_OFFICER, area=people.OTHER_COMMUNE),
        people.user(Role.ADMINISTRATOR, area=people.DISTRICT),
    ]
    for outsider in outsiders:
        assert search_people(query, outsider) == []
        assert search_people(query, outsider, area_code=people.COMMUNE) == []
        assert search_neighbours(query, outsider) == []
        assert not narrow_people(Person.objects.visible_to(outsider), query, outsider).exists()


def test_within_an_area() -> None:
    officer = people.user(Role.DISTRICT_OFFICER)
    person("Trần Thị Lan", area=people.OTHER_COMMUNE)
    assert found("Lan", officer, area_code=people.OTHER_COMMUNE) == ["Trần Thị Lan"]
    assert found("Lan", officer, area_code=people.COMMUNE) == []
    assert found("Lan", officer, area_code=people.PROVINCE) == ["Trần Thị Lan"]
    assert found("Lan", officer, area_code=people.OUTSIDE_DISTRICT) == []


# --- lists ------------------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("village")
@pytest.mark.parametrize(
    "typed", ["lan", "Trần Thị Lan", "lan mỹ lương", "Lan 412", "Lan 1990", "12/05/1990", NUMBER]
)
def test_a_list_holds_whom_the_search_finds(officer: User, typed: str) -> None:
    query = read_query(typed)
    listed = narrow_people(Person.objects.visible_to(officer), query, officer)
    assert {each.pk for each in listed} == {each.person_id for each in search_people(query, officer)}
    assert not narrow_people(Person.objects.visible_to(officer), read_query("?"), officer).exists()


def test_a_list_may_join_other_tables(officer: User) -> None:
    root = person("Trần Thị Lan")
    joined = person("Trần Thị Loan", joined_to=root)
    listed = narrow_people(Person.objects.visible_to(officer), read_query("loan"), officer)
    assert [each.joined_to for each in listed.select_related("joined_to")] == [root]
    assert list(Person.objects.filter(joined__in=listed)) == [root]
    assert listed.get() == joined


# --- names that are near ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Hoàng Văn Phước", "Huỳnh Văn Phước"),
        ("Huỳnh Văn Phúc", "Huỳnh Văn Phước"),
        ("Huynh Vam Phuoc", "Huỳnh Văn Phước"),
        ("Vũ Thị Bé", "Võ Thị Bé"),
        ("Trần Nhựt Tân", "Trần Nhật Tân"),
        ("Nguyne Xoàn", "Nguyễn Xoàn"),
        ("Chau Som Onn", "Chau Som On"),
        ("Mohamath Sô Pi", "Mohamad Sô Pi"),
        ("Trần Nhật Tâm 1980", "Trần Nhật Tân"),
    ],
)
def test_what_may_have_been_meant(officer: User, typed: str, meant: str) -> None:
    for name in (
        "Huỳnh Văn Phước",
        "Võ Thị Bé",
        "Trần Nhật Tân",
        "Nguyễn Xoàn",
        "Chau Som On",
        "Mohamad Sô Pi",
    ):
        person(name)
    assert found(typed, officer) == []
    assert [(each.full_name, each.why) for each in search_neighbours(read_query(typed), officer)] == [
        (meant, "near")
    ]


def test_another_spelling_comes_before_a_wrong_letter(officer: User) -> None:
    person("Hoang Thị Mai")
    person("Huyn Thị Mai")
    assert [each.full_name for each in search_neighbours(read_query("Huỳnh Thị Mai"), officer)] == [
        "Hoang Thị Mai",
        "Huyn Thị Mai",
    ]


def test_a_number_has_no_neighbours(officer: User) -> None:
    person("Trần Thị Lan", number=NUMBER)
    assert search_neighbours(read_query("089193000413"), officer) == []


# --- how much is asked ------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("village")
@pytest.mark.parametrize(
    ("typed", "most"),
    [("Trần Thị Lan", 6), ("Lan Mỹ Lương", 6), ("tr th xo", 7), (NUMBER, 2), ("Lan 412", 3)],
)
def test_few_questions(
    officer: User, typed: str, most: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    assert officer.sees_records
    with django_assert_max_num_queries(most if len(officer.area_code) < 10 else 2):
        search_people(read_query(typed), officer)
