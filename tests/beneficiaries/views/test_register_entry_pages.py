"""Entries typed on the pages: whose it is, the register's questions, a change by a new row, an end; nothing typed is lost."""

import datetime as dt

import pytest

from accounts.enums import Role
from beneficiaries.models import IdentityDocument, Person, Status
from core.models import Event
from tests.beneficiaries.views.registered import (
    DECISION,
    DISABLED,
    NUMBERS,
    entry,
    person,
    signed_in,
)
from tests.factories.people import COMMUNE, OTHER_COMMUNE, OUTSIDE_COMMUNE, OUTSIDE_DISTRICT, PROVINCE

pytestmark = pytest.mark.django_db

NEW = "/registers/social_protection/new/"
LIST = "/registers/social_protection/"
SOMEBODY = {
    "new-full_name": "Nguyễn Văn Bảy",
    "new-dob": "05/03/1985",
    "new-sex": "Nam",
    "new-id_number": NUMBERS[0],
    "new-address": "Ấp Phú Lợi",
}


def test_somebody_is_found_by_number_or_name_and_gets_an_entry() -> None:
    known = person()
    client = signed_in(Role.COMMUNE_OFFICER)
    asked = client.get(NEW).content.decode()
    assert "Ghi cho ai?" in asked
    for text in (NUMBERS[0], "bay nguyen", known.reference):
        found = client.post(NEW, {"step": "choose", "q": text}).content.decode()
        assert f"{NEW}?person={known.reference}" in found
        assert "••• ••• ••• 411" in found
        assert f"?person={NUMBERS[0]}" not in found
    address = f"{NEW}?person={known.reference}"
    form = client.get(address).content.decode()
    for part in (
        "Nguyễn Văn Bảy",
        "Người khuyết tật nặng (Khoản 6 Điều 5 · hệ số 1,5)",
        '<span class="law">Khoản 6 Điều 5</span>',
        "Mức độ khuyết tật",
        "cần xác minh",
    ):
        assert part in form, part
    answer = client.post(address, {**DISABLED, **DECISION})
    status = Status.objects.get()
    assert answer["Location"] == f"{LIST}entries/{status.reference}/"
    assert (status.person, status.category, status.decision_number) == (known, "k6_severe", "12/QĐ-UBND")
    page = client.get(answer["Location"]).content.decode()
    for part in ("Người khuyết tật nặng", "Hệ số", "1,5", "từ 01/07/2021, chưa kết thúc", "ngày 25/06/2021"):
        assert part in page, part
    assert f"/people/{known.reference}/" in page


def test_somebody_new_is_registered_in_the_same_form() -> None:
    client = signed_in(Role.COMMUNE_OFFICER)
    nobody = client.post(NEW, {"step": "choose", "q": NUMBERS[0]}).content.decode()
    assert "Không tìm thấy trong địa bàn của bạn." in nobody
    form = client.post(NEW, {"step": "choose", "q": NUMBERS[0], "new": "1"}).content.decode()
    assert f'value="{NUMBERS[0]}"' in form
    # while somebody types, who may be the same human is told
    assert 'hx-post="/duplicates/hint/"' in form
    assert 'id="duplicate-hint"' in form
    form = client.post(NEW, {"step": "choose", "q": "Trần Văn Tám 1990", "new": "1"}).content.decode()
    assert 'value="Trần Văn Tám"' in form
    assert 'value="1990"' in form
    answer = client.post(NEW, {**SOMEBODY, **DISABLED})
    assert answer.status_code == 302
    made = Person.objects.get()
    assert (made.full_name, made.area_code, made.hamlet) == ("Nguyễn Văn Bảy", COMMUNE, "Ấp Phú Lợi")
    assert Status.objects.get().person == made
    # the number is known now: the same person, another group
    again = {**SOMEBODY, "category": "k5c", "valid_from": "01/08/2021"}
    assert client.post(NEW, {**again, "keep": "on"}).status_code == 302
    assert (Person.objects.count(), Status.objects.count()) == (1, 2)


