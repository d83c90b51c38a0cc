"""People as an officer looks for them: best first, quick over the whole province, only within what the officer may see.

Two ways: `search_people` gives the few best, for the masthead and for choosing a person; `narrow_people` is a filter, for
pages that list everybody who fits, in an order of their own.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

from django.db.models import Q
from django.utils.translation import gettext_lazy as lazy

from beneficiaries.models import IdentityDocument, Person
from beneficiaries.queries.people_search_neighbours import found_nearby
from beneficiaries.queries.people_search_stages import (
    Found,
    every_way,
    found_by_name,
    found_in_hamlet,
    narrowed,
)
from core.crypto import blind_index
from core.querysets import FencedQuerySet
from core.search import SearchQuery
from core.wording import Text
from core.workflow import Actor

NUMBER: Final = "number"
PHONE: Final = "phone"
REFERENCE: Final = "reference"
BIRTH: Final = "birth"
WHY: Final[dict[str, Text]] = {
    NUMBER: lazy("Đúng số giấy tờ"),
    PHONE: lazy("Đúng số điện thoại"),
    REFERENCE: lazy("Đúng mã"),
    BIRTH: lazy("Đúng ngày sinh"),
    "exact": lazy("Đúng họ tên"),
    "letters": lazy("Đúng chữ, khác dấu"),
    "words": lazy("Đủ các chữ"),
    "begun": lazy("Chữ gõ dở"),
    "hamlet": lazy("Họ tên và khóm, ấp"),
    "place": lazy("Đúng khóm, ấp"),
    "near": lazy("Tên gần giống"),
}


@dataclass(frozen=True, slots=True)
class FoundPerson:
    """Somebody found, in the row that counts: who was joined to somebody else appears as that one, once.

    `joined_name` is the name in the joined row by which they were found, "" for their own. `number_last3` is of the current
    paper. `why` is a key of WHY.
    """

    person_id: int
    reference: str
    full_name: str
    birth: dt.date | int | None
    number_last3: str
    hamlet: str
    area_code: str
    why: str
    joined_name: str = ""

    @property
    def why_text(self) -> Text:
        return WHY[self.why]


# who a reference of another kind of record is about: prefix -> ids of people; filled by the apps above
_people_of: Final[dict[str, Callable[[str, Actor], Iterable[int]]]] = {}


def register_people_of_reference(prefix: str, read: Callable[[str, Actor], Iterable[int]]) -> None:
    """Say which people a record is about (a case's claimant), so that its reference finds them. `read` minds what the
    actor may see.
    """
    _people_of[prefix] = read


def search_people(
    query: SearchQuery, actor: Actor, *, area_code: str = "", near: str = "", limit: int = 20
) -> list[FoundPerson]:
    """The best `limit` people that fit, best first, within `area_code` and within what the actor may see.

    `near`: a commune whose people come before those of its district, and these before the rest.
    """
    people = _visible(actor, area_code)
    scope = _narrower(actor.area_code, area_code)
    if query.is_empty or not actor.sees_records or scope is None:
        return []
    if query.name:
        found = found_by_name(query, people, scope=scope, near=near, limit=limit)
        found = found or found_in_hamlet(query, people, scope=scope, limit=limit)
    else:
        why = _why_not_name(query)
        rows = people.filter(_condition(query, actor)).order_by("name_sort", "pk")
        found = [Found(row, why) for row in rows[:limit]]
    return _shown(found, actor)


def search_neighbours(
    query: SearchQuery, actor: Actor, *, area_code: str = "", limit: int = 20
) -> list[FoundPerson]:
    """Whom a name may have meant that fits nobody: one word in another spelling or with one wrong letter. Nobody for a
    number.
    """
    scope = _narrower(actor.area_code, area_code)
    if not query.name or not actor.sees_records or scope is None:
        return []
    return _shown(found_nearby(query, _visible(actor, area_code), scope=scope, limit=limit), actor)


def narrow_people(people: FencedQuerySet[Person], query: SearchQuery, actor: Actor) -> FencedQuerySet[Person]:
    """Those of these people whom the query fits in any way, unordered. Nobody for a query without meaning."""
    return people.none() if query.is_empty else people.filter(_condition(query, actor))


def _visible(actor: Actor, area_code: str) -> FencedQuerySet[Person]:
    people: FencedQuerySet[Person] = Person.objects.visible_to(actor)
    return people.in_area(area_code) if area_code else people


def _narrower(one: str, other: str) -> str | None:
    """The area that lies in both; None when they have nothing in common."""
    longer, shorter = (one, other) if len(one) >= len(other) else (other, one)
    return longer if longer.startswith(shorter) else None


def _why_not_name(query: SearchQuery) -> str:
    if query.reference:
        return REFERENCE
    return NUMBER if query.numbers else PHONE if query.phone else BIRTH


def _condition(query: SearchQuery, actor: Actor) -> Q:
    if query.reference:
        return _of_reference(query, actor)
    if query.numbers or query.phone:
        return _of_number(query)
    if not query.name:
        return Q(birth_date=query.birth)
    return Q(every_way(query)) & narrowed(query, actor.area_code)


def _of_reference(query: SearchQuery, actor: Actor) -> Q:
    reference = str(query.reference)
    read = _people_of.get(reference[:2])
    return Q(pk__in=list(read(reference, actor))) if read else Q(reference=reference)


def _of_number(query: SearchQuery) -> Q:
    """By the number of any paper they ever had, or by telephone."""
    indexes = [blind_index("number", number) for number in query.numbers]
    papers = IdentityDocument.objects.filter(number_index__in=indexes)
    of_paper = Q(pk__in=papers.values("person_id"))
    return of_paper | Q(phone=query.phone) if query.phone else of_paper


def _shown(found: list[Found], actor: Actor) -> list[FoundPerson]:
    """Rows as they are shown: the person of a joined row where the actor may see it, everybody once."""
    joined_to = {each.row.joined_to_id for each in found if each.row.joined_to_id}
    roots = {row.pk: row for row in _visible(actor, "").filter(pk__in=joined_to)} if joined_to else {}
    chosen: dict[int, tuple[Person, Found]] = {}
    for each in found:
        row = roots.get(each.row.joined_to_id or 0, each.row)
        chosen.setdefault(row.pk, (row, each))
    papers = IdentityDocument.objects.filter(person__in=list(chosen), is_current=True)
    last3 = dict(papers.values_list("person_id", "number_last3"))
    return [
        FoundPerson(
            person_id=row.pk,
            reference=row.reference,
            full_name=row.full_name,
            birth=row.birth,
            number_last3=last3.get(row.pk, ""),
            hamlet=row.hamlet,
            area_code=row.area_code,
            why=each.why,
            joined_name="" if row.pk == each.row.pk else each.row.full_name,
        )
        for row, each in chosen.values()
    ]
