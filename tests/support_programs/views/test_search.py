"""The search of the masthead over everything that apps registered: what is found, how, and by whom."""

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from accounts.enums import Role
from accounts.models import User
from beneficiaries.models import IdentityDocument, Person
from beneficiaries.queries.people_search import search_people
from core import crypto
from core.models import Event
from core.search import read_query
from core.text import search_key, sort_key
from support_programs.models import Case
from tests.factories import cases as made
from tests.factories import people

pytestmark = pytest.mark.django_db

SEARCH = reverse("search")
NUMBER = "089193000412"


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def officer() -> Client:
    return signed_in(people.user(Role.DISTRICT_OFFICER))


@pytest.fixture
def outsider() -> Client:
    return signed_in(people.user(Role.DISTRICT_OFFICER, area=people.OUTSIDE_DISTRICT))


@pytest.fixture
def case() -> Case:
    """Néang Sóc Kha, born 1978, in a fresh list of the commune."""
    case = Case.objects.get(case_list=made.draft_list(made.staff()))
    IdentityDocument.objects.filter(person=case.person).update(
        number_index=crypto.blind_index("number", NUMBER), number_last3=NUMBER[-3:]
    )
    name = "Néang Sóc Kha"
    Case.objects.filter(pk=case.pk).update(
        applicant_name=name,
        name_key=search_key(name),
        name_sort=sort_key(name),
        number_last3=NUMBER[-3:],
        phone="0918123456",
    )
    case.refresh_from_db()
    return case


def page_of(case: Case) -> str:
    return reverse("support_programs:case_page", args=[case.reference])


@pytest.mark.parametrize("typed", [NUMBER, "089 193 000 412", "089.193.000.412", "89193000412"])
def test_a_whole_number_opens_the_case(officer: Client, case: Case, typed: str) -> None:
    assert officer.post(SEARCH, {"q": typed})["Location"] == page_of(case)


def test_the_number_of_an_old_paper_finds_its_person(officer: Client, case: Case) -> None:
    IdentityDocument.objects.create(
        person=case.person,
        area_code=case.area_code,
        kind="CMND",
        number_encrypted=crypto.encrypt("number", "351234567"),
        number_index=crypto.blind_index("number", "351234567"),
        number_last3="567",
        is_current=False,
    )
    assert officer.post(SEARCH, {"q": "351 234 567"})["Location"] == page_of(case)


@pytest.mark.parametrize("typed", ["0918 123 456", "+84 918.123.456", "0918123456"])
def test_a_phone_opens_the_case(officer: Client, case: Case, typed: str) -> None:
    html = officer.post(SEARCH, {"q": typed}).content.decode()
    assert "Néang Sóc Kha" in html


@pytest.mark.parametrize(
    "typed", ["neang soc kha", "SÓC KHA", "kha", " Néang  Sóc", "ne", "kha neang", "Sóc Kha Néang 412"]
)
def test_names_are_found_without_marks_in_any_order(officer: Client, case: Case, typed: str) -> None:
    html = officer.post(SEARCH, {"q": typed}).content.decode()
    assert "Néang Sóc Kha" in html
    assert case.reference in html
    assert "••• ••• ••• 412" in html
    assert NUMBER not in html


@pytest.mark.parametrize("typed", ["oc kha", "kha neangs", "n", "", "  ", "089193000413", "412", "%", "_"])
def test_what_fits_nothing_finds_nothing(officer: Client, case: Case, typed: str) -> None:
    answer = officer.post(SEARCH, {"q": typed})
    assert answer.status_code == 200
    assert "Néang" not in answer.content.decode()


def test_references_open_their_page_as_people_type_them(officer: Client, case: Case) -> None:
    for typed in (case.reference, case.reference.lower().replace("-", " "), f" {case.reference} "):
        assert officer.post(SEARCH, {"q": typed})["Location"] == page_of(case)
    assert case.case_list
    assert officer.post(SEARCH, {"q": case.case_list.reference})["Location"] == reverse(
        "support_programs:list_page", args=[case.case_list.reference]
    )


def test_a_mistyped_reference_is_not_opened(officer: Client, case: Case) -> None:
    wrong = case.reference[:-1] + str((int(case.reference[-1]) + 1) % 10)
    assert officer.post(SEARCH, {"q": wrong}).status_code == 200


def test_lists_are_found_by_their_commune(officer: Client, case: Case) -> None:
    assert case.case_list
    assert case.case_list.reference in officer.post(SEARCH, {"q": "phu my"}).content.decode()


@pytest.mark.parametrize("typed", [NUMBER, "neang soc kha", "0918123456", "phu my"])
def test_an_outsider_learns_nothing(outsider: Client, case: Case, typed: str) -> None:
    answer = outsider.post(SEARCH, {"q": typed})
    assert answer.status_code == 200
    html = answer.content.decode()
    assert "tại huyện Châu Phú" in html
    assert case.reference not in html
    assert case.case_list
    assert case.case_list.reference not in html


def test_a_reference_of_elsewhere_is_not_found(outsider: Client, case: Case) -> None:
    assert outsider.post(SEARCH, {"q": case.reference}, follow=True).status_code == 404


@pytest.mark.parametrize("typed", [NUMBER, "neang soc kha", "HS"])
def test_an_administrator_finds_nobody(case: Case, typed: str) -> None:
    desk = signed_in(people.user(Role.ADMINISTRATOR))
    for asked in (typed, case.reference):
        answer = desk.post(SEARCH, {"q": asked})
        assert answer.status_code == 200
        assert "Tài khoản của bạn không xem hồ sơ" in answer.content.decode()
        assert "Néang" not in answer.content.decode()


