"""The pages after a payment: who was not paid, whose money went back, what comes back, whom to call; for their readers."""

import datetime as dt
import io
from typing import Any

import pytest
from django.test import Client
from openpyxl import load_workbook

from accounts.enums import Role
from accounts.models import User
from beneficiaries.models import Person
from core.models import Event
from disbursements.models import (
    CallbackItem,
    CallbackSample,
    PaymentInstruction,
    Recovery,
    UnclaimedItem,
    UnclaimedReturn,
)
from disbursements.queries.callbacks import SampleScope
from disbursements.queries.worklist import payout_queues
from disbursements.services.callbacks import SampleSize, draw_sample
from disbursements.services.recoveries import WrongPayment, open_recovery
from disbursements.services.results import record_all_paid_except
from tests.factories import payments as make
from tests.factories.people import DISTRICT, OUTSIDE_DISTRICT, user

pytestmark = pytest.mark.django_db

PAID_ON = dt.date(2021, 9, 27)
GROUP = f"/payments/unclaimed/of/{DISTRICT}/{make.PROGRAMME}/"


def signed_in(person: User) -> Client:
    client = Client()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def story(settings: Any) -> tuple[make.ApprovedList, list[PaymentInstruction]]:
    """Four people: two paid, one absent, one whose account is wrong; today is ninety days later."""
    settings.BUSINESS_DATE = PAID_ON
    made = make.payable_list(4)
    batch = make.released_batch(made)
    lines = list(PaymentInstruction.objects.filter(batch=batch).order_by("position"))
    reasons = {lines[0].reference: "Vắng mặt khi chi trả", lines[1].reference: "Sai số tài khoản"}
    record_all_paid_except(actor=made.staff.accountant, batch=batch, exceptions=reasons)
    Person.objects.filter(entitlements=lines[0].entitlement_id).update(phone="0918000123")
    settings.BUSINESS_DATE = PAID_ON + dt.timedelta(days=90)
    return made, lines


def outsider() -> Client:
    return signed_in(user(Role.ACCOUNTANT, area=OUTSIDE_DISTRICT))


class TestReturned:
    def test_reasons_ages_and_what_leads_on(self, story: Any) -> None:
        made, lines = story
        client = signed_in(made.staff.accountant)
        page = client.get("/payments/returned/").content.decode()
        for words in ("Vắng mặt khi chi trả", "Sai số tài khoản", "••• 123", "90 ngày", "is_retry=on"):
            assert words in page
        assert "0918000123" not in page
        only = client.get("/payments/returned/?reason=absent&age=quarter&channel=cash").content.decode()
        assert lines[0].case_reference in only
        assert lines[1].case_reference not in only
        nobody = client.get("/payments/returned/?age=week").content.decode()
        assert "Không có ai" in nobody
        assert client.get("/payments/returned/?reason=nonsense&age=x&area=x").status_code == 200

    def test_the_workbook_holds_the_same_rows(self, story: Any) -> None:
        made, lines = story
        answer = signed_in(made.staff.accountant).get("/payments/returned/export/?reason=wrong_account")
        sheet = load_workbook(io.BytesIO(answer.content)).active
        assert sheet is not None
        cells = [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value is not None]
        assert lines[1].reference in cells
        assert lines[0].reference not in cells
        assert Event.objects.get(action="returned.exported").change["rows"] == "1"

    def test_another_district_sees_nobody(self, story: Any) -> None:
        assert "Không có ai" in outsider().get("/payments/returned/").content.decode()

    def test_queries_stay_as_many(self, story: Any, django_assert_max_num_queries: Any) -> None:
        made, _lines = story
        client = signed_in(made.staff.accountant)
        client.get("/payments/returned/")
        with django_assert_max_num_queries(16):
            client.get("/payments/returned/")


