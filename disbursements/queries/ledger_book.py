"""The ledger entry by entry: what moved from where to where, by which paper; and the book of a line with its running balance."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet, Sum
from django.urls import reverse

from accounts.queries import area_names
from core.querysets import Viewer
from disbursements.enums import LedgerAccount, LedgerKind
from disbursements.models import Batch, BudgetLine, LedgerPosting

Entries = QuerySet[LedgerPosting, Any]


@dataclass(frozen=True, slots=True)
class Leg:
    """One side of an entry: an account of a line; đồng and people that reached (+) or left (-) it."""

    account: LedgerAccount
    line: str
    amount: int
    people: int


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry with its legs; `moved` is what went from the accounts with a minus to those with a plus."""

    number: int
    on: dt.date
    posted_at: dt.datetime
    kind: LedgerKind
    reference: str
    url: str
    area: str
    legs: tuple[Leg, ...]

    @property
    def moved(self) -> int:
        return max(sum(leg.amount for leg in self.legs if leg.amount > 0), -sum(self._minus()))

    @property
    def line(self) -> str:
        """The line that all legs are on; empty for a transfer between two."""
        lines = {leg.line for leg in self.legs}
        return lines.pop() if len(lines) == 1 else ""

    @property
    def people(self) -> int:
        return max(abs(leg.people) for leg in self.legs)

    @property
    def froms(self) -> list[Leg]:
        return [leg for leg in self.legs if leg.amount < 0]

    @property
    def tos(self) -> list[Leg]:
        return [leg for leg in self.legs if leg.amount > 0]

    def _minus(self) -> list[int]:
        return [leg.amount for leg in self.legs if leg.amount < 0]


@dataclass(frozen=True, slots=True)
class BookRow:
    """An entry in the book of a line: what it did to the money that is left, and what was left then."""

    entry: Entry
    change: int
    left: int


def entry_numbers(postings: QuerySet[LedgerPosting], *, is_newest_first: bool = True) -> Entries:
    """The numbers of the entries that have a leg among these postings, for a page of them."""
    order = "-entry" if is_newest_first else "entry"
    return postings.order_by(order).values_list("entry", flat=True).distinct()


def entries_of(viewer: Viewer, numbers: Iterable[int]) -> list[Entry]:
    """These entries in the order given, with the legs that somebody may see; three queries."""
    wanted = list(numbers)
    legs = LedgerPosting.objects.visible_to(viewer).filter(entry__in=wanted)
    rows = list(legs.select_related("budget_line").order_by("entry", "amount", "id"))
    names = area_names({row.area_code for row in rows})
    links = _links(viewer, rows)
    found: dict[int, list[LedgerPosting]] = {}
    for row in rows:
        found.setdefault(row.entry, []).append(row)
    return [_entry(found[number], names, links) for number in wanted if number in found]


def _entry(rows: Sequence[LedgerPosting], names: dict[str, str], links: dict[str, str]) -> Entry:
    first = rows[0]
    return Entry(
        first.entry,
        first.business_date,
        first.posted_at,
        LedgerKind(first.kind),
        first.object_ref,
        links.get(first.object_ref, ""),
        names.get(first.area_code, first.area_code),
        tuple(
            Leg(LedgerAccount(row.account), row.budget_line.reference, row.amount, row.people) for row in rows
        ),
    )


def _links(viewer: Viewer, rows: Sequence[LedgerPosting]) -> dict[str, str]:
    """Where each paper, batch or recovery is shown, for those that this person can open."""
    opened = set(
        Batch.objects.visible_to(viewer)
        .filter(pk__in={row.batch_id for row in rows if row.batch_id})
        .values_list("reference", flat=True)
    )
    return {row.object_ref: _link(row, opened) for row in rows}


def _link(row: LedgerPosting, batches: set[str]) -> str:
    if row.batch_id:
        known = row.object_ref in batches
        return reverse("disbursements:batch_page", args=[row.object_ref]) if known else ""
    if row.object_ref.startswith("TH-"):
        return reverse("disbursements:recovery_page", args=[row.object_ref])
    return reverse("disbursements:budget_page", args=[row.budget_line.reference]) + f"#{row.object_ref}"


def book_of(viewer: Viewer, line: BudgetLine, numbers: Sequence[int]) -> list[BookRow]:
    """A page of the book of a line: these entries, the oldest first, each with what was left on the line after it; five queries.

    The balance before the page is a sum over the ledger, so that every page stands on its own.
    """
    if not numbers:
        return []
    available = LedgerPosting.objects.filter(budget_line=line, account=LedgerAccount.AVAILABLE)
    left = available.filter(entry__lt=min(numbers)).aggregate(sum=Sum("amount", default=0))["sum"]
    rows = []
    for entry in entries_of(viewer, numbers):
        change = sum(
            leg.amount
            for leg in entry.legs
            if leg.account == LedgerAccount.AVAILABLE and leg.line == line.reference
        )
        left += change
        rows.append(BookRow(entry, change, left))
    return rows


def kind_sums(postings: QuerySet[LedgerPosting]) -> list[tuple[LedgerKind, int, int]]:
    """(kind, đồng, people) of what moved by each kind of entry among these postings, in the order of a payment's way; one query.

    What reached accounts is counted; of an entry that is seen only by the account that it left, what left.
    """
    rows = (
        postings.order_by()
        .values_list("kind")
        .annotate(
            came=Sum("amount", filter=Q(amount__gt=0), default=0),
            went=Sum("amount", filter=Q(amount__lt=0), default=0),
            heads=Sum("people", filter=Q(people__gt=0), default=0),
            left=Sum("people", filter=Q(people__lt=0), default=0),
        )
    )
    found = {kind: (max(came, -went), max(heads, -left)) for kind, came, went, heads, left in rows}
    return [(kind, *found[kind]) for kind in LedgerKind if kind in found]
