"""A citizen registers on the public page and follows it; the desk of the commune takes it in or not."""

import datetime as dt
import html
import re
from typing import Any

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django.fixtures import Settings

from accounts.enums import Role
from accounts.models import User
from core.models import Event
from support_programs.models import PublicApplication
from support_programs.queries.applications import prefill_of
from support_programs.queries.queues import further_queues
from support_programs.services.applications import take_in
from tests.factories import cases as made
from tests.factories import claims
from tests.factories.people import COMMUNE, OTHER_COMMUNE, OUTSIDE_DISTRICT, PROVINCE, user

pytestmark = pytest.mark.django_db
NEW = "/public/applications/new/"
FOLLOW = "/public/applications/"
NUMBER = "089178001234"
PHONE = "0912345678"
TYPED: dict[str, Any] = {
    "programme": "LD_TU_DO",
    "full_name": "Nguyễn Thị Lài",
    "dob": "5/9/1978",
    "sex": "Nữ",
    "id_number": NUMBER,
    "phone": PHONE,
    "commune": COMMUNE,
    "address": "Ấp Mỹ Lương",
    "job": "Bán vé số dạo",
    "LD_TU_DO-has_labour_contract": "false",
    "LD_TU_DO-residence": "permanent",
    "note": "Gọi buổi chiều",
}


def text_of(page: HttpResponse) -> str:
    return html.unescape(page.content.decode())


def send(client: Client, **changes: Any) -> HttpResponse:
    return client.post(NEW, {**TYPED, **changes, "step": "send"})


def sent(client: Client, **changes: Any) -> tuple[PublicApplication, str]:
    page = send(client, **changes)
    assert page.status_code == 200, text_of(page)
    return page.context["application"], page.context["code"]


def desk(*roles: Role, area: str | None = None) -> tuple[User, Client]:
    person = user(*(roles or (Role.COMMUNE_OFFICER,)), area=area)
    client = Client()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return person, client


