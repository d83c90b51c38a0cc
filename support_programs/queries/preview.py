"""What the rules would say of answers that nobody keeps: no case is read, nothing is looked up, nothing is written."""

import dataclasses
import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext as _

from core.dates import format_date
from support_programs.models import ProgrammeVersion
from support_programs.queries.answers import NOT_LOOKED_UP, Answers, facts_for
from support_programs.queries.filing import Deadline, Paper, deadline_of, papers_of
from support_programs.queries.programmes import current_versions_of, definition_of
from support_programs.queries.questions import fields_of, unanswered
from support_programs.rules.amounts import Line
from support_programs.rules.criteria import Finding, Outcome
from support_programs.rules.criteria.plain import OneOf
from support_programs.rules.definition import Definition
from support_programs.rules.facts import Facts
from support_programs.rules.form import FormField
from support_programs.rules.judging import (
    ELIGIBLE,
    NOT_ELIGIBLE,
    UNDETERMINED,
    Calculation,
    Judgement,
    judge,
)
from support_programs.rules.parts import Criterion
from support_programs.rules.versions import deciding_day, version_on

_NOTHING: Final = Calculation(0, 0, ())
_CODE: Final = re.compile("«([^»]+)»")


@dataclass(frozen=True, slots=True)
class Known:
    """A stored version with its rules."""

    row: ProgrammeVersion
    rules: Definition


@dataclass(frozen=True, slots=True)
class CriterionFound:
    """One condition, what was found, and while it is open the questions without an answer."""

    rule: Criterion
    finding: Finding
    lacking: tuple[str, ...]

    @property
    def limits(self) -> str:
        """The limits that its test holds, in words; "" where the statement says it all."""
        return self.rule.test.describe()


@dataclass(frozen=True, slots=True)
class OtherVersion:
    """What another version says of the same answers, handed in on a day of its own time."""

    row: ProgrammeVersion
    received_on: dt.date
    result: str
    amount: int


@dataclass(frozen=True, slots=True)
class Preview:
    """The answer. Without a version in force there are no rules: undetermined, and `sentence` says why.

    `amount` in whole đồng and `lines` are empty unless it is eligible; `calculation` is what would be owed if it were.
    `missing` holds the questions without an answer and what else is open. `eligible_from` is the first later day of handing in on
    which the same answers would do, `asked_otherwise` the questions that the rules of that day put in other words.
    """

    programme: str
    received_on: dt.date
    version: Known | None
    result: str
    sentence: str
    calculation: Calculation = _NOTHING
    criteria: tuple[CriterionFound, ...] = ()
    missing: tuple[str, ...] = ()
    papers: tuple[Paper, ...] = ()
    deadline: Deadline | None = None
    others: tuple[OtherVersion, ...] = ()
    eligible_from: dt.date | None = None
    asked_otherwise: tuple[str, ...] = ()

    @property
    def _due(self) -> Calculation:
        return self.calculation if self.result == ELIGIBLE else _NOTHING

    @property
    def amount(self) -> int:
        return self._due.total

    @property
    def quantity(self) -> int:
        return self._due.quantity

    @property
    def lines(self) -> tuple[Line, ...]:
        return self._due.lines

    @property
    def refusals(self) -> tuple[CriterionFound, ...]:
        """The conditions that stand in the way."""
        return tuple(found for found in self.criteria if found.finding.outcome is Outcome.NOT_MET)


def known_versions(programme: str) -> list[Known]:
    """The texts in use, oldest first; empty for a code that is not known. One query."""
    return [Known(row, definition_of(row.pk)) for row in current_versions_of(programme)]


def version_in_force(
    versions: Sequence[Known],
    received_on: dt.date,
    values: Mapping[str, Any],
    decided_on: dt.date | None = None,
) -> Known | None:
    """The version that would judge, by the day that the programme goes by; None where none is in force on it.

    While that day isn't known (a decision to come, an event without a date), the day of handing in stands in for it.
    """
    if not versions:
        return None
    days = {"received": received_on, "event": values.get("event_start"), "decided": decided_on}
    day = deciding_day(versions[-1].rules.version_by, days) or received_on
    chosen = version_on([known.rules for known in versions], day)
    return next((known for known in versions if known.rules is chosen), None)


def asked_fields(versions: Sequence[Known], received_on: dt.date) -> tuple[FormField, ...]:
    """Every fact that a version of the programme knows, as the version in force on the day asks it."""
    chosen = version_in_force(versions, received_on, {}) or versions[-1]
    return fields_of(chosen.rules, [known.rules for known in versions])


def preview(versions: Sequence[Known], answers: Answers, *, decided_on: dt.date | None = None) -> Preview:
    """What a programme (its `known_versions`, at least one) would say of these answers, and what would change it.

    A fact that isn't there never refuses. Where no version is in force on the day, the other versions still answer.
    """
    programme = versions[-1].rules.programme
    chosen = version_in_force(versions, answers.received_on, answers.values, decided_on)
    if chosen is None:
        said = _("Chưa có quy định có hiệu lực ngày %(day)s.") % {"day": format_date(answers.received_on)}
        return Preview(
            programme=programme,
            received_on=answers.received_on,
            version=None,
            result=UNDETERMINED,
            sentence=said,
            others=_others(versions, None, answers),
            eligible_from=_eligible_from(versions, answers, None)[0],
        )
    facts = facts_for(chosen.rules, answers, answers.received_on)
    judgement = judge(chosen.rules, facts, answers.received_on)
    criteria = _criteria(chosen.rules, judgement, facts, _labels(versions))
    deadline = deadline_of(chosen.rules, answers.received_on)
    is_settled = judgement.result == ELIGIBLE or chosen.rules.version_by != "received"
    turn, rules = (None, None) if is_settled else _eligible_from(versions, answers, deadline)
    return Preview(
        programme=programme,
        received_on=answers.received_on,
        version=chosen,
        result=judgement.result,
        sentence=_sentence(judgement.result, criteria),
        calculation=judgement.calculation,
        criteria=criteria,
        missing=_missing(chosen.rules, criteria, facts, judgement.calculation),
        papers=papers_of(chosen.rules, facts),
        deadline=deadline,
        others=_others(versions, chosen, answers),
        eligible_from=turn,
        asked_otherwise=_asked_otherwise(chosen.rules, rules, facts) if rules else (),
    )


