"""The list of people and one person's page: who sees what, what is found, what stays out of addresses."""

import datetime as dt
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from accounts.enums import Role
from accounts.models import User
from beneficiaries.models import PayoutAccount, Person
from beneficiaries.queries.people import LISTED
from core.models import Event
from tests.beneficiaries.views.people_forms import posted
from tests.factories import registered
from tests.factories.people import (
    COMMUNE,
    DISTRICT,
    OTHER_COMMUNE,
    OUTSIDE_COMMUNE,
    OUTSIDE_DISTRICT,
    PROVINCE,
    user,
)

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]


@pytest.fixture
def as_(client: Client) -> SignIn:
    def sign_in(person: User) -> Client:
        client.force_login(person)
        return client

    return sign_in


def text_of(response: HttpResponse) -> str:
    return " ".join(response.content.decode().split())


def names_on(response: HttpResponse) -> list[str]:
    return re.findall(r'<a class="name" href="/people/NT-[^"]+">([^<]+)</a>', response.content.decode())


@pytest.fixture
def binh() -> Person:
    return registered.person("Trần Văn Bình", number="089078000123", phone="0913456789")


class TestList:
    def test_the_people_of_the_area_commune_by_commune_in_vietnamese_order(self, as_: SignIn) -> None:
        for name, area in (
            ("Trần Văn Bình", COMMUNE),
            ("Lê Thị Ánh", COMMUNE),
            ("Đỗ Văn An", OTHER_COMMUNE),
            ("Người Nơi Khác", OUTSIDE_COMMUNE),
        ):
            registered.person(name, area=area)
        client = as_(user(Role.DISTRICT_OFFICER))
        assert names_on(client.get("/people/")) == ["Lê Thị Ánh", "Trần Văn Bình", "Đỗ Văn An"]
        assert names_on(client.get(f"/people/?area={OTHER_COMMUNE}")) == ["Đỗ Văn An"]
        # another area than one's own is no filter
        assert len(names_on(client.get(f"/people/?area={OUTSIDE_COMMUNE}"))) == 3

    def test_numbers_are_masked_and_registers_are_named(self, as_: SignIn, binh: Person) -> None:
        registered.entry(binh)
        page = text_of(as_(user(Role.COMMUNE_OFFICER)).get("/people/"))
        assert "••• ••• ••• 123" in page
        assert "089078000123" not in page
        assert "Lao động tự do" in page

    def test_an_ended_entry_is_no_chip(self, as_: SignIn, binh: Person) -> None:
        registered.entry(binh, valid_to=dt.date(2021, 8, 31))
        rows = as_(user(Role.COMMUNE_OFFICER)).get("/people/").context["page"].object_list
        assert [row.statuses for row in rows] == [()]

    def test_who_was_joined_stands_under_their_root(self, as_: SignIn, binh: Person) -> None:
        twin = registered.person("Trần Văn Bính", joined_to=binh)
        registered.entry(twin)
        page = as_(user(Role.COMMUNE_OFFICER)).get("/people/")
        assert names_on(page) == ["Trần Văn Bình"]
        assert "Đã gộp: Trần Văn Bính" in text_of(page)
        assert page.context["page"].paginator.count == 1
        assert len(page.context["page"].object_list[0].statuses) == 1

    @pytest.mark.parametrize("people", [1, 3])
    def test_the_number_of_queries_does_not_grow(
        self, people: int, as_: SignIn, django_assert_max_num_queries: Any
    ) -> None:
        for _ in range(people):
            registered.entry(registered.person())
        client = as_(user(Role.COMMUNE_OFFICER))
        client.get("/people/")
        with django_assert_max_num_queries(16):
            assert len(names_on(client.get("/people/"))) == people

    def test_pages_of_25_50_and_100(self, as_: SignIn) -> None:
        for _ in range(27):
            registered.person()
        client = as_(user(Role.COMMUNE_OFFICER))
        assert len(names_on(client.get("/people/"))) == 25
        assert len(names_on(client.get("/people/?page=2"))) == 2
        assert len(names_on(client.get("/people/?size=50"))) == 27

    def test_of_a_large_area_the_first_are_listed_and_the_page_says_so(self, as_: SignIn) -> None:
        Person.objects.bulk_create(
            Person(
                reference=f"NT-2020-{number:08d}",
                area_code=COMMUNE,
                full_name="Nguyễn Văn An",
                name_key="nguyen van an",
                name_sort=f"{number:06d}",
            )
            for number in range(LISTED + 1)
        )
        page = as_(user(Role.COMMUNE_OFFICER)).get("/people/?page=400")
        assert (page.context["page"].paginator.count, len(names_on(page))) == (LISTED, 25)
        assert "Chỉ liệt kê 10.000 người đầu" in text_of(page)


