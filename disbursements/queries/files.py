"""The files of a batch as its page shows them: by bank, employer or the whole batch, with sums and what came of them."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from beneficiaries.models import Employer
from core.enums import JobState
from core.models import Job
from core.page_parts import Tone
from core.wording import Text
from core.workflow import Actor
from disbursements.enums import BatchStatus, InstructionStatus, PaymentFileKind
from disbursements.models import Batch, PaymentFile, PaymentInstruction
from disbursements.permissions import may_download_file
from disbursements.rules.banks import bank_by_bin

K = PaymentFileKind
_LISTS: Final = (K.LIST_XLSX, K.LIST_PDF)
_TITLES: Final[dict[str, Text]] = {
    K.LIST_XLSX: lazy("Danh sách chi trả"),
    K.PAIN_001: lazy("Lệnh chuyển tiền ISO 20022 (pain.001)"),
    K.SCHEDULE_PDF: lazy("Bảng kê chuyển tiền"),
    K.POST_XLSX: lazy("Danh sách chi qua bưu điện"),
}
_FORMS: Final[dict[str, tuple[Text, str]]] = {
    K.LIST_XLSX: ("Excel", "excel"),
    K.LIST_PDF: ("PDF", "pdf"),
    K.BANK_XLSX: ("Excel", "excel"),
    K.BANK_CSV: ("CSV", "list"),
    K.PAIN_001: ("XML", "doc"),
    K.POST_XLSX: ("Excel", "excel"),
    K.EMPLOYER_XLSX: ("Excel", "excel"),
    K.SCHEDULE_PDF: ("PDF", "pdf"),
}
# lists first, then what goes to banks, employers and the post office, then the papers about them
_ORDER: Final = (*_LISTS, K.BANK_XLSX, K.BANK_CSV, K.EMPLOYER_XLSX, K.POST_XLSX, K.PAIN_001, K.SCHEDULE_PDF)


# files by which somebody else pays: they leave the office
ORDERS: Final = frozenset({K.BANK_XLSX, K.BANK_CSV, K.PAIN_001, K.POST_XLSX, K.EMPLOYER_XLSX})


@dataclass(frozen=True, slots=True)
class FileLink:
    """One form of a file; `url` is empty for who may not take it."""

    label: Text
    icon: str
    url: str
    sha256: str


@dataclass(frozen=True, slots=True)
class FileRow:
    """One bank, employer or whole list in its forms; `state` is what came of its lines."""

    title: Text
    note: Text
    links: tuple[FileLink, ...]
    line_count: int
    amount: int
    is_draft: bool
    state: Text
    tone: Tone
    icon: str


@dataclass(frozen=True, slots=True)
class FileCard:
    """The card of a batch's files; `job` is the worker that writes them, or that could not."""

    rows: tuple[FileRow, ...]
    has_zip: bool
    has_banks: bool
    has_orders: bool
    job: Job | None


def may_take(batch: Batch, actor: Actor, kind: str, *, is_draft: bool) -> bool:
    """May this person take such a file of this batch?

    Final ones of a cancelled batch order payments not to be made. What orders a payment is taken only once paying has begun: a
    batch whose file may lie at the bank already can't be cancelled and built anew (I2).
    """
    if not may_download_file(actor, kind) or (batch.status == BatchStatus.CANCELLED and not is_draft):
        return False
    return is_draft or kind not in ORDERS or batch.status in (BatchStatus.RELEASED, BatchStatus.CLOSED)


def why_not_yet(batch: Batch) -> str:
    """The sentence for who asks for a file that can't be taken now."""
    if batch.status == BatchStatus.CANCELLED:
        return _("Đợt chi đã hủy.")
    return _(
        "Hãy bấm «Bắt đầu chi» trước. Tệp gửi ngân hàng, bưu điện, người sử dụng lao động chỉ tải được khi đợt chi đang chi, "
        "để đợt có tệp đã gửi đi không hủy được nữa."
    )


def files_of(batch: Batch) -> list[PaymentFile]:
    """The files of a batch, final ones first."""
    return list(batch.files.order_by("is_draft", "part", "pk"))


def file_card(batch: Batch, actor: Actor, files: list[PaymentFile]) -> FileCard:
    """Files of a batch for one reader: three statements at most, however many files."""
    groups: dict[tuple[bool, str, str], list[PaymentFile]] = {}
    for file in sorted(files, key=lambda f: (f.is_draft, _ORDER.index(K(f.kind)))):
        groups.setdefault((file.is_draft, _head_of(file), file.part), []).append(file)
    employers = _employers(files)
    answers = _answers(batch) if any(file.kind == K.BANK_XLSX for file in files) else {}
    rows = tuple(_row(batch, found, actor, employers, answers) for found in groups.values())
    taken = sum(1 for row in rows if not row.is_draft for link in row.links if link.url)
    return FileCard(
        rows,
        taken > 1,
        any(f.kind == K.BANK_XLSX for f in files),
        any(f.kind in ORDERS for f in files),
        _job_of(batch, actor),
    )


