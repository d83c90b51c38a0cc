"""Without script, too, no identity number stays in an address."""

import pytest
from django.contrib.messages import get_messages

from accounts.enums import Role
from core.text import is_number
from tests.factories.people import user
from tests.security.walking import signed_in

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("path", ["/cases/", "/lists/", "/employers/", "/registers/merit/", "/households/"])
@pytest.mark.parametrize("typed", ["089085000111", "089 085 000 111", "351.234.561", "An 089085000111"])
def test_a_list_searched_by_number_is_shown_without_it(path: str, typed: str) -> None:
    answer = signed_in(user(Role.DISTRICT_OFFICER)).get(path, {"q": typed, "page": "2"})
    assert (answer.status_code, answer.headers["Location"]) == (302, f"{path}?page=2")
    assert [str(message) for message in get_messages(answer.wsgi_request)] == [
        "Để tìm bằng số CCCD, CMND, bạn dùng ô tìm ở đầu trang."
    ]


@pytest.mark.parametrize("typed", ["Nguyễn Văn An", "HS-2021-00001236", "1600000001", "0912345678", ""])
def test_other_texts_are_searched(typed: str) -> None:
    assert not is_number(typed)
    assert signed_in(user(Role.DISTRICT_OFFICER)).get("/cases/", {"q": typed}).status_code == 200
