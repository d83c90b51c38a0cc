"""A programme's rules over a period, as frozen dataclasses read from its catalogue file."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final, Literal

from support_programs.rules.amounts import AmountRule, Fixed, read_amount
from support_programs.rules.criteria.ages import Age
from support_programs.rules.criteria.plain import OneOf
from support_programs.rules.form import FormField, read_field
from support_programs.rules.occupations import OccupationGroup, read_group
from support_programs.rules.parts import (
    ChainStep,
    Criterion,
    Evidence,
    Exclude,
    LegalBasis,
    Stream,
    read_basis,
    read_confidence,
    read_criterion,
    read_evidence,
    read_exclude,
    read_step,
    read_stream,
)
from support_programs.rules.reading import CatalogueError, Table
from support_programs.rules.registers import RegisterSource, read_source
from support_programs.rules.supplements import GRANTED, Supplement, read_supplement

KINDS: Final = ("person", "person_via_employer", "person_via_unit", "household_business", "employer")
Level = Literal["commune", "district", "department"]
LEVELS: Final[tuple[Level, ...]] = ("commune", "district", "department")
PERIODS: Final = ("once", "spell", "wave", "month")
VERSION_DAYS: Final = ("received", "decided", "event")
# facts that come with the person, the dossier or the register, and stand in no form
GIVEN_FACTS: Final = frozenset(
    {
        *("birth_date", "birth_year", "sex", "occupation", "occupation_group", "stream", "received_on"),
        *("is_urban", "other_regimes", "other_programmes", "paid_days", "received_before", GRANTED),
    }
)
# given facts that a register may tell
REGISTERED_FACTS: Final = frozenset({"occupation_group"})
_GIVEN_LABELS: Final = {"occupation_group": "Nhóm công việc"}


@dataclass(frozen=True, slots=True)
class Definition:
    """All rules of one version of a programme.

    `receives` names the levels that take its dossiers in; `period` what "once" means for it; `version_by` which day of a
    dossier chooses the version; `is_tracked_only` that another agency decides and this system keeps figures.
    """

    programme: str
    code: str
    name: str
    short_name: str
    summary: str
    where: str
    beneficiary_kind: str
    receives: tuple[Level, ...]
    is_tracked_only: bool
    period: str
    version_by: str
    valid_from: dt.date
    valid_to: dt.date | None
    apply_by: dt.date | None
    exclusive_group: str
    list_form: str
    tthc_code: str
    confidence: str
    verified_by: str
    verified_on: dt.date | None
    legal_basis: tuple[LegalBasis, ...]
    streams: tuple[Stream, ...]
    occupation_groups: tuple[OccupationGroup, ...]
    fields: tuple[FormField, ...]
    registers: tuple[RegisterSource, ...]
    criteria: tuple[Criterion, ...]
    amount: AmountRule
    supplements: tuple[Supplement, ...]
    excludes: tuple[Exclude, ...]
    evidence: tuple[Evidence, ...]
    refusal_reasons: tuple[str, ...]
    changes: tuple[str, ...]
    chain: tuple[ChainStep, ...]
    unsure: tuple[str, ...]

    def criterion(self, code: str) -> Criterion:
        """The criterion of a code; KeyError for another."""
        return {criterion.code: criterion for criterion in self.criteria}[code]

    def field(self, code: str) -> FormField:
        """The field of a code; KeyError for another."""
        return {field.code: field for field in self.fields}[code]

    def fact_label(self, code: str) -> str:
        """The form's words for a fact; those of the facts that come with the person for another."""
        return next(
            (field.label for field in self.fields if field.code == code), _GIVEN_LABELS.get(code, code)
        )

    @property
    def confirmable(self) -> tuple[Criterion, ...]:
        """Criteria that the commune may confirm for a whole list."""
        return tuple(criterion for criterion in self.criteria if criterion.confirm)

    @property
    def doubtful(self) -> tuple[Criterion, ...]:
        """Criteria of which something must still be asked of the department."""
        return tuple(criterion for criterion in self.criteria if criterion.verify)

    @property
    def doubts(self) -> tuple[str, ...]:
        """Everything that must still be asked: of the whole, of criteria, supplements, exclusions, steps and fields."""
        parts = [(criterion.statement, criterion.verify) for criterion in self.criteria]
        parts += [(exclude.statement, exclude.verify) for exclude in self.excludes]
        parts += [(extra.label, extra.verify) for extra in self.supplements]
        parts += [(field.label, field.verify) for field in self.fields]
        parts += [(self.fact_label(source.fact), source.verify) for source in self.registers]
        parts += [("Thời hạn các bước", step.verify) for step in self.chain]
        return (*self.unsure, *(f"{words}: {verify}" for words, verify in parts if verify))

    @property
    def unsure_count(self) -> int:
        """How many points of the rules are not sure."""
        return len(self.doubts)

    @property
    def min_age(self) -> int:
        """Full years on the day of receipt that the programme asks for; 0 where it asks for none."""
        ages = (c.test for c in self.criteria if isinstance(c.test, Age))
        return max((age.years for age in ages if age.is_least and age.at == "received_on"), default=0)

    @property
    def fixed_amount(self) -> int | None:
        """What everybody gets, in đồng; None where it differs from person to person."""
        return self.amount.value if isinstance(self.amount, Fixed) and not self.supplements else None

    @property
    def is_of_employer(self) -> bool:
        """Whether the claim is the employer's own, without a person."""
        return self.beneficiary_kind == "employer"

    def has_step(self, step: str) -> bool:
        return any(part.step == step for part in self.chain)


