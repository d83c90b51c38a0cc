"""Reads one table of a catalogue file with types; every refusal names file and key."""

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Final, TypeVar

from support_programs.rules.spells import Window

T = TypeVar("T")
CODE: Final = re.compile(r"[a-z][a-z0-9_]*")


class CatalogueError(Exception):
    """A catalogue file that can't be used; the message names the file, the key and what was expected."""


@dataclass(slots=True)
class Table:
    """One table of the file: asks for keys by type, and `end()` refuses keys that nobody asked for."""

    values: Mapping[str, object]
    place: str
    asked: set[str] = field(default_factory=set)

    def error(self, key: str, expected: str) -> CatalogueError:
        return CatalogueError(f"{self.place}.{key}: {expected}")

    def text(self, key: str, default: str | None = None) -> str:
        value = self._get(key, str, "a text", default)
        if default is None and not value.strip():
            raise self.error(key, "a text that is not empty is expected")
        return value

    def code(self, key: str, default: str | None = None) -> str:
        """The code of a fact or field."""
        value = self.text(key, default=default)
        if value and not CODE.fullmatch(value):
            raise self.error(key, "a code such as event_start is expected")
        return value

    def codes(self, key: str) -> tuple[str, ...]:
        """Codes of facts; at least one."""
        found = self.texts(key)
        if not found or not all(CODE.fullmatch(code) for code in found):
            raise self.error(key, "a list of codes such as event_start is expected")
        return found

    def one_of(self, key: str, allowed: tuple[str, ...], default: str | None = None) -> str:
        value = self.text(key, default=default)
        if value not in allowed:
            raise self.error(key, f"one of {', '.join(allowed)} is expected")
        return value

    def money(self, key: str) -> int:
        """Whole đồng above 0."""
        value = self.number(key)
        if value <= 0:
            raise self.error(key, "whole đồng above 0 are expected")
        return value

    def decimal(self, key: str) -> Decimal:
        """A number with a fraction, written as text so that it stays exact."""
        value = self.text(key)
        try:
            found = Decimal(value)
        except InvalidOperation as error:
            raise self.error(key, 'a number in a text such as "2.5" is expected') from error
        if found <= 0:
            raise self.error(key, "a number above 0 is expected")
        return found

    def number(self, key: str, default: int | None = None) -> int:
        return self._get(key, int, "a whole number", default)

    def flag(self, key: str, default: bool | None = None) -> bool:
        return self._get(key, bool, "true or false", default)

    def day(self, key: str) -> dt.date:
        return self._day(key, self._get(key, object, "a date", None))

    def optional_day(self, key: str) -> dt.date | None:
        self.asked.add(key)
        value = self.values.get(key)
        return None if value is None else self._day(key, value)

    def optional_number(self, key: str) -> int | None:
        self.asked.add(key)
        return None if self.values.get(key) is None else self.number(key)

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts; an absent key is an empty one."""
        self.asked.add(key)
        found = self.values.get(key, [])
        if not isinstance(found, list) or not all(isinstance(item, str) and item for item in found):
            raise self.error(key, "a list of texts is expected")
        return tuple(found)

    def has(self, key: str) -> bool:
        return key in self.values

    def table(self, key: str) -> "Table":
        self.asked.add(key)
        found = self.values.get(key)
        if not isinstance(found, Mapping):
            raise self.error(key, "a table is expected")
        return Table(found, f"{self.place}.{key}")

    def tables(self, key: str) -> Iterator["Table"]:
        """The tables of an array, in order; an absent key gives none."""
        self.asked.add(key)
        found = self.values.get(key, [])
        if not isinstance(found, list) or not all(isinstance(item, Mapping) for item in found):
            raise self.error(key, "an array of tables is expected")
        for position, item in enumerate(found):
            yield Table(item, f"{self.place}.{key}[{position}]")

    def end(self) -> None:
        """Refuse keys that nobody asked for: a misspelt key must not be silently without effect."""
        unknown = sorted(set(self.values) - self.asked)
        if unknown:
            raise self.error(unknown[0], "this key is not known here")

    def _day(self, key: str, value: object) -> dt.date:
        if isinstance(value, dt.date) and not isinstance(value, dt.datetime):
            return value
        if isinstance(value, str):
            try:
                return dt.date.fromisoformat(value)
            except ValueError:
                pass
        raise self.error(key, "a date such as 2021-08-06 is expected")

    def _get(self, key: str, kind: type[T], words: str, default: T | None) -> T:
        self.asked.add(key)
        value = self.values.get(key, default)
        if value is None or not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            raise self.error(key, f"{words} is expected")
        return value


def read_window(table: Table) -> Window:
    """The keys `first` and `last`: the days in which a rule counts."""
    window = Window(table.day("first"), table.day("last"))
    if window.last < window.first:
        raise table.error("last", "a day that is not before `first` is expected")
    return window
