"""Whom a name may have meant that fits nobody: for each word, the people who have the others and one that is near to it."""

from __future__ import annotations

from typing import Final

from beneficiaries.models import Person
from beneficiaries.queries.people_search_stages import SHOWN, Found, Rows, asking, narrowed
from beneficiaries.queries.person_words import HasWords, any_of, whole_words, word
from beneficiaries.rules.name_neighbours import neighbours_of
from beneficiaries.rules.name_variants import word_variants
from core.search import SearchQuery

MOST: Final = 100  # of each word
_MOST_WORDS: Final = 6


def found_nearby(query: SearchQuery, people: Rows, *, scope: str, limit: int) -> list[Found]:
    """At most `limit` of these people, whose area is `scope`: another spelling before a wrong letter, the surname first."""
    rows = people.filter(narrowed(query, scope)).only(*SHOWN)
    words = query.words[:_MOST_WORDS]
    found: dict[int, tuple[bool, int, Person]] = {}
    for place, typed in enumerate(words):
        near = neighbours_of(typed)
        others = words[:place] + words[place + 1 :]
        if not near:
            continue
        meant = any_of(map(word, near))
        if others:
            # two questions are answered several times quicker by the index than one that holds both
            fitting = rows.filter(asking(whole_words(others), query, scope), HasWords(meant))
        else:
            fitting = rows.filter(asking(meant, query, scope))
        for row in fitting[:MOST]:
            is_typo = not word_variants(typed) & set(row.name_key.split())
            found.setdefault(row.pk, (is_typo, place, row))
    ranked = sorted(found.values(), key=lambda each: (*each[:2], each[2].name_sort, each[2].pk))
    return [Found(row, "near") for _is_typo, _place, row in ranked[:limit]]
