"""What the registers told of a case when it was judged, beside what was stated."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from beneficiaries.models import Status
from beneficiaries.registers import register_of
from core.wording import Text
from support_programs.models import Case
from support_programs.queries.claims import shown_value
from support_programs.queries.dossier import dossier_of
from support_programs.queries.facts import stored_facts
from support_programs.queries.programmes import definition_of
from support_programs.rules.definition import Definition
from support_programs.rules.facts import REGISTER, Fact


@dataclass(frozen=True, slots=True)
class RegisterLine:
    """One fact that an entry tells, in words; `stated` is what somebody stated otherwise ("" where nobody did), which counts for
    nothing while the entry holds.
    """

    code: str
    label: str
    value: str
    register: Text
    entry: str
    since: dt.date | None
    stated: str
    stated_by: str


def register_lines_of(case: Case) -> list[RegisterLine]:
    """The facts of the newest determination that came from entries of registers; none before the case was judged."""
    newest = dossier_of(case).newest
    if newest is None:
        return []
    facts = stored_facts(newest.facts)
    told = {code: fact for code, fact in facts.items() if fact.source == REGISTER and fact.by}
    if not told:
        return []
    rows = Status.objects.filter(reference__in=[fact.by for fact in told.values()])
    registers = {
        reference: register_of(code).title for reference, code in rows.values_list("reference", "register")
    }
    definition = definition_of(newest.version_used_id)
    return [_line(definition, code, fact, registers.get(fact.by, "")) for code, fact in told.items()]


def _line(definition: Definition, code: str, fact: Fact, register: Text) -> RegisterLine:
    other = fact.stated
    return RegisterLine(
        code=code,
        label=definition.fact_label(code),
        value=fact_in_words(definition, code, fact.value),
        register=register,
        entry=fact.by,
        since=fact.on,
        stated=fact_in_words(definition, code, other.value) if other else "",
        stated_by=other.by if other else "",
    )


def fact_in_words(definition: Definition, code: str, value: Any) -> str:
    """The value of a fact as people write it."""
    field = next((field for field in definition.fields if field.code == code), None)
    if field is not None:
        return shown_value(field, value)
    groups = {group.code: group.label for group in definition.occupation_groups}
    return groups.get(str(value), str(value))
