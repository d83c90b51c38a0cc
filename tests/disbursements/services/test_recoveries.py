"""Money that was paid wrongly comes back: by decision, in instalments, with receipts, to the budget, never more than was paid."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from accounts.enums import Role
from core.models import Event
from core.transitions import TransitionRefused
from disbursements.enums import LedgerAccount, RecoveryState
from disbursements.models import LedgerPosting, PaymentInstruction, Recovery, RecoveryInstalment
from disbursements.queries.recoveries import overdue_recoveries
from disbursements.services.recoveries import (
    DecisionPaper,
    Due,
    MoneyPaper,
    WrongPayment,
    hand_back,
    open_recovery,
    plan_instalments,
    record_receipt,
    record_recovery_decision,
    waive_recovery,
)
from disbursements.services.results import record_all_paid_except
from tests.factories import payments as make
from tests.factories.people import OUTSIDE_DISTRICT, user

pytestmark = pytest.mark.django_db


@pytest.fixture
def business_day(settings: Any) -> Callable[[dt.date], None]:
    return lambda day: setattr(settings, "BUSINESS_DATE", day)


TODAY = dt.date(2021, 9, 27)
DECISION = DecisionPaper("15/QĐ-UBND", TODAY, "Trần Văn Nam")


@pytest.fixture(autouse=True)
def _on_a_day(business_day: Callable[[dt.date], None]) -> None:
    business_day(TODAY)


@pytest.fixture
def paid() -> tuple[make.ApprovedList, list[PaymentInstruction]]:
    made = make.payable_list(2)
    batch = make.released_batch(made)
    record_all_paid_except(actor=made.staff.accountant, batch=batch, exceptions={})
    return made, list(PaymentInstruction.objects.filter(batch=batch).order_by("position"))


def opened(made: make.ApprovedList, line: PaymentInstruction, amount: int = 1_000_000) -> Recovery:
    wrong = WrongPayment("not_entitled", amount, "Đang đóng BHXH")
    return open_recovery(actor=made.staff.accountant, line=line, wrong=wrong)


def balances(recovery: Recovery) -> dict[str, int]:
    """Đồng and people per account of a recovery's postings."""
    sums: dict[str, int] = {}
    for row in LedgerPosting.objects.filter(object_ref=recovery.reference):
        sums[row.account] = sums.get(row.account, 0) + row.amount
    return {account: amount for account, amount in sums.items() if amount}


def test_from_the_decision_to_the_last_receipt_and_the_budget(
    paid: tuple[make.ApprovedList, list[PaymentInstruction]],
) -> None:
    made, lines = paid
    me = made.staff.accountant
    recovery = opened(made, lines[0])
    assert balances(recovery) == {"recovery": -1_000_000, "receivable": 1_000_000}
    record_recovery_decision(actor=me, recovery=recovery, decision=DECISION)
    dues = [Due(TODAY + dt.timedelta(days=30 * n), amount) for n, amount in ((1, 400_000), (2, 600_000))]
    plan_instalments(actor=me, recovery=recovery, dues=dues)
    record_receipt(actor=me, recovery=recovery, paper=MoneyPaper("PT-1", TODAY, 400_000))
    assert balances(recovery) == {"recovery": -1_000_000, "receivable": 600_000, "recovered": 400_000}
    hand_back(actor=me, recovery=recovery, paper=MoneyPaper("NNS-1", TODAY, 300_000))
    record_receipt(actor=me, recovery=recovery, paper=MoneyPaper("PT-2", TODAY, 600_000))
    recovery.refresh_from_db()
    assert (recovery.state, recovery.recovered, recovery.left, recovery.to_hand_back) == (
        RecoveryState.RECOVERED,
        1_000_000,
        0,
        700_000,
    )
    assert (recovery.ended_on, recovery.ended_reason) == (TODAY, "Đã thu đủ")
    hand_back(actor=me, recovery=recovery, paper=MoneyPaper("NNS-2", TODAY, 700_000))
    assert balances(recovery) == {"recovery": -1_000_000, "handed_back": 1_000_000}
    heads = LedgerPosting.objects.filter(object_ref=recovery.reference, people__gt=0)
    assert sorted((row.account, row.people) for row in heads) == [
        ("handed_back", 1),
        ("receivable", 1),
        ("recovered", 1),
    ]
    line = recovery.instruction.budget_line
    line.refresh_from_db()
    assert (line.available, line.paid) == (0, 3_000_000)
    assert list(
        Event.objects.filter(object_ref=recovery.reference).order_by("pk").values_list("action", flat=True)
    ) == [
        "recovery.opened_by_hand",
        "recovery.decided",
        "recovery.planned",
        "recovery.received",
        "recovery.handed_back",
        "recovery.received",
        "recovery.handed_back",
    ]