class TestSearch:
    def test_words_go_into_the_address_and_are_found_without_marks(self, as_: SignIn, binh: Person) -> None:
        registered.person("Nguyễn Thị Sen")
        client = as_(user(Role.COMMUNE_OFFICER))
        answer = client.post("/people/", {"q": "binh tran"})
        assert (answer.status_code, answer["Location"]) == (302, "/people/?q=binh+tran&area=")
        assert names_on(client.get(answer["Location"])) == ["Trần Văn Bình"]

    @pytest.mark.parametrize("typed", ["089078000123", "089 078 000 123", "0913456789"])
    def test_a_number_or_telephone_opens_its_only_person_and_no_address_holds_it(
        self, typed: str, as_: SignIn, binh: Person
    ) -> None:
        answer = as_(user(Role.AUDITOR)).post("/people/", {"q": typed})
        assert (answer.status_code, answer["Location"]) == (302, f"/people/{binh.reference}/")

    def test_a_telephone_of_two_is_listed_at_once(self, as_: SignIn, binh: Person) -> None:
        registered.person("Trần Thị Cúc", phone="0913456789", sex="F", number="089178000222")
        answer = as_(user(Role.COMMUNE_OFFICER)).post("/people/", {"q": "0913456789"})
        assert answer.status_code == 200
        assert sorted(names_on(answer)) == ["Trần Thị Cúc", "Trần Văn Bình"]
        assert "q=0913456789" not in answer.content.decode()

    def test_what_has_no_address_is_answered_on_one_page(self, as_: SignIn) -> None:
        for _ in range(30):
            registered.person()
        client = as_(user(Role.COMMUNE_OFFICER))
        answer = client.post("/people/", {"q": "04/03/1978"})
        assert (answer.status_code, len(names_on(answer))) == (200, 30)
        assert "page=2" not in answer.content.decode()

    def test_a_chosen_commune_stays_in_the_address(self, as_: SignIn) -> None:
        answer = as_(user(Role.DISTRICT_OFFICER)).post("/people/", {"q": "", "area": OTHER_COMMUNE})
        assert answer["Location"] == f"/people/?q=&area={OTHER_COMMUNE}"

    def test_a_number_or_telephone_in_an_address_is_not_searched(self, as_: SignIn, binh: Person) -> None:
        client = as_(user(Role.COMMUNE_OFFICER))
        assert client.get("/people/?q=089078000123")["Location"] == "/people/"
        answer = client.get("/people/?q=0913456789")
        assert (answer.status_code, names_on(answer)) == (200, ["Trần Văn Bình"])
        assert "Hãy gõ số vào ô tìm" in text_of(answer)
        assert 'value="0913456789"' not in answer.content.decode()

    def test_nobody_found_says_where_to_look(self, as_: SignIn, binh: Person) -> None:
        page = text_of(as_(user(Role.COMMUNE_OFFICER)).get("/people/?q=Lâm Chấn Khang"))
        assert "Không tìm thấy ai" in page

    def test_others_people_are_not_found(self, as_: SignIn, binh: Person) -> None:
        client = as_(user(Role.COMMUNE_OFFICER, area=OUTSIDE_COMMUNE))
        for typed in ("089078000123", "0913456789"):
            assert names_on(client.post("/people/", {"q": typed})) == []
        assert names_on(client.get("/people/?q=Trần Văn Bình")) == []


