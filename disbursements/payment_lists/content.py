"""What stands in a payment list: heading, groups of lines by commune, totals. Lines are read when they are written."""

import datetime as dt
from collections.abc import Iterator, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, replace
from typing import Any, Final

from django.db.models import Count, QuerySet, Sum

from accounts.models import AdministrativeUnit
from beneficiaries.models import Employer
from core import clock
from core.money import amount_in_words
from disbursements.enums import PayoutChannel
from disbursements.models import Batch, PaymentInstruction
from disbursements.payment_lists.lines import Fence, ListLine, read_lines

__all__ = [
    "Group",
    "ListGroup",
    "ListLine",
    "PaymentList",
    "StoredGroup",
    "area_names",
    "bodies",
    "employer_list_of",
    "payment_list_of",
    "post_list_of",
]
TITLE: Final = "Danh sách chi trả"
POST_TITLE: Final = "Danh sách chi trả qua bưu điện"
EMPLOYER_TITLE: Final = "Danh sách chi trả qua người sử dụng lao động"


@dataclass(frozen=True, slots=True)
class ListGroup:
    """Some payees of one commune, in memory."""

    area_name: str
    lines: tuple[ListLine, ...]

    @property
    def people(self) -> int:
        return len(self.lines)

    @property
    def amount(self) -> int:
        return sum(line.amount for line in self.lines)

    def each_line(self) -> Iterator[ListLine]:
        yield from self.lines


@dataclass(frozen=True, slots=True)
class StoredGroup:
    """The payees of one commune, read anew each time they are asked for."""

    area_name: str
    people: int
    amount: int
    stored: QuerySet[PaymentInstruction]
    fence: Fence

    @property
    def lines(self) -> tuple[ListLine, ...]:
        return tuple(self.each_line())

    def each_line(self) -> Iterator[ListLine]:
        """The lines in their order, a chunk at a time."""
        return read_lines(self.stored, self.fence)


Group = ListGroup | StoredGroup


@dataclass(frozen=True, slots=True)
class PaymentList:
    """The whole list. `decisions` are number and day of the decisions that approved the money."""

    batch_reference: str
    title: str
    programme: str
    parent_body: str
    body: str
    decisions: tuple[tuple[str, dt.date | None], ...]
    groups: Sequence[Group]
    is_bank: bool
    is_draft: bool
    part_label: str = ""
    kind: str = TITLE
    has_proxies: bool = False
    notes: tuple[str, ...] = ()

    @property
    def people(self) -> int:
        return sum(group.people for group in self.groups)

    @property
    def amount(self) -> int:
        return sum(group.amount for group in self.groups)

    @property
    def amount_words(self) -> str:
        return amount_in_words(self.amount)

    @property
    def signers(self) -> tuple[dict[str, str], ...]:
        """Who signs below the list; names are written by hand."""
        return ({"office": "Người lập"}, {"office": "Người chi trả"}, {"office": "Thủ trưởng đơn vị"})

    @property
    def decision_text(self) -> str:
        """The sentence "Theo Quyết định số 1/QĐ-UBND ngày 20/09/2021; số … của Ủy ban nhân dân tỉnh An Giang"."""
        parts = [
            f"số {number} ngày {day:%d/%m/%Y}" if day else f"số {number}" for number, day in self.decisions
        ]
        return f"Theo Quyết định {'; '.join(parts)} của Ủy ban nhân dân tỉnh An Giang"


def payment_list_of(batch: Batch, *, is_draft: bool, fence: Fence = nullcontext) -> PaymentList:
    """The list of a batch: heading and sums in a few queries, whatever its size; lines are read as they are written.

    `fence` opens the block in which a worker reads a chunk of lines.
    """
    lines = PaymentInstruction.objects.filter(batch=batch)
    with fence():
        names = area_names(batch.area_code)
        parent, body = bodies(batch.area_code, names)
        return PaymentList(
            batch_reference=batch.reference,
            title=batch.title,
            programme=batch.programme.name,
            parent_body=parent,
            body=body,
            decisions=_decisions(lines),
            groups=_groups(lines, names, fence),
            is_bank=batch.channel == PayoutChannel.BANK,
            is_draft=is_draft,
            has_proxies=batch.channel in (PayoutChannel.CASH, PayoutChannel.POST),
        )


def post_list_of(batch: Batch, *, fence: Fence = nullcontext) -> PaymentList:
    """The list as the post office gets it."""
    return replace(payment_list_of(batch, is_draft=False, fence=fence), kind=POST_TITLE)


def employer_list_of(batch: Batch, employer: Employer | None, *, fence: Fence = nullcontext) -> PaymentList:
    """The workers of one employer in a batch: who employs them stands above the list. None: whose list names no employer."""
    whole = payment_list_of(batch, is_draft=False, fence=fence)
    lines = PaymentInstruction.objects.filter(batch=batch, case_list__employer=employer)
    with fence():
        groups = _groups(lines, area_names(batch.area_code), fence)
        decisions = _decisions(lines)
    if employer is None:
        notes: tuple[str, ...] = ("Người lao động có danh sách không ghi người sử dụng lao động",)
    else:
        code = f", mã số thuế {employer.tax_code}" if employer.tax_code else ""
        address = (f"Địa chỉ: {employer.address}",) if employer.address else ()
        notes = (f"Người sử dụng lao động: {employer.name}{code}", *address)
    return replace(whole, kind=EMPLOYER_TITLE, groups=groups, decisions=decisions, notes=notes)


def _decisions(lines: QuerySet[PaymentInstruction]) -> tuple[tuple[str, dt.date | None], ...]:
    found = lines.order_by().values_list("decision_number", "case_list__decision_date").distinct()
    return tuple(sorted(found, key=str))


def _groups(
    lines: QuerySet[PaymentInstruction], names: dict[str, str], fence: Fence
) -> tuple[StoredGroup, ...]:
    sums: Any = lines.order_by("area_code").values("area_code").annotate(n=Count("pk"), total=Sum("amount"))
    return tuple(
        StoredGroup(
            names.get(row["area_code"], row["area_code"]),
            row["n"],
            row["total"],
            lines.filter(area_code=row["area_code"]),
            fence,
        )
        for row in sums
    )


def area_names(area_code: str) -> dict[str, str]:
    """Names of the units of the district that a batch pays in, by code."""
    units = AdministrativeUnit.objects.valid_on(clock.today()).filter(area_code__startswith=area_code[:5])
    return dict(units.values_list("area_code", "name"))


def bodies(area_code: str, names: dict[str, str]) -> tuple[str, str]:
    """The agencies in the head: of a district alone, of a commune with its district above; the department itself at `89`."""
    if len(area_code) < len("89888"):
        return "Ủy ban nhân dân tỉnh An Giang", "Sở Lao động - Thương binh và Xã hội"
    committee = "Ủy ban nhân dân {}"
    body = committee.format(names.get(area_code, area_code))
    if len(area_code) <= 5:
        return "", body
    return committee.format(names.get(area_code[:5], area_code[:5])), body
