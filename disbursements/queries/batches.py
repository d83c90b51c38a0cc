"""Batches as their pages show them: figures by result, steps, lines, what may be done next."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from accounts.queries import area_name
from core import clock
from core.dates import format_date
from core.models import Event
from core.money import format_dong
from core.page_parts import Step, StepState
from core.queries.calendar import working_calendar
from core.querysets import area_filter
from core.references import parse_reference
from core.text import search_key
from disbursements.enums import BatchStatus, InstructionStatus
from disbursements.models import Allocation, Batch, PaymentInstruction
from disbursements.queries.ledger import BatchMoney, batch_money
from disbursements.queries.signatures import signing_of

_UNPAID: Final = Q(status__in=InstructionStatus.final_without_payment())


@dataclass(frozen=True, slots=True)
class BatchFigures:
    """People and đồng of a batch by result. `difference` must be 0: approved - paid - not paid - awaited (I15)."""

    people: int = 0
    amount: int = 0
    paid_people: int = 0
    paid_amount: int = 0
    unpaid_people: int = 0
    unpaid_amount: int = 0
    awaited_people: int = 0
    awaited_amount: int = 0

    @property
    def difference(self) -> int:
        return self.amount - self.paid_amount - self.unpaid_amount - self.awaited_amount


@dataclass(frozen=True, slots=True)
class BatchRow:
    """One batch in the list of batches; `days_left` in working days, None where nothing is due."""

    batch: Batch
    area: str
    figures: BatchFigures
    days_left: int | None


@dataclass(frozen=True, slots=True)
class LineFilter:
    """Which lines of a batch are shown: words of a name or a reference, one result, one commune."""

    q: str = ""
    status: str = ""
    area: str = ""

    @classmethod
    def from_query(cls, query: Mapping[str, str]) -> "LineFilter":
        return cls(query.get("q", "").strip(), query.get("status", ""), query.get("area", ""))

    def apply(self, lines: QuerySet[PaymentInstruction]) -> QuerySet[PaymentInstruction]:
        if self.status in InstructionStatus.values:
            lines = lines.filter(status=self.status)
        if self.area:
            lines = lines.filter(area_filter(self.area))
        if not self.q:
            return lines
        reference = parse_reference(self.q)
        if reference is not None:
            return lines.filter(Q(reference=str(reference)) | Q(case_reference=str(reference)))
        for word in search_key(self.q).split():
            lines = lines.filter(entitlement__case__name_key__contains=word)
        return lines


def figures_of(batches: Iterable[Batch]) -> dict[int, BatchFigures]:
    """The figures of these batches by primary key, as the ledger says; one query."""
    return {pk: figures_from(money) for pk, money in batch_money(batches).items()}


def figures_from(money: BatchMoney) -> BatchFigures:
    """The figures of a batch whose sums are known; who was cancelled is no longer of the batch."""
    total = money.total + -money.cancelled
    return BatchFigures(
        people=total.people,
        amount=total.amount,
        paid_people=money.paid.people,
        paid_amount=money.paid.amount,
        unpaid_people=money.unpaid.people,
        unpaid_amount=money.unpaid.amount,
        awaited_people=money.awaited.people,
        awaited_amount=money.awaited.amount,
    )


def batch_rows(batches: Iterable[Batch]) -> list[BatchRow]:
    """Rows of a page of batches; one query for the figures."""
    found = list(batches)
    figures = figures_of(found)
    calendar, today = working_calendar(), clock.today()

    def days_left(batch: Batch) -> int | None:
        if batch.due_on is None or batch.status in BatchStatus.ended():
            return None
        return calendar.working_days_between(today, batch.due_on)

    return [
        BatchRow(batch, area_name(batch.area_code), figures.get(batch.pk, BatchFigures()), days_left(batch))
        for batch in found
    ]


def steps_of(batch: Batch, figures: BatchFigures) -> list[Step]:
    """From the province's decision to the locked reconciliation: who, when, how much."""
    decisions = _decisions(batch)
    allocated = _allocated_on(batch)
    days = _days(batch)
    reached: tuple[str, ...] = {
        BatchStatus.PREPARING: ("money", "allocated"),
        BatchStatus.PREPARED: ("money", "allocated", "made"),
        BatchStatus.APPROVED: ("money", "allocated", "made", "approved"),
        BatchStatus.RELEASED: ("money", "allocated", "made", "approved"),
        BatchStatus.CLOSED: ("money", "allocated", "made", "approved", "paid", "closed"),
    }.get(BatchStatus(batch.status), ())
    paid = _("%(paid)s / %(people)s người") % {
        "paid": format_dong(figures.paid_people),
        "people": format_dong(figures.people),
    }
    notes = {
        "money": (_("Tỉnh duyệt kinh phí"), decisions),
        "allocated": (_("Phân bổ kinh phí"), format_date(allocated) if allocated else ""),
        "made": (_("Lập đợt chi"), _by(batch.created_by_name, days.get("batch.created"))),
        "approved": (
            _("Duyệt đợt chi"),
            _approved(batch, days.get("batch.approve")),
        ),
        "paid": (_("Chi trả"), paid if batch.released_on else _("Chưa bắt đầu")),
        "closed": (_("Đối soát"), format_date(batch.closed_on) if batch.closed_on else _("Chưa khóa")),
    }
    current = next((name for name in notes if name not in reached), "")
    return [
        Step(
            label,
            StepState.DONE if name in reached else StepState.CURRENT if name == current else StepState.TODO,
            note,
        )
        for name, (label, note) in notes.items()
    ]


def _approved(batch: Batch, day: dt.date | None) -> str:
    """Who approved it; where several sign, every name, and how many are there of how many."""
    if batch.signatures_needed == 1:
        return _by(batch.approved_by_name, day) or _("Chưa duyệt")
    signing = signing_of(batch)
    counted = _("Chữ ký %(given)s/%(needed)s") % {"given": signing.given, "needed": signing.needed}
    return "; ".join([counted, *(_by(name, signed_on) for name, signed_on in signing.names)])


def _days(batch: Batch) -> dict[str, dt.date]:
    """The day on which each thing was done to a batch, as the log says."""
    events = Event.objects.filter(object_type="disbursements.batch", object_id=batch.pk)
    return dict(events.order_by("pk").values_list("action", "business_date"))


def _by(name: str, day: dt.date | None) -> str:
    return f"{name}, {format_date(day)}" if name and day else name


def _decisions(batch: Batch) -> str:
    numbers = (
        PaymentInstruction.objects.filter(batch=batch)
        .order_by("decision_number")
        .values_list("decision_number", flat=True)
    )
    return ", ".join(numbers.distinct())


def _allocated_on(batch: Batch) -> dt.date | None:
    papers = Allocation.objects.filter(
        decision__in=PaymentInstruction.objects.filter(batch=batch)
        .order_by()
        .values("entitlement__decision"),
        area_code=batch.area_code[:5],
    )
    return papers.order_by("allocated_on").values_list("allocated_on", flat=True).first()


def communes_of(batch: Batch) -> list[tuple[str, str]]:
    """(code, name) of the communes that a batch pays in."""
    codes = (
        PaymentInstruction.objects.filter(batch=batch)
        .order_by("area_code")
        .values_list("area_code", flat=True)
    )
    return [(code, area_name(code)) for code in codes.distinct()]