class TestSending:
    def test_the_programmes_of_persons_are_offered(self, client: Client) -> None:
        page = client.get(NEW)
        offered = {rules.programme for rules in page.context["programmes"]}
        assert {"LD_TU_DO", "HO_KD", "HDV_DL", "CHAM_DUT", "F0_F1"} <= offered
        assert not {"TAM_HOAN", "DAO_TAO", "VAY_VON", "NCC_THANG"} & offered

    def test_what_was_typed_is_shown_before_it_is_sent(self, client: Client) -> None:
        assert client.get(f"{NEW}?programme=LD_TU_DO").status_code == 200
        page = client.post(NEW, TYPED)
        assert page.status_code == 200
        said = text_of(page)
        assert "Xem lại đơn trước khi gửi" in said
        assert "UBND thị trấn Phú Mỹ" in said
        assert not PublicApplication.objects.exists()
        carried = dict(re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', said))
        carried.pop("csrfmiddlewaretoken")
        again = client.post(NEW, {**carried, "step": "edit"})
        assert NUMBER in text_of(again)
        done = client.post(NEW, {**carried, "step": "send"})
        assert re.search(r"DK-2021-\d{8}", text_of(done))

    def test_a_last_day_in_tet_moves_as_it_does_at_the_desk(self, client: Client, settings: Settings) -> None:
        """31/01/2022 is the eve of Tết: what comes by Monday 07/02 is in time (Bộ luật Dân sự, Điều 148)."""
        for day, place in ((dt.date(2022, 2, 7), "programmes"), (dt.date(2022, 2, 8), "closed")):
            settings.BUSINESS_DATE = day
            assert "HO_KD" in {rules.programme for rules in client.get(NEW).context[place]}

    def test_it_lies_encrypted_at_the_commune(self, client: Client) -> None:
        application, code = sent(client)
        assert (application.area_code, application.status, application.birth_year) == (COMMUNE, "new", 1978)
        stored = bytes(PublicApplication.objects.get().raw_encrypted)
        assert NUMBER.encode() not in stored
        assert code.encode() not in stored
        event = Event.objects.get(action="application.sent")
        assert (event.object_ref, event.actor_id, event.change) == (application.reference, None, {})

    def test_where_the_department_receives_it_goes_to_the_department(self, client: Client) -> None:
        application, _code = sent(client, programme="HDV_DL")
        assert application.area_code == PROVINCE

    def test_who_presses_twice_has_the_code_all_the_same(self, client: Client) -> None:
        """The first answer may be lost on the way: sent again as it was, it is the same application."""
        form = text_of(client.get(f"{NEW}?programme=LD_TU_DO"))
        token = re.search(r'name="token" value="(\w{32})"', form)
        assert token
        assert f'name="token" value="{token[1]}"' in text_of(client.post(NEW, {**TYPED, "token": token[1]}))
        application, code = sent(client, token=token[1])
        assert sent(client, token=token[1]) == (application, code)
        assert PublicApplication.objects.count() == 1
        other, other_code = sent(client, token=token[1], full_name="Lê Văn Hai", id_number="089178009999")
        assert (other.applicant_name, other_code == code) == ("Lê Văn Hai", False)

    def test_the_same_person_sends_it_once(self, client: Client) -> None:
        sent(client)
        page = send(client, full_name="nguyễn thị LÀI", id_number="089 178 001234")
        assert page.status_code == 422
        assert "đã gửi đơn của chính sách này ngày 27/09/2021" in text_of(page)
        # a stranger who knows the number alone is told nothing
        sent(client, full_name="Trần Văn Khác")
        assert PublicApplication.objects.count() == 2

    @pytest.mark.parametrize(
        ("field", "value", "sentence"),
        [
            ("full_name", "Lài", "Ông/bà ghi đủ họ và tên, không có chữ số."),
            ("id_number", "12345", "Số CCCD có 12 số, CMND có 9 số. Ông/bà xem lại số đã gõ."),
            ("id_number", "003178001234", "Số CCCD có 12 số, CMND có 9 số. Ông/bà xem lại số đã gõ."),
            ("phone", "12", "Số điện thoại có 10 số, bắt đầu bằng số 0. Ông/bà xem lại số đã gõ."),
            ("commune", "", "Ông/bà chọn xã đang ở."),
            ("commune", "8900000000", "hợp lệ"),
            ("job", "", "Ông/bà ghi công việc trước khi bị ảnh hưởng."),
            ("website", "http://x", "Ông/bà để trống ô này rồi gửi lại."),
        ],
    )
    def test_what_can_not_be_is_told_and_nothing_is_lost(
        self, client: Client, field: str, value: str, sentence: str
    ) -> None:
        page = send(client, **{field: value})
        assert page.status_code == 422
        said = text_of(page)
        assert sentence in said
        assert "Gọi buổi chiều" in said
        assert not PublicApplication.objects.exists()

    def test_ten_an_hour_from_one_address(self, client: Client, settings: Settings) -> None:
        settings.THROTTLE_FACTOR = 1
        names = [f"Nguyễn Thị {chr(65 + n)}" for n in range(11)]
        tried = [
            client.post(NEW, {**TYPED, "full_name": name, "step": "send"}, REMOTE_ADDR="10.7.0.1").status_code
            for name in names
        ]
        assert tried == [200] * 10 + [429]


class TestFollowing:
    def test_it_is_followed_by_reference_and_code(self, client: Client) -> None:
        application, code = sent(client)
        page = client.post(
            FOLLOW, {"reference": application.reference.lower(), "code": code.replace("-", " ").lower()}
        )
        said = text_of(page)
        assert "Chờ tiếp nhận" in said
        assert NUMBER not in said
        assert "Lài" not in said

    def test_a_wrong_code_or_reference_says_the_same(self, client: Client) -> None:
        application, code = sent(client)
        for reference, typed in ((application.reference, "AAAA-BBBB-CCCC"), ("DK-2021-00099998", code)):
            page = client.post(FOLLOW, {"reference": reference, "code": typed})
            assert page.status_code == 422
            assert "Không có đơn khớp với mã đơn và mã theo dõi này" in text_of(page)

    def test_once_it_is_a_case_the_state_of_the_case_is_told(self, client: Client) -> None:
        application, code = sent(client)
        officer = user(Role.COMMUNE_OFFICER)
        case = claims.claim("LD_TU_DO", officer)
        take_in(reference=application.reference, case=case, actor=officer)
        said = text_of(client.post(FOLLOW, {"reference": application.reference, "code": code}))
        assert "Đã tiếp nhận thành hồ sơ" in said
        assert case.reference in said
        assert "Đang xem xét" in said


class TestDesk:
    def test_the_commune_is_told_and_reads_it(self, client: Client) -> None:
        application, _code = sent(client)
        officer, at_desk = desk()
        entry = next(e for e in further_queues(officer) if e.url == "/applications/")
        assert (entry.count, entry.is_hot) == (1, True)
        listed = text_of(at_desk.get("/applications/"))
        assert "Nguyễn Thị Lài" in listed
        page = text_of(at_desk.get(f"/applications/{application.reference}/"))
        assert "••• 234" in page
        assert NUMBER not in page
        assert PHONE in page
        assert f"/cases/new/LD_TU_DO/?application={application.reference}" in page
        assert "Chưa thấy người này trong các sổ và hồ sơ." in page

    def test_who_has_the_number_is_shown_with_their_cases(self, client: Client) -> None:
        who = made.staff()
        case = claims.claim(
            "LD_TU_DO", who.commune, applicant=claims.applicant(id_number=NUMBER, dob="5/9/1978")
        )
        application, _code = sent(client)
        _officer, at_desk = desk()
        page = text_of(at_desk.get(f"/applications/{application.reference}/"))
        assert "Số CCCD, CMND này đã ghi cho" in page
        assert case.reference in page

    def test_it_is_declined_with_a_reason_that_the_citizen_reads(self, client: Client) -> None:
        application, code = sent(client)
        officer, at_desk = desk()
        address = f"/applications/{application.reference}/decline/"
        refused = at_desk.post(address, {"reason": " ", "version": "1"})
        assert refused.status_code == 422
        assert "Hãy ghi lý do." in text_of(refused)
        numbered = at_desk.post(address, {"reason": f"Số {NUMBER} đã có hồ sơ", "version": "1"})
        assert numbered.status_code == 422
        assert "Đừng ghi số CCCD" in text_of(numbered)
        reason = "Ông/bà có hợp đồng lao động, nộp qua công ty."
        assert at_desk.post(address, {"reason": reason, "version": "1"}).status_code == 302
        application.refresh_from_db()
        assert (application.status, application.handled_by_id) == ("declined", officer.pk)
        said = text_of(client.post(FOLLOW, {"reference": application.reference, "code": code}))
        assert reason in said
        assert at_desk.post(address, {"reason": reason, "version": "2"}).status_code == 422

    def test_the_form_starts_with_what_was_typed(self, client: Client) -> None:
        application, _code = sent(client)
        officer, _client = desk()
        found = prefill_of(officer, application.reference)
        assert found is not None
        assert found.programme == "LD_TU_DO"
        assert found.initial["applicant-id_number"] == NUMBER
        assert found.initial["applicant-dob"] == "5/9/1978"
        assert found.initial["answers-has_labour_contract"] == "false"

    @pytest.mark.parametrize(
        ("roles", "area", "status"),
        [
            ((Role.COMMUNE_OFFICER,), OTHER_COMMUNE, 404),
            ((Role.DISTRICT_OFFICER,), OUTSIDE_DISTRICT, 404),
            ((), COMMUNE, 403),
            ((Role.DISTRICT_OFFICER,), None, 422),
            ((Role.PROVINCIAL_REVIEWER,), None, 422),
            ((Role.ACCOUNTANT,), None, 403),
            ((Role.AUDITOR,), None, 403),
            ((Role.LEADER,), None, 403),
        ],
    )
    def test_nobody_else_handles_it(
        self, client: Client, roles: tuple[Role, ...], area: str | None, status: int
    ) -> None:
        application, _code = sent(client)
        person = user(*roles, area=area)
        other = Client()
        other.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
        posted = other.post(f"/applications/{application.reference}/decline/", {"reason": "Không đúng"})
        assert posted.status_code == status
        application.refresh_from_db()
        assert application.status == "new"
        assert prefill_of(person, application.reference) is None
        if area:
            assert other.get(f"/applications/{application.reference}/").status_code == 404

    def test_more_applications_cost_no_more_queries(self, client: Client) -> None:
        sent(client)
        _officer, at_desk = desk()
        at_desk.get("/applications/")
        with CaptureQueriesContext(connection) as first:
            at_desk.get("/applications/")
        sent(client, full_name="Trần Thị Sen")
        sent(client, full_name="Lê Văn Tư", sex="Nam")
        with CaptureQueriesContext(connection) as second:
            at_desk.get("/applications/")
        assert len(first) == len(second)
