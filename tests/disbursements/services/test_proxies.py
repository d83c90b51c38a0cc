"""Who received cash instead of the payee: by whom it is recorded, what is refused, and that a correction is a new row."""

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection, transaction

from accounts.enums import Role
from core import crypto
from core.models import Event
from core.transitions import TransitionRefused
from disbursements.enums import ProxyRelation
from disbursements.models import CashProxy, PaymentInstruction
from disbursements.services.proxies import ProxyEntry, record_proxy
from tests.factories.payments import ApprovedList, payable_list, prepared_batch, released_batch
from tests.factories.people import DISTRICT, promoted

pytestmark = pytest.mark.django_db
DAY = dt.date(2021, 9, 25)


def entry(**other: Any) -> ProxyEntry:
    fields: dict[str, Any] = {
        "full_name": "  Trần Thị   Bé ",
        "number": "089 178 000 123",
        "relation": ProxyRelation.SPOUSE,
        "paper_number": "12/UQ-UBND",
        "paper_date": DAY,
    }
    return ProxyEntry(**{**fields, **other})


@pytest.fixture
def made() -> ApprovedList:
    return payable_list(1)


@pytest.fixture
def line(made: ApprovedList) -> PaymentInstruction:
    return released_batch(made).instructions.get()


def test_recorded_with_a_masked_number_and_corrected_by_a_new_row(
    made: ApprovedList, line: PaymentInstruction
) -> None:
    first = record_proxy(actor=made.staff.accountant, line=line, entry=entry())
    assert (first.full_name, first.number_last3, first.ordinal) == ("Trần Thị Bé", "123", 1)
    assert crypto.decrypt("number", first.number_encrypted) == "089178000123"
    with pytest.raises(TransitionRefused, match="vì sao sửa"):
        record_proxy(actor=made.staff.accountant, line=line, entry=entry(full_name="Trần Văn Bé"))
    second = record_proxy(
        actor=made.staff.accountant, line=line, entry=entry(full_name="Trần Văn Bé", reason="Ghi nhầm tên")
    )
    assert [(row.ordinal, row.full_name) for row in line.proxies.order_by("ordinal")] == [
        (1, "Trần Thị Bé"),
        (2, "Trần Văn Bé"),
    ]
    assert second.reason == "Ghi nhầm tên"
    events = Event.objects.filter(action="instruction.proxy_recorded", object_ref=line.reference)
    assert events.count() == 2
    assert "089178000123" not in str(list(events.values_list("change", "reason")))


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"number": "08917800012"}, "cần 12 hoặc 9 chữ số"),
        ({"number": "08917800012O"}, "cần 12 hoặc 9 chữ số"),
        ({"paper_date": dt.date(2031, 1, 1)}, "không được sau hôm nay"),
        ({"full_name": "  "}, "đủ họ tên"),
        ({"paper_number": ""}, "giấy ủy quyền"),
    ],
)
def test_what_is_refused_says_what_to_do(
    made: ApprovedList, line: PaymentInstruction, change: dict[str, Any], sentence: str
) -> None:
    with pytest.raises(TransitionRefused, match=sentence):
        record_proxy(actor=made.staff.accountant, line=line, entry=entry(**change))
    assert not CashProxy.objects.exists()


def test_the_payee_is_no_proxy(made: ApprovedList, line: PaymentInstruction) -> None:
    own = crypto.decrypt("number", line.payee_number_encrypted)
    with pytest.raises(TransitionRefused, match="chính người được hưởng"):
        record_proxy(actor=made.staff.accountant, line=line, entry=entry(number=own))


def test_only_of_cash_that_is_being_paid_and_by_the_accountant(made: ApprovedList) -> None:
    line = prepared_batch(made).instructions.get()
    with pytest.raises(TransitionRefused, match="khoản tiền mặt"):
        record_proxy(actor=made.staff.accountant, line=line, entry=entry())
    with pytest.raises(PermissionDenied):
        record_proxy(actor=made.staff.enterer, line=line, entry=entry())
    assert not CashProxy.objects.exists()


def test_who_entered_the_case_does_not_say_who_received(made: ApprovedList, line: PaymentInstruction) -> None:
    enterer = promoted(made.staff.enterer, Role.ACCOUNTANT, area=DISTRICT)
    with pytest.raises(TransitionRefused, match="Bạn đã nhập hồ sơ"):
        record_proxy(actor=enterer, line=line, entry=entry())
    with pytest.raises(DatabaseError, match="entered the case"), transaction.atomic():
        insert(line, recorded_by=enterer.pk)


def insert(line: PaymentInstruction, *, ordinal: int = 1, recorded_by: int = 999, area: str = "") -> None:
    """As plain SQL would."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO disbursements_cashproxy (area_code, instruction_id, ordinal, full_name, number_encrypted,"
            " number_last3, relation, paper_number, paper_date, reason, recorded_by_id, recorded_by_name, created_at)"
            " VALUES (%s, %s, %s, 'A', 'x', '123', 'child', '1', '2021-09-25', 'r', %s, 'B', now())",
            [area or line.area_code, line.pk, ordinal, recorded_by],
        )


def test_the_database_refuses_what_the_service_does(made: ApprovedList, line: PaymentInstruction) -> None:
    for wrong in ({"ordinal": 2}, {"area": "8988930463"}):
        with pytest.raises(DatabaseError), transaction.atomic():
            insert(line, **wrong)  # type: ignore[arg-type]
    waiting = prepared_batch(payable_list(1)).instructions.get()
    with pytest.raises(DatabaseError, match="not cash"), transaction.atomic():
        insert(waiting)
    record_proxy(actor=made.staff.accountant, line=line, entry=entry())
    for statement in (
        "UPDATE disbursements_cashproxy SET full_name = 'Khác'",
        "DELETE FROM disbursements_cashproxy",
        "UPDATE disbursements_cashproxy SET number_encrypted = 'x'",
    ):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    assert CashProxy.objects.get().full_name == "Trần Thị Bé"