class TestUnclaimed:
    def test_from_the_group_to_the_list_and_back_again(self, story: Any) -> None:
        made, lines = story
        client = signed_in(made.staff.accountant)
        assert GROUP in client.get("/payments/unclaimed/").content.decode()
        picked = [line.reference for line in lines[:2]]
        assert all(ref in client.get(GROUP).content.decode() for ref in picked)
        asked = client.post(f"{GROUP}confirm/", {"pick": picked, "action": "return"})
        assert asked.status_code == 200
        assert "Ba triệu đồng" in asked.content.decode()
        paper = {
            "document_number": "77/TLĐTBXH",
            "returned_on": "26/12/2021",
            "people": 2,
            "amount": 3_000_000,
        }
        done = client.post(f"{GROUP}confirm/", {"pick": picked, **paper})
        found = UnclaimedReturn.objects.get()
        assert done["Location"] == f"/payments/unclaimed/{found.reference}/"
        assert "77/TLĐTBXH" in client.get(done["Location"]).content.decode()
        returned = client.get("/payments/returned/").content.decode()
        assert "Tiền đã hoàn trả ngân sách, cần phân bổ lại" in returned
        assert "is_retry=on" not in returned
        address = f"{done['Location']}people/{picked[0]}/reopen/"
        assert client.post(address, {"reason": " "}).status_code == 422
        assert client.post(address, {"reason": "Đã về địa phương"}).status_code == 302
        assert UnclaimedItem.objects.get(instruction=lines[0]).reopened_reason == "Đã về địa phương"

    def test_a_refusal_keeps_what_was_typed_and_the_next_try_is_about_what_is_shown(self, story: Any) -> None:
        made, lines = story
        client = signed_in(made.staff.accountant)
        picked = [line.reference for line in lines[:2]]
        paper = {"document_number": "77/TLĐTBXH", "returned_on": "26/12/2021", "people": 3, "amount": 9}
        answer = client.post(f"{GROUP}confirm/", {"pick": picked, **paper})
        assert answer.status_code == 422
        page = answer.content.decode()
        assert "nay là 2 người, 3.000.000 đồng" in page
        assert 'value="77/TLĐTBXH"' in page
        assert 'name="people" value="2"' in page
        assert not UnclaimedReturn.objects.exists()

    def test_the_printed_list(self, story: Any) -> None:
        made, lines = story
        client = signed_in(made.staff.accountant)
        paper = {
            "document_number": "77/TLĐTBXH",
            "returned_on": "26/12/2021",
            "people": 2,
            "amount": 3_000_000,
        }
        client.post(f"{GROUP}confirm/", {"pick_all": "1", **paper})
        found = UnclaimedReturn.objects.get()
        answer = client.get(f"/payments/unclaimed/{found.reference}/files/xlsx/")
        sheet = load_workbook(io.BytesIO(answer.content)).active
        assert sheet is not None
        cells = [cell.value for row in sheet.iter_rows() for cell in row if cell.value is not None]
        assert {line.case_reference for line in lines[:2]} <= set(cells)
        assert "Bằng chữ: Ba triệu đồng" in cells
        assert client.get(f"/payments/unclaimed/{found.reference}/files/pdf/").content[:5] == b"%PDF-"
        assert Event.objects.filter(action="unclaimed.exported").count() == 2
        assert client.get(f"/payments/unclaimed/{found.reference}/files/doc/").status_code == 404

    def test_outsiders(self, story: Any) -> None:
        made, lines = story
        paper = {"document_number": "1", "returned_on": "26/12/2021", "people": 1, "amount": 1_500_000}
        post = {"pick": [lines[0].reference], **paper}
        other = outsider()
        assert other.get(GROUP).status_code == 404
        assert other.post(f"{GROUP}confirm/", post).status_code == 404
        assert signed_in(user(Role.DISTRICT_OFFICER)).post(f"{GROUP}confirm/", post).status_code == 403
        assert not UnclaimedReturn.objects.exists()
        signed_in(made.staff.accountant).post(f"{GROUP}confirm/", post)
        reference = UnclaimedReturn.objects.get().reference
        for address in ("", "files/xlsx/", f"people/{lines[0].reference}/reopen/"):
            assert other.get(f"/payments/unclaimed/{reference}/{address}").status_code == 404