def read_definition(values: Mapping[str, object], place: str) -> Definition:
    """The definition of a parsed catalogue file; CatalogueError names `place` (the file) and the key."""
    top = Table(values, place)
    groups = tuple(read_group(table) for table in top.tables("occupation_groups"))
    fields = tuple(read_field(table, read_confidence(table, "source")) for table in top.tables("fields"))
    choices = {field.code: field.choices for field in fields}
    definition = Definition(
        programme=top.text("programme"),
        code=top.text("version"),
        name=top.text("name"),
        short_name=top.text("short_name"),
        summary=top.text("summary", default=""),
        where=top.text("where", default=""),
        beneficiary_kind=top.one_of("beneficiary_kind", KINDS, default="person"),
        receives=_levels(top),
        is_tracked_only=top.flag("is_tracked_only", default=False),
        period=top.one_of("period", PERIODS, default="once"),
        version_by=top.one_of("version_by", VERSION_DAYS, default="received"),
        valid_from=top.day("valid_from"),
        valid_to=top.optional_day("valid_to"),
        apply_by=top.optional_day("apply_by"),
        exclusive_group=top.text("exclusive_group", default=""),
        list_form=top.text("list_form", default=""),
        tthc_code=top.text("tthc_code", default=""),
        confidence=read_confidence(top),
        verified_by=top.text("verified_by", default=""),
        verified_on=top.optional_day("verified_on"),
        legal_basis=tuple(read_basis(table) for table in top.tables("legal_basis")),
        streams=tuple(read_stream(table) for table in top.tables("streams")),
        occupation_groups=groups,
        fields=fields,
        registers=tuple(
            read_source(table, read_confidence(table, "source")) for table in top.tables("registers")
        ),
        criteria=tuple(_named(read_criterion(table, groups), choices) for table in top.tables("criteria")),
        amount=read_amount(top.table("amount")),
        supplements=tuple(
            read_supplement(table, read_confidence(table, "source")) for table in top.tables("supplements")
        ),
        excludes=tuple(read_exclude(table) for table in top.tables("excludes")),
        evidence=read_evidence(top),
        refusal_reasons=top.texts("refusal_reasons"),
        changes=top.texts("changes"),
        chain=tuple(read_step(table) for table in top.tables("chain")),
        unsure=top.texts("unsure"),
    )
    top.end()
    _check_whole(definition, place)
    if definition.fields:
        _check_facts(definition, place)
    return definition


def _named(criterion: Criterion, choices: Mapping[str, tuple[tuple[str, str], ...]]) -> Criterion:
    """With the form's words for the answers that the criterion doesn't allow."""
    if not isinstance(criterion.test, OneOf):
        return criterion
    return replace(criterion, test=replace(criterion.test, names=choices.get(criterion.test.field, ())))


def _levels(top: Table) -> tuple[Level, ...]:
    levels = top.texts("receives") if top.has("receives") else ("commune",)
    if unknown := [level for level in levels if level not in LEVELS]:
        raise top.error("receives", f"{unknown[0]} is no level; {', '.join(LEVELS)} are")
    return tuple(level for level in LEVELS if level in levels)


def _check_whole(definition: Definition, place: str) -> None:
    if not definition.criteria:
        raise CatalogueError(f"{place}.criteria: at least one criterion is expected")
    if not definition.legal_basis:
        raise CatalogueError(f"{place}.legal_basis: at least one paper is expected")
    if definition.valid_to is not None and definition.valid_to < definition.valid_from:
        raise CatalogueError(f"{place}.valid_to: a day that is not before `valid_from` is expected")
    for name, codes in (
        ("criteria", [criterion.code for criterion in definition.criteria]),
        ("fields", [field.code for field in definition.fields]),
        ("supplements", [supplement.code for supplement in definition.supplements]),
        ("evidence", [paper.code for paper in definition.evidence]),
        ("chain", [step.step for step in definition.chain]),
        ("streams", [stream.code for stream in definition.streams]),
        ("occupation_groups", [group.code for group in definition.occupation_groups]),
    ):
        twice = {code for code in codes if codes.count(code) > 1}
        if twice:
            raise CatalogueError(f"{place}.{name}: {sorted(twice)[0]} stands twice")
    known = {stream.code for stream in definition.streams}
    for position, group in enumerate(definition.occupation_groups):
        if group.stream and group.stream not in known:
            raise CatalogueError(f"{place}.occupation_groups[{position}].stream: {group.stream} is no stream")


def _check_facts(definition: Definition, place: str) -> None:
    """Every fact that a rule reads is asked for by the form, or comes with the person, the dossier or the register."""
    form = {field.code for field in definition.fields}
    asked = form | GIVEN_FACTS
    for source in definition.registers:
        if source.fact not in form | REGISTERED_FACTS:
            raise CatalogueError(f"{place}.registers: the form has no field {source.fact}")
    if clash := sorted(form & GIVEN_FACTS):
        raise CatalogueError(f"{place}.fields: {clash[0]} comes with the person or the register")
    readers = [
        *((f"criteria.{criterion.code}", criterion.fields) for criterion in definition.criteria),
        *((f"supplements.{extra.code}", extra.fields) for extra in definition.supplements),
        ("amount", definition.amount.fields),
    ]
    for name, facts in readers:
        if missing := [fact for fact in facts if fact not in asked]:
            raise CatalogueError(f"{place}.{name}: the form has no field {missing[0]}")
