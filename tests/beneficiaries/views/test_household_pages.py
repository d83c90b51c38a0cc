"""Households on the pages: an entry with its household, members who come, move and leave, another head, corrections."""

import datetime as dt

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from accounts.enums import Role
from beneficiaries.models import Household, HouseholdMember, Person, Status
from core.models import Event
from tests.beneficiaries.views.registered import NUMBERS, person, signed_in
from tests.factories.people import COMMUNE, OUTSIDE_COMMUNE, OUTSIDE_DISTRICT, PROVINCE

pytestmark = pytest.mark.django_db

NEW = "/registers/poor_households/new/"
POOR = {"category": "poor", "year": "2021", "monthly_income": "650.000", "decision_number": "03/QĐ-UBND"}
FIELDS = {"code": "PM-017", "hamlet": "Ấp Phú Lợi", "member_from": "01/01/2020"}


def household(client: Client, head: Person | None = None, **typed: str) -> Household:
    head = head or person()
    sent = {**FIELDS, **POOR, "keep": "on", **typed}
    answer = client.post(f"{NEW}?head={head.reference}", sent)
    assert answer.status_code == 302, answer.content.decode()
    return Household.objects.latest("pk")


def added(client: Client, home: Household, somebody: Person, relation: str = "con", **typed: str) -> None:
    address = f"/households/{home.reference}/members/new/?person={somebody.reference}"
    sent = {"relation": relation, "valid_from": "01/01/2020", **typed}
    answer = client.post(address, sent)
    assert answer.status_code == 302, answer.content.decode()


def test_an_entry_of_a_new_household_is_typed_with_its_head() -> None:
    client = signed_in(Role.COMMUNE_OFFICER)
    head = person()
    assert "Hộ nào?" in client.get(NEW).content.decode()
    found = client.post(NEW, {"step": "choose", "q": "bay"}).content.decode()
    assert f"{NEW}?head={head.reference}" in found
    assert "Lập hộ mới, là chủ hộ" in found
    form = client.get(f"{NEW}?head={head.reference}").content.decode()
    for part in ("Mã hộ", "Năm công nhận", "Hộ cận nghèo", 'value="Ấp Phú Lợi"'):
        assert part in form, part
    home = household(client, head)
    status = Status.objects.get()
    assert (home.code, home.head_name, home.area_code) == ("PM-017", "Nguyễn Văn Bảy", COMMUNE)
    assert (status.household, status.category) == (home, "poor")
    assert (status.valid_from, status.valid_to) == (dt.date(2021, 1, 1), dt.date(2021, 12, 31))
    page = client.get(f"/households/{home.reference}/").content.decode()
    for part in ("Hộ của Nguyễn Văn Bảy", "PM-017", "Chủ hộ", "Hộ nghèo", "03/QĐ-UBND"):
        assert part in page, part
    entry = client.get(f"/registers/poor_households/entries/{status.reference}/").content.decode()
    assert "Chuẩn nghèo áp dụng" in entry
    assert f"/households/{home.reference}/" in entry


def test_a_known_household_is_chosen_by_its_number_or_by_anybody_in_it() -> None:
    client = signed_in(Role.COMMUNE_OFFICER)
    home = household(client)
    added(client, home, person("Trần Thị Ánh", NUMBERS[1]), "vợ")
    for text in ("PM-017", "anh tran", home.reference):
        found = client.post(NEW, {"step": "choose", "q": text}).content.decode()
        assert f"{NEW}?household={home.reference}" in found, text
        assert "Lập hộ mới, là chủ hộ" not in found
    address = f"{NEW}?household={home.reference}"
    assert "Nguyễn Văn Bảy" in client.get(address).content.decode()
    answer = client.post(address, {**POOR, "keep": "on"})
    assert answer.status_code == 422
    assert "Đã có mục" in answer.content.decode()
    assert client.post(address, {**POOR, "year": "2020", "keep": "on"}).status_code == 302
    assert Status.objects.filter(household=home).count() == 2
    # the register's list finds the household by its wife too
    listed = client.get("/registers/poor_households/?q=tran anh").content.decode()
    assert home.reference in listed
    assert home.reference not in client.get("/registers/poor_households/?q=le quy").content.decode()
    assert home.reference not in client.get("/registers/poor_households/?year=2020").content.decode()
    ended = client.get("/registers/poor_households/?year=2020&state=ended").content.decode()
    assert home.reference in ended