class TestRecovery:
    def test_a_wrong_payment_from_the_case_to_the_last_receipt(self, story: Any) -> None:
        made, lines = story
        client = signed_in(made.staff.accountant)
        case = client.get(f"/cases/{lines[3].case_reference}/").content.decode()
        assert f"/recoveries/new/?line={lines[3].reference}" in case
        found = client.get(f"/recoveries/new/?q={lines[3].case_reference}").content.decode()
        assert f"?line={lines[3].reference}" in found
        address = f"/recoveries/new/?line={lines[3].reference}"
        typed = {"kind": "not_entitled", "amount": "2.000.000", "reason": "Đang đóng BHXH"}
        refused = client.post(address, typed)
        assert refused.status_code == 422
        assert "Đang đóng BHXH" in refused.content.decode()
        client.post(address, {**typed, "amount": "1.000.000"})
        recovery = Recovery.objects.get()
        page = f"/recoveries/{recovery.reference}/"
        split = client.get(f"{page}plan/?count=3&first=31/01/2022").content.decode()
        for words in ("31/01/2022", "28/02/2022", "31/03/2022", "333.333", "333.334"):
            assert words in split
        plan = {"day_1": "31/01/2022", "amount_1": "400.000", "day_2": "28/02/2022", "amount_2": "600.000"}
        assert client.post(f"{page}plan/", {**plan, "amount_2": ""}).status_code == 422
        assert client.post(f"{page}plan/", plan).status_code == 302
        decision = {"number": "15/QĐ-UBND", "signed_on": "26/12/2021", "signer": "Trần Văn Nam"}
        assert client.post(f"{page}decision/", decision).status_code == 302
        receipt = {"number": "PT-1", "on": "26/12/2021", "amount": "1.000.000"}
        assert client.post(f"{page}receipt/", {**receipt, "amount": "abc"}).status_code == 422
        assert client.post(f"{page}receipt/", receipt).status_code == 302
        assert client.post(f"{page}hand-back/", {**receipt, "number": "NNS-1"}).status_code == 302
        found = client.post("/search/", {"q": recovery.reference.replace("-", " ").lower()})
        assert found["Location"] == page
        shown = client.get(page).content.decode()
        for words in ("15/QĐ-UBND", "PT-1", "NNS-1", "Đã thu đủ", "Một triệu đồng"):
            assert words in shown
        assert client.post(f"{page}receipt/", {**receipt, "number": "PT-2"}).status_code == 422
        assert client.get(f"{page}nonsense/").status_code == 404

    def test_overdue_instalments_are_on_the_worklist(self, story: Any, settings: Any) -> None:
        made, lines = story
        me = made.staff.accountant
        client = signed_in(me)
        client.post(
            f"/recoveries/new/?line={lines[3].reference}",
            {"kind": "other", "amount": "900.000", "reason": "Chi sai"},
        )
        page = f"/recoveries/{Recovery.objects.get().reference}/"
        client.post(f"{page}plan/", {"day_1": "31/12/2021", "amount_1": "900.000"})
        settings.BUSINESS_DATE = dt.date(2022, 1, 1)
        entries = {entry.url: entry.count for entry in payout_queues(me)}
        assert entries["/recoveries/?state=late"] == 1
        assert entries["/payments/unclaimed/"] == 2
        assert "Quá hạn" in client.get("/recoveries/?state=late").content.decode()

    def test_outsiders_and_readers(self, story: Any) -> None:
        made, lines = story
        client = signed_in(made.staff.accountant)
        address = f"/recoveries/new/?line={lines[3].reference}"
        client.post(address, {"kind": "other", "amount": "5", "reason": "Chi sai"})
        page = f"/recoveries/{Recovery.objects.get().reference}/"
        other = outsider()
        assert other.get(page).status_code == 404
        assert other.get(address).status_code == 404
        receipt = {"number": "PT-1", "on": "26/12/2021", "amount": "5"}
        assert other.post(f"{page}receipt/", receipt).status_code == 404
        officer = signed_in(user(Role.DISTRICT_OFFICER))
        assert officer.get(page).status_code == 200
        assert officer.post(f"{page}receipt/", receipt).status_code == 403
        assert Recovery.objects.get().recovered == 0