def test_everything_wrong_is_said_at_once_and_nobody_is_registered() -> None:
    client = signed_in(Role.COMMUNE_OFFICER)
    typed = {
        **SOMEBODY,
        "new-id_number": "08908500041",
        "valid_from": "31/02/2021",
        "monthly_amount": "nhiều",
    }
    answer = client.post(NEW, typed)
    page = answer.content.decode()
    assert answer.status_code == 422
    for sentence in (
        "Hãy chọn nhóm đối tượng.",
        "Không đọc được số tiền. Hãy ghi số đồng, ví dụ 1.500.000.",
        "11 chữ số",
    ):
        assert sentence in page, sentence
    for kept in ('value="08908500041"', 'value="31/02/2021"', 'value="nhiều"', 'value="Nguyễn Văn Bảy"'):
        assert kept in page, kept
    assert not Person.objects.exists()
    assert not Status.objects.exists()


def test_what_does_not_fit_together_is_kept_by_a_tick() -> None:
    known = person()
    client = signed_in(Role.COMMUNE_OFFICER)
    address = f"{NEW}?person={known.reference}"
    odd = {"category": "k5c", "valid_from": "01/07/2021"}  # 80 years and more, born in 1985
    answer = client.post(address, odd)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "chỗ cần đối chiếu" in page
    assert 'name="keep"' in page
    assert not Status.objects.exists()
    assert client.post(address, {**odd, "keep": "on"}).status_code == 302
    assert Status.objects.get().category == "k5c"


def test_the_next_person_of_the_same_decision_begins_with_it() -> None:
    known = person()
    client = signed_in(Role.COMMUNE_OFFICER)
    answer = client.post(f"{NEW}?person={known.reference}", {**DISABLED, **DECISION, "another": "1"})
    assert answer["Location"].startswith(f"{NEW}?decision_number=12")
    other = person("Trần Thị Ánh", NUMBERS[1])
    found = client.post(answer["Location"], {"step": "choose", "q": "anh tran"}).content.decode()
    assert f"person={other.reference}" in found
    form = client.get(f"{answer['Location']}&person={other.reference}").content.decode()
    for kept in ('value="12/QĐ-UBND"', 'value="25/06/2021"', 'value="UBND huyện Phú Tân"'):
        assert kept in form, kept


def test_a_district_says_in_which_commune_a_new_person_lives() -> None:
    client = signed_in(Role.DISTRICT_OFFICER)
    answer = client.post(NEW, {**SOMEBODY, **DISABLED})
    assert answer.status_code == 422
    assert "Hãy chọn xã, phường, thị trấn nơi người này ở." in answer.content.decode()
    assert client.post(NEW, {**SOMEBODY, **DISABLED, "new-area": OTHER_COMMUNE}).status_code == 302
    assert Person.objects.get().area_code == OTHER_COMMUNE


def test_a_number_of_another_area_is_refused_without_telling_whose_it_is() -> None:
    person(area=OUTSIDE_COMMUNE)
    client = signed_in(Role.COMMUNE_OFFICER)
    answer = client.post(NEW, {**SOMEBODY, **DISABLED, "keep": "on"})
    assert answer.status_code == 422
    assert "Hãy đề nghị nơi người đó cư trú ghi sổ." in answer.content.decode()
    assert not Status.objects.exists()


