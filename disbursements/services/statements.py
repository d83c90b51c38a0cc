"""A payment list that came back as a file: checked first, row by row with a reason, then recorded. Twice is the same as once."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext as _

from core import clock
from core.enums import FileKind
from core.money import format_dong
from core.services.files import store_file
from core.spreadsheets.reading import SpreadsheetRefused, read_workbook
from core.transitions import TransitionRefused, check_permission
from core.workflow import Actor
from disbursements.enums import BatchStatus, InstructionStatus, StatementRow
from disbursements.models import Batch, PaymentInstruction, StatementImport
from disbursements.rules.returned_list import NoHeader, ReturnedRow, Said, read_returned_list
from disbursements.services.results import ResultReport, Results, record_results
from disbursements.workflow import INSTRUCTION_WORKFLOW

_PENDING: Final = frozenset(InstructionStatus.pending())


@dataclass(frozen=True, slots=True)
class CheckedRow:
    """One row of the file: what is said of it (`StatementRow`) and the sentence for the officer."""

    row: int
    reference: str
    name: str
    outcome: str
    message: str
    reason: str


@dataclass(frozen=True, slots=True)
class _Line:
    status: str
    amount: int
    resulted_on: object


@transaction.atomic
def check_statement(*, actor: Actor, batch: Batch, content: bytes, name: str) -> StatementImport:
    """Read an uploaded payment list and say of every row what recording it would do; nothing is recorded yet.

    Refused with a sentence: a file that is no list, the list of another batch, a batch that is not being paid. The same file
    again is the same import, checked against what is true now.
    """
    check_permission(INSTRUCTION_WORKFLOW.transition("instruction.pay"), actor)
    if batch.status != BatchStatus.RELEASED:
        raise TransitionRefused(_("Chỉ nhập kết quả khi đợt chi đang chi trả."))
    rows = check_rows(batch, _read(content, name), actor)
    stored = store_file(
        content, name=name, kind=FileKind.UPLOAD, area_code=batch.area_code, created_by_id=actor.pk
    )
    statement, _made = StatementImport.objects.update_or_create(
        batch=batch,
        sha256=stored.sha256,
        defaults={"rows": [asdict(row) for row in rows]},
        create_defaults={
            "area_code": batch.area_code,
            "file": stored,
            "rows": [asdict(row) for row in rows],
            "uploaded_by_id": actor.pk,
            "uploaded_by_name": actor.full_name,
        },
    )
    return statement


@transaction.atomic
def record_statement(*, actor: Actor, statement: StatementImport) -> ResultReport:
    """Record the rows of a checked list that change something; rows that need a look stay as they are.

    A list recorded before changes nothing and says so.
    """
    locked = (
        StatementImport.objects.select_for_update(of=("self",)).select_related("batch").get(pk=statement.pk)
    )
    rows = locked.rows
    results = Results(
        paid=frozenset(row["reference"] for row in rows if row["outcome"] == StatementRow.PAID),
        returned={row["reference"]: row["reason"] for row in rows if row["outcome"] == StatementRow.RETURNED},
    )
    if not (results.paid or results.returned):
        raise TransitionRefused(nothing_new(rows))
    report = record_results(actor=actor, batch=locked.batch, results=results)
    if report.paid + report.returned == 0:
        raise TransitionRefused(_("Danh sách này đã được ghi từ trước, không có gì thay đổi."))
    StatementImport.objects.filter(pk=locked.pk).update(
        recorded_at=clock.now(),
        paid_count=locked.paid_count + report.paid,
        returned_count=locked.returned_count + report.returned,
    )
    return report


def nothing_new(rows: Iterable[Mapping[str, Any]]) -> str:
    """Why a list has nothing to record, in a sentence."""
    outcomes = {row["outcome"] for row in rows}
    if outcomes & {outcome.value for outcome in StatementRow.refused()}:
        return _("Không có dòng nào ghi được. Hãy sửa các dòng có lỗi trong tệp rồi nhập lại.")
    if StatementRow.SAME in outcomes:
        return _("Danh sách này đã được ghi từ trước, không có gì thay đổi.")
    return _("Cột kết quả của danh sách còn trống. Hãy ghi kết quả vào tệp rồi nhập lại.")


def check_rows(batch: Batch, rows: list[ReturnedRow], actor: Actor) -> list[CheckedRow]:
    """Say of every row what it means for this batch; one query. TransitionRefused for the list of another batch."""
    found = {
        reference: (batch_id, _Line(status, amount, resulted_on))
        for reference, batch_id, status, amount, resulted_on in PaymentInstruction.objects.filter(
            reference__in={row.reference for row in rows if row.reference}
        ).values_list("reference", "batch_id", "status", "amount", "resulted_on")
    }
    lines = {reference: line for reference, (batch_id, line) in found.items() if batch_id == batch.pk}
    if not lines:
        _refuse_foreign(batch, {batch_id for batch_id, _line in found.values()}, actor)
    seen: set[str] = set()
    checked = []
    for row in rows:
        outcome, message = _judge(row, lines.get(row.reference), is_repeated=row.reference in seen)
        if row.reference:
            seen.add(row.reference)
        checked.append(
            CheckedRow(
                row.row, row.reference or row.typed_reference, row.name, outcome.value, message, row.reason
            )
        )
    return checked


def _refuse_foreign(batch: Batch, others: set[int], actor: Actor) -> None:
    other = Batch.objects.visible_to(actor).filter(pk__in=others).order_by("pk").first()
    if other is not None:
        raise TransitionRefused(
            _("Tệp này là danh sách của đợt chi %(other)s, không phải đợt %(ref)s. Hãy chọn đúng tệp.")
            % {"other": other.reference, "ref": batch.reference}
        )
    raise TransitionRefused(
        _(
            "Tệp không có mã lệnh chi nào của đợt %(ref)s. Hãy dùng tệp Excel đã tải ở mục Tệp chi của đợt này."
        )
        % {"ref": batch.reference}
    )


def _judge(row: ReturnedRow, line: _Line | None, *, is_repeated: bool) -> tuple[StatementRow, str]:
    """Outcome and sentence of one row; what stands in the way comes first."""
    if line is None:
        return StatementRow.UNKNOWN_LINE, _("Dòng %(row)d: mã lệnh chi “%(ref)s” không có trong đợt này.") % {
            "row": row.row,
            "ref": row.typed_reference,
        }
    if is_repeated:
        return StatementRow.REPEATED, _("Dòng %(row)d: mã %(ref)s đã có ở dòng trên. Hãy xóa dòng thừa.") % {
            "row": row.row,
            "ref": row.reference,
        }
    if row.amount is not None and row.amount != line.amount:
        return StatementRow.OTHER_AMOUNT, _(
            "Dòng %(row)d: tệp ghi %(typed)s đồng, lệnh chi là %(amount)s đồng. Số tiền trong danh sách không được sửa."
        ) % {"row": row.row, "typed": format_dong(row.amount), "amount": format_dong(line.amount)}
    if row.said is Said.NOTHING:
        return StatementRow.EMPTY, ""
    if row.said is Said.UNREADABLE:
        return StatementRow.UNREADABLE, _(
            "Dòng %(row)d: chưa hiểu kết quả “%(typed)s”. Hãy ghi “x” nếu đã nhận, “Chưa nhận” nếu chưa."
        ) % {"row": row.row, "typed": row.typed_result}
    return _judge_result(row, line)


def _judge_result(row: ReturnedRow, line: _Line) -> tuple[StatementRow, str]:
    if line.status in _PENDING:
        if row.said is Said.PAID:
            return StatementRow.PAID, ""
        if row.reason:
            return StatementRow.RETURNED, ""
        return StatementRow.UNREADABLE, _("Dòng %(row)d: cột Lý do chưa nhận còn trống. Hãy ghi lý do.") % {
            "row": row.row
        }
    is_paid = line.status == InstructionStatus.PAID
    if is_paid == (row.said is Said.PAID):
        return StatementRow.SAME, ""
    state = InstructionStatus(line.status).label
    return StatementRow.CONTRADICTION, _(
        "Dòng %(row)d: lệnh chi đã được ghi «%(state)s»; kết quả đã ghi không sửa được."
    ) % {"row": row.row, "state": state}


def _read(content: bytes, name: str) -> list[ReturnedRow]:
    try:
        return read_returned_list(read_workbook(content, name))
    except SpreadsheetRefused as error:
        raise TransitionRefused(error.message) from error
    except NoHeader as error:
        raise TransitionRefused(
            _(
                "Không tìm thấy cột Mã lệnh chi và Kết quả chi. Hãy dùng tệp Excel đã tải ở mục Tệp chi của đợt này."
            )
        ) from error
