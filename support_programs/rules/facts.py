"""What is known of a case: values with their source. A fact that is not there is unknown, never true."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final, TypeAlias

# where a fact comes from
LIST: Final = "list"
COMMUNE: Final = "commune"
OFFICER: Final = "officer"
REGISTER: Final = "register"

# facts that confirm a whole criterion, where the list has no column for it
CONFIRMED: Final = "confirmed."


@dataclass(frozen=True, slots=True)
class Fact:
    """A value, who gave it and when. Days are `dt.date`, money whole đồng.

    Of an entry of a register `by` is its number and `on` since when it holds; `stated` is what somebody stated otherwise.
    """

    value: Any
    source: str = LIST
    by: str = ""
    on: dt.date | None = None
    stated: "Fact | None" = None

    @property
    def origin(self) -> str:
        """The source in words, to stand behind a sentence."""
        return _origin(self.source, self.by, self.on)


# the same few people confirm thousands of rows on a day
@lru_cache(maxsize=1024)
def _origin(source: str, by: str, on: dt.date | None) -> str:
    if source == REGISTER and by:
        return f"theo mục {by} của sổ" + (f", từ ngày {on:%d/%m/%Y}" if on else "")
    if source not in (COMMUNE, OFFICER):
        return ""
    who = "UBND cấp xã xác nhận" if source == COMMUNE else "cán bộ ghi nhận"
    parts = [who, f"({by})" if by else "", f"ngày {on:%d/%m/%Y}" if on else ""]
    return " ".join(part for part in parts if part)


Facts: TypeAlias = Mapping[str, Fact]


def fact_from_json(stored: Mapping[str, Any]) -> Fact:
    """The fact of its stored form (`{"value", "source", "by", "on", "stated"}`)."""
    day, otherwise = stored.get("on"), stored.get("stated")
    return Fact(
        value=stored["value"],
        source=stored.get("source", LIST),
        by=stored.get("by", ""),
        on=dt.date.fromisoformat(day) if day else None,
        stated=fact_from_json(otherwise) if otherwise else None,
    )


def fact_to_json(fact: Fact) -> dict[str, Any]:
    """The stored form: what is empty is left out."""
    value = fact.value
    stored: dict[str, Any] = {"value": value.isoformat() if isinstance(value, dt.date) else value}
    if fact.source:
        stored["source"] = fact.source
    if fact.by:
        stored["by"] = fact.by
    if fact.on:
        stored["on"] = fact.on.isoformat()
    if fact.stated:
        stored["stated"] = fact_to_json(fact.stated)
    return stored
