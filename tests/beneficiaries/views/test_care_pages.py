"""Carers, children and stop orders on the pages, and what the page of a person tells of households and registers."""

import datetime as dt

import pytest

from accounts.enums import Role
from beneficiaries.models import Care, Employer, Person, StopOrder
from beneficiaries.services.employers import register_employer
from core.models import Event
from tests.beneficiaries.views.registered import NUMBERS, entry, person, signed_in
from tests.factories.people import COMMUNE, OUTSIDE_DISTRICT, PROVINCE, user

pytestmark = pytest.mark.django_db

ORDER = {
    "decision_number": "1700/UBND-KGVX",
    "decided_on": "08/07/2021",
    "decided_by": "UBND tỉnh An Giang",
    "valid_from": "12/07/2021",
    "place": "quán ăn",
}


def test_a_mother_is_recorded_as_carer_and_the_care_ends() -> None:
    child = person("Nguyễn Văn Tí", "089215000459")
    mother = person("Trần Thị Ánh", NUMBERS[1])
    client = signed_in(Role.COMMUNE_OFFICER)
    new = f"/people/{child.reference}/carers/new/"
    page = client.get(f"/people/{child.reference}/").content.decode()
    for part in (
        "Chưa có trong sổ nào.",
        "Chưa ghi vào hộ nào.",
        new,
        f"/registers/merit/new/?person={child.reference}",
    ):
        assert part in page, part
    found = client.post(new, {"step": "choose", "q": "anh tran"}).content.decode()
    assert f"{new}?person={mother.reference}" in found
    answer = client.post(f"{new}?person={mother.reference}", {"relation": "", "valid_from": "01/02/2021"})
    assert answer.status_code == 422
    assert "Hãy chọn quan hệ của người chăm sóc." in answer.content.decode()
    assert 'value="01/02/2021"' in answer.content.decode()
    typed = {"relation": "mother", "valid_from": "01/02/2021"}
    assert client.post(f"{new}?person={mother.reference}", typed).status_code == 302
    care = Care.objects.get()
    assert (care.person, care.carer, care.relation) == (child, mother, "mother")
    assert "Trần Thị Ánh" in client.get(f"/people/{child.reference}/").content.decode()
    assert "Nguyễn Văn Tí" in client.get(f"/people/{mother.reference}/").content.decode()
    end = f"/people/{child.reference}/carers/{mother.reference}/end/"
    assert client.post(end, {"on": "31/08/2021", "reason": ""}).status_code == 422
    assert client.post(end, {"on": "31/08/2021", "reason": "đi làm xa"}).status_code == 302
    care.refresh_from_db()
    assert (care.valid_to, care.end_reason) == (dt.date(2021, 8, 31), "đi làm xa")
    assert client.get(end).status_code == 404


def test_a_child_is_recorded_from_the_page_of_the_parent() -> None:
    father = person()
    client = signed_in(Role.COMMUNE_OFFICER)
    new = f"/people/{father.reference}/cared-for/new/"
    typed = {
        "new-full_name": "Nguyễn Thị Na",
        "new-dob": "02/09/2018",
        "new-sex": "Nữ",
        "new-address": "Ấp Phú Lợi",
        "relation": "father",
        "valid_from": "02/09/2018",
        "keep": "on",
    }
    assert client.post(new, typed).status_code == 302
    care = Care.objects.get()
    assert (care.carer, care.person.full_name) == (father, "Nguyễn Thị Na")
    answer = client.post(
        f"{new}?person={father.reference}", {"relation": "father", "valid_from": "01/01/2020"}
    )
    assert answer.status_code == 422
    assert "Người chăm sóc phải là người khác." in answer.content.decode()


def test_the_page_of_a_person_tells_the_entries_and_what_they_rest_on() -> None:
    known = person()
    status = entry("social_protection", known)
    page = signed_in(Role.COMMUNE_OFFICER).get(f"/people/{known.reference}/").content.decode()
    for part in (
        f"/registers/social_protection/entries/{status.reference}/",
        "Người khuyết tật nặng",
        "từ 01/07/2021, chưa kết thúc",
        "12/QĐ-UBND",
        "Lập hộ, người này là chủ hộ",
    ):
        assert part in page, part
    reader = signed_in(Role.AUDITOR, area=PROVINCE).get(f"/people/{known.reference}/").content.decode()
    assert "Người khuyết tật nặng" in reader
    assert "/carers/new/" not in reader