def _head_of(file: PaymentFile) -> str:
    if file.kind in _LISTS:
        return K.LIST_XLSX
    return K.BANK_XLSX if file.kind == K.BANK_CSV else file.kind


def _employers(files: Iterable[PaymentFile]) -> dict[str, Employer]:
    parts = [file.part for file in files if file.kind == K.EMPLOYER_XLSX]
    if not parts:
        return {}
    return {found.reference: found for found in Employer.objects.filter(reference__in=parts)}


def _answers(batch: Batch) -> dict[str, tuple[int, int, int]]:
    """People paid, not paid, and all, by BIN; under "" those of the whole batch."""
    paid = Count("pk", filter=Q(status=InstructionStatus.PAID))
    unpaid = Count("pk", filter=Q(status__in=InstructionStatus.final_without_payment()))
    rows: Any = (
        PaymentInstruction.objects.filter(batch=batch)
        .order_by()
        .values("bank_bin")
        .annotate(n=Count("pk"), paid=paid, unpaid=unpaid)
    )
    found = {row["bank_bin"] or "khac": (row["paid"], row["unpaid"], row["n"]) for row in rows}
    found[""] = (
        sum(row[0] for row in found.values()),
        sum(row[1] for row in found.values()),
        sum(row[2] for row in found.values()),
    )
    return found


def _row(
    batch: Batch,
    files: list[PaymentFile],
    actor: Actor,
    employers: dict[str, Employer],
    answers: dict[str, tuple[int, int, int]],
) -> FileRow:
    first = files[0]
    title, note = _title_of(first, employers)
    state, tone, icon = _state_of(batch, first, answers)
    links = tuple(
        FileLink(
            *_FORMS[file.kind],
            file_url(batch, file) if may_take(batch, actor, file.kind, is_draft=file.is_draft) else "",
            file.sha256,
        )
        for file in files
    )
    return FileRow(title, note, links, first.line_count, first.amount, first.is_draft, state, tone, icon)


def _title_of(file: PaymentFile, employers: dict[str, Employer]) -> tuple[Text, Text]:
    if file.kind in (K.BANK_XLSX, K.BANK_CSV):
        bank = bank_by_bin(file.part)
        if bank is None:
            return _("Ngân hàng chưa nhận ra"), _("xem tên ngân hàng ở từng dòng")
        return bank.short_name, _("mã %(bin)s") % {"bin": bank.bin}
    if file.kind == K.EMPLOYER_XLSX:
        employer = employers.get(file.part)
        return (employer.name, employer.tax_code) if employer else (_("Chưa ghi người sử dụng lao động"), "")
    return _TITLES.get(_head_of(file), K(file.kind).label), ""


def _state_of(
    batch: Batch, file: PaymentFile, answers: dict[str, tuple[int, int, int]]
) -> tuple[Text, Tone, str]:
    if file.is_draft:
        return _("Dự thảo"), Tone.WARN, "edit"
    if batch.released_on is None or file.kind not in (K.BANK_XLSX, K.BANK_CSV):
        return _("Chính thức"), Tone.OK, "check"
    paid, unpaid, people = answers.get(file.part, (0, 0, file.line_count))
    if unpaid:
        return _("%(n)s chưa chi được") % {"n": unpaid}, Tone.BAD, "alert"
    return (_("Xong"), Tone.OK, "check") if paid == people else (_("Đang chi"), Tone.INFO, "half")


def file_url(batch: Batch, file: PaymentFile) -> str:
    """Where a file is taken."""
    if file.part:
        url = reverse("disbursements:batch_part_file", args=[batch.reference, file.kind, file.part])
    else:
        url = reverse("disbursements:batch_file", args=[batch.reference, file.kind])
    return f"{url}?draft=1" if file.is_draft else url


def _job_of(batch: Batch, actor: Actor) -> Job | None:
    """The newest job that writes the files, while it is at work or when it failed."""
    jobs = Job.objects.filter(idempotency_key__startswith=f"files:{batch.pk}:").order_by("-pk")
    newest = jobs.first()
    if newest is None or not newest.area_code.startswith(actor.area_code):
        return None
    return newest if newest.state in (*JobState.unfinished(), JobState.FAILED) else None
