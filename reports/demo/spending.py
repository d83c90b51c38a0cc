"""What happens around the demo's payouts, done through the services: their papers, money that goes back or is asked back, and
paid people who are called.
"""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any, Final

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet

from accounts.demo import AN_PHU, PHU_TAN
from core import clock
from core.documents import is_renderer_installed
from core.transitions import TransitionRefused
from disbursements.enums import BatchStatus, CallOutcome, InstructionStatus, PayoutChannel, RecoveryKind
from disbursements.models import Batch, CallbackItem, PaymentInstruction, Recovery
from disbursements.queries.callbacks import SampleScope
from disbursements.queries.unclaimed import unclaimed_lines
from disbursements.services import recoveries
from disbursements.services.budget import return_money
from disbursements.services.budget_checks import MovementPaper
from disbursements.services.callbacks import CallAnswer, SampleSize, draw_sample, record_call
from disbursements.services.unclaimed import UnclaimedPaper, return_unclaimed
from reports.demo.acting import acting
from reports.demo.cases import AMOUNT
from support_programs.enums import DocumentKind
from support_programs.services.documents import draft_document, issue_document

_PROGRAMME: Final = "LD_TU_DO"
_ACCOUNTANTS: Final = ("kt888a", "kt888b")
# the demo's August is too near for the usual 90 days (ops/demo.py)
_WAITED: Final = 15
_CALLERS: Final = ("so-a", "so-b")
_SEED: Final = "2709-2021"
_ANSWERS: Final = (
    *(CallOutcome.FULL,) * 11,
    CallOutcome.UNREACHABLE,
    CallOutcome.WRONG_NUMBER,
    CallOutcome.LESS,
)


def bring_spending() -> str:
    """All of it; gives in words how much. Nothing is done that a desk couldn't do itself."""
    papers = _papers_of_batches()
    asked_back = _ask_back()
    gone_back = _give_back()
    called = _call_back()
    return f"{papers} papers of money, {asked_back} recoveries, {gone_back} unclaimed, {called} called back"


def _batch(area: str, status: BatchStatus, channel: PayoutChannel | None = None) -> Batch | None:
    found = Batch.objects.in_area(area).filter(status=status)
    batch: Batch | None = (found.filter(channel=channel) if channel else found).order_by("pk").first()
    return batch


# --- papers -----------------------------------------------------------------------------------------------------------


def _papers_of_batches() -> int:
    """A request that waits for its signature, one that was signed, and the minutes of a locked batch."""
    made = _paper(PHU_TAN, BatchStatus.PREPARED, DocumentKind.PAYOUT_REQUEST, number="")
    made += _paper(AN_PHU, BatchStatus.RELEASED, DocumentKind.PAYOUT_REQUEST, number="DEMO-31/GĐN-LĐTBXH")
    made += _paper(PHU_TAN, BatchStatus.CLOSED, DocumentKind.RECONCILIATION, number="DEMO-32/BB-LĐTBXH")
    return made


def _paper(area: str, status: BatchStatus, kind: DocumentKind, *, number: str) -> int:
    """One paper of the oldest such batch; without a number it stays a draft, as all do without Pango."""
    with acting(f"kt{area[2:]}a") as actor:
        batch = _batch(area, status, PayoutChannel.CASH)
        if batch is None:
            return 0
        is_request = kind is DocumentKind.PAYOUT_REQUEST
        content: dict[str, Any] = (
            {"addressee": "Sở Lao động - Thương binh và Xã hội tỉnh An Giang"}
            if is_request
            else {"hour": "15 giờ 30 phút", "payer": "UBND các xã, thị trấn trong huyện"}
        )
        made = draft_document(kind=kind, record=batch, actor=actor, content=content)
        if number and is_renderer_installed():
            issue_document(
                made,
                number=number,
                dated=clock.today(),
                signer_office="TRƯỞNG PHÒNG",
                signer_name="Phan Thị Bích Liên",
                actor=actor,
            )
    return 1


# --- money that is asked back or goes back ------------------------------------------------------------------------------


def _paid(area: str) -> QuerySet[PaymentInstruction]:
    rows: QuerySet[PaymentInstruction] = PaymentInstruction.objects.in_area(area)
    return rows.filter(status=InstructionStatus.PAID, recoveries__isnull=True).order_by("pk")


