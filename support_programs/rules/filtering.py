"""The rules of a version as SQL over facts: the same criteria that judge a case find who would qualify.

The expressions read a jsonb column `f` (values of facts by code, days as ISO text) and `%(on)s`, the day of judging.
"""

from support_programs.rules.criteria.base import flag_sql
from support_programs.rules.criteria.plain import OccupationIn
from support_programs.rules.definition import Definition
from support_programs.rules.facts import CONFIRMED
from support_programs.rules.judging import ELIGIBLE, NOT_ELIGIBLE, UNDETERMINED
from support_programs.rules.parts import Criterion


def letter_sql(criterion: Criterion) -> str:
    """m met, n not met, u unknown, r to review: as `judge` finds it."""
    test = criterion.test
    condition = test.condition()
    if criterion.confirm:
        condition = f"COALESCE({condition}, {flag_sql(CONFIRMED + criterion.code)})"
    no = "r" if criterion.is_warning else "n"
    letter = f"CASE ({condition}) WHEN true THEN 'm' WHEN false THEN '{no}' ELSE 'u' END"
    if isinstance(test, OccupationIn) and (elsewhere := test.is_elsewhere()):
        letter = f"CASE WHEN {elsewhere} THEN 'r' ELSE {letter} END"
    if criterion.when is not None:
        letter = (
            f"CASE ({criterion.when.condition()}) WHEN true THEN {letter} WHEN false THEN 'm' ELSE 'u' END"
        )
    return f"({letter})"


def letters_sql(definition: Definition) -> str:
    """One letter per criterion, as `Judgement.letters`."""
    return " || ".join(letter_sql(criterion) for criterion in definition.criteria)


def result_sql(definition: Definition, letters: str = "") -> str:
    """The result as `judge` gives it. `letters` names a column that holds them already; facts `f` are read for the amount."""
    letters = letters or f"({letters_sql(definition)})"
    is_open = f"strpos({letters}, 'u') > 0"
    if definition.amount.is_paid_here:
        is_open += f" OR ({definition.amount.condition()}) IS NOT TRUE"
    return (
        f"(CASE WHEN strpos({letters}, 'n') > 0 THEN '{NOT_ELIGIBLE}' WHEN {is_open} THEN '{UNDETERMINED}'"
        f" ELSE '{ELIGIBLE}' END)"
    )
