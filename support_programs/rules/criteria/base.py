"""What every criterion is: it judges facts and says why, prints its limits, and gives the same question in SQL."""

import datetime as dt
import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final, Protocol

from support_programs.rules.facts import Fact, Facts


class Outcome(StrEnum):
    """What a criterion says of a case. REVIEW: not met, but the rule only asks that a person looks."""

    MET = "met"
    NOT_MET = "not_met"
    UNKNOWN = "unknown"
    REVIEW = "review"


@dataclass(frozen=True, slots=True)
class Finding:
    """Outcome with its Vietnamese sentence, and the value that was used as stored text."""

    outcome: Outcome
    sentence: str
    value: str = ""


class Test(Protocol):
    """One kind of criterion, read three ways.

    `judge` looks at the facts of one case; `describe` gives the limits in plain Vietnamese ("" where the statement says it all);
    `condition` is the same question of a jsonb column `f` of facts (values by code, days as ISO text) and the parameter
    `%(on)s`: true, false, or null for unknown.
    """

    @property
    def fields(self) -> tuple[str, ...]: ...

    def judge(self, facts: Facts, on: dt.date) -> Finding: ...

    def describe(self) -> str: ...

    def condition(self) -> str: ...


_CODE: Final = re.compile(r"[a-z][a-z0-9_.]*")


def found(is_met: bool, sentence: str, value: object) -> Finding:
    return Finding(Outcome.MET if is_met else Outcome.NOT_MET, sentence, str(value))


def unknown(sentence: str) -> Finding:
    return Finding(Outcome.UNKNOWN, sentence)


def with_origin(sentence: str, fact: Fact) -> str:
    """The sentence with who stated the fact, closed by a full stop."""
    return f"{sentence} ({fact.origin})." if fact.origin else f"{sentence}."


def value_of(facts: Facts, field: str) -> Any:
    """The value of a fact; None where nobody gave it. An empty text is nothing given."""
    fact = facts.get(field)
    return None if fact is None or fact.value == "" else fact.value


def day_of(facts: Facts, field: str) -> dt.date | None:
    """A fact that is a day; stored ISO text is read."""
    value = value_of(facts, field)
    return dt.date.fromisoformat(value) if isinstance(value, str) else value


def quoted(text: str) -> str:
    """A text of the catalogue as an SQL literal; percent signs are doubled for the driver."""
    return "'" + text.replace("'", "''").replace("%", "%%") + "'"


def text_sql(field: str) -> str:
    """The fact as text; null where it is not given."""
    return f"NULLIF(f->>{quoted(code(field))}, '')"


def flag_sql(field: str) -> str:
    """A yes-or-no fact; null for everything else."""
    key = quoted(code(field))
    return f"(CASE WHEN jsonb_typeof(f->{key}) = 'boolean' THEN (f->>{key})::boolean END)"


def day_sql(field: str) -> str:
    return f"({text_sql(field)})::date"


def number_sql(field: str) -> str:
    return f"({text_sql(field)})::bigint"


def array_sql(codes: tuple[str, ...]) -> str:
    return "ARRAY[" + ", ".join(quoted(each) for each in codes) + "]::text[]"


def code(field: str) -> str:
    """The code of a fact; ValueError for what could not be one, so that it may stand in SQL."""
    if not _CODE.fullmatch(field):
        raise ValueError(f"not a code of a fact: {field}")
    return field
