"""What somebody may be asked, to learn what the rules would say: the facts that the versions of a programme read."""

import dataclasses
from collections.abc import Sequence
from typing import Any, Final

from support_programs.rules.definition import Definition
from support_programs.rules.facts import Facts
from support_programs.rules.form import FormField

OCCUPATION: Final = "occupation"
OCCUPATION_GROUP: Final = "occupation_group"
IS_URBAN: Final = "is_urban"
_OTHER: Final = "other"


def read_facts(rules: Definition) -> frozenset[str]:
    """Codes of the facts that criteria, amount, supplements, papers and exclusions of a version read."""
    read: set[str] = set(rules.amount.fields)
    for criterion in rules.criteria:
        read.update(criterion.fields)
    for extra in rules.supplements:
        read.update(extra.fields)
    conditions = [paper.when for paper in rules.evidence] + [exclude.when for exclude in rules.excludes]
    read.update(when.field for when in conditions if when is not None)
    return frozenset(read)


def brought_along(rules: Definition) -> tuple[FormField, ...]:
    """Questions for facts that a dossier brings along without a field of the form: occupation and its group, town or country."""
    read = read_facts(rules)
    asked = []
    if OCCUPATION in read:
        asked.append(_field(OCCUPATION, "text", "Công việc trước khi mất việc"))
    if OCCUPATION_GROUP in read and rules.occupation_groups:
        groups = tuple((group.code, group.label) for group in rules.occupation_groups)
        asked.append(_field(OCCUPATION_GROUP, "choice", "Công việc trước khi mất việc thuộc nhóm", groups))
    if IS_URBAN in read:
        asked.append(_field(IS_URBAN, "flag", "Nơi ở là phường hoặc thị trấn (thành thị)"))
    return tuple(asked)


def _field(code: str, kind: Any, label: str, choices: tuple[tuple[str, str], ...] = ()) -> FormField:
    return FormField(
        code=code,
        type=kind,
        label=label,
        help="",
        section="conditions",
        is_required=False,
        article="",
        columns=(),
        choices=choices,
        least=0,
        most=0,
        confidence="source",
        verify="",
    )


def unanswered(rules: Definition, read: Sequence[str], facts: Facts) -> tuple[str, ...]:
    """Labels of the questions behind some facts that have no answer yet."""
    asked = {field.code: field.label for field in (*rules.fields, *brought_along(rules))}
    if OCCUPATION_GROUP in asked:
        asked.pop(OCCUPATION, None)
    return tuple(asked[code] for code in dict.fromkeys(read) if code in asked and code not in facts)


def fields_of(first: Definition, others: Sequence[Definition] = ()) -> tuple[FormField, ...]:
    """Every fact that these versions know, each code once as `first` asks it, with the choices of all of them.

    So the same answers can be judged by each version; a choice that only another version has is a value here too.
    """
    found: dict[str, FormField] = {}
    for rules in (first, *others):
        for field in (*rules.fields, *brought_along(rules)):
            known = found.get(field.code)
            found[field.code] = _with_choices(known, field) if known else field
    return tuple(found.values())


def _with_choices(known: FormField, other: FormField) -> FormField:
    codes = {code for code, _label in known.choices}
    more = [choice for choice in other.choices if choice[0] not in codes]
    if not more or known.type != other.type:
        return known
    last = [choice for choice in known.choices if choice[0] == _OTHER]
    kept = [choice for choice in known.choices if choice[0] != _OTHER]
    return dataclasses.replace(known, choices=(*kept, *more, *last))