def test_numbers_stand_in_no_address(officer: Client, case: Case) -> None:
    assert case.reference not in officer.get(SEARCH, {"q": NUMBER}).content.decode()
    answer = officer.post(SEARCH, {"q": NUMBER})
    assert NUMBER not in answer["Location"]
    assert "0918123456" not in str([*officer.post(SEARCH, {"q": "0918123456"}).headers.items()])
    assert NUMBER not in str(list(Event.objects.values("change", "object_ref")))


def test_more_than_ten_hits_lead_to_the_list(
    officer: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    made.draft_list(made.staff(), rows=12)
    officer.post(SEARCH, {"q": "nguyen van nguoi"})
    with django_assert_max_num_queries(15):
        answer = officer.post(SEARCH, {"q": "nguyen van nguoi"})
    people_found, cases_found = answer.context["groups"][:2]
    assert (len(people_found.hits), people_found.has_more) == (10, True)
    assert people_found.more_url == f"{reverse('beneficiaries:person_list')}?q=nguyen+van+nguoi"
    assert (len(cases_found.hits), cases_found.has_more) == (10, True)
    assert cases_found.more_url == f"{reverse('support_programs:case_list')}?q=nguyen+van+nguoi"


@pytest.mark.parametrize("typed", ["Kha Mỹ Lương", "ap my luong kha", "Sóc Kha 1978", "kha 04/03/1978"])
def test_a_name_with_hamlet_or_birth_finds_the_case(officer: Client, case: Case, typed: str) -> None:
    Person.objects.filter(pk=case.person_id).update(full_name="Néang Sóc Kha", name_key="neang soc kha")
    assert case.reference in officer.post(SEARCH, {"q": typed}).content.decode()


@pytest.mark.parametrize("typed", ["Kha Mỹ Lươn An", "Sóc Kha 1979", "kha 05/03/1978", "kha 413"])
def test_what_narrows_a_name_wrongly_finds_nothing(officer: Client, case: Case, typed: str) -> None:
    Person.objects.filter(pk=case.person_id).update(full_name="Néang Sóc Kha", name_key="neang soc kha")
    assert case.reference not in officer.post(SEARCH, {"q": typed}).content.decode()


def test_the_nearest_case_comes_first(officer: Client) -> None:
    rows = list(Case.objects.filter(case_list=made.draft_list(made.staff(), rows=3)).order_by("pk"))
    for row, name in zip(rows, ("Lê Thị Lan Trần", "Trần Thị Lân", "Trần Thị Lan"), strict=True):
        Case.objects.filter(pk=row.pk).update(applicant_name=name, name_key=search_key(name))
    cases = officer.post(SEARCH, {"q": "Trần Thị Lan"}).context["groups"][-1]
    assert [hit.title for hit in cases.hits] == ["Trần Thị Lan", "Trần Thị Lân", "Lê Thị Lan Trần"]


def test_a_number_with_two_cases_opens_the_person(officer: Client, case: Case) -> None:
    second = Case.objects.get(pk=case.pk)
    second.pk, second.reference, second.period, second.status = None, "HS-2021-00000998", "2", "draft"
    second.import_row = second.case_list = second.position = None
    second.save(force_insert=True)
    assert case.person
    assert officer.post(SEARCH, {"q": NUMBER})["Location"] == reverse(
        "beneficiaries:person_page", args=[case.person.reference]
    )


def test_a_number_without_a_case_opens_the_person(officer: Client) -> None:
    people_only = Person.objects.create(
        reference="NT-2021-00000017",
        area_code=people.COMMUNE,
        full_name="Trần Thị Lan",
        name_key="tran thi lan",
        name_sort=sort_key("Trần Thị Lan"),
    )
    IdentityDocument.objects.create(
        person=people_only,
        area_code=people.COMMUNE,
        kind="CCCD",
        number_encrypted=crypto.encrypt("number", NUMBER),
        number_index=crypto.blind_index("number", NUMBER),
        number_last3="412",
    )
    answer = officer.post(SEARCH, {"q": NUMBER})
    assert answer["Location"] == reverse("beneficiaries:person_page", args=[people_only.reference])


def test_the_reference_of_a_case_names_its_person(case: Case) -> None:
    seen = search_people(read_query(case.reference), people.user(Role.DISTRICT_OFFICER))
    assert [each.person_id for each in seen] == [case.person_id]
    outside = people.user(Role.DISTRICT_OFFICER, area=people.OUTSIDE_DISTRICT)
    assert search_people(read_query(case.reference), outside) == []


def test_nothing_found_says_where_and_offers_near_names(officer: Client, case: Case) -> None:
    Person.objects.filter(pk=case.person_id).update(full_name="Huỳnh Văn Phước", name_key="huynh van phuoc")
    answer = officer.post(SEARCH, {"q": "Hoàng Văn Phước"})
    html = answer.content.decode()
    assert "Không tìm thấy “Hoàng Văn Phước” tại huyện Phú Tân" in html
    assert [hit.title for hit in answer.context["nothing"].near.hits] == ["Huỳnh Văn Phước"]
    assert "Tên gần giống" in html
    unknown = officer.post(SEARCH, {"q": "089193000999"}).content.decode()
    assert "Không tìm thấy số này tại huyện Phú Tân" in unknown


@pytest.mark.parametrize(
    ("q", "is_there"), [("kha 412", True), ("kha 413", False), ("Sóc Kha 1978", True), ("kha 1979", False)]
)
def test_the_list_of_cases_is_narrowed_alike(officer: Client, case: Case, q: str, is_there: bool) -> None:
    html = officer.get(reverse("support_programs:case_list"), {"q": q}).content.decode()
    assert (case.reference in html) is is_there
