"""The search by name in stages, best first: the next one is asked only while there is room.

A common name fits 200,000 people, and putting them all in order is what makes a search slow: a stage takes at most MOST of
them, in no order, and only these are put in order. A commune is read whole by its own index instead, so its order is exact.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from django.db.models import Case, Exists, OuterRef, Q, When
from django.db.models.functions import Lower
from django.db.models.lookups import Exact

from beneficiaries.models import IdentityDocument, Person
from beneficiaries.queries.person_words import (
    HasWords,
    all_begun_words,
    all_of,
    any_of,
    begun_words,
    name_or_hamlet_words,
    whole_words,
    word,
)
from beneficiaries.rules.name_closeness import HAMLET_KINDS, Closeness, Fit, Typed
from beneficiaries.rules.names import one_tone_style
from core.querysets import FencedQuerySet, area_filter
from core.search import SearchQuery

MOST: Final = 200
_COMMUNE, _DISTRICT = 10, 5  # lengths of their codes
_SHORT: Final = 2  # letters of a word that is rather an abbreviation
_WHY: Final = {
    Fit.NAME: "exact",
    Fit.OTHER_MARKS: "letters",
    Fit.IN_ORDER: "words",
    Fit.ANY_ORDER: "words",
    Fit.BEGUN: "begun",
    Fit.ELSEWHERE: "hamlet",
}

SHOWN: Final = (
    "reference", "area_code", "full_name", "name_key", "name_sort", "birth_date", "birth_year", "hamlet", "hamlet_key",
    "joined_to",
)  # fmt: skip

Rows = FencedQuerySet[Person]
Fitting = tuple[Person, Closeness]


@dataclass(frozen=True, slots=True)
class Found:
    """A row, and what of it fits (a key of `people_search.WHY`)."""

    row: Person
    why: str


def found_by_name(query: SearchQuery, people: Rows, *, scope: str, near: str, limit: int) -> list[Found]:
    """At most `limit` of these people, whose area is `scope`, whom the name fits; each once, best first."""
    typed = Typed(query.name, query.written)
    rows = people.filter(narrowed(query, scope)).only(*SHOWN)
    found: dict[int, Fitting] = {}
    for area in _rings(scope, near):
        ring = _of_commune if len(area) == _COMMUNE else _of_wider_area
        found |= {row.pk: (row, closeness) for row, closeness in ring(rows, query, typed, area, limit)}
    ranked = sorted(found.values(), key=lambda each: _rank(each, typed, query, near))
    return [Found(row, _WHY[closeness.fit]) for row, closeness in _with_room(ranked, limit)]


def found_in_hamlet(query: SearchQuery, people: Rows, *, scope: str, limit: int) -> list[Found]:
    """Who lives in the hamlet that the text names and nothing else ("ấp Hạ", "khóm 3"), the very hamlet first, by name."""
    words = query.words
    if len(words) < 2 or words[0] not in HAMLET_KINDS:
        return []
    *whole, last = words[1:]
    ends = query.beginnings if whole else (last,)
    asked = all_of(
        [
            *(word(each, mark="~") for each in whole),
            any_of(word(each, mark="~", is_beginning=bool(whole)) for each in ends),
        ]
    )
    rows = people.filter(narrowed(query, scope), asking(asked, query, scope)).only(*SHOWN)

    def rank(row: Person) -> tuple[object, ...]:
        named = [each for each in row.hamlet_key.split() if each not in HAMLET_KINDS]
        return named != [*words[1:]], row.name_sort, row.pk

    return [Found(row, "place") for row in sorted(rows[:MOST], key=rank)[:limit]]


def narrowed(query: SearchQuery, scope: str) -> Q:
    """What three digits and a birth ask besides the name; who has only a year may have been born on that day of it.

    Papers stand under the area of their holder, so that `scope` leads to the few of a commune.
    """
    asked = Q()
    if query.last3:
        papers = IdentityDocument.objects.filter(area_filter(scope), number_last3=query.last3)
        asked &= Q(Exists(papers.filter(person=OuterRef("pk"))))
    if query.birth:
        asked &= Q(birth_date=query.birth) | Q(birth_date=None)
    return asked


def every_way(query: SearchQuery, area: str = "") -> HasWords:
    """Whoever a stage would find, but for words that are all only begun."""
    return asking(name_or_hamlet_words(query.words, query.beginnings), query, area)


# --- a commune: one question, in order --------------------------------------------------------------------------------


def _of_commune(rows: Rows, query: SearchQuery, typed: Typed, area: str, _limit: int) -> Iterator[Fitting]:
    """Its few thousand people are read by the index of the area: quicker than long posting lists, and ordered by fit."""
    fit = Case(
        When(name_key=query.name, then=0),
        When(HasWords(whole_words(query.words)), then=1),
        When(HasWords(begun_words(query.words, query.beginnings)), then=2),
        default=3,
    )
    fitting = (
        rows.in_area(area).filter(HasWords(_any_way(query), by_index=False)).order_by(fit, "name_sort", "pk")
    )
    for row in fitting[:MOST]:
        yield row, typed.closeness(row.name_key, row.full_name)


def _any_way(query: SearchQuery) -> str:
    words, beginnings = query.words, query.beginnings
    ways = (name_or_hamlet_words(words, beginnings), all_begun_words(words, beginnings))
    return all_of([any_of(f"({way})" for way in ways), _born(query)])


# --- a district, the province: stages ---------------------------------------------------------------------------------


def _of_wider_area(rows: Rows, query: SearchQuery, typed: Typed, area: str, limit: int) -> list[Fitting]:
    found: dict[int, Fitting] = {}
    for stage in _stages(query, area):
        if stage.is_asked(len(found), limit, any(each[1].fit <= Fit.IN_ORDER for each in found.values())):
            for row in stage.fitting(rows)[:MOST]:
                found.setdefault(row.pk, (row, typed.closeness(row.name_key, row.full_name)))
    return list(found.values())


@dataclass(frozen=True, slots=True)
class _Stage:
    """One question of the search. `fills`: asked while there is room; `offers`: also while nobody has the typed words in
    their order; `saves`: only when nobody was found at all.
    """

    fitting: Callable[[Rows], Rows]
    when: str = "fills"

    def is_asked(self, found: int, limit: int, has_order: bool) -> bool:
        if self.when == "saves":
            return not found
        return found < limit or (self.when == "offers" and not has_order)


def _stages(query: SearchQuery, area: str) -> Iterator[_Stage]:
    words, beginnings = query.words, query.beginnings
    yield _Stage(lambda rows: _of_that_name(rows.in_area(area), query))
    if query.last3 or query.birth:
        yield from _narrowed_stages(query, area)
        return
    yield _stage(whole_words(words), query, area)
    yield _Stage(lambda rows: _begun(rows, query, area))
    if len(words) > 1:
        yield _stage(name_or_hamlet_words(words, words[-1:], is_whole=True), query, area, "offers")
    if any(len(each) <= _SHORT for each in words[:-1]):
        yield _Stage(lambda rows: _all_begun(rows, query, area), "saves")
    if len(words) > 1:
        yield _stage(name_or_hamlet_words(words, beginnings), query, area, "saves")


def _narrowed_stages(query: SearchQuery, area: str) -> Iterator[_Stage]:
    """Three digits, or a birth date, leave so few people that the words are only compared; who has a year is asked apart."""
    any_way = HasWords(_any_way(query), by_index=False)
    yield _Stage(lambda rows: _on_that_day(rows.in_area(area), query).filter(any_way))
    if query.birth and not query.last3:
        by_year = begun_words(query.words, query.beginnings)
        yield _stage(by_year, query, area)


def _on_that_day(rows: Rows, query: SearchQuery) -> Rows:
    return rows if query.last3 or not query.birth else rows.filter(birth_date=query.birth)


def _stage(question: str, query: SearchQuery, area: str, when: str = "fills") -> _Stage:
    asked = asking(question, query, area)
    return _Stage(lambda rows: rows.filter(asked), when)


def asking(question: str, query: SearchQuery, area: str) -> HasWords:
    """A question about words, of people of the area who were born in the year that was typed."""
    # the province's code is of everybody and narrows nothing
    code = word(area, mark="@") if len(area) in (_COMMUNE, _DISTRICT) else ""
    return HasWords(all_of([f"({question})", _born(query), code]))


def _begun(rows: Rows, query: SearchQuery, area: str) -> Rows:
    """One or two letters begin so many words that they are only compared, among those who have the others."""
    words, begun = query.words, begun_words(query.words, query.beginnings)
    if len(words) == 1 or len(words[-1]) > _SHORT:
        return rows.filter(asking(begun, query, area))
    return rows.filter(asking(whole_words(words[:-1]), query, area), HasWords(begun, by_index=False))


def _all_begun(rows: Rows, query: SearchQuery, area: str) -> Rows:
    """The index answers for the last word alone, which is the rarest: the others have half of the province each."""
    last = asking(begun_words(query.words[-1:], query.beginnings), query, area)
    return rows.filter(last, HasWords(all_begun_words(query.words, query.beginnings), by_index=False))


def _of_that_name(rows: Rows, query: SearchQuery) -> Rows:
    """Everybody with exactly this name; those with the same marks first, for there may be more than MOST."""
    if query.birth_year:
        rows = rows.filter(birth_year=query.birth_year)
    has_same_marks = Exact(Lower("full_name"), one_tone_style(query.written).lower())
    return rows.filter(name_key=query.name).order_by(Case(When(has_same_marks, then=0), default=1), "pk")


def _born(query: SearchQuery) -> str:
    return word(str(query.birth_year), mark="#") if query.birth_year else ""


# --- who comes first --------------------------------------------------------------------------------------------------


def _rings(scope: str, near: str) -> list[str]:
    """The areas to look into, from the nearest to the whole."""
    closer = [near[:length] for length in (_COMMUNE, _DISTRICT) if len(near) >= length > len(scope)]
    return [*(area for area in closer if area.startswith(scope)), scope]


def _rank(each: Fitting, typed: Typed, query: SearchQuery, near: str) -> tuple[object, ...]:
    row, closeness = each
    is_other_day = query.birth is not None and row.birth_date != query.birth
    shared = [length for length in (_COMMUNE, _DISTRICT) if near and row.area_code[:length] == near[:length]]
    is_split = closeness.fit == Fit.ELSEWHERE
    split = typed.hamlet_closeness(row.name_key, row.hamlet_key) if is_split else 0
    return closeness.fit, is_other_day, -max(shared, default=0), split, closeness, row.name_sort, row.pk


def _with_room(ranked: list[Fitting], limit: int) -> list[Fitting]:
    """The first `limit`; where nobody has the words in their order, a third of the places is for name and hamlet."""
    elsewhere = [each for each in ranked if each[1].fit == Fit.ELSEWHERE]
    if len(ranked) <= limit or ranked[0][1].fit <= Fit.IN_ORDER:
        return ranked[:limit]
    kept = min(len(elsewhere), max(limit // 3, 1))
    others = ranked[: len(ranked) - len(elsewhere)][: limit - kept]
    return [*others, *elsewhere[: limit - len(others)]]
