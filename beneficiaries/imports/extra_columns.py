"""The columns that a programme's list has besides those of every list: how their headers read, and what their cells hold."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final, Literal

from django.utils.translation import override

from core.wording import Text

LANGUAGE: Final = "vi"

Kind = Literal["text", "date", "month", "integer", "money", "flag", "choice"]


@dataclass(frozen=True, slots=True)
class ExtraColumn:
    """One further column; `code` is the fact that its cells give.

    `patterns`, and its label, are header texts that mean it, in any spelling: the longest that a header holds wins, also
    against the columns of every list. `choices` are the codes and labels of kind `choice`. `least` and `most` (0: no limit)
    bound integers and money, `most` also the letters of a text. Cells become text, "YYYY-MM-DD", "YYYY-MM", int, int in đồng,
    bool or the code of a choice. `is_past`: its day can't be after the business date.
    `is_required`, `note` and `article` are for the instructions of the empty list; what is missing, the profile's `judge` says.
    """

    code: str
    label: Text
    kind: Kind
    patterns: tuple[str, ...]
    choices: tuple[tuple[str, Text], ...] = ()
    least: int = 0
    most: int = 0
    is_required: bool = False
    is_past: bool = False
    note: Text = ""
    article: str = ""


def in_vietnamese(extra: ExtraColumn) -> ExtraColumn:
    """The column with its words as lists write them, whatever language its reader has chosen for the pages."""
    with override(LANGUAGE):
        choices = tuple((code, str(label)) for code, label in extra.choices)
        return replace(extra, label=str(extra.label), choices=choices)
