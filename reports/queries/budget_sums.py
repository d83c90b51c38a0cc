"""The money of budget lines by source, district, programme and decision, to the end of a day and in a period: from the ledger."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from core.querysets import Viewer, area_filter
from disbursements.models import FundingSource
from disbursements.queries.budget import decision_names
from disbursements.queries.ledger import Balances, LedgerFilter, balances, postings_of


@dataclass(frozen=True, slots=True)
class BudgetSum:
    """One key's money: where it is at the period's end, and what moved in the period."""

    key: tuple[Any, ...]
    at_end: Balances
    in_period: Balances


@dataclass(frozen=True, slots=True)
class BudgetAsked:
    """Which lines and days: an area, a period (both days included), programmes (none named are all)."""

    area_code: str
    first: dt.date
    last: dt.date
    programmes: tuple[str, ...] = ()


def budget_sums(viewer: Viewer, asked: BudgetAsked, *by: str) -> list[BudgetSum]:
    """In the order of the keys (names of `disbursements.queries.ledger.KEYS`); two queries.

    An area's money is that of its budget lines: a commune has none.
    """
    postings = postings_of(viewer, LedgerFilter(last=asked.last))
    postings = postings.filter(area_filter(asked.area_code, "budget_line__area_code"))
    if asked.programmes:
        postings = postings.filter(programme__in=asked.programmes)
    ends = balances(postings, *by)
    moved = balances(postings.filter(business_date__gte=asked.first), *by)
    return [BudgetSum(key, ends[key], moved.get(key, Balances())) for key in sorted(ends)]


def source_names() -> dict[str, str]:
    """The name of each source by its code; sources are the province's."""
    return dict(FundingSource.objects.values_list("code", "name"))


def decision_words(decisions: set[int]) -> dict[int, str]:
    """Number and day of each decision, as the lists under it have them; one query."""
    return {
        pk: f"{number} ngày {day:%d/%m/%Y}" if day else number
        for pk, (number, day) in decision_names(decisions).items()
    }
