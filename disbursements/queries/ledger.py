"""Sums over the ledger: where money is by account, and what moved it by kind. Every figure of money comes from here.

`postings_of(viewer, filters)` picks the legs that somebody may see; `balances`, `flows`, `batch_money`, `line_money` sum them
in one query each, whatever the number of rows. Amounts are whole đồng, people go with the money. The entries one by one, and
the book of a line: `ledger_book`.
"""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from django.db.models import F, QuerySet, Sum
from django.db.models.functions import Substr

from accounts.enums import DISTRICT_DIGITS
from core.querysets import Viewer, area_filter
from disbursements.enums import LedgerAccount, LedgerKind
from disbursements.models import Batch, BudgetLine, LedgerPosting

# what sums may be taken by: the key's name and how a posting says it
KEYS: Final[Mapping[str, Any]] = {
    "area": F("area_code"),
    "district": Substr("area_code", 1, DISTRICT_DIGITS),
    "programme": F("programme"),
    "line": F("budget_line"),
    "line_area": F("budget_line__area_code"),
    "decision": F("budget_line__decision"),
    "source": F("budget_line__source__code"),
    "stream": F("stream"),
    "batch": F("batch"),
    "day": F("business_date"),
}
Key = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Tally:
    """Whole đồng, and people where the money is somebody's."""

    amount: int = 0
    people: int = 0

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(self.amount + other.amount, self.people + other.people)

    def __neg__(self) -> "Tally":
        return Tally(-self.amount, -self.people)


@dataclass(frozen=True, slots=True)
class Balances:
    """Where money is: a tally per account; an account without postings is 0."""

    by_account: Mapping[str, Tally] = field(default_factory=dict)

    def of(self, *accounts: LedgerAccount) -> Tally:
        """The tally of these accounts together."""
        return sum((self.by_account.get(account, Tally()) for account in accounts), Tally())

    def __add__(self, other: "Balances") -> "Balances":
        accounts = {*self.by_account, *other.by_account}
        return Balances(
            {a: self.by_account.get(a, Tally()) + other.by_account.get(a, Tally()) for a in sorted(accounts)}
        )

    @property
    def given(self) -> int:
        """Đồng that reached the lines, less what was moved off them or given back."""
        return self.of(*LINE_ACCOUNTS).amount

    @property
    def left(self) -> int:
        """Đồng that no batch has taken."""
        return self.of(LedgerAccount.AVAILABLE).amount

    @property
    def committed(self) -> Tally:
        """In batches that are not being paid yet."""
        return self.of(LedgerAccount.COMMITTED)

    @property
    def sent(self) -> Tally:
        """On its way, those in doubt included."""
        return self.of(LedgerAccount.SENT, LedgerAccount.UNKNOWN)

    @property
    def unknown(self) -> Tally:
        return self.of(LedgerAccount.UNKNOWN)

    @property
    def paid(self) -> Tally:
        return self.of(LedgerAccount.PAID)


# the accounts that money of a line is in, from its arrival to the payee
LINE_ACCOUNTS: Final = (
    LedgerAccount.AVAILABLE,
    LedgerAccount.COMMITTED,
    LedgerAccount.SENT,
    LedgerAccount.UNKNOWN,
    LedgerAccount.PAID,
)


@dataclass(frozen=True, slots=True)
class BatchMoney:
    """What became of a batch: all its lines ever, where their money is now, and what went back to its budget line and why."""

    total: Tally = field(default_factory=Tally)
    queued: Tally = field(default_factory=Tally)
    sent: Tally = field(default_factory=Tally)
    unknown: Tally = field(default_factory=Tally)
    paid: Tally = field(default_factory=Tally)
    failed: Tally = field(default_factory=Tally)
    returned: Tally = field(default_factory=Tally)
    cancelled: Tally = field(default_factory=Tally)

    @property
    def unpaid(self) -> Tally:
        """Final answers after which the money is owed again."""
        return self.failed + self.returned

    @property
    def awaited(self) -> Tally:
        """No final answer yet."""
        return self.queued + self.sent + self.unknown