def test_a_change_is_a_new_row_with_a_reason_and_the_old_one_stays() -> None:
    old = entry("social_protection", person())
    client = signed_in(Role.COMMUNE_OFFICER)
    change = f"{LIST}entries/{old.reference}/change/"
    form = client.get(change).content.decode()
    for shown in ('value="01/07/2021"', 'value="12/QĐ-UBND"'):
        assert shown in form, shown
    typed = {**DISABLED, **DECISION, "category": "k6_special", "disability_degree": "special_severe"}
    answer = client.post(change, typed)
    assert answer.status_code == 422
    assert "Hãy ghi lý do." in answer.content.decode()
    reason = "quyết định điều chỉnh số 25"
    answer = client.post(change, {**typed, "reason": reason})
    new = Status.objects.get(is_replaced=False)
    assert answer["Location"] == f"{LIST}entries/{new.reference}/"
    assert (new.replaces, new.category, new.reason) == (old, "k6_special", reason)
    page = client.get(answer["Location"]).content.decode()
    assert reason in page
    assert f"đã được thay: {new.reference}" in page
    before = client.get(f"{LIST}entries/{old.reference}/").content.decode()
    assert "Mục này đã được thay bằng" in before
    assert "/change/" not in before
    assert client.get(change)["Location"] == f"{LIST}entries/{old.reference}/"
    answer = client.post(change, {**typed, "category": "k6_severe", "reason": "nữa"})
    assert answer.status_code == 422
    assert "Mục này đã được thay bằng mục khác." in answer.content.decode()
    assert Status.objects.count() == 2


def test_an_end_has_a_day_and_a_reason() -> None:
    status = entry("social_protection", person())
    client = signed_in(Role.COMMUNE_OFFICER)
    end = f"{LIST}entries/{status.reference}/end/"
    assert "Có giá trị đến hết ngày" in client.get(end).content.decode()
    for typed, sentence in (
        ({"on": "31/08/2021", "reason": ""}, "Hãy ghi lý do."),
        ({"on": "", "reason": "đã chết"}, "Hãy ghi ngày kết thúc."),
        (
            {"on": "01/06/2021", "reason": "đã chết"},
            "Ngày kết thúc không được trước ngày bắt đầu 01/07/2021.",
        ),
    ):
        answer = client.post(end, typed)
        assert answer.status_code == 422
        assert sentence in answer.content.decode()
    status.refresh_from_db()
    assert status.valid_to is None
    assert client.post(end, {"on": "31/08/2021", "reason": "đã chết"}).status_code == 302
    status.refresh_from_db()
    assert (status.valid_to, status.end_reason) == (dt.date(2021, 8, 31), "đã chết")
    page = client.get(f"{LIST}entries/{status.reference}/").content.decode()
    assert "Đã hết hạn" in page
    assert "/end/" not in page


def test_who_may_not_write_changes_nothing() -> None:
    known = person()
    status = entry("social_protection", known)
    before = Event.objects.latest("pk").pk
    base = f"{LIST}entries/{status.reference}/"
    for client, code in (
        (signed_in(Role.COMMUNE_OFFICER, area=OUTSIDE_COMMUNE), 404),
        (signed_in(Role.DISTRICT_OFFICER, area=OUTSIDE_DISTRICT), 404),
        (signed_in(Role.DISTRICT_HEAD), 403),
        (signed_in(Role.AUDITOR, area=PROVINCE), 403),
    ):
        for path in (f"{base}change/", f"{base}end/", f"{NEW}?person={known.reference}"):
            wanted = code if "person" not in path or client.get(NEW).status_code == 200 else 403
            answer = client.post(path, {**DISABLED, "on": "31/08/2021", "reason": "thử"})
            assert answer.status_code == wanted, path
            assert client.get(path).status_code == wanted, path
    assert Status.objects.get().valid_to is None
    written = Event.objects.filter(pk__gt=before).exclude(action="access.denied")
    assert not written.exists()
    assert IdentityDocument.objects.count() == 1


def test_a_search_that_can_mean_nothing_says_what_to_type() -> None:
    client = signed_in(Role.COMMUNE_OFFICER)
    answer = client.post(NEW, {"step": "choose", "q": "1"})
    assert answer.status_code == 422
    assert "Hãy gõ ít nhất 2 chữ của họ tên" in answer.content.decode()
