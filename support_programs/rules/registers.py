"""What the entries of the registers say of a case: which entry gives which fact, by the catalogue's `[[registers]]`.

A fact is told by an entry that counts on the day of the dossier. What no entry says stays as it was stated; nothing follows from
somebody's absence from a register.
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from support_programs.rules.reading import Table

REGISTERS: Final = ("free_workers", "poor_households", "social_protection", "merit")
# what of an entry is read, beside a code of its details
CATEGORY: Final = "category"
ENTRY: Final = "entry"


@dataclass(frozen=True, slots=True)
class Reading:
    """One way in which an entry tells a fact: in its `category`, where its `detail` is `given` ("" for whatever it is).

    `value` is the fact; None where the detail itself is.
    """

    fact: str
    register: str
    category: str
    detail: str
    given: str
    value: str | bool | None

    def value_of(self, entry: "Entry") -> Any:
        """What the entry tells by it; None for nothing. The same in SQL: `queries.register_entries.TOLD`."""
        if entry.register != self.register or self.category not in ("", entry.category):
            return None
        if not self.detail:
            return self.value
        told = entry.details.get(self.detail)
        if told is None or told == "" or (self.given and as_text(told) != self.given):
            return None
        return told if self.value is None else self.value


@dataclass(frozen=True, slots=True)
class RegisterSource:
    """One table of `[[registers]]`: a fact, the register that tells it, and its readings, those that go before first.

    `verify` is what must be asked of the department while it is unsure that the entry means this.
    """

    fact: str
    register: str
    read: str
    readings: tuple[Reading, ...]
    confidence: str
    verify: str

    @property
    def categories(self) -> tuple[str, ...]:
        """The categories that it names; none where every one tells the fact."""
        return tuple(dict.fromkeys(reading.category for reading in self.readings if reading.category))

    @property
    def values(self) -> tuple[str | bool, ...]:
        """The facts that it can tell, where it names them."""
        return tuple(reading.value for reading in self.readings if reading.value is not None)


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of a register that counts for somebody: their own, or their household's. `pk` orders them, newest last."""

    pk: int
    register: str
    category: str
    details: Mapping[str, Any]
    reference: str = ""
    since: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """A fact with the entry that tells it."""

    value: Any
    entry: Entry


def told_by(sources: Iterable[RegisterSource], entries: Sequence[Entry]) -> dict[str, Told]:
    """The facts that these entries tell, by code: the first reading that has an answer, of its newest entry."""
    newest_first = sorted(entries, key=lambda entry: -entry.pk)
    found: dict[str, Told] = {}
    for source in sources:
        for reading in source.readings:
            for entry in newest_first:
                value = reading.value_of(entry)
                if value is not None:
                    found.setdefault(reading.fact, Told(value, entry))
    return found


def as_text(value: Any) -> str:
    """A detail as `given` names it."""
    return str(value).lower() if isinstance(value, bool) else str(value)


def read_source(table: Table, confidence: str) -> RegisterSource:
    """One table of `[[registers]]`: `fact`, `register`, `read` with its `values`, `value` or `categories`."""
    fact, register = table.code("fact"), table.one_of("register", REGISTERS)
    read = table.code("read")
    readings = tuple(_readings(table, fact, register, read))
    source = RegisterSource(fact, register, read, readings, confidence, table.text("verify", default=""))
    table.end()
    if not readings:
        raise table.error("values", "at least one value is expected")
    return source


def _readings(table: Table, fact: str, register: str, read: str) -> Iterable[Reading]:
    named = [_named(inner) for inner in table.tables("values")]
    categories = table.texts("categories") or ("",)
    if read == CATEGORY:
        if table.has("categories"):
            raise table.error("categories", "`values` name the categories")
        return [Reading(fact, register, category, "", "", value) for category, value in named]
    if named and read == ENTRY:
        raise table.error("values", "an entry as such has one `value`")
    if read == ENTRY:
        value = _value(table, "value")
        return [Reading(fact, register, category, "", "", value) for category in categories]
    if named:
        return [
            Reading(fact, register, category, read, given, value)
            for given, value in named
            for category in categories
        ]
    return [Reading(fact, register, category, read, "", None) for category in categories]


def _named(table: Table) -> tuple[str, str | bool]:
    """What an entry has (`from`) and which fact that is (`to`)."""
    named = table.text("from"), _value(table, "to")
    table.end()
    return named


def _value(table: Table, key: str) -> str | bool:
    """A text or true and false."""
    return table.flag(key) if isinstance(table.values.get(key), bool) else table.text(key)
