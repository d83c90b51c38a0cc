"""Recoveries by kind and unit tie to the ledger at the end of every day; the list masks numbers."""

import datetime as dt
from typing import Any

import pytest

from accounts.enums import Role
from accounts.models import User
from disbursements.enums import LedgerAccount, RecoveryState
from disbursements.models import PaymentInstruction, Recovery
from disbursements.queries.ledger import LedgerFilter, balance, postings_of
from disbursements.services.recoveries import (
    DecisionPaper,
    Due,
    MoneyPaper,
    WrongPayment,
    hand_back,
    open_recovery,
    plan_instalments,
    record_receipt,
    waive_recovery,
)
from disbursements.services.results import record_all_paid_except
from tests.factories import payments as make
from tests.factories.people import OUTSIDE_DISTRICT, PROVINCE, user
from tests.reports.definitions.reading import body_of, line_of, params_for, rows_of, total_of

pytestmark = pytest.mark.django_db
OPENED, LATER = dt.date(2021, 9, 27), dt.date(2021, 10, 5)
DECISION = DecisionPaper("15/QĐ-UBND", OPENED, "Trần Văn Nam")


@pytest.fixture(autouse=True)
def made(settings: Any) -> make.ApprovedList:
    """Four wrong payments: one half back, one let go after a part, one asked back by mistake, one untouched and late."""
    settings.BUSINESS_DATE = OPENED
    made = make.payable_list(4)
    batch, me = make.released_batch(made), made.staff.accountant
    record_all_paid_except(actor=me, batch=batch, exceptions={})
    lines = PaymentInstruction.objects.filter(batch=batch).order_by("position")
    first, second, third, fourth = [_opened(made, line) for line in lines]
    record_receipt(actor=me, recovery=first, paper=MoneyPaper("PT-1", OPENED, 400_000))
    plan_instalments(actor=me, recovery=fourth, dues=[Due(dt.date(2021, 10, 1), 1_000_000)])
    settings.BUSINESS_DATE = LATER
    record_receipt(actor=me, recovery=first, paper=MoneyPaper("PT-2", LATER, 100_000))
    hand_back(actor=me, recovery=first, paper=MoneyPaper("NNS-1", LATER, 300_000))
    record_receipt(actor=me, recovery=second, paper=MoneyPaper("PT-3", LATER, 250_000))
    waive_recovery(actor=me, recovery=second, decision=DECISION, reason="Hộ nghèo")
    # as when the joining of two people is undone
    Recovery.objects.filter(pk=third.pk).update(
        state=RecoveryState.CANCELLED, ended_on=LATER, ended_reason="Hai người khác nhau"
    )
    return made


def _opened(made: make.ApprovedList, line: PaymentInstruction) -> Recovery:
    wrong = WrongPayment("not_entitled", 1_000_000, "Đang đóng BHXH")
    return open_recovery(actor=made.staff.accountant, line=line, wrong=wrong)


@pytest.fixture
def leader() -> User:
    return user(Role.LEADER, area=PROVINCE)


@pytest.mark.parametrize("last", [OPENED, LATER])
def test_sums_are_the_ledgers_at_the_end_of_the_day(leader: User, last: dt.date) -> None:
    body = body_of("recoveries", leader, params_for(leader, last=last))
    ledger = balance(postings_of(leader, LedgerFilter(last=last)))
    assert total_of(body, "left") == ledger.of(LedgerAccount.RECEIVABLE).amount
    assert total_of(body, "to_hand_back") == ledger.of(LedgerAccount.RECOVERED).amount
    assert total_of(body, "handed_back") == ledger.of(LedgerAccount.HANDED_BACK).amount
    assert (
        total_of(body, "all_amount") - total_of(body, "let_go_amount")
        == -ledger.of(LedgerAccount.RECOVERY).amount
    )


def test_a_line_tells_the_whole_story(leader: User) -> None:
    october = params_for(leader, first=dt.date(2021, 10, 1), last=LATER)
    line = line_of(body_of("recoveries", leader, october), "Không đủ điều kiện hưởng", "Huyện Phú Tân")
    assert {key: value for key, value in line.items() if key != "label"} == {
        "period_people": 0,
        "period_amount": 0,
        "all_people": 4,
        "all_amount": 4_000_000,
        "received_period": 350_000,
        "received": 750_000,
        "handed_back": 300_000,
        "to_hand_back": 450_000,
        "let_go_people": 2,
        "let_go_amount": 1_750_000,
        "left": 1_500_000,
    }


def test_the_list_names_people_and_masks_their_numbers(leader: User) -> None:
    rows = rows_of(body_of("recovery_people", leader, params_for(leader, last=LATER)))
    assert [row["state"] for row in rows] == [
        "Đang thu hồi",
        "Miễn thu hồi",
        "Thôi thu hồi",
        "Đang thu hồi, quá hạn",
    ]
    assert sum(int(str(row["received"])) for row in rows) == 750_000
    number = str(rows[0]["number"])
    assert number.startswith("••• ••• ••• ")
    assert len(number.replace("•", "").strip()) == 3


def test_an_outsider_sees_none() -> None:
    outsider = user(Role.LEADER, area=OUTSIDE_DISTRICT)
    params = params_for(outsider, last=LATER)
    assert body_of("recoveries", outsider, params).sections == ()
    assert rows_of(body_of("recovery_people", outsider, params)) == []
