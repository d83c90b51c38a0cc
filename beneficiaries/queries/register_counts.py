"""How many entries count: of every register in an area, and beside one register's list by group and by state."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, QuerySet

from beneficiaries.models import Employer, Household, Status
from beneficiaries.queries.registers import STATES, VALID, EntryFilter, state_filter
from beneficiaries.registers import REGISTERS, Register
from core.wording import Text
from core.workflow import Actor


@dataclass(frozen=True, slots=True)
class RegisterCount:
    """A register with how many entries count on a day, in all and by group."""

    register: Register
    total: int
    by_category: tuple[tuple[str, Text, int], ...]


def register_counts(actor: Actor, on: dt.date) -> list[RegisterCount]:
    """Every register with its entries of the actor's area on a day; one query."""
    rows = Status.objects.visible_to(actor).filter(state_filter(VALID, on), is_replaced=False)
    counted = rows.order_by().values_list("register", "category").annotate(n=Count("pk"))
    found = {(register, category): n for register, category, n in counted}
    return [
        RegisterCount(
            register,
            sum(n for (code, _category), n in found.items() if code == register.code),
            tuple(
                (code, label, found[register.code.value, code])
                for code, label in register.categories
                if (register.code.value, code) in found
            ),
        )
        for register in REGISTERS
    ]


def households_in(actor: Actor) -> int:
    return Household.objects.visible_to(actor).count()


def employers_in(actor: Actor) -> int:
    return Employer.objects.visible_to(actor).count()


@dataclass(frozen=True, slots=True)
class EntryCounts:
    """The entries of a filtered list by group and by state; a group's count is of the chosen state, a state's of the group."""

    by_category: Mapping[str, int]
    by_state: Mapping[str, int]

    @property
    def every_category(self) -> int:
        return sum(self.by_category.values())


def entry_counts(filters: EntryFilter, rows: QuerySet[Status]) -> EntryCounts:
    """Counts beside the list, in one query that also tells how many rows the list has."""
    rows = filters.apply(rows, leaving_out=("state", "category"))
    each = {state: Count("pk", filter=state_filter(state, filters.on)) for state in STATES}
    grouped: Any = rows.order_by().values("category").annotate(**each)
    counted: list[dict[str, Any]] = list(grouped)
    by_category = {line["category"]: line[filters.state] for line in counted}
    chosen = [line for line in counted if filters.category in ("", line["category"])]
    by_state = {state: sum(line[state] for line in chosen) for state in STATES}
    return EntryCounts({code: n for code, n in by_category.items() if n}, by_state)
