"""The rules of a version as one SQL expression over facts: the same criteria that judge a case find who would qualify.

The expressions read a jsonb column `f` (values of facts by code, days as ISO text) and `%(on)s`, the day of judging.
"""

from support_programs.rules.criteria.base import flag_sql, quoted, text_sql
from support_programs.rules.criteria.plain import OccupationIn
from support_programs.rules.definition import Definition
from support_programs.rules.facts import CONFIRMED
from support_programs.rules.parts import Criterion


def criterion_sql(criterion: Criterion) -> str:
    """Met (true), not met (false) or unknown (null), as `judge` finds it; a warning that isn't met counts as met."""
    condition = criterion.test.condition()
    if criterion.confirm:
        condition = f"COALESCE({condition}, {flag_sql(CONFIRMED + criterion.code)})"
    if criterion.when is not None:
        applies = criterion.when.condition()
        condition = f"(CASE WHEN ({applies}) IS NULL THEN NULL WHEN {applies} THEN {condition} ELSE true END)"
    return f"({condition})"


def letters_sql(definition: Definition) -> str:
    """One letter per criterion, as `Judgement.letters`."""
    return " || ".join(_letter(criterion) for criterion in definition.criteria)


def _letter(criterion: Criterion) -> str:
    condition = criterion_sql(criterion)
    no = "r" if criterion.is_warning else "n"
    letter = f"(CASE WHEN {condition} IS NULL THEN 'u' WHEN {condition} THEN 'm' ELSE '{no}' END)"
    if not isinstance(criterion.test, OccupationIn):
        return letter
    elsewhere = " OR ".join(
        f"({text_sql('occupation_group')} = {quoted(code)} AND {text_sql('stream')} <> {quoted(stream)})"
        for code, _label, stream in criterion.test.groups
        if stream
    )
    return f"(CASE WHEN {elsewhere} THEN 'r' ELSE {letter} END)" if elsewhere else letter


def result_sql(definition: Definition) -> str:
    """The criteria's result: eligible, not_eligible or undetermined. Whether the amount can be told is not asked here."""
    letters = f"({letters_sql(definition)})"
    return (
        f"(CASE WHEN {letters} LIKE '%%n%%' THEN 'not_eligible' WHEN {letters} LIKE '%%u%%' THEN 'undetermined'"
        f" ELSE 'eligible' END)"
    )
