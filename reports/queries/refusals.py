"""Why claims were refused: how many, by programme and by what of its rules wasn't met."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Count, QuerySet, Sum

from core.querysets import Viewer
from reports.queries.figures import Fact, records_of
from support_programs.models import Case
from support_programs.queries.programmes import definition_of
from support_programs.rules.parts import Criterion

NOT_MET: Final = "n"
# facts that say that the person has, or had, the same or another support that shuts this one out
_OF_DOUBLES: Final = frozenset({"other_regimes", "other_programmes", "received_before"})
# refused by a person although no criterion says so
BY_HAND: Final = ""


@dataclass(frozen=True, slots=True)
class Reason:
    """What a claim failed: a criterion of its version with its article; an empty code where an officer judged it alone."""

    programme: str
    code: str = BY_HAND
    statement: str = ""
    article: str = ""


@dataclass(slots=True)
class Refused:
    """Claims and the đồng they asked for, each once at the first criterion it failed; `failed` are all that failed this one."""

    claims: int = 0
    amount: int = 0
    failed: int = 0


def refusals(
    viewer: Viewer, area_code: str, first: dt.date, last: dt.date, programmes: tuple[str, ...] = ()
) -> dict[Reason, Refused]:
    """Claims refused in a period, exactly those that the figure «không đủ điều kiện» counts. One statement.

    The criteria are those of the newest determination, in the order of the rules.
    """
    found: dict[Reason, Refused] = defaultdict(Refused)
    rows = _refused(viewer, area_code, first, last, programmes).order_by()
    grouped = rows.values_list("programme", "version_used", "outcomes")
    for programme, version, letters, claims, amount in grouped.annotate(
        n=Count("pk"), dong=Sum("amount_proposed")
    ):
        reasons = [_reason(programme, criterion) for criterion in not_met(version, letters)]
        main = reasons[0] if reasons else Reason(programme)
        found[main].claims += claims
        found[main].amount += amount
        for reason in reasons or [main]:
            found[reason].failed += claims
    return dict(found)


def refused_as_doubles(
    viewer: Viewer, area_code: str, first: dt.date, last: dt.date, width: int
) -> dict[str, int]:
    """By unit: claims refused in a period because the person has or had this support or one that shuts it out."""
    found: dict[str, int] = defaultdict(int)
    rows = _refused(viewer, area_code, first, last, ()).order_by()
    grouped = rows.values_list("area_code", "version_used", "outcomes").annotate(n=Count("pk"))
    for code, version, letters, claims in grouped:
        if any(is_about_doubles(criterion) for criterion in not_met(version, letters)):
            found[code[:width]] += claims
    return dict(found)


def is_about_doubles(criterion: Criterion) -> bool:
    """Does the criterion ask whether the person has the same support, or another that shuts it out?"""
    return not _OF_DOUBLES.isdisjoint(criterion.fields)


def not_met(version: int, letters: str) -> Iterator[Criterion]:
    """The criteria of a version that a claim with these outcomes failed."""
    if NOT_MET not in letters:
        return
    for letter, criterion in zip(letters, definition_of(version).criteria, strict=False):
        if letter == NOT_MET:
            yield criterion


def _reason(programme: str, criterion: Criterion) -> Reason:
    return Reason(programme, criterion.code, criterion.statement, criterion.article)


def _refused(
    viewer: Viewer, area_code: str, first: dt.date, last: dt.date, programmes: Collection[str]
) -> QuerySet[Any]:
    rows: QuerySet[Case] = records_of(Fact.REFUSED, viewer, area_code, last, tuple(programmes))
    return rows.filter(appraised_on__gte=first, appraised_on__lte=last)
