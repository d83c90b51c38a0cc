"""A programme's rules over a period, as frozen dataclasses read from its catalogue file."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from support_programs.rules.criteria import VOCABULARY, OccupationIn, Test
from support_programs.rules.occupations import OccupationGroup, read_group
from support_programs.rules.reading import CatalogueError, Table

CONFIDENCES: Final = ("source", "high", "medium", "low")
ACTORS: Final = ("ubnd_xa", "ubnd_huyen", "so_ldtbxh_va_so_tai_chinh", "ubnd_tinh")


@dataclass(frozen=True, slots=True)
class LegalBasis:
    """A paper that the programme rests on."""

    document: str
    title: str
    article: str
    signed_on: dt.date | None


@dataclass(frozen=True, slots=True)
class Stream:
    """A part of the programme with its own money."""

    code: str
    name: str
    fund: str


@dataclass(frozen=True, slots=True)
class Criterion:
    """One condition. With `is_warning` a case that fails it is shown to a person, not refused.

    `confirm` is the sentence that the commune confirms for a whole list without a column for the fact ("" = none);
    `verify` is what must be asked of the department while the rule is unsure ("" = it is sure).
    """

    code: str
    statement: str
    article: str
    test: Test
    remedy: str
    confirm: str
    verify: str
    confidence: str
    is_warning: bool


@dataclass(frozen=True, slots=True)
class AmountRule:
    """A fixed amount in whole đồng, paid once."""

    value: int
    label: str
    article: str


@dataclass(frozen=True, slots=True)
class ChainStep:
    """A step of the approval chain; `limit` in working days, None where none is laid down."""

    step: str
    actor: str
    limit: int | None
    is_inside_previous: bool


@dataclass(frozen=True, slots=True)
class Definition:
    """All rules of one version of a programme."""

    programme: str
    code: str
    name: str
    short_name: str
    valid_from: dt.date
    valid_to: dt.date | None
    apply_by: dt.date | None
    exclusive_group: str
    confidence: str
    verified_by: str
    verified_on: dt.date | None
    legal_basis: tuple[LegalBasis, ...]
    streams: tuple[Stream, ...]
    occupation_groups: tuple[OccupationGroup, ...]
    criteria: tuple[Criterion, ...]
    amount: AmountRule
    evidence: tuple[str, ...]
    refusal_reasons: tuple[str, ...]
    chain: tuple[ChainStep, ...]
    unsure: tuple[str, ...]

    def criterion(self, code: str) -> Criterion:
        """The criterion of a code; KeyError for another."""
        return {criterion.code: criterion for criterion in self.criteria}[code]

    @property
    def confirmable(self) -> tuple[Criterion, ...]:
        """Criteria that the commune may confirm for a whole list."""
        return tuple(criterion for criterion in self.criteria if criterion.confirm)

    @property
    def doubtful(self) -> tuple[Criterion, ...]:
        """Criteria of which something must still be asked of the department."""
        return tuple(criterion for criterion in self.criteria if criterion.verify)

    @property
    def unsure_count(self) -> int:
        """How many points of the rules are not sure: of the programme as a whole, and of its criteria."""
        return len(self.unsure) + len(self.doubtful)

    @property
    def min_age(self) -> int:
        """Full years that the programme asks for; 0 where it asks for none."""
        return max((getattr(criterion.test, "years", 0) for criterion in self.criteria), default=0)

    def chain_step(self, step: str) -> ChainStep:
        """The chain's step of a code; KeyError for another."""
        return {part.step: part for part in self.chain}[step]


def read_definition(values: Mapping[str, object], place: str) -> Definition:
    """The definition of a parsed catalogue file; CatalogueError names `place` (the file) and the key."""
    top = Table(values, place)
    groups = tuple(read_group(table) for table in top.tables("occupation_groups"))
    definition = Definition(
        programme=top.text("programme"),
        code=top.text("version"),
        name=top.text("name"),
        short_name=top.text("short_name"),
        valid_from=top.day("valid_from"),
        valid_to=top.optional_day("valid_to"),
        apply_by=top.optional_day("apply_by"),
        exclusive_group=top.text("exclusive_group", default=""),
        confidence=_confidence(top),
        verified_by=top.text("verified_by", default=""),
        verified_on=top.optional_day("verified_on"),
        legal_basis=tuple(_basis(table) for table in top.tables("legal_basis")),
        streams=tuple(_stream(table) for table in top.tables("streams")),
        occupation_groups=groups,
        criteria=tuple(_criterion(table, groups) for table in top.tables("criteria")),
        amount=_amount(top.table("amount")),
        evidence=top.texts("evidence"),
        refusal_reasons=top.texts("refusal_reasons"),
        chain=tuple(_chain_step(table) for table in top.tables("chain")),
        unsure=top.texts("unsure"),
    )
    top.end()
    _check_whole(definition, place)
    return definition


def _check_whole(definition: Definition, place: str) -> None:
    if not definition.criteria:
        raise CatalogueError(f"{place}.criteria: at least one criterion is expected")
    if not definition.legal_basis:
        raise CatalogueError(f"{place}.legal_basis: at least one paper is expected")
    for name, codes in (
        ("criteria", [criterion.code for criterion in definition.criteria]),
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


def _confidence(table: Table) -> str:
    value = table.text("confidence")
    if value not in CONFIDENCES:
        raise table.error("confidence", f"one of {', '.join(CONFIDENCES)} is expected")
    return value


def _basis(table: Table) -> LegalBasis:
    basis = LegalBasis(
        table.text("document"),
        table.text("title"),
        table.text("article", default=""),
        table.optional_day("signed_on"),
    )
    table.end()
    return basis


def _stream(table: Table) -> Stream:
    stream = Stream(table.text("code"), table.text("name"), table.text("fund"))
    table.end()
    return stream


def _criterion(table: Table, groups: tuple[OccupationGroup, ...]) -> Criterion:
    kind = table.text("type")
    if kind == "occupation_in":
        test: Test = OccupationIn(tuple((group.code, group.label, group.stream) for group in groups))
    elif kind in VOCABULARY:
        test = VOCABULARY[kind](table)
    else:
        raise table.error("type", f"one of {', '.join(sorted([*VOCABULARY, 'occupation_in']))} is expected")
    criterion = Criterion(
        code=table.text("code"),
        statement=table.text("statement"),
        article=table.text("article"),
        test=test,
        remedy=table.text("remedy", default=""),
        confirm=table.text("confirm", default=""),
        verify=table.text("verify", default=""),
        confidence=_confidence(table),
        is_warning=table.flag("is_warning", default=False),
    )
    table.end()
    return criterion


def _amount(table: Table) -> AmountRule:
    if table.text("type") != "fixed":
        raise table.error("type", "fixed is expected")
    rule = AmountRule(table.number("value"), table.text("label"), table.text("article"))
    table.end()
    if rule.value <= 0:
        raise table.error("value", "whole đồng above 0 are expected")
    return rule


def _chain_step(table: Table) -> ChainStep:
    actor = table.text("actor")
    if actor not in ACTORS:
        raise table.error("actor", f"one of {', '.join(ACTORS)} is expected")
    step = ChainStep(
        table.text("step"),
        actor,
        table.optional_number("limit_wd"),
        table.flag("inside_previous", default=False),
    )
    table.end()
    return step
