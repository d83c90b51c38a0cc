"""What is known of cases when they are judged: the row's own columns, confirmed facts, and what the registers say."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from django.db import connection

from accounts.models import AdministrativeUnit
from core import clock
from support_programs.enums import CaseStatus
from support_programs.models import CaseChild
from support_programs.queries.register_entries import entries_of_cases
from support_programs.rules.definition import Definition
from support_programs.rules.facts import REGISTER, Fact, Facts, fact_from_json
from support_programs.rules.occupations import group_of
from support_programs.rules.registers import Entry, told_by
from support_programs.rules.supplements import GRANTED

# the person of a case is one human with everybody joined to them; an employer's claim has no person
_PEOPLE: Final = """
WITH mine AS (
  SELECT c.id, c.programme_id, c.period, c.employer_id, COALESCE(p.joined_to_id, p.id) AS root,
         COALESCE(v.definition ->> 'exclusive_group', '') AS own_group
    FROM support_programs_case c
    JOIN support_programs_programmeversion v ON v.id = c.version_used_id
    LEFT JOIN beneficiaries_person p ON p.id = c.person_id
   WHERE c.id = ANY(%s)
), people AS (
  SELECT id, root AS person_id FROM mine WHERE root IS NOT NULL
  UNION ALL
  SELECT mine.id, q.id FROM mine JOIN beneficiaries_person q ON q.joined_to_id = mine.root
)
"""
_OTHER_REGIMES: Final = f"""{_PEOPLE}
SELECT mine.id, array_agg(DISTINCT e.programme_id)
FROM mine JOIN support_programs_entitlement e ON e.claimant_id = mine.root
WHERE e.case_id <> mine.id AND e.status <> 'cancelled' AND e.exclusive_group > '' AND e.exclusive_group = mine.own_group
GROUP BY mine.id
"""
# a case that came later doesn't shut out an earlier one, unless something is owed on it already
_OTHER_PROGRAMMES: Final = f"""{_PEOPLE}
SELECT mine.id, array_agg(DISTINCT o.programme_id || COALESCE('/' || NULLIF(o.facts -> 'household_kind' ->> 'value', ''), ''))
FROM mine JOIN people ON people.id = mine.id
JOIN support_programs_case o ON o.person_id = people.person_id AND o.programme_id <> mine.programme_id
WHERE o.status <> ALL('{{ineligible,withdrawn}}'::text[])
  AND (o.id < mine.id OR EXISTS (SELECT FROM support_programs_entitlement e WHERE e.case_id = o.id AND e.status <> 'cancelled'))
GROUP BY mine.id
"""
_PAID_DAYS: Final = f"""{_PEOPLE}
SELECT mine.id, array_agg(ARRAY[lower(d.days)::text, (upper(d.days) - 1)::text] ORDER BY d.days)
FROM mine JOIN people ON people.id = mine.id
JOIN support_programs_entitlementdays d ON d.claimant_id = people.person_id AND d.is_live
JOIN support_programs_entitlement e ON e.id = d.entitlement_id AND e.case_id <> mine.id
GROUP BY mine.id
"""
# only a programme with spells gives a person more than one support; a line names its supplement before the colon
_SUPPLEMENTS: Final = f"""{_PEOPLE}
SELECT mine.id, array_agg(DISTINCT split_part(line ->> 'label', ':', 1))
FROM mine JOIN support_programs_entitlement e
  ON e.programme_id = mine.programme_id AND e.claimant_id = mine.root AND e.status <> 'cancelled' AND e.case_id <> mine.id
CROSS JOIN jsonb_array_elements(e.lines) AS line
WHERE mine.period <> 'once'
GROUP BY mine.id
"""
_BEFORE: Final = f"""{_PEOPLE}
SELECT mine.id, min(e.reference)
FROM mine JOIN support_programs_entitlement e
  ON e.programme_id = mine.programme_id AND e.period = mine.period AND e.status <> 'cancelled' AND e.case_id <> mine.id
 AND (e.claimant_id = mine.root OR e.employer_id = mine.employer_id)
GROUP BY mine.id
"""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What other tables say of a set of cases: urban communes; by case other regimes and programmes, days that are paid,
    an earlier grant of the same support, supplements of an earlier spell, children under a supplement, entries of registers.
    """

    urban: frozenset[str]
    communes: frozenset[str]
    other_regimes: Mapping[int, Sequence[str]]
    other_programmes: Mapping[int, Sequence[str]] = field(default_factory=dict)
    paid_days: Mapping[int, Sequence[Sequence[str]]] = field(default_factory=dict)
    received_before: Mapping[int, str] = field(default_factory=dict)
    granted_supplements: Mapping[int, Sequence[str]] = field(default_factory=dict)
    children: Mapping[int, Sequence[Mapping[str, Any]]] = field(default_factory=dict)
    entries: Mapping[int, Sequence[Entry]] = field(default_factory=dict)
    # lists write the same few occupations over and over: what was found for one of them is kept for the set
    known_groups: dict[tuple[str, str, str], str] = field(default_factory=dict)


