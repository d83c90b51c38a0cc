"""Lists that stand on the public pages: those that are posted now, and those approved lately; masked, for a time."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.conf import settings
from django.db.models import Count, Q, QuerySet, Sum
from django.db.models.functions import Substr
from django.utils.translation import gettext as _

from accounts.queries import area_name, children_of
from core import clock
from core.querysets import area_filter
from core.text import without_any_number
from support_programs.enums import CaseStatus, ListStatus, Step
from support_programs.models import Case, CaseList
from support_programs.permissions.conditions import has_step
from support_programs.rules.public_cells import hidden_parts

# who was infected or in quarantine is nobody's business: of these programmes only totals are told (Luật 03/2007/QH12, own
# knowledge: the secrecy of patients)
TOTALS_ONLY: Final = frozenset({"F0_F1"})


@dataclass(frozen=True, slots=True)
class PublicArea:
    """An area with the number of lists that stand there now."""

    code: str
    name: str
    lists: int


@dataclass(frozen=True, slots=True)
class PublicList:
    """A list as everybody may see it. `people` and `amount` are empty where so few stand in it that a total would name them;
    `leaves_on` is the day after which an approved one is taken off the site.
    """

    reference: str
    programme: str
    area: str
    is_posting: bool
    is_total: bool
    day_from: dt.date | None
    day_until: dt.date | None
    place: str
    decision: str
    people: int | None
    amount: int | None
    leaves_on: dt.date | None = None


@dataclass(frozen=True, slots=True)
class PublicRow:
    """One person of a public list."""

    name: str
    birth_year: int | None
    hamlet: str
    last3: str
    amount: int


def shown_lists(programme: str = "") -> QuerySet[CaseList]:
    """Lists of programmes that are posted: while they are posted, and after the decision for `PUBLIC_LIST_DAYS`; and the
    approved ones of which totals are told. Of one programme, or of all.
    """
    today = clock.today()
    since = today - dt.timedelta(days=int(settings.PUBLIC_LIST_DAYS))
    posted = Q(status=ListStatus.POSTING, posting_from__lte=today)
    approved = Q(status=ListStatus.MONEY_APPROVED, decision_date__gte=since)
    is_total = Q(programme__in=TOTALS_ONLY)
    lists: QuerySet[CaseList] = CaseList.objects.filter(
        (has_step(Step.POSTING) & ~is_total & (posted | approved)) | (is_total & approved)
    )
    return lists.filter(programme=programme) if programme else lists


def areas_with_lists(area_code: str, programme: str = "") -> list[PublicArea]:
    """The units directly below an area, each with its number of lists; one query beside the kept names."""
    below = children_of(area_code)
    digits = {2: 5, 5: 10}.get(len(area_code), 10)
    rows = (
        shown_lists(programme)
        .filter(area_filter(area_code))
        .annotate(unit=Substr("area_code", 1, digits))
        .order_by()
        .values_list("unit")
        .annotate(lists=Count("pk"))
    )
    counts = dict(rows)
    return [PublicArea(code, name, counts.get(code, 0)) for code, name in below]


def lists_of_area(area_code: str, programme: str = "") -> list[PublicList]:
    """The lists of exactly this unit, those posted now first; two queries."""
    lists = shown_lists(programme).filter(area_code=area_code).select_related("programme")
    found = list(lists.order_by("decision_date", "-posting_from", "pk"))
    rows = (
        people_of(found)
        .order_by()
        .values("case_list")
        .annotate(people=Count("pk"), amount=Sum("amount_proposed"))
    )
    sums = {row["case_list"]: (row["people"], row["amount"]) for row in rows}
    totals = [case_list for case_list in found if case_list.programme_id in TOTALS_ONLY]
    untold = _untold_lists() if totals else frozenset()
    shown = [
        _shown(case_list, *sums.get(case_list.pk, (0, 0)), is_told=case_list.pk not in untold)
        for case_list in found
    ]
    return sorted(shown, key=lambda one: not one.is_posting)


def public_list(area_code: str, reference: str) -> PublicList | None:
    """A list of this unit that stands on the public pages; None for any other."""
    return next((one for one in lists_of_area(area_code) if one.reference == reference), None)


def people_of(lists: Sequence[CaseList]) -> QuerySet[Case]:
    """Who stands in these lists publicly: on a posted one everybody who is not refused, on an approved one who was approved."""
    ids = [case_list.pk for case_list in lists]
    is_approved = Q(case_list__status=ListStatus.MONEY_APPROVED)
    stands = (is_approved & Q(status=CaseStatus.APPROVED)) | (
        ~is_approved & ~Q(status__in=CaseStatus.ended())
    )
    return Case.objects.filter(stands, case_list__in=ids)


def rows_of(reference: str) -> QuerySet[Case]:
    """The rows of one list in its order, for a page of them."""
    case_list = CaseList.objects.get(reference=reference)
    fields = ("applicant_name", "birth_year", "hamlet", "number_last3", "amount_proposed")
    return people_of([case_list]).order_by("position", "pk").only(*fields)


def row_shown(case: Case) -> PublicRow:
    """A row with its masks. Numbers of somebody's paper or telephone typed into the address are left out."""
    return PublicRow(
        case.applicant_name,
        case.birth_year,
        without_any_number(case.hamlet),
        case.number_last3,
        case.amount_proposed,
    )


def _untold_lists() -> frozenset[int]:
    """Lists of patients whose total is not told: those of few people, and as many others that the total of the province, which
    is public, gives none of them away. All that were ever approved count: who kept the older pages knows their totals.
    """
    approved = Case.objects.filter(
        status=CaseStatus.APPROVED,
        case_list__status=ListStatus.MONEY_APPROVED,
        case_list__programme__in=TOTALS_ONLY,
    )
    counts = approved.order_by().values_list("programme", "case_list").annotate(people=Count("pk"))
    by_programme: dict[str, dict[tuple[int], int]] = {}
    for programme, pk, people in counts:
        by_programme.setdefault(programme, {})[(pk,)] = people
    untold: set[int] = set()
    for parts in by_programme.values():
        hidden = hidden_parts(parts)
        untold |= {pk for (pk,) in (parts if hidden is None else hidden)}
    return frozenset(untold)


def _shown(case_list: CaseList, people: int, amount: int, *, is_told: bool) -> PublicList:
    is_total = case_list.programme_id in TOTALS_ONLY
    is_posting = case_list.status == ListStatus.POSTING
    decision = "" if is_posting else _("Quyết định số %(number)s") % {"number": case_list.decision_number}
    return PublicList(
        reference=case_list.reference,
        programme=case_list.programme.short_name,
        area=area_name(case_list.area_code),
        is_posting=is_posting,
        is_total=is_total,
        day_from=case_list.posting_from if is_posting else case_list.decision_date,
        day_until=case_list.posting_until if is_posting else None,
        place=case_list.posting_place if is_posting else "",
        decision=decision,
        people=people if is_told else None,
        amount=amount if is_told else None,
        leaves_on=None if is_posting else _last_day(case_list),
    )


def _last_day(case_list: CaseList) -> dt.date | None:
    decided = case_list.decision_date
    return decided + dt.timedelta(days=int(settings.PUBLIC_LIST_DAYS)) if decided else None


def listed_programmes() -> list[tuple[str, str]]:
    """Code and short name of the programmes of which a list stands on the public pages now."""
    found = shown_lists().order_by().values_list("programme", "programme__short_name").distinct()
    return sorted(found, key=lambda row: row[1])
