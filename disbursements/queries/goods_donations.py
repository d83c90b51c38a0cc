"""The register of donations as its page shows it: filters, totals, and what of each donor's money is allotted."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum

from core.dates import InvalidDateError, parse_date
from core.querysets import area_filter
from core.references import parse_reference
from core.text import search_key
from core.workflow import Actor
from disbursements.enums import DonationKind, FundingKind, LedgerAccount
from disbursements.models import Donation, FundingSource, LedgerPosting
from disbursements.queries.ledger import balances


@dataclass(frozen=True, slots=True)
class DonationFilter:
    """What the address asks for; unknown words are ignored."""

    q: str = ""
    kind: str = ""
    donor: str = ""
    area: str = ""
    since: str = ""
    until: str = ""

    @classmethod
    def from_query(cls, query: Mapping[str, str]) -> "DonationFilter":
        return cls(
            *(query.get(name, "").strip()[:100] for name in ("q", "kind", "donor", "area", "since", "until"))
        )

    def apply(self, rows: QuerySet[Donation]) -> QuerySet[Donation]:
        if self.kind in DonationKind.values:
            rows = rows.filter(kind=self.kind)
        if self.donor:
            rows = rows.filter(donor_kind=self.donor)
        if self.area:
            rows = rows.filter(area_filter(self.area))
        for name, lookup in (("since", "received_on__gte"), ("until", "received_on__lte")):
            if (day := _day(getattr(self, name))) is not None:
                rows = rows.filter(**{lookup: day})
        reference = parse_reference(self.q) if self.q else None
        if reference is not None:
            return rows.filter(reference=str(reference))
        words = Q(receipt_number__icontains=self.q)
        for_all = Q()
        for word in search_key(self.q).split():
            for_all &= Q(donor_key__contains=word)
        return rows.filter(words | for_all) if self.q else rows


@dataclass(frozen=True, slots=True)
class DonationTotals:
    """Of the donations that stand: how many, đồng in money, đồng that goods are estimated to be worth, and goods by kind."""

    count: int
    cash: int
    goods_value: int
    goods: tuple[tuple[str, str, int], ...]


@dataclass(frozen=True, slots=True)
class DonorMoney:
    """What a donor gave in money, and what of it is allotted to budget lines, đồng."""

    source: FundingSource
    donated: int
    allotted: int

    @property
    def left(self) -> int:
        """Negative where more was allotted than the register knows of."""
        return self.donated - self.allotted


def donations_of(actor: Actor) -> QuerySet[Donation]:
    """The register of one's area, newest first."""
    found: QuerySet[Donation] = Donation.objects.visible_to(actor)
    return found.select_related("goods", "source", "correction").order_by("-received_on", "-pk")


def donation_totals(rows: QuerySet[Donation]) -> DonationTotals:
    """Two queries."""
    standing = rows.filter(correction__isnull=True).order_by()
    is_cash = Q(kind=DonationKind.CASH)
    sums = standing.aggregate(
        count=Count("pk"),
        cash=Sum("amount", filter=is_cash, default=0),
        goods_value=Sum("amount", filter=~is_cash, default=0),
    )
    by_goods = (
        standing.exclude(is_cash)
        .values_list("goods__name", "goods__unit")
        .annotate(total=Sum("quantity"))
        .order_by("goods__name")
    )
    return DonationTotals(**sums, goods=tuple(by_goods))


def donors_money() -> list[DonorMoney]:
    """Every donor who gave money, with what of it is allotted; two queries. Sources are the province's: no area is asked."""
    cash = Donation.objects.filter(source=OuterRef("pk"), kind=DonationKind.CASH, correction__isnull=True)
    sources = list(FundingSource.objects.filter(Exists(cash), kind=FundingKind.DONOR).order_by("name"))
    given = _donated(source__in=sources)
    postings = LedgerPosting.objects.filter(budget_line__source__in=sources)
    taken = balances(postings, "source") if sources else {}
    return [
        DonorMoney(
            source, given.get(source.pk, 0), -taken[(source.code,)].of(LedgerAccount.SOURCE).amount
            if (source.code,) in taken else 0,
        )
        for source in sources
    ]  # fmt: skip


def left_of_source(source: FundingSource) -> int:
    """What of a donor's money is not allotted, đồng."""
    postings = LedgerPosting.objects.filter(budget_line__source=source)
    taken = balances(postings, "source").get((source.code,))
    allotted = -taken.of(LedgerAccount.SOURCE).amount if taken else 0
    return _donated(source=source).get(source.pk, 0) - allotted


def _donated(**of: Any) -> dict[int, int]:
    rows = Donation.objects.filter(kind=DonationKind.CASH, correction__isnull=True, **of)
    return dict(rows.order_by().values_list("source").annotate(total=Sum("amount")).order_by("source"))


def _day(typed: str) -> dt.date | None:
    if not typed:
        return None
    try:
        return parse_date(typed, latest=dt.date(2099, 12, 31))
    except InvalidDateError:
        return None
