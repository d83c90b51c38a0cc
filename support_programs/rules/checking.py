"""What a catalogue file must also fulfil before it is loaded: rules that could never be met, or never apply, are mistakes.

Not asked of stored texts, which stay readable as they were loaded.
"""

from collections.abc import Iterable, Mapping
from typing import Final

from support_programs.rules.amounts.paid import PerDay
from support_programs.rules.amounts.tables import ItemTable
from support_programs.rules.conditions import When
from support_programs.rules.criteria.plain import NotOneOf, OneOf
from support_programs.rules.criteria.register import NoOtherOfGroup
from support_programs.rules.definition import Definition
from support_programs.rules.reading import CatalogueError
from support_programs.rules.registers import RegisterSource

_NUMBER: Final = ("integer", "money")
_DAYS: Final = {"start": ("date",), "end": ("date",)}
# the types of form fields that a part of the rules can read, by its class and the attribute that names the field
_READS: Final[Mapping[str, Mapping[str, tuple[str, ...]]]] = {
    "Equals": {"field": ("flag",)},
    "SomeTrue": {"flags": ("flag",)},
    "OneOf": {"field": ("choice",)},
    "NotOneOf": {"field": ("choice",)},
    "Age": {"at": ("date",)},
    "DayBetween": {"field": ("date",)},
    "DaysAtLeast": _DAYS,
    "FreeDaysAtLeast": _DAYS,
    "ValidOn": {"field": ("date",)},
    "MonthAtLeast": {"field": ("month",)},
    "InsuredBefore": {"field": ("flag",), "start": ("date",)},
    "NumberLimit": {"field": _NUMBER},
    "BelowByArea": {"field": _NUMBER},
    "DropAtLeast": {"bases": _NUMBER, "now": _NUMBER},
    "Bands": _DAYS,
    "PerDay": {**_DAYS, "variant": ("choice",)},
    "PerWorkerMonth": {"workers": _NUMBER, "months": _NUMBER, "cost": _NUMBER},
    "LoanCap": {"region": ("choice",), "workers": _NUMBER, "months": _NUMBER},
    "Rate": {"base": _NUMBER},
    "ContributionPause": {"used": _NUMBER},
    "ItemTable": {"item": ("choice",)},
    "BaseTimesCoefficient": {"category": ("choice",)},
}
_OF_SUPPLEMENT: Final = {"flag": ("flag",), "children": ("children",), "age_or_flag": ("flag",)}


def check_definition(definition: Definition, place: str) -> None:
    """CatalogueError, naming file and key, for a rule that reads a field of another type, allows an answer that the form does not
    offer, names another exclusive group, or a supplement that comes after it; for a register that would give such an answer.
    """
    for name, field, types in _reads(definition):
        _check_type(definition, f"{place}.{name}", field, types)
    for name, field, codes in _answers(definition):
        _check_answers(definition, f"{place}.{name}", field, codes)
    for position, source in enumerate(definition.registers):
        _check_source(definition, f"{place}.registers[{position}]", source)
    for criterion in definition.criteria:
        test = criterion.test
        if isinstance(test, NoOtherOfGroup) and test.group != definition.exclusive_group:
            raise CatalogueError(
                f"{place}.criteria.{criterion.code}.group: the version's own exclusive_group is expected"
            )
    before: set[str] = set()
    for extra in definition.supplements:
        if unknown := sorted(set(extra.not_with) - before):
            raise CatalogueError(
                f"{place}.supplements.{extra.code}.not_with: no supplement {unknown[0]} stands before it"
            )
        before.add(extra.code)


def _reads(definition: Definition) -> Iterable[tuple[str, str, tuple[str, ...]]]:
    """Key of the rule, field that it reads, types that it can read."""
    rules: list[tuple[str, object]] = [(f"criteria.{each.code}", each.test) for each in definition.criteria]
    for name, rule in (*rules, ("amount", definition.amount)):
        for attribute, types in _READS.get(type(rule).__name__, {}).items():
            named = getattr(rule, attribute)
            for field in (named,) if isinstance(named, str) else named:
                yield f"{name}.{attribute}", field, types
    for extra in definition.supplements:
        if extra.field:
            yield f"supplements.{extra.code}.field", extra.field, _OF_SUPPLEMENT[extra.kind]
        if extra.at:
            yield f"supplements.{extra.code}.at", extra.at, ("date",)


def _answers(definition: Definition) -> Iterable[tuple[str, str, Iterable[str]]]:
    """Key of the rule, field, and the answers that the rule waits for."""
    for criterion in definition.criteria:
        name, test = f"criteria.{criterion.code}", criterion.test
        if isinstance(test, OneOf | NotOneOf):
            yield f"{name}.choices", test.field, [choice.code for choice in test.choices]
        yield from _of_when(name, criterion.when)
    for extra in definition.supplements:
        yield from _of_when(f"supplements.{extra.code}", extra.when)
    for paper in definition.evidence:
        yield from _of_when(f"evidence.{paper.code}", paper.when)
    for exclude in definition.excludes:
        yield from _of_when(f"excludes.{exclude.group}", exclude.when)
    if isinstance(definition.amount, PerDay):
        yield "amount.variants", definition.amount.variant, [each.code for each in definition.amount.variants]
    if isinstance(definition.amount, ItemTable):
        yield "amount.items", definition.amount.item, [each.code for each in definition.amount.items]


def _of_when(name: str, when: When | None) -> Iterable[tuple[str, str, Iterable[str]]]:
    if when is not None:
        yield f"{name}.when", when.field, when.values


def _check_type(definition: Definition, place: str, code: str, types: tuple[str, ...]) -> None:
    """What comes with the person, the dossier or the register is of its own type."""
    found = next((field.type for field in definition.fields if field.code == code), None)
    if found is not None and found not in types:
        raise CatalogueError(f"{place}: {code} is a {found}, {' or '.join(types)} is expected")


def _check_answers(definition: Definition, place: str, code: str, wanted: Iterable[str]) -> None:
    field = next((field for field in definition.fields if field.code == code), None)
    if field is None or field.type not in ("choice", "flag"):
        return
    offered = {answer for answer, _label in field.choices} if field.type == "choice" else {"true", "false"}
    if unknown := sorted(set(wanted) - offered):
        raise CatalogueError(f"{place}: the form offers no answer {unknown[0]} to {code}")


def _check_source(definition: Definition, place: str, source: RegisterSource) -> None:
    """What a register tells must be an answer that the form takes."""
    field = next((field for field in definition.fields if field.code == source.fact), None)
    offered: set[str | bool] = {True, False}
    if field is None:
        offered = {group.code for group in definition.occupation_groups}
    elif field.type != "flag":
        offered = {code for code, _label in field.choices}
    for value in source.values:
        if value not in offered:
            raise CatalogueError(f"{place}: {source.fact} takes no answer {value}")
    twice = [
        each for each in definition.registers if each.fact == source.fact and each.register == source.register
    ]
    if len(twice) > 1 and any(each.read == source.read for each in twice if each is not source):
        raise CatalogueError(f"{place}: {source.fact} is read twice from {source.register}.{source.read}")