def test_a_household_with_a_new_head_is_refused_as_a_whole() -> None:
    client = signed_in(Role.COMMUNE_OFFICER)
    new_head = {
        "new-full_name": "Nguyễn Văn Bảy",
        "new-dob": "05/03/1985",
        "new-sex": "Nam",
        "new-id_number": NUMBERS[0],
        "new-address": "Ấp Phú Lợi",
    }
    answer = client.post(NEW, {**new_head, **FIELDS, "category": "poor", "member_from": ""})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Hãy ghi năm công nhận." in page
    assert "Hãy ghi ngày chủ hộ ở hộ này." in page
    assert 'value="PM-017"' in page
    assert (Person.objects.count(), Household.objects.count()) == (0, 0)
    answer = client.post(NEW, {**new_head, **FIELDS, **POOR, "keep": "on"})
    assert answer.status_code == 302
    assert Household.objects.get().head_name == "Nguyễn Văn Bảy"


def test_a_household_without_an_entry_and_one_number_per_commune() -> None:
    client = signed_in(Role.COMMUNE_OFFICER)
    head = person()
    assert "Chủ hộ là ai?" in client.get("/households/new/").content.decode()
    answer = client.post(f"/households/new/?head={head.reference}", FIELDS)
    home = Household.objects.get()
    assert answer["Location"] == f"/households/{home.reference}/"
    other = person("Trần Thị Ánh", NUMBERS[1])
    answer = client.post(f"/households/new/?head={other.reference}", FIELDS)
    assert answer.status_code == 422
    assert "Mã hộ này đã ghi cho hộ" in answer.content.decode()
    listed = client.get("/households/?q=bay").content.decode()
    assert "Nguyễn Văn Bảy" in listed
    assert "PM-017" in listed
    assert "Không tìm thấy hộ nào" in client.get("/households/?q=khong").content.decode()
    assert Household.objects.count() == 1


def test_members_come_move_with_a_reason_and_leave_with_a_reason() -> None:
    client = signed_in(Role.COMMUNE_OFFICER)
    home = household(client)
    child = person("Nguyễn Văn Tí", "089210000459")
    page = f"/households/{home.reference}/members/new/"
    found = client.post(page, {"step": "choose", "q": "ti nguyen"}).content.decode()
    assert f"{page}?person={child.reference}" in found
    answer = client.post(f"{page}?person={child.reference}", {"relation": "", "valid_from": "01/01/2020"})
    assert answer.status_code == 422
    assert "Hãy ghi quan hệ với chủ hộ" in answer.content.decode()
    added(client, home, child)
    other = household(client, person("Trần Thị Ánh", NUMBERS[1]), code="PM-018")
    move = f"/households/{other.reference}/members/new/?person={child.reference}"
    assert f"Người này đang ở hộ {home.reference} của Nguyễn Văn Bảy" in client.get(move).content.decode()
    answer = client.post(move, {"relation": "con nuôi", "valid_from": "01/09/2021"})
    assert answer.status_code == 422
    assert "Hãy ghi lý do." in answer.content.decode()
    answer = client.post(
        move, {"relation": "con nuôi", "valid_from": "01/09/2021", "move_reason": "nhận con nuôi"}
    )
    assert answer.status_code == 302
    stays = HouseholdMember.objects.filter(person=child).order_by("pk")
    assert [(stay.household, stay.valid_to) for stay in stays] == [
        (home, dt.date(2021, 8, 31)),
        (other, None),
    ]
    left = client.get(f"/households/{home.reference}/").content.decode()
    assert "Trước đây trong hộ" in left
    assert "nhận con nuôi" in left
    leave = f"/households/{other.reference}/members/{child.reference}/end/"
    answer = client.post(leave, {"on": "20/09/2021", "reason": ""})
    assert answer.status_code == 422
    assert "Hãy ghi lý do." in answer.content.decode()
    assert client.post(leave, {"on": "20/09/2021", "reason": "lập hộ riêng"}).status_code == 302
    assert client.get(leave).status_code == 404
    assert not HouseholdMember.objects.filter(person=child, valid_to__isnull=True).exists()


