"""Bảng kê chuyển tiền: what goes to which bank, by commune, with the total in words; signed with the order to transfer."""

from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Sum

from core.documents import render_pdf
from core.money import amount_in_words
from disbursements.models import Batch, PayerAccount, PaymentInstruction
from disbursements.payment_lists.content import area_names, bodies, payment_list_of
from disbursements.payment_lists.lines import Fence
from disbursements.rules.banks import bank_by_bin


@dataclass(frozen=True, slots=True)
class ScheduleRow:
    """The people of one commune who are paid through one bank."""

    area_name: str
    people: int
    amount: int


@dataclass(frozen=True, slots=True)
class ScheduleBank:
    """One bank with its rows."""

    name: str
    bin: str
    rows: tuple[ScheduleRow, ...]

    @property
    def people(self) -> int:
        return sum(row.people for row in self.rows)

    @property
    def amount(self) -> int:
        return sum(row.amount for row in self.rows)


@dataclass(frozen=True, slots=True)
class Schedule:
    """The whole schedule."""

    batch_reference: str
    title: str
    programme: str
    parent_body: str
    body: str
    decision_text: str
    payer: PayerAccount | None
    banks: tuple[ScheduleBank, ...]

    @property
    def people(self) -> int:
        return sum(bank.people for bank in self.banks)

    @property
    def amount(self) -> int:
        return sum(bank.amount for bank in self.banks)

    @property
    def amount_words(self) -> str:
        return amount_in_words(self.amount)

    @property
    def signers(self) -> tuple[dict[str, str], ...]:
        return ({"office": "Người lập"}, {"office": "Kế toán trưởng"}, {"office": "Thủ trưởng đơn vị"})


def schedule_of(batch: Batch, *, fence: Fence = nullcontext) -> Schedule:
    """The schedule of a batch that is paid by transfer; two statements for its figures."""
    whole = payment_list_of(batch, is_draft=False, fence=fence)
    with fence():
        names = area_names(batch.area_code)
        parent, body = bodies(batch.area_code, names)
        sums: Any = (
            PaymentInstruction.objects.filter(batch=batch)
            .order_by("bank_bin", "area_code")
            .values("bank_bin", "area_code")
            .annotate(n=Count("pk"), total=Sum("amount"))
        )
        rows: dict[str, list[ScheduleRow]] = {}
        for row in sums:
            area = names.get(row["area_code"], row["area_code"])
            rows.setdefault(row["bank_bin"], []).append(ScheduleRow(area, row["n"], row["total"]))
    return Schedule(
        batch_reference=batch.reference,
        title=batch.title,
        programme=batch.programme.name,
        parent_body=parent,
        body=body,
        decision_text=whole.decision_text,
        payer=batch.payer_account,
        banks=tuple(sorted((_bank(code, found) for code, found in rows.items()), key=lambda b: b.name)),
    )


def _bank(code: str, rows: list[ScheduleRow]) -> ScheduleBank:
    bank = bank_by_bin(code)
    return ScheduleBank(bank.name if bank else "Ngân hàng ghi trong danh sách", code, tuple(rows))


def write_schedule(schedule: Schedule, tick: Callable[[], None] = lambda: None) -> bytes:
    """The PDF; RendererMissingError where the machine has no Pango."""
    tick()
    return render_pdf("pdf/transfer_schedule.html", {"schedule": schedule})
