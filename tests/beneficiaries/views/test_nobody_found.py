"""What the list of people says when nobody fits: where it looked, the wider area, names that are near."""

import pytest
from django.test import Client
from django.urls import reverse

from accounts.enums import Role
from accounts.models import User
from tests.beneficiaries.queries.register_of_people import person
from tests.factories import people

pytestmark = pytest.mark.django_db

LIST = reverse("beneficiaries:person_list")
NUMBER = "089193000412"


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def district() -> Client:
    return signed_in(people.user(Role.DISTRICT_OFFICER))


def test_the_wider_area_is_offered_and_searched(district: Client) -> None:
    person("Lâm Chấn Khang", area=people.OTHER_COMMUNE)
    html = district.get(LIST, {"q": "Lâm Chấn Khang", "area": people.COMMUNE}).content.decode()
    assert "Không tìm thấy ai khớp với “Lâm Chấn Khang” tại thị trấn Phú Mỹ" in html
    assert "Tìm trong cả huyện Phú Tân" in html
    wider = district.post(LIST, {"q": "Lâm Chấn Khang"}, follow=True).content.decode()
    assert "Lâm Chấn Khang</a>" in wider


def test_nobody_is_offered_more_than_they_see(district: Client) -> None:
    person("Lâm Chấn Khang", area=people.OUTSIDE_COMMUNE)
    html = district.get(LIST, {"q": "Lâm Chấn Khang"}).content.decode()
    assert "Không tìm thấy ai khớp với “Lâm Chấn Khang” tại huyện Phú Tân" in html
    assert "Tìm trong cả" not in html
    commune = signed_in(people.user(Role.COMMUNE_OFFICER))
    assert "Tìm trong cả" not in commune.get(LIST, {"q": "Lâm Chấn Khang"}).content.decode()


def test_the_province_is_wider_than_a_district() -> None:
    desk = signed_in(people.user(Role.PROVINCIAL_REVIEWER))
    html = desk.get(LIST, {"q": "Lâm Chấn Khang", "area": people.DISTRICT}).content.decode()
    assert "tại huyện Phú Tân" in html
    assert "Tìm trong cả tỉnh An Giang" in html


def test_a_near_name_leads_to_its_person(district: Client) -> None:
    seen = person("Huỳnh Văn Phước")
    html = district.get(LIST, {"q": "Hoàng Văn Phước"}).content.decode()
    assert "Tên gần giống" in html
    assert reverse("beneficiaries:person_page", args=[seen.reference]) in html


def test_a_number_is_not_repeated(district: Client) -> None:
    html = district.post(LIST, {"q": NUMBER, "area": people.COMMUNE}).content.decode()
    assert "Không tìm thấy ai khớp với số này tại thị trấn Phú Mỹ" in html
    assert f"“{NUMBER}”" not in html
    assert "Tìm trong cả huyện Phú Tân" in html


def test_an_unclear_text_is_said_to_be_so(district: Client) -> None:
    html = district.get(LIST, {"q": "412"}).content.decode()
    assert "Chưa rõ bạn cần tìm ai" in html