class TestRefused:
    @pytest.mark.parametrize(
        ("wrong", "sentence"),
        [
            (WrongPayment("not_entitled", 1_500_001, "x"), "từ 1 đồng đến số đã chi 1.500.000 đồng"),
            (WrongPayment("not_entitled", 0, "x"), "từ 1 đồng"),
            (WrongPayment("not_entitled", -5, "x"), "từ 1 đồng"),
            (WrongPayment("double", 5, "x"), "hãy chọn vì sao"),
            (WrongPayment("other", 5, "  "), "hãy ghi vì sao"),
            (WrongPayment("other", 5, "CCCD 089085000111"), "Đừng ghi số CCCD"),
        ],
    )
    def test_opening(self, paid: Any, wrong: WrongPayment, sentence: str) -> None:
        made, lines = paid
        with pytest.raises(TransitionRefused, match=sentence):
            open_recovery(actor=made.staff.accountant, line=lines[0], wrong=wrong)
        assert not Recovery.objects.exists()

    def test_what_was_not_paid_or_is_asked_back_already(self, paid: Any) -> None:
        made, lines = paid
        recovery = opened(made, lines[0])
        with pytest.raises(TransitionRefused, match=f"đã mở thu hồi {recovery.reference}"):
            opened(made, lines[0])
        other = make.payable_list(1)
        sent = PaymentInstruction.objects.get(
            batch=make.released_batch(other, decision=other.decision.number)
        )
        with pytest.raises(TransitionRefused, match="đã chi trả"):
            opened(other, sent)

    def test_somebody_else(self, paid: Any) -> None:
        _made, lines = paid
        for actor in (
            user(Role.DISTRICT_OFFICER),
            user(Role.AUDITOR),
            user(Role.ACCOUNTANT, area=OUTSIDE_DISTRICT),
        ):
            with pytest.raises(PermissionDenied):
                open_recovery(actor=actor, line=lines[0], wrong=WrongPayment("other", 5, "x"))

    @pytest.mark.parametrize(
        ("dues", "sentence"),
        [
            ([], "từ 1 đến 60 kỳ"),
            ([Due(TODAY, 999_999)], "còn phải thu 1.000.000 đồng"),
            ([Due(TODAY, 1_000_001)], "Các kỳ cộng lại là 1.000.001 đồng"),
            ([Due(TODAY, 500_000), Due(TODAY, 500_000)], "Kỳ 2: hạn nộp"),
            ([Due(TODAY - dt.timedelta(days=1), 1_000_000)], "Kỳ 1: hạn nộp"),
            ([Due(TODAY, 1_000_000), Due(TODAY + dt.timedelta(days=1), 0)], "Kỳ 2: số tiền"),
        ],
    )
    def test_a_plan_that_does_not_add_up(self, paid: Any, dues: list[Due], sentence: str) -> None:
        made, lines = paid
        recovery = opened(made, lines[0])
        with pytest.raises(TransitionRefused, match=sentence):
            plan_instalments(actor=made.staff.accountant, recovery=recovery, dues=dues)
        assert not RecoveryInstalment.objects.exists()

    @pytest.mark.parametrize(
        ("paper", "sentence"),
        [
            (MoneyPaper("PT-9", TODAY, 600_001), "còn phải thu 600.000 đồng"),
            (MoneyPaper("PT-9", TODAY, 0), "từ 1 đồng"),
            (MoneyPaper(" ", TODAY, 1), "Số chứng từ"),
            (MoneyPaper("PT-1", TODAY, 1), "PT-1 đã được ghi"),
            (MoneyPaper("PT-9", TODAY + dt.timedelta(days=1), 1), "sau ngày làm việc"),
            (MoneyPaper("PT-9", TODAY - dt.timedelta(days=1), 1), "không được trước ngày chi"),
        ],
    )
    def test_a_receipt(self, paid: Any, paper: MoneyPaper, sentence: str) -> None:
        made, lines = paid
        recovery = opened(made, lines[0])
        record_receipt(
            actor=made.staff.accountant, recovery=recovery, paper=MoneyPaper("PT-1", TODAY, 400_000)
        )
        with pytest.raises(TransitionRefused, match=sentence):
            record_receipt(actor=made.staff.accountant, recovery=recovery, paper=paper)
        recovery.refresh_from_db()
        assert recovery.recovered == 400_000

    def test_more_to_the_budget_than_came_back(self, paid: Any) -> None:
        made, lines = paid
        recovery = opened(made, lines[0])
        me = made.staff.accountant
        with pytest.raises(TransitionRefused, match="đã thu, chưa nộp 0 đồng"):
            hand_back(actor=me, recovery=recovery, paper=MoneyPaper("NNS-1", TODAY, 1))
        record_receipt(actor=me, recovery=recovery, paper=MoneyPaper("PT-1", TODAY, 5))
        hand_back(actor=me, recovery=recovery, paper=MoneyPaper("NNS-1", TODAY, 5))
        with pytest.raises(TransitionRefused, match="0 đồng"):
            hand_back(actor=me, recovery=recovery, paper=MoneyPaper("NNS-2", TODAY, 1))


