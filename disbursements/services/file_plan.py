"""Which files a batch has: by its channel, its banks, its employers, and whether it is approved."""

from collections.abc import Callable, Iterator
from contextlib import nullcontext
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

from django.db.models import Count, Sum

from beneficiaries.models import Employer
from core.text import search_key
from disbursements.bank_files.content import UNKNOWN_BANK, transfers_of
from disbursements.bank_files.registry import FORMS, BankForm
from disbursements.enums import PaymentFileKind, PayoutChannel
from disbursements.models import Batch, PaymentInstruction
from disbursements.payment_lists.content import employer_list_of, payment_list_of, post_list_of
from disbursements.payment_lists.lines import Fence
from disbursements.payment_lists.pdf import write_pdf
from disbursements.payment_lists.schedule import schedule_of, write_schedule
from disbursements.payment_lists.xlsx import write_xlsx
from disbursements.rules.banks import bank_by_bin

Tick = Callable[[], None]
# workers whose list names no employer
NO_EMPLOYER: Final = "khac"


@dataclass(frozen=True, slots=True)
class PlannedFile:
    """A file that a batch should have; `part` is the bank or employer it is for, "" the whole batch."""

    kind: PaymentFileKind
    part: str
    name: str
    line_count: int
    amount: int
    write: Callable[[Tick], bytes]

    @property
    def key(self) -> tuple[str, str]:
        return self.kind.value, self.part


def planned_files(batch: Batch, *, is_draft: bool, fence: Fence = nullcontext) -> tuple[PlannedFile, ...]:
    """The files of a batch in their order: of a draft the lists alone. One statement for the parts, none for lines."""
    files = list(_lists(batch, is_draft, fence))
    if not is_draft:
        if batch.channel == PayoutChannel.BANK:
            files += _bank_files(batch, fence)
        elif batch.channel == PayoutChannel.EMPLOYER:
            files += _employer_files(batch, fence)
        elif batch.channel == PayoutChannel.POST:
            files.append(_post_file(batch, fence))
    return tuple(files)


def _lists(batch: Batch, is_draft: bool, fence: Fence) -> Iterator[PlannedFile]:
    mark = "-du-thao" if is_draft else ""
    writers: tuple[tuple[PaymentFileKind, Any, str], ...] = (
        (PaymentFileKind.LIST_XLSX, write_xlsx, "xlsx"),
        (PaymentFileKind.LIST_PDF, write_pdf, "pdf"),
    )
    for kind, writer, suffix in writers:

        def write(tick: Tick, writer: Any = writer) -> bytes:
            content: bytes = writer(payment_list_of(batch, is_draft=is_draft, fence=fence), tick)
            return content

        name = f"danh-sach-chi-tra-{batch.reference}{mark}.{suffix}"
        yield PlannedFile(kind, "", name, batch.line_count, batch.total_amount, write)


def _bank_files(batch: Batch, fence: Fence) -> Iterator[PlannedFile]:
    rows = PaymentInstruction.objects.filter(batch=batch).order_by("bank_bin").values("bank_bin")
    with fence():
        sums: list[Any] = list(rows.annotate(n=Count("pk"), total=Sum("amount")))
    for form in FORMS:
        if form.needs_payer and batch.payer_account_id is None:
            continue
        if form.is_per_bank:
            for row in sums:
                code = row["bank_bin"] or UNKNOWN_BANK
                yield _transfers(batch, form, code, row["n"], row["total"], fence)
        else:
            yield _transfers(batch, form, "", batch.line_count, batch.total_amount, fence)
    yield PlannedFile(
        PaymentFileKind.SCHEDULE_PDF,
        "",
        f"bang-ke-chuyen-tien-{batch.reference}.pdf",
        batch.line_count,
        batch.total_amount,
        lambda tick: write_schedule(schedule_of(batch, fence=fence), tick),
    )


def _transfers(
    batch: Batch, form: BankForm, part: str, people: int, amount: int, fence: Fence
) -> PlannedFile:
    bank = bank_by_bin(part)
    label = f"-{search_key(bank.short_name).replace(' ', '-')}" if bank else f"-{part}" if part else ""

    def write(tick: Tick) -> bytes:
        content = transfers_of(batch, people=people, amount=amount, bank_bin=part or None, fence=fence)
        return form.write(content, tick)

    stem = "pain001" if form.kind is PaymentFileKind.PAIN_001 else "chuyen-khoan"
    return PlannedFile(
        form.kind, part, f"{stem}-{batch.reference}{label}.{form.suffix}", people, amount, write
    )


def _employer_files(batch: Batch, fence: Fence) -> Iterator[PlannedFile]:
    lines = PaymentInstruction.objects.filter(batch=batch).order_by("case_list__employer__reference")
    with fence():
        sums: list[Any] = list(
            lines.values("case_list__employer").annotate(n=Count("pk"), total=Sum("amount"))
        )
        found = Employer.objects.in_bulk([row["case_list__employer"] for row in sums])
    for row in sums:
        employer = found.get(row["case_list__employer"])
        part = employer.reference if employer else NO_EMPLOYER
        yield PlannedFile(
            PaymentFileKind.EMPLOYER_XLSX,
            part,
            f"danh-sach-nguoi-lao-dong-{batch.reference}-{part}.xlsx",
            row["n"],
            row["total"],
            partial(_write_employer_list, batch, employer, fence),
        )


def _write_employer_list(batch: Batch, employer: Employer | None, fence: Fence, tick: Tick) -> bytes:
    return write_xlsx(employer_list_of(batch, employer, fence=fence), tick)


def _post_file(batch: Batch, fence: Fence) -> PlannedFile:
    return PlannedFile(
        PaymentFileKind.POST_XLSX,
        "",
        f"danh-sach-buu-dien-{batch.reference}.xlsx",
        batch.line_count,
        batch.total_amount,
        lambda tick: write_xlsx(post_list_of(batch, fence=fence), tick),
    )
