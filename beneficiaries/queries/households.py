"""Households as pages show them: those of an area, and one with its people, who left, and its entries of the register."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.db.models import Count, Q, QuerySet

from accounts.queries import area_names
from beneficiaries.enums import RegisterCode
from beneficiaries.models import Household, HouseholdMember, Status
from beneficiaries.queries.register_entries import (
    PastEntry,
    SourceView,
    days_words,
    names_of,
    past_entries,
    source_of,
)
from beneficiaries.queries.registers import VALID, people_named, state_filter
from beneficiaries.registers import register_of
from core.dates import format_date
from core.references import parse_reference
from core.wording import Text
from core.workflow import Actor

_OPEN: Final = Q(valid_to__isnull=True, is_replaced=False)


@dataclass(frozen=True, slots=True)
class HouseholdRow:
    """One line of the list of households; `poverty` is the group it is in on the day, "" for none."""

    reference: str
    code: str
    head_name: str
    hamlet: str
    area: str
    people: int
    poverty: Text


def households_of(actor: Actor, q: str, area: str = "") -> QuerySet[Household]:
    """The households of the actor's area by their head, in Vietnamese order.

    `q`: words of anybody's name in the household without marks, the commune's number of it, or its reference.
    """
    rows: QuerySet[Household] = Household.objects.visible_to(actor)
    if area:
        rows = rows.filter(area_code__startswith=area)
    reference = parse_reference(q)
    if reference is not None:
        rows = rows.filter(reference=str(reference))
    elif q:
        theirs = HouseholdMember.objects.filter(person__in=people_named(q, actor), is_replaced=False)
        named = Q(pk__in=theirs.values("household")) | Q(head_name__icontains=q)
        rows = rows.filter(named | Q(code__iexact=q))
    return rows.order_by("head_name_sort", "pk")


def household_rows(households: Sequence[Household], on: dt.date) -> list[HouseholdRow]:
    """Lines to print; three queries, however many."""
    ids = [one.pk for one in households]
    areas = area_names(one.area_code for one in households)
    members = HouseholdMember.objects.filter(_OPEN, household__in=ids).order_by()
    people = dict(members.values_list("household").annotate(n=Count("pk")))
    register = register_of(RegisterCode.POOR_HOUSEHOLDS)
    statuses = Status.objects.filter(state_filter(VALID, on), household__in=ids, is_replaced=False)
    groups = dict(statuses.values_list("household", "category"))
    return [
        HouseholdRow(
            reference=one.reference,
            code=one.code,
            head_name=one.head_name,
            hamlet=one.hamlet,
            area=areas[one.area_code],
            people=people.get(one.pk, 0),
            poverty=register.category_name(groups[one.pk]) if one.pk in groups else "",
        )
        for one in households
    ]


@dataclass(frozen=True, slots=True)
class MemberView:
    """Somebody of a household, now or once. `may_open`: their page is of this person's area."""

    reference: str
    name: str
    birth: str
    relation: str
    is_head: bool
    days: str
    source: SourceView
    reason: str
    end_reason: str
    ended_by: str
    may_open: bool


def people_of(household: Household, actor: Actor) -> tuple[list[MemberView], list[MemberView]]:
    """Who belongs to the household now, the head first, and who did before, the last to leave first; two queries."""
    rows = HouseholdMember.objects.filter(household=household, is_replaced=False)
    found = list(rows.select_related("person", "list_import").order_by("-is_head", "valid_from", "pk"))
    names = names_of(member.ended_by_id for member in found)
    gone = sorted(
        (member for member in found if member.valid_to), key=lambda one: (one.valid_to, one.pk), reverse=True
    )
    return (
        [_member(member, actor, names) for member in found if member.valid_to is None],
        [_member(member, actor, names) for member in gone],
    )


def _member(member: HouseholdMember, actor: Actor, names: dict[int, str]) -> MemberView:
    person = member.person
    birth = format_date(person.birth_date) if person.birth_date else str(person.birth_year or "")
    return MemberView(
        reference=person.reference,
        name=person.full_name,
        birth=birth,
        relation=member.relation,
        is_head=member.is_head,
        days=days_words(member),
        source=source_of(member, actor),
        reason=member.reason,
        end_reason=member.end_reason,
        ended_by=names.get(member.ended_by_id or 0, ""),
        may_open=person.area_code.startswith(actor.area_code),
    )


def entries_of_household(household: Household, actor: Actor, on: dt.date) -> list[PastEntry]:
    """Its rows in the register of poor households, replaced ones too, the newest year first."""
    rows: QuerySet[Status] = Status.objects.visible_to(actor)
    found = rows.filter(household=household).select_related("list_import", "replaced_by")
    register = register_of(RegisterCode.POOR_HOUSEHOLDS)
    return past_entries(register, found.order_by("-valid_from", "-pk")[:100], actor, on)
