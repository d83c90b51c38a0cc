"""Whether the ledger says what the tables say: each check finds the first difference, as what, where, expected and found.

All set-based: a check is one statement that answers at most one row, and is quick on a million payment instructions.
`register_check` is for parts that have tables of their own behind postings.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from django.db import connections
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.money import format_dong
from disbursements.enums import LedgerAccount, LedgerKind
from disbursements.queries import ledger_check_sql as sql

Row = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """The first thing that does not tie: what was compared, where, what the tables ask for and what was found."""

    check: str
    what: str
    where: str
    expected: str
    found: str

    @property
    def sentence(self) -> str:
        return _("%(what)s, %(where)s: phải là %(expected)s, tìm thấy %(found)s.") % {
            "what": self.what,
            "where": self.where,
            "expected": self.expected,
            "found": self.found,
        }


@dataclass(frozen=True, slots=True)
class Check:
    """One comparison: a statement that answers the first row that differs, and how to tell of that row.

    `tell` gives where, expected and found of the row.
    """

    code: str
    what: str | Promise
    statement: str
    tell: Callable[[Row], tuple[str, str, str]]

    def difference(self, using: str = "default") -> Difference | None:
        """The first difference, None when everything ties."""
        with connections[using].cursor() as cursor:
            cursor.execute(self.statement)
            row = cursor.fetchone()
        return Difference(self.code, str(self.what), *self.tell(row)) if row else None


def _dong(amount: int | None) -> str:
    return _("không có") if amount is None else _("%(sum)s đồng") % {"sum": format_dong(amount)}


def _tally(people: int, amount: int) -> str:
    return _("%(people)s người, %(sum)s đồng") % {"people": format_dong(people), "sum": format_dong(amount)}


def _account(code: str) -> str:
    return str(LedgerAccount(code).label)


def _entry(row: Row) -> tuple[str, str, str]:
    entry, reference, amount, people = row
    where = _("bút toán %(entry)s của %(ref)s") % {"entry": entry, "ref": reference}
    return where, _tally(0, 0), _tally(people, amount)


def _balance(row: Row) -> tuple[str, str, str]:
    reference, account, summed, written = row
    where = _("dòng %(ref)s, «%(account)s»") % {"ref": reference, "account": _account(account)}
    return where, _dong(summed), _dong(written)


def _paper(row: Row) -> tuple[str, str, str]:
    reference, line, day, posted_day, amount, posted = row
    where = _("%(ref)s, dòng %(line)s") % {"ref": reference, "line": line or "?"}
    return where, _on(amount, day), _on(posted, posted_day)


def _on(amount: int | None, day: Any) -> str:
    if amount is None or day is None:
        return _dong(amount)
    return _("%(sum)s ngày %(day)s") % {"sum": _dong(amount), "day": f"{day:%d/%m/%Y}"}


def _movement(row: Row) -> tuple[str, str, str]:
    reference, line, account, kind, amount, posted = row
    where = _("%(ref)s (%(kind)s), dòng %(line)s, «%(account)s»") % {
        "ref": reference,
        "kind": LedgerKind(kind).label,
        "line": line or "?",
        "account": _account(account),
    }
    return where, _dong(amount), _dong(posted)


def _instructions(row: Row) -> tuple[str, str, str]:
    batch, line, area, account, *tallies = row
    where = _("đợt %(batch)s, dòng %(line)s, địa bàn %(area)s, «%(account)s»") % {
        "batch": batch or "?",
        "line": line or "?",
        "area": area,
        "account": _account(account),
    }
    people, amount, posted_people, posted = tallies
    return where, _tally(people, amount), _tally(posted_people, posted)


def _answers(row: Row) -> tuple[str, str, str]:
    batch, kind, day, people, amount, posted_people, posted = row
    where = _("đợt %(batch)s, «%(kind)s» ngày %(day)s") % {
        "batch": batch or "?",
        "kind": LedgerKind(kind).label,
        "day": f"{day:%d/%m/%Y}" if day else "?",
    }
    return where, _tally(people, amount), _tally(posted_people, posted)


def _batch(row: Row) -> tuple[str, str, str]:
    reference, people, amount, said_people, said = row
    return _("đợt %(ref)s") % {"ref": reference}, _tally(people, amount), _tally(said_people, said)


CHECKS: Final[list[Check]] = [
    Check("entries", gettext_lazy("Bút toán không cân"), sql.ENTRIES, _entry),
    Check("balances", gettext_lazy("Số dư dòng kinh phí lệch sổ cái"), sql.BALANCES, _balance),
    Check("allocations", gettext_lazy("Sổ cái lệch văn bản phân bổ"), sql.ALLOCATIONS, _paper),
    Check("movements", gettext_lazy("Sổ cái lệch văn bản điều chỉnh kinh phí"), sql.MOVEMENTS, _movement),
    Check("instructions", gettext_lazy("Sổ cái lệch trạng thái lệnh chi"), sql.INSTRUCTIONS, _instructions),
    Check("answers", gettext_lazy("Sổ cái lệch kết quả chi"), sql.ANSWERS, _answers),
    Check("batches", gettext_lazy("Đợt chi lệch các lệnh chi của nó"), sql.BATCHES, _batch),
    Check("batch_ledger", gettext_lazy("Sổ cái lệch tổng đợt chi"), sql.BATCH_LEDGER, _batch),
]


def register_check(check: Check) -> None:
    """Let another part's tables be compared too, after the ones above; called in `apps.py`, once per code."""
    if all(known.code != check.code for known in CHECKS):
        CHECKS.append(check)


def differences(using: str = "default") -> Iterator[Difference]:
    """The first difference of each check, in the order of the checks; asks one statement per check, when asked for the next."""
    for check in CHECKS:
        found = check.difference(using)
        if found:
            yield found


def first_difference(using: str = "default") -> Difference | None:
    """The first difference between the ledger and what it is the ledger of; None when everything ties."""
    return next(differences(using), None)
