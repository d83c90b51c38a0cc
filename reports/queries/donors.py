"""Donations by donor, and what became of the money of each donors' source."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Max, Q, QuerySet, Sum

from core.querysets import Viewer
from disbursements.enums import DonationKind, LedgerAccount
from disbursements.models import Donation, FundingSource, LedgerPosting
from disbursements.queries.ledger import Balances, balances
from reports.queries.stock_moves import RICE


@dataclass(frozen=True, slots=True)
class DonorSum:
    """What one donor gave in the period and until its end: gifts, đồng in money, estimated worth of goods, kg of rice."""

    kind: str
    name: str
    period_gifts: int
    period_cash: int
    period_goods_value: int
    gifts: int
    cash: int
    goods_value: int
    rice: int


@dataclass(frozen=True, slots=True)
class SourceUse:
    """The money of one source of donors: given until a day, and where what was allotted of it is."""

    name: str
    donated: int
    allotted: int
    money: Balances


def standing_donations(viewer: Viewer, area_code: str, last: dt.date) -> QuerySet[Donation]:
    """The register until a day, without what was taken back by then."""
    rows: QuerySet[Donation] = Donation.objects.visible_to(viewer).in_area(area_code)
    return rows.filter(received_on__lte=last).exclude(correction__corrected_on__lte=last)


def donor_sums(viewer: Viewer, area_code: str, first: dt.date, last: dt.date) -> list[DonorSum]:
    """By kind of donor, the largest giver first; one query."""
    cash, goods = Q(kind=DonationKind.CASH), Q(kind=DonationKind.GOODS)
    in_period = Q(received_on__gte=first)
    rows: Any = (
        standing_donations(viewer, area_code, last)
        .order_by()
        .values("donor_kind", "donor_key")
        .annotate(
            name=Max("donor_name"),
            period_gifts=Count("pk", filter=in_period),
            period_cash=Sum("amount", filter=in_period & cash, default=0),
            period_goods_value=Sum("amount", filter=in_period & goods, default=0),
            gifts=Count("pk"),
            cash=Sum("amount", filter=cash, default=0),
            goods_value=Sum("amount", filter=goods, default=0),
            rice=Sum("quantity", filter=Q(goods__code=RICE), default=0),
        )
        .order_by("donor_kind", "-cash", "-goods_value", "donor_key")
    )
    sums = []
    for row in rows:
        row.pop("donor_key")
        sums.append(DonorSum(kind=row.pop("donor_kind"), **row))
    return sums


def donation_rows(viewer: Viewer, area_code: str, first: dt.date, last: dt.date) -> Iterator[dict[str, Any]]:
    """The register of the period, by day."""
    rows: Any = standing_donations(viewer, area_code, last).filter(received_on__gte=first)
    names = ("received_on", "receipt_number", "donor_name", "donor_kind", "kind", "amount", "quantity",
             "goods__name", "goods__unit", "purpose", "source__name", "reference")  # fmt: skip
    return iter(rows.order_by("received_on", "pk").values(*names).iterator(chunk_size=2000))


def source_uses(viewer: Viewer, area_code: str, last: dt.date) -> list[SourceUse]:
    """Each source that money was given to in the area, with what its budget lines have and paid; three queries.

    A source is the province's: what is allotted of it is shown as far as the viewer sees the ledger.
    """
    given = dict(
        standing_donations(viewer, area_code, last)
        .filter(kind=DonationKind.CASH)
        .order_by()
        .values_list("source")
        .annotate(total=Sum("amount"))
    )
    sources = FundingSource.objects.filter(pk__in=given).order_by("name")
    seen = LedgerPosting.objects.visible_to(viewer).in_area(area_code)
    postings = seen.filter(budget_line__source__in=given, business_date__lte=last)
    money = balances(postings, "source") if given else {}
    return [
        SourceUse(
            source.name,
            given[source.pk],
            -money.get((source.code,), Balances()).of(LedgerAccount.SOURCE).amount,
            money.get((source.code,), Balances()),
        )
        for source in sources
    ]
