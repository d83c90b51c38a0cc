"""Lists of an area as pages show them: rows with people and đồng, the stepper, what the actor may do next and why not."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery, Sum

from accounts.models import AdministrativeUnit
from accounts.queries import area_name
from core import clock
from core.queries.calendar import working_calendar
from core.querysets import area_filter
from core.references import parse_reference
from core.text import search_key
from core.transitions import Blocking, standing_of
from core.wording import Text
from core.workflow import Actor, Workflow
from support_programs.enums import CaseStatus, ListStatus
from support_programs.models import Case, CaseList
from support_programs.queries.programmes import definition_of
from support_programs.rules.occupations import group_of

ORDERS: Final[Mapping[str, tuple[str, ...]]] = {
    "due": ("due_on", "pk"),
    "-due": ("-due_on", "-pk"),
    "area": ("area_code", "pk"),
    "-area": ("-area_code", "-pk"),
    "newest": ("-pk",),
}


@dataclass(frozen=True, slots=True)
class ListFilter:
    """What the address asks for; unknown words are ignored."""

    q: str = ""
    programme: str = ""
    area: str = ""
    status: str = ""
    late: bool = False
    sort: str = "newest"

    @classmethod
    def from_query(cls, query: Mapping[str, str]) -> "ListFilter":
        sort = query.get("sort", "newest")
        return cls(
            q=query.get("q", "").strip()[:100],
            programme=query.get("programme", ""),
            area=query.get("area", ""),
            status=query.get("status", "") if query.get("status") in ListStatus.values else "",
            late=query.get("late") == "1",
            sort=sort if sort in ORDERS else "newest",
        )

    def apply(self, lists: QuerySet[CaseList]) -> QuerySet[CaseList]:
        reference = parse_reference(self.q) if self.q else None
        if reference is not None:
            lists = lists.filter(reference=str(reference))
        elif self.q:
            lists = lists.filter(
                Q(title__icontains=self.q)
                | Q(decision_number__icontains=self.q)
                | Q(letter_number__icontains=self.q)
                | Q(area_code__in=_communes_named(self.q))
            )
        if self.programme:
            lists = lists.filter(programme_id=self.programme)
        if self.area:
            lists = lists.filter(area_filter(self.area))
        if self.status:
            lists = lists.filter(status=self.status)
        if self.late:
            lists = lists.filter(due_on__lt=clock.today())
        return lists


def _communes_named(text: str) -> list[str]:
    units = AdministrativeUnit.objects.communes().valid_on(clock.today())
    return list(units.filter(search_key__contains=search_key(text)).values_list("area_code", flat=True)[:50])


@dataclass(frozen=True, slots=True)
class ListRow:
    """One line of a table of lists."""

    pk: int
    reference: str
    title: str
    programme: str
    area: str
    stream: str
    status: str
    people: int
    amount: int
    flagged: int
    due_on: dt.date | None
    days_left: int | None
    posting_until: dt.date | None


def list_rows(lists: Any) -> list[ListRow]:
    """Rows to print of a slice of a queryset, with people, đồng and rows to look at, in one query."""
    cases = Case.objects.filter(case_list=OuterRef("pk")).order_by().values("case_list")
    counted = lists.select_related("programme").annotate(
        people=Subquery(cases.annotate(n=Count("pk")).values("n")),
        amount=Subquery(cases.annotate(s=Sum("amount_proposed")).values("s")),
        flagged=Subquery(
            cases.filter(Q(mark_text__gt="") | Q(outcomes__contains="r") | ~Q(result="eligible"))
            .annotate(n=Count("pk"))
            .values("n")
        ),
    )
    calendar, today = working_calendar(), clock.today()
    return [
        ListRow(
            pk=row.pk,
            reference=row.reference,
            title=row.title,
            programme=row.programme.short_name,
            area=area_name(row.area_code),
            stream=row.stream,
            status=row.status,
            people=row.people or 0,
            amount=row.amount or 0,
            flagged=row.flagged or 0,
            due_on=row.due_on,
            days_left=calendar.working_days_between(today, row.due_on) if row.due_on else None,
            posting_until=row.posting_until,
        )
        for row in counted
    ]


@dataclass(frozen=True, slots=True)
class OfferedAction:
    """A button: `refusal` says why it doesn't work now ("" = it does), `remedy` what helps."""

    code: str
    label: Text
    refusal: str
    needs_reason: bool
    remedy: str = ""

    @property
    def slug(self) -> str:
        """Its part of the address."""
        return self.code.split(".")[-1].replace("_", "-")


def offered_actions(
    workflow: Workflow, record: Any, actor: Actor, standing: Blocking | None = None
) -> list[OfferedAction]:
    """What this person may do with the record as it stands; blocked ones come with their sentences. One query, none where
    `standing` is known.

    Actions of another desk or of another programme's way are left out.
    """
    blocking = standing_of(workflow, record, actor) if standing is None else standing
    mine = [each for each in workflow.actions_from(record.status) if each.action in blocking]
    return [
        OfferedAction(
            transition.action,
            transition.label,
            " ".join(str(guard.message) for guard in blocking[transition.action]),
            transition.needs_reason,
            " ".join(str(guard.remedy) for guard in blocking[transition.action] if guard.remedy),
        )
        for transition in mine
        if not any(guard.hides for guard in blocking[transition.action])
    ]


@dataclass(frozen=True, slots=True)
class ListTotals:
    """People and đồng of a list, and how far its rows are."""

    people: int
    amount: int
    eligible: int
    waiting: int
    undetermined: int
    marked: int


def list_totals(case_list: CaseList) -> ListTotals:
    """One query."""
    sums = Case.objects.filter(case_list=case_list).aggregate(
        people=Count("pk"),
        amount=Sum("amount_proposed"),
        eligible=Count("pk", filter=Q(status__in=[CaseStatus.ELIGIBLE, CaseStatus.APPROVED])),
        waiting=Count("pk", filter=Q(status=CaseStatus.APPRAISING)),
        undetermined=Count("pk", filter=Q(result="undetermined")),
        marked=Count("pk", filter=Q(mark_text__gt="")),
    )
    return ListTotals(**{**sums, "amount": sums["amount"] or 0})


def unmapped_occupations(case_list: CaseList) -> list[tuple[str, int]]:
    """Occupations of a list that fit no group, with how many rows write them so; none where the rules know no groups."""
    rows = Case.objects.filter(case_list=case_list, status=CaseStatus.LISTED)
    definition = definition_of(case_list.version_used_id)
    if not definition.occupation_groups:
        return []
    counted: Iterable[tuple[str, int]] = (
        rows.exclude(facts__has_key="occupation_group")
        .values_list("occupation")
        .annotate(n=Count("pk"))
        .order_by("-n", "occupation")
    )
    return [(text, n) for text, n in counted if not group_of(text, definition.occupation_groups)]


@dataclass(frozen=True, slots=True)
class Confirmed:
    """What the commune confirmed for a list, by whom, and for how many rows not."""

    words: str
    confirmed_by_name: str
    confirmed_on: dt.date
    excepted: int


def confirmations_of(case_list: CaseList) -> list[Confirmed]:
    """One query; the criterion's own words."""
    words = {
        criterion.code: criterion.confirm
        for criterion in definition_of(case_list.version_used_id).confirmable
    }
    return [
        Confirmed(
            words.get(row.fact, row.fact), row.confirmed_by_name, row.confirmed_on, len(row.excepted_cases)
        )
        for row in case_list.confirmations.order_by("pk")
    ]
