"""Loans to pay wages, as they are tracked here: what employers asked for, what the bank decided, what it paid out by month.

The bank decides outside this system; a claim is a draft until its decision is written down, so drafts count as received. The
workers of a claim are those its form names; its đồng are the most that may be lent by the rules, and what was paid out the
months that were recorded: what the bank approved isn't known here.
"""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Count, QuerySet, Sum
from django.db.models.functions import Coalesce, Substr

from core.querysets import Viewer, area_filter
from reports.queries.stated import stated_number, stated_text
from support_programs.enums import CaseStatus
from support_programs.models import Case, EmployerMonth

PROGRAMME: Final = "VAY_VON"
# the form's answers to «Loại vay» (support_programs/catalogue/VAY_VON), as the bank's report names them
LOAN_KINDS: Final = (
    ("stop_pay", "Vay trả lương ngừng việc"),
    ("recovery_after_stop", "Vay trả lương khi phục hồi sau tạm dừng hoạt động"),
    (
        "recovery_special_line",
        "Vay trả lương khi phục hồi: vận tải, hàng không, du lịch, lưu trú, đưa lao động đi nước ngoài",
    ),
)


@dataclass(frozen=True, slots=True)
class LoanFigures:
    """Employers, turns of workers and đồng at one stage."""

    employers: int = 0
    workers: int = 0
    amount: int = 0


Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Loans:
    """By (area of the employer, kind of loan); a key that is missing has nothing."""

    received: Mapping[Key, LoanFigures]
    approved: Mapping[Key, LoanFigures]
    paid: Mapping[Key, LoanFigures]


def loans(viewer: Viewer, area_code: str, width: int, last: dt.date) -> Loans:
    """From the beginning to a day; three statements. An employer counts where it is registered (`width` digits of its area)."""
    seen: QuerySet[Case] = Case.objects.visible_to(viewer).filter(
        area_filter(area_code, "employer__area_code"), programme=PROGRAMME
    )
    claims = seen.exclude(status=CaseStatus.WITHDRAWN).filter(received_on__lte=last)
    decided = seen.filter(status=CaseStatus.DECIDED_ELSEWHERE, outside_date__lte=last)
    months = EmployerMonth.objects.filter(case__in=decided, is_current=True, month__lte=last).annotate(
        of_kind=stated_text("case__facts", "loan_kind"), of_unit=Substr("case__employer__area_code", 1, width)
    )
    paid = (
        months.values("of_unit", "of_kind")
        .order_by("of_unit", "of_kind")
        .annotate(heads=Count("case__employer", distinct=True), turns=Sum("workers"), dong=Sum("amount"))
    )
    return Loans(
        dict(_claimed(claims, width)),
        dict(_claimed(decided, width)),
        {_key(row): LoanFigures(row["heads"], row["turns"], row["dong"]) for row in paid},
    )


def _claimed(rows: QuerySet[Case], width: int) -> Iterator[tuple[Key, LoanFigures]]:
    grouped = (
        rows.annotate(
            of_kind=stated_text("facts", "loan_kind"), of_unit=Substr("employer__area_code", 1, width)
        )
        .values("of_unit", "of_kind")
        .order_by("of_unit", "of_kind")
        .annotate(
            heads=Count("employer", distinct=True),
            turns=Coalesce(Sum(stated_number("facts", "workers")), 0),
            dong=Sum("amount_proposed"),
        )
    )
    for row in grouped:
        yield _key(row), LoanFigures(row["heads"], row["turns"], row["dong"])


def _key(row: Mapping[str, Any]) -> Key:
    known = {code for code, _name in LOAN_KINDS}
    kind = row["of_kind"] or ""
    return row["of_unit"], kind if kind in known else ""