def known_surroundings(case_ids: Sequence[int]) -> Surroundings:
    """A constant number of queries for any number of cases."""
    communes = AdministrativeUnit.objects.communes().valid_on(clock.today())
    kinds = dict(communes.values_list("area_code", "kind"))
    found = [
        _by_case(statement, case_ids)
        for statement in (_OTHER_REGIMES, _OTHER_PROGRAMMES, _PAID_DAYS, _BEFORE, _SUPPLEMENTS)
    ]
    regimes, programmes, paid, before, supplements = found
    urban = frozenset(code for code, kind in kinds.items() if kind in ("phuong", "thi_tran"))
    return Surroundings(
        urban,
        frozenset(kinds),
        {pk: sorted(codes) for pk, codes in regimes.items()},
        {pk: sorted(codes) for pk, codes in programmes.items()},
        paid,
        before,
        supplements,
        _children(case_ids),
        entries_of_cases(case_ids),
    )


def _by_case(statement: str, case_ids: Sequence[int]) -> dict[int, Any]:
    with connection.cursor() as cursor:
        cursor.execute(statement, [list(case_ids)])
        return dict(cursor.fetchall())


def _children(case_ids: Sequence[int]) -> dict[int, list[dict[str, Any]]]:
    """Children by case, those taken out left out; one whose case has ended is shown, as it counted.

    A child that another case took while this one was refused is shown too, and counts there.
    """
    found: dict[int, list[dict[str, Any]]] = {}
    rows = CaseChild.objects.filter(case_id__in=case_ids, removed_on__isnull=True)
    told = rows.values_list("case_id", "full_name", "birth_date", "is_live", "case__status")
    for case_id, name, born, is_live, status in told:
        child = {"name": name, "birth_date": born.isoformat()}
        is_taken = not is_live and status not in CaseStatus.ended()
        found.setdefault(case_id, []).append({**child, "is_taken": True} if is_taken else child)
    return found


def facts_of(row: Mapping[str, Any], definition: Definition, surroundings: Surroundings) -> Facts:
    """The facts of one case row (its columns by name); a fact that nobody gave is absent.

    What somebody stated goes before the row's own columns, what the registers say before both. A statement that an entry of a
    register contradicts stays with the fact (`stated`).
    """
    facts: dict[str, Fact] = {"received_on": Fact(row["received_on"])}
    for key in ("birth_date", "birth_year", "occupation", "stream"):
        if row[key]:
            facts[key] = Fact(row[key])
    group = _group_of(row["occupation"], definition, surroundings)
    if group:
        facts["occupation_group"] = Fact(group)
    facts.update({key: fact_from_json(stored) for key, stored in row["facts"].items()})
    facts.update(_told(definition, surroundings.entries.get(row["pk"], ()), facts))
    facts.update(_registered(row, surroundings))
    return facts


def _told(definition: Definition, entries: Sequence[Entry], known: Facts) -> dict[str, Fact]:
    """What entries of registers say, each naming its entry and since when it holds."""
    found = {}
    for code, told in told_by(definition.registers, entries).items():
        before = known.get(code)
        is_other = before is not None and before.value not in (None, "", told.value)
        found[code] = Fact(
            told.value, REGISTER, told.entry.reference, told.entry.since, before if is_other else None
        )
    return found


def _registered(row: Mapping[str, Any], surroundings: Surroundings) -> dict[str, Fact]:
    pk = row["pk"]
    found: dict[str, Any] = {
        "other_regimes": surroundings.other_regimes.get(pk, []),
        "other_programmes": surroundings.other_programmes.get(pk, []),
        "paid_days": surroundings.paid_days.get(pk, []),
        "received_before": surroundings.received_before.get(pk, ""),
    }
    if pk in surroundings.granted_supplements:
        found[GRANTED] = surroundings.granted_supplements[pk]
    if row["area_code"] in surroundings.communes:
        found["is_urban"] = row["area_code"] in surroundings.urban
    # children with their papers, not what a list wrote about them in words
    if pk in surroundings.children:
        found["children"] = surroundings.children[pk]
    return {code: Fact(value, REGISTER) for code, value in found.items()}


def stored_facts(facts: Mapping[str, Any]) -> Facts:
    """The facts that a determination used, as they were kept."""
    return {code: fact_from_json(stored) for code, stored in facts.items()}


def _group_of(occupation: str, definition: Definition, surroundings: Surroundings) -> str:
    key = (definition.programme, definition.code, occupation)
    if key not in surroundings.known_groups:
        surroundings.known_groups[key] = group_of(occupation, definition.occupation_groups)
    return surroundings.known_groups[key]
