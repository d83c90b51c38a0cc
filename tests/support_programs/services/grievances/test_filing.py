"""What citizens raise is written down: whose desk it lands on, what must be there, what is kept how."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection

from accounts.enums import Role
from core import clock
from core.models import Event
from core.tracking import code_hash
from support_programs.enums import GrievanceChannel as Channel
from support_programs.models import Grievance
from support_programs.queries.grievances import contact_of, followed_by_code
from support_programs.services.claim_refusals import ClaimRefused
from support_programs.services.grievances import Report, file_grievance
from tests.factories import cases as make
from tests.factories.people import COMMUNE, DISTRICT, OUTSIDE_COMMUNE, PROVINCE, user

pytestmark = pytest.mark.django_db

SAID = "Tôi bán vé số ở ấp Mỹ Lương, đã nộp đơn mà chưa nhận được tiền."


def report(**changes: object) -> Report:
    given: dict[str, object] = {
        "kind": "feedback", "topic": "not_paid", "text": SAID, "area_code": COMMUNE, "sender_name": "Trần Văn Hai",
    }  # fmt: skip
    return Report(**{**given, **changes})  # type: ignore[arg-type]


def test_a_citizen_gets_a_reference_and_a_code_that_finds_it() -> None:
    filed = file_grievance(report(phone="0912 345 678"), channel=Channel.PUBLIC, actor=None)
    made = Grievance.objects.get()
    assert filed.grievance == made
    assert made.reference.startswith("PA-2021-")
    assert (made.status, made.area_code, made.entered_by_id) == ("received", COMMUNE, None)
    # five working days from Monday 27/09/2021
    assert (made.received_on, made.due_on) == (dt.date(2021, 9, 27), dt.date(2021, 10, 4))
    found = followed_by_code(code_hash(filed.code.lower()))
    assert found is not None
    assert found.reference == made.reference
    assert followed_by_code(code_hash("AAAA-AAAA-AAAA")) is None


def test_the_code_and_the_contact_are_not_in_the_database() -> None:
    filed = file_grievance(
        report(phone="0912345678", address="Tổ 5, ấp Mỹ Lương"), channel=Channel.PUBLIC, actor=None
    )
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_jsonb(g)::text FROM support_programs_grievance g")
        (stored,) = cursor.fetchone()
    assert filed.code not in stored
    assert "0912345678" not in stored
    assert "Tổ 5" not in stored
    assert "0912345678" not in str(list(Event.objects.values()))
    assert contact_of(filed.grievance, user(Role.COMMUNE_OFFICER))["phone"] == "0912345678"
    assert contact_of(filed.grievance, user(Role.AUDITOR)) == {}


@pytest.mark.parametrize(
    ("changes", "lands"),
    [
        ({}, COMMUNE),
        ({"topic": "refused"}, DISTRICT),
        ({"topic": "conduct"}, DISTRICT),
        ({"kind": "denunciation"}, PROVINCE),
        ({"topic": "conduct", "area_code": DISTRICT}, PROVINCE),
        ({"topic": "not_paid", "area_code": DISTRICT}, DISTRICT),
    ],
)
def test_it_lands_where_nobody_judges_themselves(changes: dict[str, object], lands: str) -> None:
    filed = file_grievance(report(**changes), channel=Channel.PUBLIC, actor=None)
    assert filed.grievance.area_code == lands
    assert filed.grievance.filed_area_code == changes.get("area_code", COMMUNE)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"text": "Chưa có tiền"}, "text"),
        ({"text": f"{SAID} CCCD của tôi 089178000123."}, "text"),
        ({"text": f"{SAID} Tài khoản 6700205111927."}, "text"),
        ({"text": f"{SAID} Tài khoản 67002 05111 927"}, "text"),
        ({"text": "a" * 5_001}, "text"),
        ({"kind": "complaint", "sender_name": " "}, "sender_name"),
        ({"kind": "denunciation", "sender_name": ""}, "sender_name"),
        ({"kind": "petition"}, "kind"),
        ({"topic": ""}, "topic"),
    ],
)
def test_what_is_missing_is_said_at_its_field(changes: dict[str, object], field: str) -> None:
    with pytest.raises(ClaimRefused) as refused:
        file_grievance(report(**changes), channel=Channel.PUBLIC, actor=None)
    assert list(refused.value.errors) == [field]
    assert not Grievance.objects.exists()


def test_a_telephone_a_reference_and_an_amount_are_no_numbers_of_a_paper() -> None:
    text = f"{SAID} Gọi 0912 345 678, 02963 123 456. Hồ sơ HS-2021-00001236, 1.500.000 đ, ngày 27/09/2021."
    assert file_grievance(report(text=text), channel=Channel.PUBLIC, actor=None).grievance.text == text


def test_a_report_may_be_anonymous_and_keeps_its_lines() -> None:
    filed = file_grievance(
        report(sender_name="", text=f"{SAID}\n\nXin  xem lại."), channel=Channel.PUBLIC, actor=None
    )
    assert filed.grievance.sender_name == ""
    assert filed.grievance.text == f"{SAID}\n\nXin xem lại."


def test_a_day_to_come_is_refused_and_a_past_one_starts_the_term() -> None:
    officer = user(Role.COMMUNE_OFFICER)
    with pytest.raises(ClaimRefused) as refused:
        file_grievance(
            report(), channel=Channel.DESK, actor=officer, received_on=clock.today() + dt.timedelta(days=1)
        )
    assert list(refused.value.errors) == ["received_on"]
    filed = file_grievance(report(), channel=Channel.DESK, actor=officer, received_on=dt.date(2021, 9, 20))
    assert filed.grievance.due_on == dt.date(2021, 9, 27)


def test_desks_write_down_what_lies_in_their_area() -> None:
    with pytest.raises(PermissionDenied):
        file_grievance(report(), channel=Channel.DESK, actor=user(Role.AUDITOR))
    with pytest.raises(PermissionDenied):
        file_grievance(report(), channel=Channel.DESK, actor=user(Role.COMMUNE_OFFICER, area=OUTSIDE_COMMUNE))
    who = make.staff()
    case = make.draft_list(who).cases.get()
    with pytest.raises(PermissionDenied):
        file_grievance(
            report(case=case, area_code=OUTSIDE_COMMUNE),
            channel=Channel.DESK,
            actor=user(Role.COMMUNE_OFFICER, area=OUTSIDE_COMMUNE),
        )
    assert not Grievance.objects.exists()
