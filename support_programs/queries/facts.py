"""What is known of cases when they are judged: the row's own columns, confirmed facts, and what the registers say."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from django.db import connection

from accounts.models import AdministrativeUnit
from core import clock
from support_programs.rules.definition import Definition
from support_programs.rules.facts import REGISTER, Fact, Facts, fact_from_json
from support_programs.rules.occupations import group_of

_OTHER_REGIMES: Final = """
SELECT c.id, array_agg(DISTINCT e.programme_id)
FROM support_programs_case c
JOIN beneficiaries_person p ON p.id = c.person_id
JOIN support_programs_entitlement e ON e.claimant_id = COALESCE(p.joined_to_id, p.id)
WHERE c.id = ANY(%s) AND e.case_id <> c.id AND e.status <> 'cancelled' AND e.exclusive_group > ''
GROUP BY c.id
"""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What other tables say of a set of cases: urban communes, and other regimes by case."""

    urban: frozenset[str]
    communes: frozenset[str]
    other_regimes: Mapping[int, Sequence[str]]
    # lists write the same few occupations over and over: what was found for one of them is kept for the set
    known_groups: dict[tuple[str, str, str], str] = field(default_factory=dict)


def known_surroundings(case_ids: Sequence[int]) -> Surroundings:
    """Two queries for any number of cases."""
    communes = AdministrativeUnit.objects.communes().valid_on(clock.today())
    kinds = dict(communes.values_list("area_code", "kind"))
    with connection.cursor() as cursor:
        cursor.execute(_OTHER_REGIMES, [list(case_ids)])
        regimes = {case_id: sorted(codes) for case_id, codes in cursor.fetchall()}
    urban = frozenset(code for code, kind in kinds.items() if kind in ("phuong", "thi_tran"))
    return Surroundings(urban, frozenset(kinds), regimes)


def facts_of(row: Mapping[str, Any], definition: Definition, surroundings: Surroundings) -> Facts:
    """The facts of one case row (its columns by name); a fact that nobody gave is absent."""
    facts: dict[str, Fact] = {
        "received_on": Fact(row["received_on"]),
        "other_regimes": Fact(surroundings.other_regimes.get(row["pk"], []), REGISTER),
    }
    for key in ("birth_date", "birth_year", "occupation", "stream"):
        if row[key]:
            facts[key] = Fact(row[key])
    if row["area_code"] in surroundings.communes:
        facts["is_urban"] = Fact(row["area_code"] in surroundings.urban, REGISTER)
    group = _group_of(row["occupation"], definition, surroundings)
    if group:
        facts["occupation_group"] = Fact(group)
    facts.update({key: _typed(key, fact_from_json(stored)) for key, stored in row["facts"].items()})
    return facts


def _group_of(occupation: str, definition: Definition, surroundings: Surroundings) -> str:
    key = (definition.programme, definition.code, occupation)
    if key not in surroundings.known_groups:
        surroundings.known_groups[key] = group_of(occupation, definition.occupation_groups)
    return surroundings.known_groups[key]


def _typed(key: str, fact: Fact) -> Fact:
    if key.endswith("_on") and isinstance(fact.value, str):
        return Fact(dt.date.fromisoformat(fact.value), fact.source, fact.by, fact.on)
    return fact
