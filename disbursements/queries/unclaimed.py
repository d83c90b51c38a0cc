"""Money that came back and that nobody took in a set time: whose it is, what may go back to the budget, and what went.

`money_went_back` is the condition that keeps such people out of batches until somebody reopens them.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import Count, Exists, Min, OuterRef, QuerySet, Sum
from django.db.models.functions import Substr

from accounts.enums import DISTRICT_DIGITS
from accounts.queries import area_name
from core.workflow import Actor
from disbursements.models import PaymentInstruction, UnclaimedItem, UnclaimedReturn
from disbursements.queries.returned import still_owed
from support_programs.models import Programme


@dataclass(frozen=True, slots=True)
class UnclaimedGroup:
    """The people of one district and programme whose money waited long enough; `oldest` is the first day it came back."""

    district: str
    area: str
    programme: str
    programme_name: str
    people: int
    amount: int
    oldest: dt.date


def waiting_days() -> int:
    """After how many days money may go back: a setting without a source in law."""
    return int(settings.UNCLAIMED_DAYS)


def money_went_back(entitlement: str = "pk") -> Exists:
    """Money of this entitlement went back to the budget and nobody reopened it; `entitlement` names the outer row's key."""
    return Exists(UnclaimedItem.objects.filter(entitlement=OuterRef(entitlement), reopened_on__isnull=True))


def unclaimed_lines(area_code: str, on: dt.date) -> QuerySet[PaymentInstruction]:
    """The last lines of people who are owed money that came back long enough before `on`, and did not go to the budget yet."""
    until = on - dt.timedelta(days=waiting_days())
    rows = PaymentInstruction.objects.in_area(area_code).filter(resulted_on__lte=until)
    found: QuerySet[PaymentInstruction] = still_owed(rows).exclude(money_went_back("entitlement"))
    # the same line goes back once, whoever reopened it since
    return found.filter(unclaimed_item__isnull=True)


def unclaimed_of(district: str, on: dt.date) -> QuerySet[PaymentInstruction]:
    """`unclaimed_lines` of one district; of the province's code the department's own people, not those of every district."""
    found = unclaimed_lines(district, on)
    return found if len(district) == DISTRICT_DIGITS else found.filter(area_code=district)


def unclaimed_groups(area_code: str, on: dt.date) -> list[UnclaimedGroup]:
    """By district and programme, the oldest first; two queries."""
    rows: Any = (
        unclaimed_lines(area_code, on)
        .order_by()
        .annotate(district=Substr("area_code", 1, DISTRICT_DIGITS))
        .values("district", "batch__programme")
        .annotate(people=Count("pk"), money=Sum("amount"), oldest=Min("resulted_on"))
    )
    names = dict(Programme.objects.values_list("code", "short_name"))
    groups = [
        UnclaimedGroup(
            district=row["district"],
            area=area_name(row["district"]),
            programme=row["batch__programme"],
            programme_name=names[row["batch__programme"]],
            people=row["people"],
            amount=row["money"],
            oldest=row["oldest"],
        )
        for row in rows
    ]
    return sorted(groups, key=lambda group: (group.oldest, group.district, group.programme))


def returns_of(actor: Actor) -> QuerySet[UnclaimedReturn]:
    """What went back in one's area, newest first."""
    found: QuerySet[UnclaimedReturn] = UnclaimedReturn.objects.visible_to(actor).select_related("programme")
    return found.order_by("-pk")


def items_of(unclaimed: UnclaimedReturn) -> QuerySet[UnclaimedItem]:
    """Its people in the order of the printed list: by commune, then by name."""
    rows = UnclaimedItem.objects.filter(unclaimed=unclaimed).select_related("instruction", "movement__line")
    return rows.order_by("area_code", "instruction__payee_sort", "pk")


def with_area(lines: Iterable[PaymentInstruction]) -> list[tuple[PaymentInstruction, str]]:
    """Each line with the name of its commune."""
    return [(line, area_name(line.area_code)) for line in lines]