def _ask_back() -> int:
    """Two wrong payments of Phú Tân: one by instalments, of which the second is late; one that nobody decided on yet."""
    opened = 0
    with acting(_ACCOUNTANTS[0], dt.date(2021, 9, 6)) as actor:
        line = _paid(PHU_TAN).filter(resulted_on__lte=clock.today()).first()
        if line is None:
            return 0
        wrong = recoveries.WrongPayment(
            RecoveryKind.NOT_ENTITLED,
            line.amount,
            "Người nhận có giao kết hợp đồng lao động từ tháng 5/2021.",
        )
        recovery = recoveries.open_recovery(actor=actor, line=line, wrong=wrong)
        opened += 1
    with acting(_ACCOUNTANTS[0], dt.date(2021, 9, 9)) as actor:
        paper = recoveries.DecisionPaper("DEMO-77/QĐ-UBND", clock.today(), "Nguyễn Hữu Phước")
        recoveries.record_recovery_decision(actor=actor, recovery=recovery, decision=paper)
        recoveries.plan_instalments(actor=actor, recovery=recovery, dues=_dues(recovery))
    with acting(_ACCOUNTANTS[0], dt.date(2021, 9, 14)) as actor:
        recoveries.record_receipt(
            actor=actor,
            recovery=recovery,
            paper=recoveries.MoneyPaper("DEMO-PT-0014", clock.today(), 500_000),
        )
    with acting(_ACCOUNTANTS[1]) as actor:
        line = _paid(PHU_TAN).last()
        if line is not None:
            wrong = recoveries.WrongPayment(
                RecoveryKind.WRONG_PERSON, line.amount, "Người cùng tên trong khóm đã nhận thay."
            )
            recoveries.open_recovery(actor=actor, line=line, wrong=wrong)
            opened += 1
    return opened


def _dues(recovery: Recovery) -> list[recoveries.Due]:
    """Three equal parts: one that was paid, one that is late today, one to come."""
    part = recovery.amount // 3
    days = (dt.date(2021, 9, 15), dt.date(2021, 9, 22), dt.date(2021, 10, 15))
    return [
        recoveries.Due(day, part if place < 2 else recovery.amount - 2 * part)
        for place, day in enumerate(days)
    ]


@contextmanager
def _waiting(days: int) -> Iterator[None]:
    usual = settings.UNCLAIMED_DAYS
    settings.UNCLAIMED_DAYS = days
    try:
        yield
    finally:
        settings.UNCLAIMED_DAYS = usual


def _give_back() -> int:
    """What a few people of An Phú didn't take goes back to the budget; Phú Tân returns a part of what a line has left."""
    people = 0
    with acting("kt886a") as actor, _waiting(_WAITED):
        lines = list(unclaimed_lines(AN_PHU, clock.today()).filter(batch__programme=_PROGRAMME)[:3])
        if lines:
            return_unclaimed(
                actor=actor,
                paper=UnclaimedPaper(
                    district=AN_PHU,
                    programme=_PROGRAMME,
                    references=[line.reference for line in lines],
                    document_number="DEMO-41/TCKH",
                    returned_on=clock.today(),
                    people=len(lines),
                    amount=sum(line.amount for line in lines),
                ),
            )
            people = len(lines)
    for area in (PHU_TAN, AN_PHU):
        if _give_back_one(area):
            break
    return people


def _give_back_one(area: str) -> bool:
    """The money of one person who moved away goes back to the budget; False where nobody came back in this district."""
    with acting(f"kt{area[2:]}a") as actor:
        returned = PaymentInstruction.objects.in_area(area).filter(
            status__in=InstructionStatus.final_without_payment(),
            entitlement__unclaimed_items__isnull=True,
            budget_line__available__gte=AMOUNT,
        )
        row = returned.select_related("budget_line").order_by("resulted_on", "pk").first()
        if row is None:
            return False
        reason = "Hoàn trả phần kinh phí của người đã chuyển đi nơi khác."
        paper = MovementPaper("DEMO-43/TCKH", clock.today(), reason, row.amount)
        return_money(actor=actor, line=row.budget_line, paper=paper)
    return True


# --- calling back -----------------------------------------------------------------------------------------------------


def _call_back() -> int:
    """The department has drawn twenty of Phú Tân and called most of them; one says that money was missing."""
    with acting("so-a") as actor:
        try:
            sample = draw_sample(
                actor=actor,
                scope=SampleScope(PHU_TAN, _PROGRAMME),
                size=SampleSize(people=20),
                seed=_SEED,
            )
        except TransitionRefused:
            # a very small demo has paid nobody there
            return 0
    return sum(
        _called(item.pk, outcome)
        for item, outcome in zip(sample.items.order_by("position"), _ANSWERS, strict=False)
    )


def _called(item: int, outcome: CallOutcome) -> int:
    """One call, by whichever of the two took no part in the payment; 1 where somebody could call."""
    said = 1_000_000 if outcome is CallOutcome.LESS else None
    note = "Nói chỉ nhận 1.000.000 đ, hẹn xem lại giấy ký nhận." if said else ""
    for username in _CALLERS:
        with acting(username) as actor, suppress(PermissionDenied):
            found = CallbackItem.objects.get(pk=item)
            record_call(actor=actor, item=found, answer=CallAnswer(outcome.value, said, note))
            return 1
    return 0
