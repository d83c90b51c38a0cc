"""What a register is: whom it is of, its groups, and what is asked of each entry."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Literal

from django.utils.translation import gettext_lazy as _

from beneficiaries.enums import RegisterCode
from core.wording import Text

Kind = Literal["text", "date", "month", "integer", "money", "flag", "choice"]
Detail = str | int | bool
# a line that follows from the entry and is never typed: its name, what stands there
Shown = tuple[Text, str]


@dataclass(frozen=True, slots=True)
class RegisterField:
    """One question of a register's form; `code` is its key in `Status.details`.

    `patterns` are header texts that mean it in a list, in any spelling. `choices` are the codes and labels of kind `choice`;
    `least` and `most` (0: no limit) bound whole numbers and money. `in_table` puts it into the register's list, `is_filter`
    among the filters of that list. Its value in the details: text, "YYYY-MM-DD", "YYYY-MM", int, int in đồng, bool, or the
    code of a choice.
    """

    code: str
    label: Text
    kind: Kind
    patterns: tuple[str, ...] = ()
    choices: tuple[tuple[str, Text], ...] = ()
    least: int = 0
    most: int = 0
    is_required: bool = False
    help: Text = ""
    article: str = ""
    in_table: bool = False
    is_filter: bool = False


def _nothing(_category: str, _details: Mapping[str, Any], _on: dt.date) -> tuple[Shown, ...]:
    return ()


@dataclass(frozen=True, slots=True)
class Register:
    """A register of people, or (`subject` "household") of their households.

    `categories` are its groups, in the order of the law; `category_notes` says of a group which article it is and what it
    gives. `unsure` are the points that the department has not confirmed, shown on the register's page. An entry is valid
    between days that are typed, or (`dated_by` "year") for the calendar year of its field `year`. `desks` bring its lists in.
    `shown` gives what follows from an entry on a day and is stored nowhere. Where `needs_number` is False its lists take people
    without an identity number.
    """

    code: RegisterCode
    title: Text
    singular: Text
    subject: Literal["person", "household"]
    legal_basis: str
    unsure: tuple[Text, ...]
    category_label: Text
    category_patterns: tuple[str, ...]
    categories: tuple[tuple[str, Text], ...]
    fields: tuple[RegisterField, ...]
    desks: tuple[str, ...] = ("commune",)
    category_notes: Mapping[str, Text] = field(default_factory=dict)
    dated_by: Literal["days", "year"] = "days"
    needs_number: bool = True
    shown: Callable[[str, Mapping[str, Any], dt.date], tuple[Shown, ...]] = _nothing

    def field_of(self, code: str) -> RegisterField:
        """The field with this code; KeyError when there is none."""
        for one in self.entry_fields:
            if one.code == code:
                return one
        raise KeyError(code)

    def category_name(self, code: str) -> Text:
        """A group's label; the code itself of one that the register does not know."""
        return dict(self.categories).get(code, code)

    @property
    def category_field(self) -> RegisterField:
        return RegisterField(
            CATEGORY,
            self.category_label,
            "choice",
            self.category_patterns,
            self.categories,
            is_required=True,
            in_table=True,
            is_filter=True,
        )

    @property
    def entry_fields(self) -> tuple[RegisterField, ...]:
        """Everything that the form of an entry asks, in its order: group, details, days, decision."""
        days = DAYS if self.dated_by == "days" else ()
        return (self.category_field, *self.fields, *days, *DECISION)


CATEGORY: Final = "category"
DAYS: Final = (
    RegisterField(
        "valid_from",
        _("Từ ngày"),
        "date",
        ("từ ngày", "hưởng từ ngày", "thời điểm hưởng", "ngày hưởng", "hiệu lực từ"),
        is_required=True,
        in_table=True,
    ),
    RegisterField(
        "valid_to",
        _("Đến ngày"),
        "date",
        ("đến ngày", "hết hạn ngày", "ngày thôi hưởng", "hưởng đến ngày"),
        help=_("Để trống nếu chưa biết ngày kết thúc."),
        in_table=True,
    ),
)
DECISION: Final = (
    RegisterField(
        "decision_number",
        _("Số quyết định"),
        "text",
        ("số quyết định", "quyết định số", "số qđ", "qđ số"),
        most=60,
        in_table=True,
    ),
    RegisterField(
        "decided_on",
        _("Ngày quyết định"),
        "date",
        ("ngày quyết định", "ngày ký quyết định", "ngày qđ", "quyết định ngày"),
    ),
    RegisterField(
        "decided_by",
        _("Cơ quan quyết định"),
        "text",
        ("cơ quan quyết định", "cơ quan ban hành", "cơ quan ra quyết định"),
        most=150,
    ),
)
