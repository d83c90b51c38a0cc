"""Donations for everybody: who gave what, but for those who asked not to be named; and the rice handed out in each district."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, QuerySet
from django.db.models.functions import Substr
from django.utils.translation import gettext as _

from accounts.queries import area_names
from core.audit import PROVINCE
from core.querysets import area_filter
from core.text import without_any_number
from disbursements.enums import HandoutLineStatus
from disbursements.models import Donation, HandoutLine
from disbursements.queries.goods_donations import DonationTotals, donation_totals
from disbursements.queries.goods_quotas import QUOTA_PAPER, RICE_PROGRAMME, quota_rows
from reports.models import UnnamedDonor
from support_programs.rules.public_cells import FEWEST

__all__ = ["QUOTA_PAPER", "RiceRow", "ShownDonation", "rice_rows", "shown_donations", "standing", "totals"]


@dataclass(frozen=True, slots=True)
class ShownDonation:
    """One donation. `donor` is empty where the donor asked not to be named."""

    donor: str
    donor_kind: str
    received_on: dt.date
    area: str
    goods: str
    unit: str
    quantity: int | None
    amount: int | None
    purpose: str


@dataclass(frozen=True, slots=True)
class RiceRow:
    """A district's rice, kg: what the letter gives it, and what was handed out; None where so few people got some."""

    area: str
    quota: int
    handed: int | None


def standing() -> QuerySet[Donation]:
    """The donations that were not taken back, newest first, each with `is_unnamed`."""
    wish = UnnamedDonor.objects.filter(donation=OuterRef("pk"), ended_on__isnull=True)
    rows: QuerySet[Donation] = Donation.objects.filter(area_filter(PROVINCE), correction__isnull=True)
    return rows.annotate(is_unnamed=Exists(wish)).select_related("goods").order_by("-received_on", "-pk")


def totals() -> DonationTotals:
    """How many, đồng, goods by kind; two queries."""
    return donation_totals(Donation.objects.filter(area_filter(PROVINCE)))


def shown_donations(rows: Iterable[Donation]) -> list[ShownDonation]:
    """The donations of one page as everybody may see them."""
    rows = list(rows)
    names = area_names(row.area_code for row in rows)
    return [_shown(row, names[row.area_code]) for row in rows]


def _shown(row: Donation, area: str) -> ShownDonation:
    is_unnamed = bool(getattr(row, "is_unnamed", True))
    return ShownDonation(
        donor="" if is_unnamed else without_any_number(row.donor_name),
        donor_kind=row.get_donor_kind_display(),
        received_on=row.received_on,
        area=area,
        goods=row.goods.name if row.goods else "",
        unit=row.goods.unit if row.goods else "",
        quantity=row.quantity,
        amount=row.amount,
        # a purpose is free text: with a name that is not to be told it may tell it
        purpose="" if is_unnamed else without_any_number(row.purpose),
    )


def rice_rows() -> list[RiceRow]:
    """Every district that the letter names. No sum of all stands beside them, so one left out can't be reckoned. Four queries."""
    lines = HandoutLine.objects.filter(
        area_filter(PROVINCE), handout__programme=RICE_PROGRAMME, status=HandoutLineStatus.RECEIVED
    )
    people: dict[str, int] = dict(
        lines.order_by()
        .annotate(district=Substr("area_code", 1, 5))
        .values_list("district")
        .annotate(people=Count("pk"))
    )
    return [
        RiceRow(
            row.area,
            row.quota.kg,
            None if 0 < people.get(row.quota.area_code, 0) < FEWEST else row.handed,
        )
        for row in quota_rows(PROVINCE)
    ]


def no_name() -> str:
    """What stands in the place of a name."""
    return _("Nhà tài trợ không nêu tên")
