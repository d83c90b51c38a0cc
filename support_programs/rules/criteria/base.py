"""What every criterion is: it judges facts and says why, prints its limits, and gives the same question in SQL."""

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Any, Final, Protocol

from core.date_texts import format_date
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
_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


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
    """A fact that is a day, also as ISO text; what can't be read as one is unknown."""
    return read_day(value_of(facts, field))


def number_of(facts: Facts, field: str) -> int | None:
    """A fact that is a whole number; None for everything else."""
    value = value_of(facts, field)
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def count_of(facts: Facts, field: str) -> int | None:
    """A number of people, months or đồng of which there is at least one; none at all tells no amount."""
    value = number_of(facts, field)
    return value if value is not None and value > 0 else None


def flag_of(facts: Facts, field: str) -> bool | None:
    """A fact that is yes or no; None for everything else."""
    value = value_of(facts, field)
    return value if isinstance(value, bool) else None


def text_of(facts: Facts, field: str) -> str | None:
    """A fact that is a text or a code; None for everything else."""
    value = value_of(facts, field)
    return value if isinstance(value, str) else None


def list_of(facts: Facts, field: str) -> Sequence[Any] | None:
    """A fact that is a list, as the register gives them; None where nobody looked."""
    value = value_of(facts, field)
    return value if isinstance(value, list | tuple) else None


def read_day(value: object) -> dt.date | None:
    """The day of a value that is one, or ISO text of one; None for everything else."""
    if isinstance(value, str):
        return _day_of_text(value)
    return value if isinstance(value, dt.date) else None


@lru_cache(maxsize=4096)
def _day_of_text(text: str) -> dt.date | None:
    if not _DAY.fullmatch(text):
        return None
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None


@lru_cache(maxsize=4096)
def shown(day: dt.date) -> str:
    """The day as sentences write it. Thousands of cases share the days of one year."""
    return format_date(day)


# --- the same readings in SQL, of a jsonb column `f` ------------------------------------------------------------------


def quoted(text: str) -> str:
    """A text of the catalogue as an SQL literal; percent signs are doubled for the driver."""
    return "'" + text.replace("'", "''").replace("%", "%%") + "'"


def value_sql(field: str) -> str:
    """The fact as text, whatever it is; null where it is not given."""
    return f"NULLIF(f->>{key_sql(field)}, '')"


def text_sql(field: str) -> str:
    """A text or a code; null for everything else."""
    return f"(CASE WHEN {is_sql(field, 'string')} THEN {value_sql(field)} END)"


def flag_sql(field: str) -> str:
    """A yes-or-no fact; null for everything else."""
    return f"(CASE WHEN {is_sql(field, 'boolean')} THEN (f->>{key_sql(field)})::boolean END)"


def day_sql(field: str) -> str:
    """A day in ISO text; null for everything else, also for a day that doesn't exist."""
    text = f"f->>{key_sql(field)}"
    readable = f"{text} ~ '^[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}$' AND pg_input_is_valid({text}, 'date')"
    return f"(CASE WHEN {readable} THEN ({text})::date END)"


def number_sql(field: str) -> str:
    """A whole number; null for everything else."""
    text = f"f->>{key_sql(field)}"
    return f"(CASE WHEN {is_sql(field, 'number')} AND {text} ~ '^-?[0-9]+$' THEN ({text})::numeric END)"


def is_sql(field: str, kind: str) -> str:
    """Whether the fact has a JSON type; null where it is not given."""
    return f"jsonb_typeof(f->{key_sql(field)}) = '{kind}'"


def date_sql(day: dt.date) -> str:
    return f"{quoted(day.isoformat())}::date"


def array_sql(codes: tuple[str, ...]) -> str:
    return "ARRAY[" + ", ".join(quoted(each) for each in codes) + "]::text[]"


def key_sql(field: str) -> str:
    """The code of a fact as a literal; ValueError for what could not be one."""
    if not _CODE.fullmatch(field):
        raise ValueError(f"not a code of a fact: {field}")
    return quoted(field)