class TestPage:
    def test_papers_accounts_and_changes_with_who_and_why(self, as_: SignIn, binh: Person) -> None:
        registered.paper(binh, "351234567", is_current=False)
        registered.account(binh, valid_to=dt.date(2021, 9, 1))
        registered.account(
            binh, "6700205123456", holder_name="TRAN THI CUC", change_reason="Mở tài khoản khác",
            valid_from=dt.date(2021, 9, 2),
        )  # fmt: skip
        registered.entry(binh, decision_number="12/QĐ-UBND")
        client = as_(user(Role.COMMUNE_OFFICER, name="Lê Tấn Đạt"))
        client.post(f"/people/{binh.reference}/correct/", posted(binh, full_name="Trần Văn Bính"))
        page = text_of(client.get(f"/people/{binh.reference}/"))
        for words in (
            "Trần Văn Bính",
            "••• ••• ••• 123",
            "••• ••• ••• 567",
            "••• ••• ••• 456",
            "Khác họ tên",
            "Mở tài khoản khác",
            "01/08/2021 – 01/09/2021",
            "Lao động tự do: Bán vé số lưu động",
            "Quyết định 12/QĐ-UBND",
            "Họ và tên: Trần Văn Bình → Trần Văn Bính",
            "Đối chiếu thẻ",
            "Lê Tấn Đạt",
        ):
            assert words in page, words
        for number in ("089078000123", "351234567", "6700205123456"):
            assert number not in page

    def test_a_joined_entry_names_its_root_and_offers_no_change(self, as_: SignIn, binh: Person) -> None:
        twin = registered.person("Trần Văn Bính", joined_to=binh, number="351234567")
        client = as_(user(Role.COMMUNE_OFFICER))
        page = text_of(client.get(f"/people/{twin.reference}/"))
        assert "Mục này đã gộp vào" in page
        assert f"/people/{twin.reference}/correct/" not in page
        whole = text_of(client.get(f"/people/{binh.reference}/"))
        assert "Đã gộp vào người này" in whole
        assert "••• ••• ••• 567" in whole

    @pytest.mark.parametrize(("rows", "most"), [(1, 45), (4, 45)])
    def test_the_number_of_queries_does_not_grow(
        self, rows: int, most: int, as_: SignIn, binh: Person, django_assert_max_num_queries: Any
    ) -> None:
        for number in range(rows):
            registered.paper(binh, f"35123456{number}", is_current=False)
            registered.account(binh, f"670020512345{number}", valid_to=dt.date(2021, 9, 1))
            registered.entry(
                binh, valid_from=dt.date(2020, number + 1, 1), valid_to=dt.date(2020, number + 1, 9)
            )
        client = as_(user(Role.COMMUNE_OFFICER))
        client.get(f"/people/{binh.reference}/")
        with django_assert_max_num_queries(most):
            assert client.get(f"/people/{binh.reference}/").status_code == 200

    @pytest.mark.parametrize(
        ("role", "area", "offered"),
        [
            (Role.COMMUNE_OFFICER, COMMUNE, True),
            (Role.DISTRICT_OFFICER, DISTRICT, True),
            (Role.ACCOUNTANT, DISTRICT, False),
            (Role.AUDITOR, PROVINCE, False),
        ],
    )
    def test_who_reads_and_who_changes(
        self, role: Role, area: str, offered: bool, as_: SignIn, binh: Person
    ) -> None:
        client = as_(user(role, area=area))
        address = f"/people/{binh.reference}/"
        page = client.get(address)
        assert page.status_code == 200
        assert (f"{address}correct/" in page.content.decode()) == offered
        for act in ("correct", "number", "account", "account/end"):
            assert client.get(f"{address}{act}/").status_code == (200 if offered else 403)

    def test_an_outsider_gets_404_and_changes_nothing(self, as_: SignIn, binh: Person) -> None:
        registered.account(binh)
        before = Person.objects.filter(pk=binh.pk).values().get()
        last = Event.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
        client = as_(user(Role.DISTRICT_OFFICER, area=OUTSIDE_DISTRICT))
        for act in ("", "correct/", "number/", "account/", "account/end/"):
            address = f"/people/{binh.reference}/{act}"
            assert client.get(address).status_code == 404
            if act:
                assert client.post(address, posted(binh, full_name="Kẻ Lạ")).status_code == 404
        assert Person.objects.filter(pk=binh.pk).values().get() == before
        assert PayoutAccount.objects.get(person=binh).valid_to is None
        assert set(Event.objects.filter(pk__gt=last).values_list("action", flat=True)) == {"access.denied"}
