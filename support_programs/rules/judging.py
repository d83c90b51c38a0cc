"""Judges a case: a pure function of the rules, the facts and the day. What is unknown never refuses."""

import datetime as dt
from dataclasses import dataclass
from typing import Final

from support_programs.rules.amounts import Line
from support_programs.rules.criteria.base import Finding, Outcome, day_of, flag_of, list_of, text_of
from support_programs.rules.definition import Definition
from support_programs.rules.facts import CONFIRMED, Facts
from support_programs.rules.parts import Criterion
from support_programs.rules.spells import Span
from support_programs.rules.supplements import GRANTED

ELIGIBLE: Final = "eligible"
NOT_ELIGIBLE: Final = "not_eligible"
UNDETERMINED: Final = "undetermined"
ONCE: Final = "once"  # the period of a programme that gives its support once
LETTERS: Final = {Outcome.MET: "m", Outcome.NOT_MET: "n", Outcome.UNKNOWN: "u", Outcome.REVIEW: "r"}


@dataclass(frozen=True, slots=True)
class Calculation:
    """What is owed in whole đồng, its lines (label, article, amount) and the most that the programme allows.

    Goods stand in `quantity` and `unit`. `missing` says what must be known before there is an amount, `notes` why a supplement
    isn't in it, `days` which days it pays.
    """

    total: int
    cap: int
    lines: tuple[Line, ...]
    missing: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    days: tuple[Span, ...] = ()
    unit: str = "VND"
    quantity: int = 0


@dataclass(frozen=True, slots=True)
class Judgement:
    """The result, the finding of each criterion in the definition's order, and what would be owed by these facts."""

    result: str
    findings: tuple[tuple[str, Finding], ...]
    calculation: Calculation

    @property
    def letters(self) -> str:
        """One letter per criterion: m met, n not met, u unknown, r to review."""
        return "".join(LETTERS[finding.outcome] for _code, finding in self.findings)


def judge(definition: Definition, facts: Facts, on: dt.date) -> Judgement:
    """One criterion not met refuses; else one unknown leaves it undetermined; else it is eligible.

    A criterion whose own fact is unknown takes the commune's confirmation, where the rules allow one. A case whose
    amount can't be told yet, or is nothing, is undetermined too.
    """
    findings = tuple((criterion.code, _finding(criterion, facts, on)) for criterion in definition.criteria)
    calculation = calculate(definition, facts, on)
    outcomes = [finding.outcome for _code, finding in findings]
    gives = calculation.total or calculation.quantity or not definition.amount.is_paid_here
    if Outcome.NOT_MET in outcomes:
        result = NOT_ELIGIBLE
    elif Outcome.UNKNOWN in outcomes or not gives:
        result = UNDETERMINED
    else:
        result = ELIGIBLE
    return Judgement(result, findings, calculation)


def calculate(definition: Definition, facts: Facts, on: dt.date) -> Calculation:
    """What these facts give: the formula's part and its supplements, which are added only to an amount that is there."""
    owed = definition.amount.owed(facts, on)
    lines, notes = _supplements(definition, facts) if owed.total else ((), ())
    extra = sum(amount for _label, _article, amount in lines)
    return Calculation(
        total=owed.total + extra,
        cap=owed.cap + extra,
        lines=(*owed.lines, *lines),
        missing=owed.missing,
        notes=notes,
        days=owed.days,
        unit=definition.amount.unit,
        quantity=owed.quantity,
    )


def _supplements(definition: Definition, facts: Facts) -> tuple[tuple[Line, ...], tuple[str, ...]]:
    lines: list[Line] = []
    notes: list[str] = []
    granted = list_of(facts, GRANTED) or ()
    given = {supplement.code for supplement in definition.supplements if supplement.label in granted}
    for supplement in definition.supplements:
        if given.intersection(supplement.not_with):
            continue
        added = supplement.added(facts)
        lines += added.lines
        notes += added.notes
        if added.lines:
            given.add(supplement.code)
    return tuple(lines), tuple(notes)


def second_group(definition: Definition, facts: Facts) -> str:
    """The group of regimes beside the exclusive one that this case belongs to; "" for none (`[[excludes]]`)."""
    for exclude in definition.excludes:
        if exclude.when is None or exclude.when.applies(facts):
            return exclude.group
    return ""


def period_of(definition: Definition, facts: Facts) -> str:
    """What is given once: "once", a spell such as "F0-210701", the wave's version, a month; "" while its start is unknown."""
    start = day_of(facts, "event_start")
    if definition.period == "spell":
        kind = text_of(facts, "variant") or "D"
        return f"{kind}-{start:%y%m%d}" if start else ""
    if definition.period == "wave":
        return definition.code[:16]
    if definition.period == "month":
        return f"{start:%Y-%m}" if start else ""
    return ONCE


def _finding(criterion: Criterion, facts: Facts, on: dt.date) -> Finding:
    if criterion.when is not None:
        applies = criterion.when.applies(facts)
        if applies is None:
            return Finding(Outcome.UNKNOWN, "Chưa rõ có phải xét điều kiện này không.")
        if not applies:
            return Finding(Outcome.MET, "Không áp dụng với trường hợp này.")
    finding = criterion.test.judge(facts, on)
    if finding.outcome is Outcome.UNKNOWN and criterion.confirm:
        is_true = flag_of(facts, CONFIRMED + criterion.code)
        if is_true is not None:
            finding = _confirmed(criterion, is_true, facts[CONFIRMED + criterion.code].origin)
    if finding.outcome is Outcome.NOT_MET and criterion.is_warning:
        return Finding(Outcome.REVIEW, finding.sentence, finding.value)
    return finding


def _confirmed(criterion: Criterion, is_true: bool, origin: str) -> Finding:
    said = criterion.confirm if is_true else f"Không đúng với người này: {criterion.confirm}"
    sentence = f"{said}; {origin}." if origin else f"{said}."
    return Finding(
        Outcome.MET if is_true else Outcome.NOT_MET, sentence, "confirmed" if is_true else "denied"
    )