def test_a_child_without_a_number_becomes_a_member() -> None:
    client = signed_in(Role.COMMUNE_OFFICER)
    home = household(client)
    page = f"/households/{home.reference}/members/new/"
    form = client.post(page, {"step": "choose", "q": "Nguyễn Thị Na 2018", "new": "1"}).content.decode()
    assert 'value="Nguyễn Thị Na"' in form
    typed = {
        "new-full_name": "Nguyễn Thị Na",
        "new-dob": "02/09/2018",
        "new-sex": "Nữ",
        "new-address": "Ấp Phú Lợi",
        "relation": "con",
        "valid_from": "02/09/2020",
    }
    answer = client.post(page, typed)
    assert answer.status_code == 422
    assert 'name="keep"' in answer.content.decode()
    assert client.post(page, {**typed, "keep": "on"}).status_code == 302
    child = Person.objects.get(full_name="Nguyễn Thị Na")
    assert not child.identity_documents.exists()
    assert HouseholdMember.objects.get(person=child).relation == "con"


def test_another_head_and_a_correction() -> None:
    client = signed_in(Role.COMMUNE_OFFICER)
    home = household(client)
    wife = person("Trần Thị Ánh", NUMBERS[1])
    added(client, home, wife, "vợ")
    head = f"/households/{home.reference}/head/"
    assert "Trần Thị Ánh" in client.get(head).content.decode()
    typed = {"person": wife.reference, "relation_of_former": "chồng", "on": "01/09/2021", "reason": ""}
    answer = client.post(head, typed)
    assert answer.status_code == 422
    assert 'value="chồng"' in answer.content.decode()
    assert client.post(head, {**typed, "reason": "chồng đi làm xa"}).status_code == 302
    home.refresh_from_db()
    assert home.head_name == "Trần Thị Ánh"
    correct = f"/households/{home.reference}/correct/"
    changed = {"code": "PM-018", "hamlet": "Ấp Phú Quý", "address": "", "version": str(home.version)}
    answer = client.post(correct, changed)
    assert answer.status_code == 422
    assert client.post(correct, {**changed, "reason": "ghi sai mã"}).status_code == 302
    home.refresh_from_db()
    assert (home.code, home.hamlet) == ("PM-018", "Ấp Phú Quý")
    answer = client.post(correct, {**changed, "code": "PM-019", "reason": "lại nữa"})
    assert answer.status_code == 422
    assert "Có người vừa sửa bản ghi này." in answer.content.decode()


def test_an_outsider_finds_no_household_and_a_reader_no_forms() -> None:
    client = signed_in(Role.COMMUNE_OFFICER)
    home = household(client)
    wife = person("Trần Thị Ánh", NUMBERS[1])
    added(client, home, wife, "vợ")
    base = f"/households/{home.reference}/"
    pages = [base, *(f"{base}{part}/" for part in ("correct", "head", "members/new"))]
    pages.append(f"{base}members/{wife.reference}/end/")
    last = Event.objects.latest("pk").pk
    outsider = signed_in(Role.DISTRICT_OFFICER, area=OUTSIDE_DISTRICT)
    reader = signed_in(Role.AUDITOR, area=PROVINCE)
    typed = {"relation": "con", "valid_from": "01/01/2020", "on": "01/09/2021", "reason": "thử"}
    for path in pages:
        assert outsider.get(path).status_code == 404, path
        assert outsider.post(path, typed).status_code in (404, 405), path
        assert reader.get(path).status_code == (200 if path == base else 403), path
        assert reader.post(path, typed).status_code in (403, 405), path
    assert "members/new" not in reader.get(base).content.decode()
    neighbour = signed_in(Role.COMMUNE_OFFICER, area=OUTSIDE_COMMUNE)
    assert neighbour.get(f"{NEW}?household={home.reference}").status_code == 404
    assert not Event.objects.filter(pk__gt=last).exclude(action="access.denied").exists()


@pytest.mark.parametrize("homes", [1, 3])
def test_the_list_of_households_asks_as_many_questions_for_three_as_for_one(
    homes: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client = signed_in(Role.COMMUNE_OFFICER)
    for place, number in enumerate(NUMBERS[:homes]):
        household(client, person(f"Lê Văn {'ABCD'[place]}n", number), code=f"PM-{place}")
    client.get("/households/")
    with django_assert_num_queries(11):
        client.get("/households/")
