"""The queue of pairs and the page that compares two people: what each role sees, what an answer does, what nobody may do."""

import datetime as dt
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from accounts.enums import Role
from accounts.models import User
from beneficiaries.models import DuplicateCandidate, Person, PersonJoin
from beneficiaries.services.duplicates.answering import answer_pair
from tests.factories import payments as make
from tests.factories import registered
from tests.factories.pairs import pair
from tests.factories.people import COMMUNE, OTHER_COMMUNE, OUTSIDE_COMMUNE, OUTSIDE_DISTRICT, user

pytestmark = pytest.mark.django_db


@pytest.fixture
def as_() -> Callable[[User], Client]:
    def sign_in(person: User) -> Client:
        client = Client()
        client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return sign_in


def people(number: int, area: str = COMMUNE) -> list[Person]:
    made = make.payable_list(number, area=area)
    return [Person.objects.get(pk=row.claimant_id) for row in made.entitlements]


def two(**changes: Any) -> DuplicateCandidate:
    first, second = people(2)
    return pair(first, second, **changes)


def text_of(response: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def test_the_queue_shows_the_surest_first_and_counts_what_waits(as_: Callable[[User], Client]) -> None:
    first, second, third, fourth = people(4)
    pair(first, second, score=55)
    sure = pair(third, fourth, score=90, found_by="import")
    said = pair(first, third)
    answer_pair(candidate=said, answer="different", reason="Hai anh em", actor=user(Role.DISTRICT_OFFICER))
    page = as_(user(Role.COMMUNE_OFFICER)).get("/duplicates/")
    rows = [row.reference for row in page.context["page"]]
    assert page.status_code == 200
    assert rows[0] == sure.reference
    assert len(rows) == 2
    text = text_of(page)
    for words in (
        "2 Chờ trả lời",
        "1 Hai người khác nhau",
        "Cùng họ tên; Cùng ngày sinh",
        "Khi nhập danh sách",
    ):
        assert words in text
    only = as_(user(Role.COMMUNE_OFFICER)).get("/duplicates/?state=different")
    assert [row.reference for row in only.context["page"]] == [said.reference]
    found = as_(user(Role.COMMUNE_OFFICER)).get("/duplicates/?found_by=import")
    assert [row.reference for row in found.context["page"]] == [sure.reference]
    nonsense = as_(user(Role.COMMUNE_OFFICER)).get("/duplicates/?state=x&area=abc&found_by=y&page=99")
    assert nonsense.status_code == 200


def test_the_queue_tells_a_whole_birth_from_a_year(as_: Callable[[User], Client]) -> None:
    pair(registered.person(born=dt.date(1977, 9, 14)), registered.person(born=1977))
    (row,) = as_(user(Role.COMMUNE_OFFICER)).get("/duplicates/").context["page"]
    assert [row.first_place.split(" · ")[0], row.second_place.split(" · ")[0]] == ["14/09/1977", "1977"]


def test_a_list_of_three_asks_no_more_than_a_list_of_one(
    as_: Callable[[User], Client], django_assert_max_num_queries: Any
) -> None:
    first, second, third = people(3)
    pair(first, second)
    client = as_(user(Role.DISTRICT_OFFICER))
    client.get("/duplicates/")
    counts = []
    for another in (None, (second, third), (first, third)):
        if another:
            pair(*another)
        with django_assert_max_num_queries(60) as asked:
            client.get("/duplicates/")
        counts.append(len(asked))
    assert counts[0] == counts[1] == counts[2], counts


def test_who_works_elsewhere_finds_nothing(as_: Callable[[User], Client]) -> None:
    made = two()
    outsider = as_(user(Role.DISTRICT_OFFICER, Role.DISTRICT_HEAD, area=OUTSIDE_DISTRICT))
    assert outsider.get(f"/duplicates/{made.reference}/").status_code == 404
    data = {"answer": "different", "reason": "x", "version": 1}
    assert outsider.post(f"/duplicates/{made.reference}/answer/", data).status_code == 404
    passing = {"pass-reason": "x", "pass-version": 1}
    assert outsider.post(f"/duplicates/{made.reference}/pass/", passing).status_code == 404
    assert text_of(outsider.get("/duplicates/")).count(made.first.full_name) == 0
    made.refresh_from_db()
    assert (made.state, made.version) == ("open", 1)


def test_a_pair_is_found_by_its_reference(as_: Callable[[User], Client]) -> None:
    made = two()
    found = as_(user(Role.DISTRICT_OFFICER)).post("/search/", {"q": made.reference.lower()}, follow=True)
    assert found.status_code == 200
    assert found.redirect_chain[-1][0] == f"/duplicates/{made.reference}/"
    outsider = as_(user(Role.DISTRICT_OFFICER, area=OUTSIDE_DISTRICT))
    missed = outsider.post("/search/", {"q": made.reference}, follow=True)
    assert made.first.full_name not in missed.content.decode()


def test_a_pair_of_two_communes_is_not_a_communes(as_: Callable[[User], Client]) -> None:
    (near,), (far,) = people(1), people(1, area=OTHER_COMMUNE)
    made = pair(near, far)
    assert as_(user(Role.COMMUNE_OFFICER)).get(f"/duplicates/{made.reference}/").status_code == 404
    assert as_(user(Role.DISTRICT_OFFICER)).get(f"/duplicates/{made.reference}/").status_code == 200
    (beyond,) = [
        Person.objects.get(pk=row.claimant_id)
        for row in make.approved_list(1, area=OUTSIDE_COMMUNE).entitlements
    ]
    wide = pair(near, beyond)
    assert as_(user(Role.DISTRICT_OFFICER)).get(f"/duplicates/{wide.reference}/").status_code == 404
    assert as_(user(Role.PROVINCIAL_REVIEWER)).get(f"/duplicates/{wide.reference}/").status_code == 200


def test_the_two_stand_side_by_side_with_a_verdict_in_words(as_: Callable[[User], Client]) -> None:
    made = two()
    Person.objects.filter(pk=made.first_id).update(
        full_name="Lê Thị Hòa", name_key="le thi hoa", phone="0912345678", occupation="Bán vé số", sex="F"
    )
    Person.objects.filter(pk=made.second_id).update(
        full_name="Lê Thị Hoà", name_key="le thi hoa", phone="0912345678", birth_date=None, sex="M"
    )
    page = as_(user(Role.COMMUNE_OFFICER)).get(f"/duplicates/{made.reference}/")
    verdicts = {str(line.label): line.verdict.value for line in page.context["fields"]}
    assert verdicts == {
        "Họ và tên": "near",
        "Ngày sinh": "near",
        "Giới tính": "other",
        "CCCD, CMND": "empty",
        "Số điện thoại": "same",
        "Xã, phường, thị trấn": "same",
        "Khóm, ấp": "other",
        "Thường trú": "empty",
        "Tạm trú": "empty",
        "Công việc": "one_sided",
        "Tài khoản nhận tiền": "empty",
        "Hộ gia đình": "empty",
    }
    text = text_of(page)
    for words in (
        "Gần giống",
        "Thiếu một bên",
        "Cả hai chưa có",
        "Chưa chi trả cho cả hai người",
        "Cùng họ tên +30",
    ):
        assert words in text
    assert "0912345678" not in page.content.decode()
    # a commune reads and does not answer
    assert "Ghi câu trả lời" not in text
    assert "Cán bộ thẩm định cấp huyện trả lời" in text


class TestAnswering:
    def test_an_answer_leads_on_to_the_next_pair_of_the_filter(self, as_: Callable[[User], Client]) -> None:
        first, second, third, fourth = people(4)
        one, other = pair(first, second, score=90), pair(third, fourth, score=60)
        client = as_(user(Role.DISTRICT_OFFICER))
        query = f"?area={COMMUNE}"
        answer = client.post(
            f"/duplicates/{one.reference}/answer/{query}",
            {"answer": "different", "reason": "Hai anh em sinh đôi", "version": 1},
        )
        assert answer.status_code == 302
        assert answer["Location"] == f"/duplicates/{other.reference}/{query}"
        shown = client.get(answer["Location"])
        assert "Đã ghi «Hai người khác nhau»" in text_of(shown)
        last = client.post(
            f"/duplicates/{other.reference}/answer/{query}",
            {"answer": "keep_second", "reason": "Một người, hai số", "version": 1},
        )
        assert last["Location"] == f"/duplicates/{query}"
        join = PersonJoin.objects.get()
        assert (join.kept_id, join.joined_id) == (fourth.pk, third.pk)
        done = text_of(client.get(f"/duplicates/{other.reference}/"))
        assert f"{third.reference} tính là {fourth.reference}." in done
        assert "Gỡ gộp" in done

    @pytest.mark.parametrize(
        ("typed", "sentence"),
        [
            ({"reason": "x", "version": 1}, "Hãy chọn một câu trả lời."),
            ({"answer": "different", "reason": " ", "version": 1}, "Hãy ghi lý do."),
            ({"answer": "different", "reason": "x", "version": 7}, "Cặp này vừa được trả lời"),
            ({"answer": "drop table", "reason": "x", "version": 1}, "drop table"),
        ],
    )
    def test_what_is_refused_comes_back_as_typed(
        self, as_: Callable[[User], Client], typed: dict[str, Any], sentence: str
    ) -> None:
        made = two()
        page = as_(user(Role.DISTRICT_OFFICER)).post(f"/duplicates/{made.reference}/answer/", typed)
        assert page.status_code == 422
        assert sentence in text_of(page)
        made.refresh_from_db()
        assert (made.state, made.version) == ("open", 1)

    def test_what_was_typed_is_answered_with_after_another_look(self, as_: Callable[[User], Client]) -> None:
        made = two()
        answer_pair(candidate=made, answer="verifying", reason="Chờ xã", actor=user(Role.DISTRICT_OFFICER))
        client, typed = as_(user(Role.DISTRICT_OFFICER)), {"answer": "different", "reason": "Hai anh em"}
        page = client.post(f"/duplicates/{made.reference}/answer/", {**typed, "version": 1})
        assert page.status_code == 422
        content = page.content.decode()
        assert "Hai anh em</textarea>" in content
        assert 'name="version" value="2"' in content
        again = client.post(f"/duplicates/{made.reference}/answer/", {**typed, "version": 2})
        assert again.status_code == 302
        made.refresh_from_db()
        assert made.state == "different"

    def test_others_may_not(self, as_: Callable[[User], Client]) -> None:
        made = two()
        for role in (
            Role.COMMUNE_OFFICER,
            Role.DISTRICT_HEAD,
            Role.ACCOUNTANT,
            Role.PROVINCIAL_APPROVER,
            Role.AUDITOR,
        ):
            page = as_(user(role)).post(
                f"/duplicates/{made.reference}/answer/", {"answer": "different", "reason": "x", "version": 1}
            )
            assert page.status_code == 403, role
        for role in (Role.COMMUNE_OFFICER, Role.DISTRICT_OFFICER, Role.PROVINCIAL_REVIEWER, Role.ACCOUNTANT):
            page = as_(user(role)).post(
                f"/duplicates/{made.reference}/pass/", {"pass-reason": "x", "pass-version": 1}
            )
            assert page.status_code == 403, role
        made.refresh_from_db()
        assert (made.state, made.passed_by_id) == ("open", None)

    def test_the_head_lets_both_be_paid_with_a_reason(self, as_: Callable[[User], Client]) -> None:
        made = two()
        client = as_(user(Role.DISTRICT_HEAD, name="Lê Văn Lãnh"))
        refused = client.post(f"/duplicates/{made.reference}/pass/", {"pass-reason": "", "pass-version": 1})
        assert refused.status_code == 422
        done = client.post(
            f"/duplicates/{made.reference}/pass/",
            {"pass-reason": "Cần chi gấp", "pass-version": 1},
            follow=True,
        )
        text = text_of(done)
        for words in (
            "Đã cho chi cả hai người",
            "Cần chi gấp",
            "Lê Văn Lãnh",
            "vẫn được chi trả theo quyết định",
        ):
            assert words in text


class TestUndoing:
    def test_a_join_is_taken_apart_from_the_persons_page(self, as_: Callable[[User], Client]) -> None:
        made = two()
        officer = user(Role.DISTRICT_OFFICER)
        answer_pair(candidate=made, answer="same", keep=made.first, reason="Một người", actor=officer)
        address = f"/people/{made.second.reference}/undo-join/"
        client = as_(officer)
        shown = text_of(client.get(address))
        assert "trở lại như trước khi gộp" in shown
        assert client.post(address, {"reason": ""}).status_code == 422
        done = client.post(address, {"reason": "Hai chị em"})
        assert done["Location"] == f"/people/{made.second.reference}/"
        made.refresh_from_db()
        assert made.state == "open"
        assert client.get(address).status_code == 404

    def test_who_may_not(self, as_: Callable[[User], Client]) -> None:
        made = two()
        answer_pair(
            candidate=made,
            answer="same",
            keep=made.first,
            reason="Một người",
            actor=user(Role.DISTRICT_OFFICER),
        )
        address = f"/people/{made.second.reference}/undo-join/"
        assert as_(user(Role.DISTRICT_HEAD)).post(address, {"reason": "x"}).status_code == 403
        outsider = as_(user(Role.DISTRICT_OFFICER, area=OUTSIDE_DISTRICT))
        assert outsider.post(address, {"reason": "x"}).status_code == 404
        assert PersonJoin.objects.filter(undone_at__isnull=True).count() == 1
