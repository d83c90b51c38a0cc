"""What may stand in a log: no identity number, and none of a record's values that the database repeats in its refusals."""

import logging
import re
from typing import Final

from core.text import without_numbers

# PostgreSQL's detail of a broken check or unique index holds the whole row, or the key
_ROW: Final = re.compile(r"(Failing row contains|Key) \(.*$", re.MULTILINE)


def discreet(text: str) -> str:
    """The text without identity numbers and without the rows of refused statements."""
    return without_numbers(_ROW.sub(r"\1 (…)", text))


class DiscreetFormatter(logging.Formatter):
    """Lines and tracebacks as `discreet` gives them, whoever wrote them."""

    def format(self, record: logging.LogRecord) -> str:
        return discreet(super().format(record))