def test_a_decision_lets_the_rest_go_and_what_came_back_stays(paid: Any) -> None:
    made, lines = paid
    me = made.staff.accountant
    recovery = opened(made, lines[0])
    record_receipt(actor=me, recovery=recovery, paper=MoneyPaper("PT-1", TODAY, 300_000))
    with pytest.raises(TransitionRefused, match="số quyết định và người ký"):
        waive_recovery(actor=me, recovery=recovery, decision=DecisionPaper("", TODAY, "A"), reason="x")
    ended = waive_recovery(
        actor=me, recovery=recovery, decision=DECISION, reason="Hộ nghèo, không có khả năng"
    )
    assert (ended.state, ended.left, ended.waiver_number) == (RecoveryState.WAIVED, 0, "15/QĐ-UBND")
    assert balances(recovery) == {"recovery": -300_000, "recovered": 300_000}
    with pytest.raises(TransitionRefused, match="đã kết thúc: Miễn thu hồi"):
        record_receipt(actor=me, recovery=recovery, paper=MoneyPaper("PT-2", TODAY, 1))
    hand_back(actor=me, recovery=recovery, paper=MoneyPaper("NNS-1", TODAY, 300_000))
    assert balances(recovery) == {"recovery": -300_000, "handed_back": 300_000}


def test_what_is_overdue_and_what_a_new_plan_changes(
    paid: Any, business_day: Callable[[dt.date], None]
) -> None:
    made, lines = paid
    me = made.staff.accountant
    first, second = opened(made, lines[0]), opened(made, lines[1])
    dues = [Due(TODAY + dt.timedelta(days=10), 400_000), Due(TODAY + dt.timedelta(days=40), 600_000)]
    for recovery in (first, second):
        plan_instalments(actor=me, recovery=recovery, dues=dues)
    record_receipt(actor=me, recovery=second, paper=MoneyPaper("PT-1", TODAY, 400_000))
    due = TODAY + dt.timedelta(days=10)
    assert not overdue_recoveries(me, due).exists()
    late = due + dt.timedelta(days=1)
    assert [row.pk for row in overdue_recoveries(me, late)] == [first.pk]
    assert not overdue_recoveries(user(Role.ACCOUNTANT, area=OUTSIDE_DISTRICT), late).exists()
    business_day(late)
    plan_instalments(actor=me, recovery=first, dues=[Due(late + dt.timedelta(days=60), 1_000_000)])
    assert not overdue_recoveries(me, late).exists()
    assert [row.plan for row in first.instalments.order_by("pk")] == [1, 1, 2]
    # the rest of the second one after its first instalment
    plan_instalments(actor=me, recovery=second, dues=[Due(late, 600_000)])
    assert second.instalments.get(plan=2).due_total == 1_000_000


def test_the_ledger_knows_every_account_of_it() -> None:
    assert {"recovery", "receivable", "recovered", "handed_back"} <= set(LedgerAccount.values)
