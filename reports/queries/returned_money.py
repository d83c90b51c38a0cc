"""Money that came back and is still owed: whose, why, since when, and what of it went back to the budget since."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Case, Count, F, QuerySet, Sum, Value, When
from django.db.models.functions import Substr

from core.querysets import Viewer
from disbursements.models import PaymentInstruction, UnclaimedReturn
from disbursements.queries.returned import AGES, reason_code, still_owed
from disbursements.queries.unclaimed import money_went_back
from reports.queries.areas import AreaChoice
from reports.queries.figures import Fact, records_of

_OLDEST: Final = "old"


@dataclass(frozen=True, slots=True)
class ReturnedSum:
    """People and đồng of one unit and reason that came back so long ago (a code of `AGES`). `is_gone`: back in the budget."""

    unit: str
    reason: str
    age: str
    is_gone: bool
    people: int
    amount: int


def owed_again(
    viewer: Viewer, area_code: str, on: dt.date, programmes: tuple[str, ...]
) -> QuerySet[PaymentInstruction]:
    """The last line of everybody whose money came back until `on` and is owed still; `is_gone`, and `age` on that day."""
    rows = still_owed(records_of(Fact.RETURNED, viewer, area_code, on, programmes))
    return rows.filter(resulted_on__lte=on).annotate(is_gone=money_went_back("entitlement"), age=_age(on))


def returned_sums(
    viewer: Viewer, choice: AreaChoice, on: dt.date, programmes: tuple[str, ...]
) -> list[ReturnedSum]:
    """By unit, reason, age and whether the money is gone; one query."""
    rows: Any = (
        owed_again(viewer, choice.unit.area_code, on, programmes)
        .order_by()
        .annotate(unit=Substr("area_code", 1, choice.prefix_length))
        .values("unit", "age", "is_gone", code=F("result_code"), words=F("result_reason"))
        .annotate(people=Count("pk"), money=Sum("amount"))
        .order_by("unit", "code", "words", "age", "is_gone")
    )
    return [
        ReturnedSum(
            row["unit"],
            reason_code(row["code"], row["words"]),
            row["age"],
            row["is_gone"],
            row["people"],
            row["money"],
        )
        for row in rows
    ]


def returned_people(
    viewer: Viewer, area_code: str, on: dt.date, programmes: tuple[str, ...]
) -> Iterator[dict[str, Any]]:
    """One row per person, by commune and name, read as they are needed."""
    rows: Any = owed_again(viewer, area_code, on, programmes).order_by("area_code", "payee_sort", "pk")
    names = ("area_code", "payee_name", "birth_year", "birth_date", "hamlet", "payee_number_last3", "channel",
             "amount", "result_code", "result_reason", "resulted_on", "is_gone")  # fmt: skip
    return iter(rows.values(*names, programme=F("batch__programme")).iterator(chunk_size=2000))


def unclaimed_papers(
    viewer: Viewer, area_code: str, first: dt.date, last: dt.date, programmes: tuple[str, ...]
) -> QuerySet[UnclaimedReturn]:
    """Papers of the period by which money that nobody took went back to the budget, by area and day."""
    rows: QuerySet[UnclaimedReturn] = UnclaimedReturn.objects.visible_to(viewer).in_area(area_code)
    rows = rows.filter(returned_on__gte=first, returned_on__lte=last).select_related("programme")
    if programmes:
        rows = rows.filter(programme__in=programmes)
    return rows.order_by("area_code", "returned_on", "pk")


def _age(on: dt.date) -> Case:
    """The code of how long ago it came back: the first whose days it reaches, the oldest first."""
    oldest_first = sorted(AGES.items(), key=lambda item: -item[1][0])
    return Case(
        *(
            When(resulted_on__lte=on - dt.timedelta(days=youngest), then=Value(code))
            for code, (youngest, _below, _words) in oldest_first
        ),
        default=Value(_OLDEST),
    )
