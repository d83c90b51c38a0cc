"""The search of the masthead over everything that apps registered: what is found, how, and by whom."""

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from accounts.enums import Role
from accounts.models import User
from beneficiaries.models import IdentityDocument
from core import crypto
from core.models import Event
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


@pytest.mark.parametrize("typed", ["neang soc kha", "SÓC KHA", "kha", " Néang  Sóc", "ne"])
def test_names_are_found_without_marks_from_the_start_of_any_word(
    officer: Client, case: Case, typed: str
) -> None:
    html = officer.post(SEARCH, {"q": typed}).content.decode()
    assert "Néang Sóc Kha" in html
    assert case.reference in html
    assert "••• ••• ••• 412" in html
    assert NUMBER not in html


@pytest.mark.parametrize("typed", ["oc kha", "kha neang", "n", "", "  ", "089193000413", "412", "%", "_"])
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
    group = answer.context["groups"][0]
    assert (len(group.hits), group.has_more) == (10, True)
    assert group.more_url == f"{reverse('support_programs:case_list')}?q=nguyen+van+nguoi"
