"""What speaks for two entries being one human, and what against: every rule with its points.

The score of a pair is the sum of the points, at least 0 and at most 100. `number`, `name`, `birth` and `contact` are
independent families: two of them must agree. A place alone never does.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

Family = Literal["number", "name", "birth", "contact", "place", "sex"]
INDEPENDENT: Final[frozenset[Family]] = frozenset({"number", "name", "birth", "contact"})
# the least score that is worth an officer's look
LEAST_SCORE: Final = 50


@dataclass(frozen=True, slots=True)
class Rule:
    """`points` above 0 speak for one human, below 0 against. What the officer reads is in `queries/match_reasons.py`."""

    code: str
    family: Family
    points: int


_ALL: Final = (
    # numbers
    Rule("SAME_NUMBER", "number", 60),
    Rule("NUMBER_ONE_DIGIT", "number", 45),
    Rule("NUMBER_TRANSPOSED", "number", 45),
    Rule("NUMBER_TWO_DIGITS", "number", 15),
    # names
    Rule("SAME_NAME", "name", 30),
    Rule("NAME_SPACING", "name", 28),
    Rule("NAME_SWAPPED", "name", 28),
    Rule("SURNAME_VARIANT", "name", 22),
    Rule("NAME_WORD_MISSING", "name", 18),
    Rule("NAME_ONE_LETTER", "name", 18),
    Rule("NAME_TWO_LETTERS", "name", 14),
    Rule("GIVEN_NAME_ONE_LETTER", "name", 12),
    # births
    Rule("SAME_BIRTH_DATE", "birth", 30),
    Rule("BIRTH_SWAPPED", "birth", 22),
    Rule("BIRTH_NEAR", "birth", 14),
    Rule("BIRTH_YEAR_NEAR", "birth", 12),
    Rule("SAME_BIRTH_YEAR", "birth", 12),
    # where they are reached and paid
    Rule("SAME_ACCOUNT", "contact", 30),
    Rule("SAME_PHONE", "contact", 20),
    # where they live
    Rule("SAME_HAMLET", "place", 20),
    Rule("SAME_COMMUNE", "place", 10),
    Rule("SAME_DISTRICT", "place", 3),
    # against
    Rule("OTHER_SEX", "sex", -20),
    Rule("OTHER_BIRTH_DATE", "birth", -25),
    Rule("OTHER_BIRTH_YEAR", "birth", -25),
    Rule("OTHER_NAME", "name", -40),
    Rule("OTHER_MARKS", "name", -8),
    Rule("OTHER_CCCD", "number", -30),
    Rule("OTHER_CMND", "number", -15),
)
RULES: Final[dict[str, Rule]] = {rule.code: rule for rule in _ALL}
