"""The frame of every page: language, errors, style guide."""

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from accounts.enums import Role
from tests.factories import people


@pytest.fixture
def signed_in(client: Client) -> Client:
    client.force_login(
        people.user(Role.DISTRICT_OFFICER), backend="django.contrib.auth.backends.ModelBackend"
    )
    return client


def test_pages_are_vietnamese_whatever_the_browser_prefers(client: Client) -> None:
    response = client.get("/sign-in/", headers={"Accept-Language": "en-US,en"})
    assert '<html lang="vi">' in response.content.decode()
    assert response.headers["Content-Language"] == "vi"


def test_english_is_a_choice_that_stays(client: Client) -> None:
    assert client.post("/language/", {"language": "en", "next": "/sign-in/"})["Location"] == "/sign-in/"
    html = client.get("/sign-in/").content.decode()
    assert '<html lang="en">' in html
    assert "Account name" in html


def test_the_style_guide_is_closed_to_strangers_outside_the_demo(client: Client, settings: Settings) -> None:
    assert client.get("/styleguide/").status_code == 404
    settings.DEMO = True
    assert client.get("/styleguide/").status_code == 200


@pytest.mark.django_db
def test_the_style_guide_shows_every_state(signed_in: Client) -> None:
    html = signed_in.get("/styleguide/").content.decode()
    for word in ("Nghi trùng", "Đã khóa đối soát", "Bị trả lại", "Chi chưa được", "Chưa đủ dữ liệu"):
        assert word in html


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address", ["/grievances/?q=%00", "/cases/a%00b/", "/cases/new/LD_TU_DO/?person=a%00"]
)
def test_an_address_that_no_database_takes_is_refused(signed_in: Client, address: str) -> None:
    assert signed_in.get(address).status_code == 400


@pytest.mark.django_db
def test_a_missing_page_says_what_may_be_wrong_and_offers_a_way_out(signed_in: Client) -> None:
    response = signed_in.get("/cases/HS-2021-99999999/")
    assert response.status_code == 404
    assert "Có thể mã hồ sơ gõ sai hoặc thuộc đơn vị khác." in response.content.decode()


def test_an_old_form_says_that_nothing_was_saved() -> None:
    response = Client(enforce_csrf_checks=True).post("/sign-in/", {"username": "a", "password": "b"})
    assert response.status_code == 403
    assert "Trang đã cũ, chưa lưu được" in response.content.decode()


def test_pages_forbid_inline_script_and_style(client: Client) -> None:
    policy = client.get("/sign-in/").headers["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "default-src 'self'" in policy


@pytest.mark.django_db
def test_the_address_of_a_form_gives_a_way_out() -> None:
    client = Client()
    client.force_login(
        people.user(Role.DISTRICT_OFFICER), backend="django.contrib.auth.backends.ModelBackend"
    )
    answer = client.get("/cases/bulk/")
    assert (answer.status_code, answer.headers["Allow"]) == (405, "POST")
    assert "Về việc của tôi" in answer.content.decode()
