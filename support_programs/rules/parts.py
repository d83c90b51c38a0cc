"""The parts of a programme's rules: papers it rests on, streams, criteria, evidence, exclusions, steps of its way."""

import datetime as dt
from dataclasses import dataclass
from typing import Final

from support_programs.rules.conditions import When, read_when
from support_programs.rules.criteria import VOCABULARY, OccupationIn, Test
from support_programs.rules.occupations import OccupationGroup
from support_programs.rules.reading import Table

CONFIDENCES: Final = ("source", "high", "medium", "low")
ACTORS: Final = (
    "ubnd_xa",
    "ubnd_huyen",
    "so_ldtbxh",
    "so_ldtbxh_va_so_tai_chinh",
    "ubnd_tinh",
    "bhxh",
    "chi_cuc_thue",
    "so_vhttdl",
    "trung_tam_dvvl",
    "co_so_y_te",
    "ngan_hang_csxh",
    "nguoi_su_dung_lao_dong",
)
STEPS: Final = (
    "commune_review",
    "posting",
    "confirmation",
    "tax_review",
    "district_appraisal",
    "department_appraisal",
    "money_appraisal",
    "money_approval",
    "payment",
)


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

    `when` limits it to some cases. `confirm` is the sentence that the commune confirms for a whole list without a column for
    the fact ("" = none); `verify` is what must be asked of the department while the rule is unsure ("" = it is sure).
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
    when: When | None = None

    @property
    def fields(self) -> tuple[str, ...]:
        """The facts that it reads."""
        return (*self.test.fields, self.when.field) if self.when else self.test.fields


@dataclass(frozen=True, slots=True)
class Evidence:
    """A paper of the dossier; `when` limits it to some cases."""

    code: str
    name: str
    article: str
    confidence: str
    is_required: bool
    when: When | None


@dataclass(frozen=True, slots=True)
class Exclude:
    """Regimes that shut each other out beside the exclusive group: one live entitlement per person and `group`."""

    group: str
    programmes: tuple[str, ...]
    statement: str
    article: str
    confidence: str
    verify: str
    when: When | None


@dataclass(frozen=True, slots=True)
class ChainStep:
    """A step of the approval chain; `limit` in working days, None where none is laid down."""

    step: str
    actor: str
    limit: int | None
    is_inside_previous: bool
    article: str
    confidence: str
    verify: str


def read_confidence(table: Table, default: str | None = None) -> str:
    return table.one_of("confidence", CONFIDENCES, default=default)


def read_basis(table: Table) -> LegalBasis:
    basis = LegalBasis(
        table.text("document"),
        table.text("title"),
        table.text("article", default=""),
        table.optional_day("signed_on"),
    )
    table.end()
    return basis


def read_stream(table: Table) -> Stream:
    stream = Stream(table.text("code"), table.text("name"), table.text("fund"))
    table.end()
    return stream


def read_criterion(table: Table, groups: tuple[OccupationGroup, ...]) -> Criterion:
    kind = table.text("type")
    if kind == "occupation_in":
        test: Test = OccupationIn(tuple((group.code, group.label, group.stream) for group in groups))
    elif kind in VOCABULARY:
        test = VOCABULARY[kind](table)
    else:
        raise table.error("type", f"one of {', '.join(sorted([*VOCABULARY, 'occupation_in']))} is expected")
    criterion = Criterion(
        code=table.code("code"),
        statement=table.text("statement"),
        article=table.text("article"),
        test=test,
        remedy=table.text("remedy", default=""),
        confirm=table.text("confirm", default=""),
        verify=table.text("verify", default=""),
        confidence=read_confidence(table),
        is_warning=table.flag("is_warning", default=False),
        when=read_when(table),
    )
    table.end()
    return criterion


def read_evidence(top: Table) -> tuple[Evidence, ...]:
    """The papers of the dossier; older stored texts have names only."""
    stored = top.values.get("evidence")
    if isinstance(stored, list) and all(isinstance(name, str) for name in stored):
        return tuple(
            Evidence(f"paper_{number}", name, "", "medium", is_required=True, when=None)
            for number, name in enumerate(top.texts("evidence"), start=1)
        )
    papers = []
    for table in top.tables("evidence"):
        papers.append(
            Evidence(
                table.code("code"),
                table.text("name"),
                table.text("article", default=""),
                read_confidence(table, "source"),
                table.flag("is_required", default=True),
                read_when(table),
            )
        )
        table.end()
    return tuple(papers)


def read_exclude(table: Table) -> Exclude:
    exclude = Exclude(
        table.code("group"),
        table.texts("programmes"),
        table.text("statement"),
        table.text("article", default=""),
        read_confidence(table, "source"),
        table.text("verify", default=""),
        read_when(table),
    )
    table.end()
    return exclude


def read_step(table: Table) -> ChainStep:
    step = ChainStep(
        table.one_of("step", STEPS),
        table.one_of("actor", ACTORS),
        table.optional_number("limit_wd"),
        table.flag("inside_previous", default=False),
        table.text("article", default=""),
        read_confidence(table, "source"),
        table.text("verify", default=""),
    )
    table.end()
    return step
