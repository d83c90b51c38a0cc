"""Pairs of people who may be one: whose payment they block, the queue of a desk, and what comes next in it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from accounts.queries import area_name
from beneficiaries.enums import PairState
from beneficiaries.models import DuplicateCandidate, Person
from beneficiaries.queries.match_reasons import reason_of
from core.date_texts import format_date
from core.querysets import area_filter
from core.wording import Text
from core.workflow import Actor

WAITING = "waiting"


def unsettled() -> QuerySet[DuplicateCandidate]:
    """Pairs that block payment: nobody said yet whether they are one human, and nobody let them pass."""
    rows: QuerySet[DuplicateCandidate] = DuplicateCandidate.objects.filter(
        state__in=PairState.unanswered(), passed_by_id__isnull=True
    )
    return rows


def may_be_somebody_else(person: str) -> Q:
    """The condition that this column's person, or an entry that counts as them, is in a pair that blocks payment."""
    rows = unsettled()
    found = Q()
    for side in ("first", "second"):
        found |= Q(Exists(rows.filter(**{side: OuterRef(person)})))
        found |= Q(Exists(rows.filter(**{f"{side}__joined_to": OuterRef(person)})))
    return found


def pairs_of(people: Collection[int]) -> QuerySet[DuplicateCandidate]:
    """Every pair that one of these people is in."""
    rows: QuerySet[DuplicateCandidate] = DuplicateCandidate.objects.filter(
        Q(first__in=people) | Q(second__in=people)
    )
    return rows


@dataclass(frozen=True, slots=True)
class PairFilter:
    """What the list of pairs is narrowed to; `state` may be "waiting": not answered yet."""

    state: str = WAITING
    area: str = ""
    found_by: str = ""

    @classmethod
    def of(cls, asked: Any) -> PairFilter:
        """From an address; what it doesn't know counts as not asked."""
        state = asked.get("state", WAITING)
        known = (*PairState.values, WAITING, "passed", "")
        found_by = asked.get("found_by", "")
        area = asked.get("area", "")
        return cls(
            state=state if state in known else WAITING,
            area=area if area.isdecimal() and len(area) <= 10 else "",
            found_by=found_by if found_by in ("import", "entry", "nightly") else "",
        )


@dataclass(frozen=True, slots=True)
class PairRow:
    """A line of the list."""

    reference: str
    state: str
    score: int
    first: str
    second: str
    first_place: str
    second_place: str
    reasons: tuple[Text, ...]
    found_by: Text
    is_passed: bool


def _in_state(state: str) -> Q:
    if state == WAITING:
        return Q(state__in=PairState.unanswered())
    if state == "passed":
        return Q(state__in=PairState.unanswered(), passed_by_id__isnull=False)
    return Q(state=state) if state else Q()


def pairs_for(actor: Actor, asked: PairFilter) -> QuerySet[DuplicateCandidate]:
    """What this person may see of the pairs, the surest first."""
    rows: QuerySet[DuplicateCandidate] = DuplicateCandidate.objects.visible_to(actor)
    rows = rows.filter(_in_state(asked.state))
    if asked.area:
        inside = area_filter(asked.area, "first__area_code") | area_filter(asked.area, "second__area_code")
        rows = rows.filter(inside)
    if asked.found_by:
        rows = rows.filter(found_by=asked.found_by)
    return rows.select_related("first", "second").order_by("-score", "pk")


def pair_counts(actor: Actor) -> dict[str, int]:
    """How many pairs of this person's area stand where; one query."""
    states = (WAITING, PairState.OPEN, PairState.VERIFYING, "passed", PairState.SAME, PairState.DIFFERENT)
    sums = {f"n_{state}": Count("pk", filter=_in_state(state)) for state in states}
    found = DuplicateCandidate.objects.visible_to(actor).aggregate(**sums)
    return {str(state): found[f"n_{state}"] for state in states}


def pair_rows(pairs: Collection[DuplicateCandidate]) -> list[PairRow]:
    return [
        PairRow(
            reference=pair.reference,
            state=pair.state,
            score=pair.score,
            first=pair.first.full_name,
            second=pair.second.full_name,
            first_place=_place(pair.first),
            second_place=_place(pair.second),
            reasons=tuple(reason_of(reason["code"]) for reason in pair.reasons),
            found_by=pair.get_found_by_display(),
            is_passed=pair.passed_by_id is not None and pair.state in PairState.unanswered(),
        )
        for pair in pairs
    ]


def _place(person: Person) -> str:
    born = format_date(person.birth_date) if person.birth_date else str(person.birth_year or "")
    return f"{born} · {area_name(person.area_code)}".strip(" ·")


def next_pair(actor: Actor, after: DuplicateCandidate, asked: PairFilter) -> DuplicateCandidate | None:
    """The next pair of the queue that nobody answered: below this one, else from the top; None when none is left."""
    rows = pairs_for(actor, PairFilter(PairState.OPEN, asked.area, asked.found_by)).exclude(pk=after.pk)
    below = rows.filter(Q(score__lt=after.score) | Q(score=after.score, pk__gt=after.pk))
    return below.first() or rows.first()


def waiting_of(people: Collection[int]) -> QuerySet[DuplicateCandidate]:
    """Pairs of these people that are not answered, those that block payment first."""
    rows = pairs_of(people).filter(state__in=PairState.unanswered()).select_related("first", "second")
    return rows.order_by(F("passed_by_id").asc(nulls_first=True), "-score", "pk")