class TestCalls:
    def test_drawing_and_calling(self, story: Any) -> None:
        _made, lines = story
        caller = user(Role.PROVINCIAL_REVIEWER)
        client = signed_in(caller)
        assert (
            client.post("/callbacks/new/", {"area": "89", "people": "1", "percent": "1"}).status_code == 422
        )
        client.post("/callbacks/new/", {"area": DISTRICT, "people": "2", "seed": "2021"})
        sample = CallbackSample.objects.get()
        assert sample.reference in client.get("/callbacks/").content.decode()
        Person.objects.update(phone="0918000777")
        page = client.get(f"/callbacks/{sample.reference}/").content.decode()
        assert "••• 777" in page
        assert "0918000777" not in page
        call = f"/callbacks/{sample.reference}/1/"
        shown = client.post(call, {"reveal": "1"})
        assert "0918000777" in shown.content.decode()
        assert "no-store" in shown["Cache-Control"]
        assert "0918000777" not in client.get(call).content.decode()
        assert client.post(call, {"outcome": "less"}).status_code == 422
        assert client.post(call, {"outcome": "not_received", "note": "Nói chưa ai gọi"}).status_code == 302
        after = client.get(call).content.decode()
        line = CallbackItem.objects.get(position=1).instruction
        assert f"/grievances/new/?about={line.case_reference}" in after
        assert line in lines
        assert "not_received" in client.get(f"/callbacks/{sample.reference}/?outcome=none").content.decode()

    def test_only_the_department_calls_and_only_its_readers_see(self, story: Any) -> None:
        made, _lines = story
        caller = user(Role.PROVINCIAL_REVIEWER)
        draw_sample(actor=caller, scope=SampleScope(DISTRICT), size=SampleSize(people=1), seed="1")
        call = f"/callbacks/{CallbackSample.objects.get().reference}/1/"
        assert signed_in(made.staff.accountant).get(call).status_code == 200
        assert signed_in(made.staff.accountant).post(call, {"outcome": "full"}).status_code == 403
        assert signed_in(made.staff.money_appraiser).post(call, {"outcome": "full"}).status_code == 403
        assert signed_in(made.staff.accountant).get("/callbacks/new/").status_code == 403
        assert outsider().get(call).status_code == 404
        assert CallbackItem.objects.get().outcome == ""


@pytest.mark.parametrize("people", [2, 25])
def test_lists_take_a_constant_number_of_queries(
    people: int, settings: Any, django_assert_max_num_queries: Any
) -> None:
    settings.BUSINESS_DATE = PAID_ON
    made = make.payable_list(2 * people)
    batch = make.released_batch(made)
    lines = list(PaymentInstruction.objects.filter(batch=batch).order_by("position"))
    absent = {line.reference: "Vắng mặt khi chi trả" for line in lines[:people]}
    me = made.staff.accountant
    record_all_paid_except(actor=me, batch=batch, exceptions=absent)
    for line in lines[people:]:
        open_recovery(actor=me, line=line, wrong=WrongPayment("other", 5, "Chi sai"))
    caller = user(Role.PROVINCIAL_REVIEWER)
    sample = draw_sample(actor=caller, scope=SampleScope(DISTRICT), size=SampleSize(people=people), seed="1")
    settings.BUSINESS_DATE = PAID_ON + dt.timedelta(days=90)
    client = signed_in(me)
    for address, most in {
        "/payments/returned/": 14,
        "/payments/unclaimed/": 10,
        GROUP: 11,
        "/recoveries/": 16,
        f"/callbacks/{sample.reference}/": 14,
        "/callbacks/": 9,
    }.items():
        client.get(address)
        with django_assert_max_num_queries(most):
            assert client.get(address).status_code == 200
