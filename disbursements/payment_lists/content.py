"""What stands in a payment list: heading, groups of lines by commune, totals. Read once, written in two forms."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from accounts.models import AdministrativeUnit
from core import clock, crypto
from core.money import amount_in_words
from disbursements.enums import PayoutChannel
from disbursements.models import Batch, PaymentInstruction


@dataclass(frozen=True, slots=True)
class ListLine:
    """One payee; the identity number is whole, because it is compared with the paper when the money is handed out."""

    ordinal: int
    reference: str
    name: str
    birth: str
    number: str
    hamlet: str
    amount: int
    bank: str
    account: str


@dataclass(frozen=True, slots=True)
class ListGroup:
    """The payees of one commune."""

    area_name: str
    lines: tuple[ListLine, ...]

    @property
    def amount(self) -> int:
        return sum(line.amount for line in self.lines)


@dataclass(frozen=True, slots=True)
class PaymentList:
    """The whole list. `decisions` are number and day of the decisions that approved the money."""

    batch_reference: str
    title: str
    programme: str
    parent_body: str
    body: str
    decisions: tuple[tuple[str, dt.date | None], ...]
    groups: tuple[ListGroup, ...]
    is_bank: bool
    is_draft: bool
    part_label: str = ""

    @property
    def people(self) -> int:
        return sum(len(group.lines) for group in self.groups)

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


def payment_list_of(batch: Batch, *, is_draft: bool) -> PaymentList:
    """Read the list of a batch: three queries, whatever its size."""
    names = _area_names(batch.area_code)
    rows = (
        PaymentInstruction.objects.filter(batch=batch)
        .order_by("area_code", "position")
        .select_related("case_list")
    )
    found = list(rows)
    decisions = sorted({(row.decision_number, row.case_list.decision_date) for row in found}, key=str)
    groups = tuple(
        ListGroup(names.get(area, area), tuple(_lines(members)))
        for area, members in groupby(found, key=lambda row: row.area_code)
    )
    parent, body = _bodies(batch.area_code, names)
    return PaymentList(
        batch_reference=batch.reference,
        title=batch.title,
        programme=batch.programme.name,
        parent_body=parent,
        body=body,
        decisions=tuple(decisions),
        groups=groups,
        is_bank=batch.channel == PayoutChannel.BANK,
        is_draft=is_draft,
    )


def _lines(rows: Iterator[PaymentInstruction]) -> Iterator[ListLine]:
    for row in rows:
        yield ListLine(
            ordinal=row.position,
            reference=row.reference,
            name=row.payee_name,
            birth=row.birth_text,
            number=crypto.decrypt("number", row.payee_number_encrypted),
            hamlet=row.hamlet,
            amount=row.amount,
            bank=row.bank_name,
            account=crypto.decrypt("account", row.account_encrypted) if row.account_encrypted else "",
        )


def _area_names(area_code: str) -> dict[str, str]:
    units = AdministrativeUnit.objects.valid_on(clock.today()).filter(area_code__startswith=area_code[:5])
    return dict(units.values_list("area_code", "name"))


def _bodies(area_code: str, names: dict[str, str]) -> tuple[str, str]:
    """The agencies in the head: of a district alone, of a commune with its district above."""
    committee = "Ủy ban nhân dân {}"
    body = committee.format(names.get(area_code, area_code))
    if len(area_code) <= 5:
        return "", body
    return committee.format(names.get(area_code[:5], area_code[:5])), body
