"""Support for patients (F0) and people in isolation (F1) as totals: nobody is named here, nor can be."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from typing import Any, Final

from django.db.models import Count, Q, QuerySet, Sum
from django.db.models.functions import Coalesce, Substr

from core.querysets import Viewer, area_filter
from disbursements.enums import InstructionStatus
from disbursements.models import PaymentInstruction
from reports.queries.figures import Fact, Time, What, measure, records_of
from reports.queries.stated import stated_text

PROGRAMME: Final = "F0_F1"
# the form's answers to the kind of support; "" where it isn't written down
VARIANTS: Final = (("F0", "Điều trị (F0)"), ("F1", "Cách ly (F1)"), ("", "Chưa ghi loại"))
Key = tuple[str, str]
Totals = dict[Key, dict[str, int]]


def isolation_totals(viewer: Viewer, area_code: str, width: int, first: dt.date, last: dt.date) -> Totals:
    """By (unit, variant): people and đồng proposed, approved, paid, remaining, by the codes of measures. Three statements."""
    found: Totals = defaultdict(dict)
    programmes = (PROGRAMME,)
    proposed = records_of(Fact.PROPOSED, viewer, area_code, last, programmes)
    _add(found, Fact.PROPOSED, proposed, "received_on", "amount_proposed", "facts", width, first, last)
    approved = records_of(Fact.APPROVED, viewer, area_code, last, programmes)
    _add(found, Fact.APPROVED, approved, "decision__signed_on", "amount", "case__facts", width, first, last)
    paid = PaymentInstruction.objects.visible_to(viewer).filter(
        area_filter(area_code), batch__programme=PROGRAMME, status=InstructionStatus.PAID
    )
    _add(found, Fact.PAID, paid, "resulted_on", "amount", "entitlement__case__facts", width, first, last)
    for line in found.values():
        for what in What:
            approved_one, paid_one = measure(Fact.APPROVED, what).code, measure(Fact.PAID, what).code
            line[measure(Fact.REMAINING, what).code] = line.get(approved_one, 0) - line.get(paid_one, 0)
    return dict(found)


def _add(
    found: Totals,
    fact: Fact,
    rows: QuerySet[Any],
    day: str,
    amount: str,
    facts: str,
    width: int,
    first: dt.date,
    last: dt.date,
) -> None:
    in_period = Q(**{f"{day}__gte": first})
    grouped: Iterable[Any] = (
        rows.filter(**{f"{day}__lte": last})
        .order_by()
        .annotate(of_unit=Substr("area_code", 1, width), of_variant=stated_text(facts, "variant"))
        .values_list("of_unit", "of_variant")
        .annotate(
            people=Count("pk"),
            dong=Coalesce(Sum(amount), 0),
            people_in=Count("pk", filter=in_period),
            dong_in=Coalesce(Sum(amount, filter=in_period), 0),
        )
    )
    known = {code for code, _label in VARIANTS}
    for unit, variant, people, dong, people_in, dong_in in grouped:
        line = found[unit, variant if variant in known else ""]
        for what, time, value in (
            (What.PEOPLE, Time.TO_DATE, people),
            (What.AMOUNT, Time.TO_DATE, dong),
            (What.PEOPLE, Time.PERIOD, people_in),
            (What.AMOUNT, Time.PERIOD, dong_in),
        ):
            code = measure(fact, what, time).code
            line[code] = line.get(code, 0) + value
