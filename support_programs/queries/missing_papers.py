"""Which papers that their rules ask for are neither seen nor scanned, of any number of cases at once."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from django.db import connection

from support_programs.models import Case
from support_programs.queries.facts import stored_facts
from support_programs.queries.programmes import definition_of
from support_programs.rules.facts import Facts
from support_programs.rules.papers import required_papers
from support_programs.rules.parts import Evidence

_HELD: Final = """
SELECT case_id, array_agg(DISTINCT code) FROM support_programs_casepaper
WHERE case_id = ANY(%s) AND removed_on IS NULL AND code <> '' GROUP BY case_id
"""
# the facts that its newest determination used, as far as a paper depends on them
_USED: Final = """
SELECT c.id, (SELECT jsonb_object_agg(f.key, f.value) FROM jsonb_each(d.facts) f WHERE f.key = ANY(%s))
FROM unnest(%s::bigint[]) c (id) CROSS JOIN LATERAL (
  SELECT e.facts FROM support_programs_eligibilitydetermination e WHERE e.case_id = c.id ORDER BY e.id DESC LIMIT 1
) d
"""


@dataclass(frozen=True, slots=True)
class Standing:
    """What a case needs and what of it is missing; `counted` is the number that stands on the case."""

    version_id: int
    counted: int
    required: tuple[Evidence, ...]
    missing: tuple[Evidence, ...]


def papers_held(case_ids: Sequence[int]) -> dict[int, frozenset[str]]:
    """Codes of the papers that each case has now, taken out ones left aside; a case without any is not named."""
    with connection.cursor() as cursor:
        cursor.execute(_HELD, [list(case_ids)])
        return {pk: frozenset(codes) for pk, codes in cursor.fetchall()}


def facts_used(case_ids: Sequence[int], fields: Iterable[str]) -> dict[int, Facts]:
    """These facts of each case as its newest determination used them; {} where it had none of them."""
    wanted = sorted(set(fields))
    if not wanted:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(_USED, [wanted, list(case_ids)])
        return {pk: stored_facts(json.loads(used)) for pk, used in cursor.fetchall() if used}


def standing_of(case_ids: Sequence[int]) -> dict[int, Standing]:
    """Each case with the papers that it needs and misses: three queries for any number."""
    rows = Case.objects.filter(pk__in=case_ids).values_list("pk", "version_used_id", "papers_missing")
    known = {pk: (version, counted) for pk, version, counted in rows}
    evidence = {version: definition_of(version).evidence for version, _counted in set(known.values())}
    asked = {paper.when.field for papers in evidence.values() for paper in papers if paper.when}
    used, held = facts_used(list(known), asked), papers_held(list(known))
    found = {}
    for pk, (version, counted) in known.items():
        required = required_papers(evidence[version], used.get(pk, {}))
        have = held.get(pk, frozenset())
        missing = tuple(paper for paper in required if paper.code not in have)
        found[pk] = Standing(version, counted, required, missing)
    return found


def missing_names(case_ids: Sequence[int]) -> Mapping[int, tuple[str, ...]]:
    """The names of the papers that each case misses; nothing is asked of the database for no case."""
    if not case_ids:
        return {}
    return {pk: tuple(paper.name for paper in row.missing) for pk, row in standing_of(case_ids).items()}