def _criteria(
    rules: Definition, judgement: Judgement, facts: Facts, labels: Mapping[str, str]
) -> tuple[CriterionFound, ...]:
    """Each condition with its sentence in the words of somebody who answers questions, not of a list's reader."""
    found = []
    for criterion, (_code, finding) in zip(rules.criteria, judgement.findings, strict=True):
        is_asked = criterion.when is None or criterion.when.applies(facts)
        lacking = unanswered(rules, criterion.fields, facts) if finding.outcome is Outcome.UNKNOWN else ()
        if is_asked and set(criterion.test.fields) <= set(NOT_LOOKED_UP):
            sentence = _("Không tra cứu: coi như chưa hưởng chế độ nào khác.")
        elif lacking:
            sentence = _("Chưa trả lời: %(questions)s.") % {"questions": "; ".join(lacking)}
        else:
            sentence = _CODE.sub(lambda match: f"«{labels.get(match[1], match[1])}»", finding.sentence)
        found.append(CriterionFound(criterion, dataclasses.replace(finding, sentence=sentence), lacking))
    return tuple(found)


def _labels(versions: Sequence[Known]) -> dict[str, str]:
    """Words of the choices of every version: a code that one of them doesn't have is still said in words."""
    return {
        code: label for known in versions for field in known.rules.fields for code, label in field.choices
    }


def _sentence(result: str, criteria: Sequence[CriterionFound]) -> str:
    if result == NOT_ELIGIBLE:
        stands = [found.rule for found in criteria if found.finding.outcome is Outcome.NOT_MET]
        said = "; ".join(f"{rule.statement} ({rule.article})" for rule in stands)
        return _("Không đủ điều kiện. Chưa đạt: %(said)s.") % {"said": said}
    if result == UNDETERMINED:
        return _("Chưa xác định, còn thiếu thông tin.")
    return _("Đủ điều kiện theo những gì đã khai.")


def _missing(
    rules: Definition, criteria: Sequence[CriterionFound], facts: Facts, calculation: Calculation
) -> tuple[str, ...]:
    """What must still be known, each once: questions of the criteria and of the amount, else the sentence of what is open."""
    open_ones = [found for found in criteria if found.finding.outcome is Outcome.UNKNOWN]
    said = [words for found in open_ones for words in found.lacking or (found.finding.sentence,)]
    if calculation.missing:
        said += unanswered(rules, rules.amount.fields, facts) or calculation.missing
    return tuple(dict.fromkeys(said))


def _others(versions: Sequence[Known], chosen: Known | None, answers: Answers) -> tuple[OtherVersion, ...]:
    return tuple(_other(known, answers) for known in versions if known is not chosen)


def _other(known: Known, answers: Answers) -> OtherVersion:
    """What another version says, on the first day of its time that would do, else on its day nearest to the one given."""
    rules = known.rules
    nearest = max(rules.valid_from, min(answers.received_on, rules.valid_to or dt.date.max))
    days = [nearest, *(day for day in _turning_days(rules) if day > nearest)]
    judged = [(day, judge(rules, facts_for(rules, answers, day), day)) for day in days]
    day, judgement = next((pair for pair in judged if pair[1].result == ELIGIBLE), judged[0])
    amount = judgement.calculation.total if judgement.result == ELIGIBLE else 0
    return OtherVersion(known.row, day, judgement.result, amount)


def _turning_days(rules: Definition) -> list[dt.date]:
    """Days inside a version's time from which it says something else: its first one, and those of single choices."""
    tests = [criterion.test for criterion in rules.criteria]
    since = {
        choice.since for test in tests if isinstance(test, OneOf) for choice in test.choices if choice.since
    }
    inside = {
        day for day in since if rules.valid_from <= day and (rules.valid_to is None or day <= rules.valid_to)
    }
    return sorted({rules.valid_from, *inside})


def _eligible_from(
    versions: Sequence[Known], answers: Answers, deadline: Deadline | None
) -> tuple[dt.date | None, Definition | None]:
    """The first turning day after the one given, not after the deadline, on which these answers would do, and its rules."""
    for rules in (known.rules for known in versions):
        for day in _turning_days(rules):
            is_open = deadline is None or day <= deadline.filing.ends_on
            if day > answers.received_on and is_open and _is_eligible(rules, answers, day):
                return day, rules
    return None, None


def _is_eligible(rules: Definition, answers: Answers, day: dt.date) -> bool:
    return judge(rules, facts_for(rules, answers, day), day).result == ELIGIBLE


def _asked_otherwise(mine: Definition, other: Definition, facts: Facts) -> tuple[str, ...]:
    """Figures and days that the other rules ask in other words, such as the head count of another month."""
    labels = {field.code: field.label for field in mine.fields}
    return tuple(
        field.label
        for field in other.fields
        if field.type not in ("flag", "choice")
        and field.code in facts
        and labels.get(field.code) != field.label
    )
