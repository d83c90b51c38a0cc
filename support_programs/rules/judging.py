"""Judges a case: a pure function of the rules, the facts and the day. What is unknown never refuses."""

import datetime as dt
from dataclasses import dataclass
from typing import Final

from support_programs.rules.criteria import Finding, Outcome
from support_programs.rules.definition import Criterion, Definition
from support_programs.rules.facts import CONFIRMED, Facts

ELIGIBLE: Final = "eligible"
NOT_ELIGIBLE: Final = "not_eligible"
UNDETERMINED: Final = "undetermined"
LETTERS: Final = {Outcome.MET: "m", Outcome.NOT_MET: "n", Outcome.UNKNOWN: "u", Outcome.REVIEW: "r"}


@dataclass(frozen=True, slots=True)
class Judgement:
    """The result, and the finding of each criterion in the definition's order."""

    result: str
    findings: tuple[tuple[str, Finding], ...]

    @property
    def letters(self) -> str:
        """One letter per criterion: m met, n not met, u unknown, r to review."""
        return "".join(LETTERS[finding.outcome] for _code, finding in self.findings)


@dataclass(frozen=True, slots=True)
class Calculation:
    """What is owed in whole đồng, its lines (label, article, amount) and the most that the programme allows."""

    total: int
    cap: int
    lines: tuple[tuple[str, str, int], ...]


def judge(definition: Definition, facts: Facts, on: dt.date) -> Judgement:
    """One criterion not met refuses; else one unknown leaves it undetermined; else it is eligible.

    A criterion whose own fact is unknown takes the commune's confirmation, where the rules allow one.
    """
    findings = tuple((criterion.code, _finding(criterion, facts, on)) for criterion in definition.criteria)
    outcomes = {finding.outcome for _code, finding in findings}
    if Outcome.NOT_MET in outcomes:
        result = NOT_ELIGIBLE
    elif Outcome.UNKNOWN in outcomes:
        result = UNDETERMINED
    else:
        result = ELIGIBLE
    return Judgement(result, findings)


def calculate(definition: Definition) -> Calculation:
    """The amount of an eligible case with its lines."""
    rule = definition.amount
    return Calculation(rule.value, rule.value, ((rule.label, rule.article, rule.value),))


def _finding(criterion: Criterion, facts: Facts, on: dt.date) -> Finding:
    finding = criterion.test.judge(facts, on)
    if finding.outcome is Outcome.UNKNOWN and criterion.confirm:
        confirmed = facts.get(CONFIRMED + criterion.code)
        if confirmed is not None:
            finding = _confirmed(criterion, bool(confirmed.value), confirmed.origin)
    if finding.outcome is Outcome.NOT_MET and criterion.is_warning:
        return Finding(Outcome.REVIEW, finding.sentence, finding.value)
    return finding


def _confirmed(criterion: Criterion, is_true: bool, origin: str) -> Finding:
    said = criterion.confirm if is_true else f"Không đúng với người này: {criterion.confirm}"
    sentence = f"{said}; {origin}." if origin else f"{said}."
    return Finding(
        Outcome.MET if is_true else Outcome.NOT_MET, sentence, "confirmed" if is_true else "denied"
    )