@dataclass(frozen=True, slots=True)
class LedgerFilter:
    """Which postings: area (and below), programme, decision, source, line, batch, account, kinds, group of people, paper, days.

    An empty part filters nothing.
    """

    area: str = ""
    programme: str = ""
    decision: int | None = None
    source: str = ""
    line: int | None = None
    batch: int | None = None
    account: str = ""
    kinds: Collection[str] = ()
    stream: str = ""
    reference: str = ""
    first: dt.date | None = None
    last: dt.date | None = None

    def apply(self, postings: QuerySet[LedgerPosting]) -> QuerySet[LedgerPosting]:
        """The postings that fit."""
        asked = {
            "programme": self.programme,
            "budget_line__decision": self.decision,
            "budget_line__source__code": self.source,
            "budget_line": self.line,
            "batch": self.batch,
            "account": self.account,
            "kind__in": tuple(self.kinds),
            "stream": self.stream,
            "object_ref": self.reference,
            "business_date__gte": self.first,
            "business_date__lte": self.last,
        }
        if self.area:
            postings = postings.filter(area_filter(self.area))
        return postings.filter(**{name: value for name, value in asked.items() if value})


def postings_of(viewer: Viewer, filters: LedgerFilter | None = None) -> QuerySet[LedgerPosting]:
    """The legs that somebody may see, those that fit the filter; nothing for whoever reads no records."""
    seen: QuerySet[LedgerPosting] = LedgerPosting.objects.visible_to(viewer)
    return filters.apply(seen) if filters else seen


def balances(postings: QuerySet[LedgerPosting], *by: str) -> dict[Key, Balances]:
    """Where the money of these postings is, by any of the names in `KEYS`; one query.

    Without `by` there is one key, the empty one, or none where there is no posting.
    """
    found: dict[Key, dict[str, Tally]] = {}
    for key, (account,), tally in _summed(postings, by, "account"):
        found.setdefault(key, {})[account] = tally
    return {key: Balances(by_account) for key, by_account in found.items()}


def balance(postings: QuerySet[LedgerPosting]) -> Balances:
    """Where the money of these postings is, all together; one query."""
    return balances(postings).get((), Balances())


def flows(postings: QuerySet[LedgerPosting], *by: str) -> dict[Key, dict[tuple[str, str], Tally]]:
    """What reached (+) or left (-) each account by each kind of entry, as (kind, account); keys as of `balances`; one query."""
    found: dict[Key, dict[tuple[str, str], Tally]] = {}
    for key, (kind, account), tally in _summed(postings, by, "kind", "account"):
        found.setdefault(key, {})[kind, account] = tally
    return found


def _summed(
    postings: QuerySet[LedgerPosting], by: tuple[str, ...], *fields: str
) -> Iterable[tuple[Key, Key, Tally]]:
    names = [f"by_{name}" for name in by]
    rows = (
        postings.order_by()
        .annotate(**{f"by_{name}": KEYS[name] for name in by})
        .values_list(*names, *fields)
        .annotate(dong=Sum("amount"), heads=Sum("people"))
        .order_by(*names, *fields)
    )
    for row in rows:
        yield tuple(row[: len(by)]), tuple(row[len(by) : -2]), Tally(row[-2], row[-1])


def line_money(lines: Iterable[BudgetLine]) -> dict[int, Balances]:
    """Where the money of each line is, by its primary key; one query."""
    keys = [line.pk for line in lines]
    found = balances(LedgerPosting.objects.filter(budget_line__in=keys), "line")
    return {pk: found.get((pk,), Balances()) for pk in keys}


def batch_money(batches: Iterable[Batch]) -> dict[int, BatchMoney]:
    """What became of each batch, by its primary key; one query."""
    keys = [batch.pk for batch in batches]
    found = flows(LedgerPosting.objects.filter(batch__in=keys), "batch")
    return {pk: _batch_money(found.get((pk,), {})) for pk in keys}


def _batch_money(moved: Mapping[tuple[str, str], Tally]) -> BatchMoney:
    by_account: dict[str, Tally] = {}
    back: dict[str, Tally] = {}
    for (kind, account), tally in moved.items():
        by_account[account] = by_account.get(account, Tally()) + tally
        if account == LedgerAccount.AVAILABLE and kind in GOES_BACK:
            back[kind] = tally
    money = Balances(by_account)
    gone_back = sum(back.values(), Tally())
    return BatchMoney(
        total=-money.of(LedgerAccount.AVAILABLE) + gone_back,
        queued=money.committed,
        sent=money.of(LedgerAccount.SENT),
        unknown=money.unknown,
        paid=money.paid,
        failed=back.get(LedgerKind.FAILURE, Tally()),
        returned=back.get(LedgerKind.RETURN, Tally()),
        cancelled=back.get(LedgerKind.CANCELLATION, Tally()),
    )


# entries by which the money of a batch's line is available again
GOES_BACK: Final = (LedgerKind.FAILURE, LedgerKind.RETURN, LedgerKind.CANCELLATION)