def test_outsiders_and_readers_record_no_care() -> None:
    child, mother = person("Nguyễn Văn Tí", "089215000459"), person("Trần Thị Ánh", NUMBERS[1])
    last = Event.objects.latest("pk").pk
    typed = {"relation": "mother", "valid_from": "01/02/2021"}
    for client, code in (
        (signed_in(Role.DISTRICT_OFFICER, area=OUTSIDE_DISTRICT), 404),
        (signed_in(Role.AUDITOR, area=PROVINCE), 403),
        (signed_in(Role.DISTRICT_HEAD), 403),
    ):
        for part in ("carers", "cared-for"):
            path = f"/people/{child.reference}/{part}/new/?person={mother.reference}"
            assert client.get(path).status_code == code
            assert client.post(path, typed).status_code == code
    assert not Care.objects.exists()
    assert not Event.objects.filter(pk__gt=last).exclude(action="access.denied").exists()
    assert Person.objects.count() == 2


# --- stop orders ----------------------------------------------------------------------------------------------------


def eatery() -> Employer:
    typed = {"name": "Quán Hai Lúa", "kind": "household_business", "address": "Ấp Phú Lợi"}
    return register_employer(values=typed, actor=user(Role.COMMUNE_OFFICER))


def test_a_stop_order_stands_on_the_page_of_the_employer_until_it_ends() -> None:
    employer = eatery()
    client = signed_in(Role.COMMUNE_OFFICER)
    new = f"/employers/{employer.reference}/stop-orders/"
    page = client.get(f"/employers/{employer.reference}/").content.decode()
    assert "Chưa ghi lệnh nào buộc đơn vị dừng hoạt động." in page
    assert new in page
    answer = client.post(new, {**ORDER, "decision_number": "", "valid_from": "31/02/2021"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Hãy ghi số văn bản yêu cầu dừng hoạt động." in page
    assert 'value="quán ăn"' in page
    assert client.post(new, ORDER).status_code == 302
    order = StopOrder.objects.get()
    assert (order.employer, order.area_code, order.place) == (employer, COMMUNE, "quán ăn")
    page = client.get(f"/employers/{employer.reference}/").content.decode()
    for part in ("1700/UBND-KGVX", "quán ăn", "từ 12/07/2021, chưa kết thúc", "Ghi hết dừng"):
        assert part in page, part
    end = f"{new}{order.pk}/end/"
    assert client.post(end, {"on": "20/09/2021", "reason": ""}).status_code == 422
    assert client.post(end, {"on": "20/09/2021", "reason": "theo công văn nới lỏng"}).status_code == 302
    order.refresh_from_db()
    assert order.valid_to == dt.date(2021, 9, 20)
    assert client.get(end).status_code == 404
    assert "Ghi hết dừng" not in client.get(f"/employers/{employer.reference}/").content.decode()


def test_the_owner_of_a_household_business_is_chosen_with_a_reason() -> None:
    employer, owner = eatery(), person()
    client = signed_in(Role.COMMUNE_OFFICER)
    address = f"/employers/{employer.reference}/owner/"
    assert address in client.get(f"/employers/{employer.reference}/").content.decode()
    found = client.post(address, {"step": "choose", "q": NUMBERS[0]}).content.decode()
    assert f"{address}?person={owner.reference}" in found
    assert "Ghi người mới" not in found
    chosen = f"{address}?person={owner.reference}"
    assert client.post(chosen, {"reason": ""}).status_code == 422
    assert client.post(chosen, {"reason": "theo giấy đăng ký hộ kinh doanh"}).status_code == 302
    employer.refresh_from_db()
    assert employer.owner == owner
    assert f"/people/{owner.reference}/" in client.get(f"/employers/{employer.reference}/").content.decode()
    assert employer.name in client.get(f"/people/{owner.reference}/").content.decode()
    firm = register_employer(
        values={"name": "Công ty Á Châu", "kind": "enterprise", "tax_code": "0100233488"},
        actor=user(Role.COMMUNE_OFFICER),
    )
    assert client.get(f"/employers/{firm.reference}/owner/").status_code == 404
    reader = signed_in(Role.AUDITOR, area=PROVINCE)
    assert reader.post(chosen, {"reason": "thử"}).status_code == 403
    outsider = signed_in(Role.DISTRICT_OFFICER, area=OUTSIDE_DISTRICT)
    assert outsider.post(chosen, {"reason": "thử"}).status_code == 404


def test_who_does_not_keep_employers_records_no_order() -> None:
    employer = eatery()
    new = f"/employers/{employer.reference}/stop-orders/"
    for client, code in (
        (signed_in(Role.DISTRICT_OFFICER, area=OUTSIDE_DISTRICT), 404),
        (signed_in(Role.AUDITOR, area=PROVINCE), 403),
    ):
        assert client.get(new).status_code == code
        assert client.post(new, ORDER).status_code == code
    assert not StopOrder.objects.exists()
