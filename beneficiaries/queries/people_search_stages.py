"""The search by name in stages, best first: the next one is asked only while there is room.

A common name fits 200,000 people, and ordering them all is what makes a search slow: a stage takes at most MOST of them, in
no order, and puts only these in order. Where fewer fit, which is so in every commune, the order is exact.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from operator import itemgetter
from typing import Final

from django.db.models import Case, Exists, OuterRef, Q, When
from django.db.models.functions import Lower
from django.db.models.lookups import Exact

from beneficiaries.models import IdentityDocument, Person
from beneficiaries.queries.person_words import (
    HasWords,
    all_of,
    begun_words,
    name_or_hamlet_words,
    whole_words,
    word,
)
from beneficiaries.rules.name_closeness import Closeness, Fit, Typed
from beneficiaries.rules.names import one_tone_style
from core.querysets import FencedQuerySet
from core.search import SearchQuery

MOST: Final = 400
_PROVINCE: Final = 2  # the length of its code: it narrows nothing
_WHY: Final = {Fit.EXACT: "exact", Fit.WORDS: "words", Fit.BEGUN: "begun", Fit.ELSEWHERE: "hamlet"}

Rows = FencedQuerySet[Person]
Stage = Callable[[Rows, str], Rows]


@dataclass(frozen=True, slots=True)
class Found:
    """A row, and what of it fits (a key of `people_search.WHY`)."""

    row: Person
    why: str


def found_by_name(query: SearchQuery, people: Rows, *, scope: str, near: str, limit: int) -> list[Found]:
    """At most `limit` of these people, whose area is `scope`, whom the name fits; each once, best first."""
    typed = Typed(query.name, query.written)
    rows = people.filter(narrowed(query))
    found: dict[int, Found] = {}
    for stage in _stages(query):
        for area in _rings(scope, near):
            fitting = [(_rank(typed, query, row), row) for row in stage(rows, area)[:MOST]]
            for (closeness, *_rest), row in sorted(fitting, key=itemgetter(0)):
                found.setdefault(row.pk, Found(row, _WHY[closeness.fit]))
            if len(found) >= limit:
                return list(found.values())[:limit]
    return list(found.values())


def narrowed(query: SearchQuery) -> Q:
    """What three digits and a birth ask besides the name; who has only a year may have been born on that day of it."""
    asked = Q()
    if query.last3:
        papers = IdentityDocument.objects.filter(person=OuterRef("pk"), number_last3=query.last3)
        asked &= Q(Exists(papers))
    if query.birth:
        asked &= Q(birth_date=query.birth) | Q(birth_date=None)
    return asked


def every_way(query: SearchQuery) -> HasWords:
    """The widest question: whomever a stage finds answers it, but for words that are all only begun."""
    return HasWords(all_of([name_or_hamlet_words(query.words, query.beginnings), _born(query)]))


def _stages(query: SearchQuery) -> Iterator[Stage]:
    words, beginnings = query.words, query.beginnings
    yield lambda rows, area: _of_that_name(rows.in_area(area), query)
    if not (query.last3 or query.birth):
        yield _asking(whole_words(words), query)
        yield _asking(begun_words(words, beginnings), query)
    yield _asking(name_or_hamlet_words(words, beginnings), query)


def _of_that_name(rows: Rows, query: SearchQuery) -> Rows:
    """Everybody with exactly this name; those with the same marks first, for there may be more than MOST."""
    if query.birth_year:
        rows = rows.filter(birth_year=query.birth_year)
    has_same_marks = Exact(Lower("full_name"), one_tone_style(query.written).lower())
    return rows.filter(name_key=query.name).order_by(Case(When(has_same_marks, then=0), default=1), "pk")


def _asking(question: str, query: SearchQuery) -> Stage:
    def stage(rows: Rows, area: str) -> Rows:
        code = word(area, mark="@") if len(area) > _PROVINCE else ""
        return rows.filter(HasWords(all_of([f"({question})", _born(query), code])))

    return stage


def _born(query: SearchQuery) -> str:
    return word(str(query.birth_year), mark="#") if query.birth_year else ""


def _rings(scope: str, near: str) -> list[str]:
    """The areas to look into, from the nearest to the whole."""
    closer = [near[:length] for length in (10, 5) if len(near) >= length > len(scope)]
    return [*(area for area in closer if area.startswith(scope)), scope]


def _rank(typed: Typed, query: SearchQuery, row: Person) -> tuple[Closeness, bool, str, int]:
    is_other_day = query.birth is not None and row.birth_date != query.birth
    return typed.closeness(row.name_key, row.full_name), is_other_day, row.name_sort, row.pk
