"""The people behind a figure of the overview: exactly those whom it counts."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final, overload

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum, TextChoices
from django.utils.translation import gettext_lazy as _

from core import clock
from core.querysets import Viewer
from disbursements.enums import HandoutLineStatus, InstructionStatus
from disbursements.models import HandoutLine, PaymentInstruction
from reports.queries.figures import Fact, records_of
from support_programs.enums import EntitlementStatus
from support_programs.models import Case, Entitlement


class Stage(TextChoices):
    """What the figure counts."""

    PROPOSED = "proposed", _("Đã đề nghị")
    APPROVED = "approved", _("Đã phê duyệt")
    PAID = "paid", _("Đã chi")
    REMAINING = "remaining", _("Còn phải chi")
    RETURNED = "returned", _("Chi chưa được")
    LATE = "late", _("Quá hạn")
    REFUSED = "refused", _("Không đủ điều kiện")


# what is the case now, whatever the period
NOW: Final = (Stage.RETURNED, Stage.LATE)


@dataclass(frozen=True, slots=True)
class Asked:
    """Which figure: of an area, in a period (both days included; `first` None from the beginning), of some programmes or all.

    `is_own`: of the area's own desk, not of the units below.
    """

    area_code: str
    first: dt.date | None
    last: dt.date
    programmes: tuple[str, ...] = ()
    is_own: bool = False


@dataclass(frozen=True, slots=True)
class PersonLine:
    """One person of a figure: case, name, amount, the day that counts, and for a returned payment why."""

    case_reference: str
    name: str
    birth_year: int | None
    area_code: str
    list_reference: str
    amount: int
    on: dt.date | None
    reason: str = ""


# goods have no đồng
_AMOUNTS: Final[dict[type[Any], str]] = {
    Case: "amount_proposed",
    Entitlement: "amount",
    PaymentInstruction: "amount",
}


class Records(Sequence[Any]):
    """Rows of several tables one after the other, for pages: money that was paid, then goods that were handed over."""

    def __init__(self, *parts: QuerySet[Any]) -> None:
        self._parts = parts
        self._totals: list[tuple[int, int]] | None = None

    def count(self, _value: Any = None) -> int:
        """How many there are; a query per part, once."""
        return sum(number for number, _amount in self._read_totals())

    def amount(self) -> int:
        """The đồng of all of them, as their lines show them; goods are none. Read together with how many there are."""
        return sum(amount for _number, amount in self._read_totals())

    def _read_totals(self) -> list[tuple[int, int]]:
        if self._totals is None:
            self._totals = [_total_of(part) for part in self._parts]
        return self._totals

    def __len__(self) -> int:
        return self.count()

    @overload
    def __getitem__(self, place: int) -> Any: ...
    @overload
    def __getitem__(self, place: slice) -> list[Any]: ...
    def __getitem__(self, place: int | slice) -> Any:
        if isinstance(place, int):
            return self[place : place + 1][0]
        start, stop, _step = place.indices(self.count())
        found: list[Any] = []
        for part, (number, _amount) in zip(self._parts, self._read_totals(), strict=True):
            if start < number and stop > 0:
                found += part[max(start, 0) : min(stop, number)]
            start, stop = start - number, stop - number
        return found


def _total_of(part: QuerySet[Any]) -> tuple[int, int]:
    name = _AMOUNTS.get(part.model)
    if name is None:
        return part.count(), 0
    found = part.order_by().aggregate(number=Count("pk"), amount=Sum(name))
    return found["number"], found["amount"] or 0


def people_behind(viewer: Viewer, stage: Stage, asked: Asked) -> Records:
    """The records that a figure counts, oldest first; `person_lines` reads them."""
    if stage is Stage.PAID:
        return Records(*_paid(viewer, asked))
    fact = Fact.APPROVED if stage is Stage.REMAINING else Fact(stage.value)
    rows = records_of(fact, viewer, asked.area_code, asked.last, asked.programmes)
    day = _DAYS.get(fact, "")
    if day:
        rows = _in_time(rows, day, asked)
    if stage is Stage.REMAINING:
        rows = _not_paid(rows, asked.last)
    joined = ("case", "case_list", "decision") if rows.model is Entitlement else ("case_list",)
    return Records(_own(rows, asked).select_related(*joined).order_by("pk"))


_DAYS: Final = {
    Fact.PROPOSED: "received_on",
    Fact.REFUSED: "appraised_on",
    Fact.APPROVED: "decision__signed_on",
}


def _in_time(rows: QuerySet[Any], day: str, asked: Asked) -> QuerySet[Any]:
    rows = rows.filter(**{f"{day}__lte": asked.last})
    return rows.filter(**{f"{day}__gte": asked.first}) if asked.first else rows


def _own(rows: QuerySet[Any], asked: Asked) -> QuerySet[Any]:
    return rows.filter(area_code=asked.area_code) if asked.is_own else rows


def _not_paid(rows: QuerySet[Any], last: dt.date) -> QuerySet[Any]:
    """Without those who had it by the last day; of today their state says it."""
    if last >= clock.today():
        return rows.exclude(status=EntitlementStatus.PAID)
    rows = rows.filter(~Exists(_paid_by(PaymentInstruction, InstructionStatus.PAID, last)))
    return rows.filter(~Exists(_paid_by(HandoutLine, HandoutLineStatus.RECEIVED, last)))


def _paid_by(model: type[Any], status: str, last: dt.date) -> QuerySet[Any]:
    rows: QuerySet[Any] = model.objects.filter(entitlement=OuterRef("pk"), status=status)
    return rows.filter(resulted_on__lte=last)


def _paid(viewer: Viewer, asked: Asked) -> list[QuerySet[Any]]:
    """The payments one by one, and the goods; sums of the payments come from the ledger."""
    found = []
    for model, status, programme in (
        (PaymentInstruction, InstructionStatus.PAID, "batch__programme__in"),
        (HandoutLine, HandoutLineStatus.RECEIVED, "handout__programme__in"),
    ):
        rows: QuerySet[Any] = model.objects.visible_to(viewer).in_area(asked.area_code).filter(status=status)
        rows = rows.filter(Q(**{programme: asked.programmes})) if asked.programmes else rows
        rows = _own(_in_time(rows, "resulted_on", asked), asked)
        found.append(rows.select_related("case_list").order_by("pk"))
    return found


def person_lines(records: Iterable[Any]) -> list[PersonLine]:
    """The lines of one page of those records."""
    return [_line(record) for record in records]


def _line(record: Case | Entitlement | PaymentInstruction | HandoutLine) -> PersonLine:
    list_reference = record.case_list.reference if record.case_list else ""
    if isinstance(record, Case):
        return PersonLine(
            record.reference,
            record.applicant_name,
            record.birth_year,
            record.area_code,
            list_reference,
            record.amount_proposed,
            record.received_on,
        )
    if isinstance(record, Entitlement):
        signed_on = record.decision.signed_on if record.decision else None
        born = record.case.birth_year
        return PersonLine(
            record.reference,
            record.payee_name,
            born,
            record.area_code,
            list_reference,
            record.amount,
            signed_on,
        )
    return PersonLine(
        record.case_reference,
        record.payee_name,
        record.birth_year,
        record.area_code,
        list_reference,
        record.amount if isinstance(record, PaymentInstruction) else 0,
        record.resulted_on,
        record.result_reason,
    )
