"""Where each fact stands in the records: its rows, its day, its people and đồng, and what its rows can be told apart by."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

from django.db.models import CharField, Count, Exists, F, OuterRef, Q, QuerySet, Sum, TextChoices, Value
from django.db.models.functions import Coalesce, TruncMonth, TruncWeek
from django.utils.translation import gettext_lazy as _

from core.querysets import Viewer, area_filter
from disbursements.enums import HandoutLineStatus, InstructionStatus, LedgerAccount
from disbursements.models import HandoutLine, LedgerPosting, PaymentInstruction
from reports.models import FigureSum
from reports.queries.figures.measures import Fact, What
from support_programs.enums import CaseStatus, EntitlementStatus
from support_programs.models import Case, CaseList, Entitlement


class Dimension(TextChoices):
    """What figures are told apart by; not every fact knows each."""

    UNIT = "unit", _("Đơn vị")
    PROGRAMME = "programme", _("Chính sách")
    STREAM = "stream", _("Nhóm đối tượng")
    WEEK = "week", _("Tuần")
    MONTH = "month", _("Tháng")
    DAY = "day", _("Ngày")
    SEX = "sex", _("Giới tính")
    FUNDING = "funding", _("Nguồn kinh phí")


@dataclass(frozen=True, slots=True)
class FactSource:
    """`rows` are fenced; `day` is the field of the day that counts, "" for what is the case now."""

    rows: Callable[[Viewer, dt.date], QuerySet[Any]]
    day: str
    people: Any
    amount: Any
    area: str
    programme: str
    by: Mapping[Dimension, Any]

    def value_of(self, what: What, in_time: Q | None) -> Any:
        """The aggregate of one measure."""
        aggregate = self.people if what is What.PEOPLE else self.amount
        return Coalesce(aggregate(in_time), 0)


def _count(field: str) -> Any:
    return lambda in_time: Count(field, filter=in_time)


def _sum(field: str) -> Any:
    return lambda in_time: Sum(field, filter=in_time)


def _nothing() -> Any:
    return lambda _in_time: Sum(Value(0))


def _by_day(field: str) -> dict[Dimension, Any]:
    return {
        Dimension.DAY: F(field),
        Dimension.WEEK: TruncWeek(field),
        Dimension.MONTH: TruncMonth(field),
    }


def _proposed(viewer: Viewer, _on: dt.date) -> QuerySet[Any]:
    return Case.objects.visible_to(viewer).exclude(status__in=[CaseStatus.DRAFT, CaseStatus.WITHDRAWN])


def _refused(viewer: Viewer, _on: dt.date) -> QuerySet[Any]:
    return Case.objects.visible_to(viewer).filter(status=CaseStatus.INELIGIBLE)


def waiting_in(viewer: Viewer, lists: Any) -> QuerySet[Case]:
    """Who still waits in these lists: not who was refused or withdrew, not who has the money already."""
    have_it = Entitlement.objects.filter(case_list__in=lists, status=EntitlementStatus.PAID)
    inside: QuerySet[Case] = Case.objects.visible_to(viewer).filter(case_list__in=lists)
    # read once, list by list: a look at each person takes several times as long
    return inside.exclude(status__in=CaseStatus.ended()).exclude(pk__in=have_it.values("case"))


def _late(viewer: Viewer, on: dt.date) -> QuerySet[Any]:
    return waiting_in(viewer, CaseList.objects.visible_to(viewer).filter(due_on__lt=on))


def _approved(viewer: Viewer, _on: dt.date) -> QuerySet[Any]:
    return Entitlement.objects.visible_to(viewer).filter(status__in=EntitlementStatus.after_decision())


def _paid(viewer: Viewer, _on: dt.date) -> QuerySet[Any]:
    return LedgerPosting.objects.visible_to(viewer).filter(account=LedgerAccount.PAID)


def _handed(viewer: Viewer, _on: dt.date) -> QuerySet[Any]:
    """What is owed in kind is paid by being handed over; it is no money and stands in no ledger."""
    return HandoutLine.objects.visible_to(viewer).filter(status=HandoutLineStatus.RECEIVED)


def _returned(viewer: Viewer, _on: dt.date) -> QuerySet[Any]:
    """Payments that came back or failed and that no later attempt has taken up; of several attempts the last."""
    unpaid = InstructionStatus.final_without_payment()
    later = PaymentInstruction.objects.filter(
        Q(status__in=InstructionStatus.live()) | Q(status__in=unpaid, attempt__gt=OuterRef("attempt")),
        entitlement=OuterRef("entitlement"),
    )
    return PaymentInstruction.objects.visible_to(viewer).filter(~Exists(later), status__in=unpaid)


_CASE_BY: Final = {
    Dimension.PROGRAMME: F("programme"),
    Dimension.STREAM: F("stream"),
    Dimension.SEX: F("sex"),
}

SOURCES: Final[Mapping[Fact, FactSource]] = MappingProxyType(
    {
        Fact.PROPOSED: FactSource(
            _proposed,
            "received_on",
            _count("pk"),
            _sum("amount_proposed"),
            "area_code",
            "programme",
            {**_CASE_BY, **_by_day("received_on")},
        ),
        Fact.REFUSED: FactSource(
            _refused,
            "appraised_on",
            _count("pk"),
            _sum("amount_proposed"),
            "area_code",
            "programme",
            {**_CASE_BY, **_by_day("appraised_on")},
        ),
        Fact.LATE: FactSource(
            _late, "", _count("pk"), _sum("amount_proposed"), "area_code", "programme", _CASE_BY
        ),
        Fact.APPROVED: FactSource(
            _approved,
            "decision__signed_on",
            _count("pk"),
            _sum("amount"),
            "area_code",
            "programme",
            {
                Dimension.PROGRAMME: F("programme"),
                Dimension.STREAM: F("case_list__stream"),
                Dimension.SEX: F("case__sex"),
                **_by_day("decision__signed_on"),
            },
        ),
        Fact.PAID: FactSource(
            _paid,
            "business_date",
            _sum("people"),
            _sum("amount"),
            "area_code",
            "programme",
            {
                Dimension.PROGRAMME: F("programme"),
                Dimension.STREAM: F("stream"),
                Dimension.FUNDING: F("budget_line__source__code"),
                **_by_day("business_date"),
            },
        ),
        Fact.RETURNED: FactSource(
            _returned,
            "",
            _count("entitlement"),
            _sum("amount"),
            "area_code",
            "batch__programme",
            {Dimension.PROGRAMME: F("batch__programme"), Dimension.STREAM: F("case_list__stream")},
        ),
    }
)

# counted with the fact's own rows: people who were handed goods were paid, with no đồng
_GOODS: Final = FactSource(
    _handed,
    "resulted_on",
    _count("pk"),
    _nothing(),
    "area_code",
    "handout__programme",
    {
        Dimension.PROGRAMME: F("handout__programme"),
        Dimension.STREAM: F("case_list__stream"),
        Dimension.FUNDING: Value("", output_field=CharField()),
        **_by_day("resulted_on"),
    },
)


def _sums(fact: Fact) -> FactSource:
    """Sums that the database keeps beside the records, exact at any moment; they know programme, group and day."""
    by = {Dimension.PROGRAMME: F("programme"), Dimension.STREAM: F("stream"), **_by_day("day")}
    return FactSource(
        lambda viewer, _on: FigureSum.objects.visible_to(viewer).filter(fact=fact.value),
        "day",
        _sum("people"),
        _sum("amount"),
        "area_code",
        "programme",
        by,
    )


_SUMS: Final = {fact: _sums(fact) for fact in (Fact.PROPOSED, Fact.APPROVED, Fact.REFUSED)}


def sources_of(fact: Fact, by: Iterable[Dimension]) -> tuple[FactSource, ...]:
    """Where a fact is counted: in the sums where they know every dimension, else in the records; what was paid is money by the
    ledger, and goods handed over.
    """
    if fact is Fact.PAID:
        return (SOURCES[fact], _GOODS)
    kept = _SUMS.get(fact)
    if kept is not None and {*by} <= {*kept.by, Dimension.UNIT}:
        return (kept,)
    return (SOURCES[fact],)


def dimensions_of(fact: Fact) -> frozenset[Dimension]:
    """What a fact can be told apart by; what is left over knows what both of its facts know."""
    if fact is Fact.REMAINING:
        return dimensions_of(Fact.APPROVED) & dimensions_of(Fact.PAID)
    return frozenset(SOURCES[fact].by) | {Dimension.UNIT}


def records_of(
    fact: Fact, viewer: Viewer, area_code: str, on: dt.date, programmes: tuple[str, ...] = ()
) -> QuerySet[Any]:
    """The very rows that a figure counts, for the list behind it (of `PAID` the ledger's postings, not the people)."""
    return rows_of(SOURCES[fact], viewer, area_code, on, programmes)


def rows_of(
    source: FactSource, viewer: Viewer, area_code: str, on: dt.date, programmes: tuple[str, ...] = ()
) -> QuerySet[Any]:
    """The rows of one source in an area, of some programmes or all."""
    rows = source.rows(viewer, on).filter(area_filter(area_code, source.area))
    return rows.filter(**{f"{source.programme}__in": programmes}) if programmes else rows
