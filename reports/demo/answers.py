"""What the banks answered to Phú Tân in the demo: payments in doubt, a result file of which half the trouble is settled, and the
files of its batches.
"""

import csv
import datetime as dt
import io
from collections.abc import Iterator, Sequence
from typing import Final

from django.urls import reverse

from accounts.demo import PHU_TAN
from accounts.models import User
from core import crypto
from core.documents import is_renderer_installed
from core.services.jobs import run_job, start_job
from disbursements.enums import BatchStatus, InstructionStatus, PayoutChannel, StatementRow
from disbursements.models import Batch, PaymentInstruction, StatementImport, StatementLine
from disbursements.services.rendering import RENDER_JOB
from disbursements.services.results import mark_unknown
from disbursements.services.statement_rows import match_by_hand, set_aside
from disbursements.services.statements import check_statement, record_statement
from reports.demo.acting import acting, on_day
from reports.demo.cases import AMOUNT

_BY, _LATER_BY = "kt888a", "kt888b"
_FILE: Final = "ket-qua-chuyen-tien-24092021.csv"
_CAME, _TODAY = dt.date(2021, 9, 24), dt.date(2021, 9, 27)
_HEADING: Final = (
    "STT",
    "Ngày giao dịch",
    "Mã tham chiếu",
    "Nội dung",
    "Số tài khoản thụ hưởng",
    "Tên người thụ hưởng",
    "Số tiền",
    "Trạng thái",
    "Lý do",
)
_DONE, _GIVEN_BACK, _ASKED = "Thành công", "Hoàn trả", "Tra soát"
_OTHER_ACCOUNT: Final = "0000001234567"
_WITH_TROUBLE: Final = 5
# two rows are settled by hand, which needs somebody who is still awaited
_FEWEST: Final = 2
# what the file answers without trouble; the others are still awaited
_PLAIN: Final = 12
# longer lists take seconds: the worker writes them as soon as it runs
_LONG: Final = 150
Row = tuple[object, ...]


def bring_answers() -> str:
    """All of it; gives in words how much. Nothing is done that a desk couldn't do itself."""
    files = _write_files()
    batch = _paying()
    if batch is None:
        return f"{files} payment files"
    doubted = _doubt(batch)
    open_rows = _result_file(batch)
    return f"{files} payment files, {doubted} more in doubt, {open_rows} rows of a result file to settle"


def _paying() -> Batch | None:
    """The transfers of Phú Tân that are being paid."""
    with acting(_BY):
        found = Batch.objects.in_area(PHU_TAN).filter(status=BatchStatus.RELEASED, channel=PayoutChannel.BANK)
        batch: Batch | None = found.order_by("pk").first()
        return batch


def _lines(batch: Batch, status: InstructionStatus) -> list[PaymentInstruction]:
    return list(PaymentInstruction.objects.filter(batch=batch, status=status).order_by("position"))


# --- in doubt ---------------------------------------------------------------------------------------------------------


def _doubt(batch: Batch) -> int:
    """Three of the last payments hang since three different days; a very small demo keeps its few for the result file."""
    first = batch.released_on or _CAME
    days = (first, first + dt.timedelta(days=1), _TODAY)
    with acting(_BY):
        awaited = _lines(batch, InstructionStatus.SENT)
    chosen = awaited[::-1][: min(len(days), max(0, len(awaited) - _FEWEST))]
    for line, since in zip(chosen, days, strict=False):
        with acting(_BY, since) as actor:
            mark_unknown(actor=actor, batch=batch, on=since, references=[line.reference])
    return len(chosen)


# --- the result file --------------------------------------------------------------------------------------------------


def _result_file(batch: Batch) -> int:
    """Upload the bank's file on Friday, settle half of its trouble and record what is sure; gives how many rows still wait."""
    with acting(_BY, _CAME) as actor:
        awaited = _lines(batch, InstructionStatus.SENT)
        paid = _lines(batch, InstructionStatus.PAID)
        if len(awaited) < _FEWEST or len(paid) < _WITH_TROUBLE:
            # a very small demo has nobody left to answer about
            return 0
        content = _content(awaited, paid)
        statement = check_statement(actor=actor, batch=batch, content=content, name=_FILE)
        _settle(statement, awaited, actor)
        record_statement(actor=actor, statement=statement)
    with acting(_LATER_BY, _TODAY) as actor:
        rows = StatementLine.objects.filter(outcome=StatementRow.UNKNOWN_LINE)
        set_aside(
            actor=actor,
            statement=statement,
            rows=rows,
            reason="Tiền của đợt chi khác, đã đối chiếu với bảng kê của ngân hàng.",
        )
        return StatementLine.objects.filter(
            statement=statement, outcome__in=StatementRow.refused(), resolved_by_id=None
        ).count()


def _settle(statement: StatementImport, awaited: Sequence[PaymentInstruction], actor: User) -> None:
    """What the accountant could clear up by telephone."""
    open_rows = StatementLine.objects.filter(statement=statement)
    for outcome, line, reason in (
        (StatementRow.OTHER_NAME, awaited[0], "Tên trong tệp thiếu chữ lót, số tài khoản đúng."),
        (StatementRow.AMBIGUOUS, awaited[1], "Ngân hàng xác nhận qua điện thoại: tiền của người này."),
    ):
        row = open_rows.get(outcome=outcome)
        match_by_hand(actor=actor, line=row, reference=line.reference, reason=reason)
    set_aside(
        actor=actor,
        statement=statement,
        rows=open_rows.filter(outcome=StatementRow.REPEATED),
        reason="Ngân hàng in hai lần một giao dịch, chỉ trừ tiền một lần.",
    )


def _content(awaited: Sequence[PaymentInstruction], paid: Sequence[PaymentInstruction]) -> bytes:
    """The file as a bank sends it: a title, a heading, rows, a sum."""
    rows = [*_troubled(awaited, paid), *_plain(awaited[_WITH_TROUBLE:][:_PLAIN])]
    target = io.StringIO()
    writer = csv.writer(target, delimiter=";", lineterminator="\r\n")
    writer.writerows([["KẾT QUẢ CHUYỂN TIỀN THEO LÔ (BẢN DÙNG THỬ)"], ["Ngày lập", f"{_CAME:%d/%m/%Y}"], []])
    writer.writerow(_HEADING)
    writer.writerows((place, f"{_CAME:%d/%m/%Y}", *row) for place, row in enumerate(rows, start=1))
    writer.writerow(["Tổng cộng", "", "", "", "", "", len(rows) * AMOUNT, "", ""])
    return target.getvalue().encode("utf-8-sig")


def _troubled(awaited: Sequence[PaymentInstruction], paid: Sequence[PaymentInstruction]) -> Iterator[Row]:
    """Eight kinds of trouble; where few payments are awaited, those that are paid stand in for them."""
    name, two, amount, account, unread = [*awaited, *paid[2:]][:_WITH_TROUBLE]
    yield _row(name, name=_without_middle(name.payee_name))
    # a row that names two payments and no account: somebody has to say which of them it is
    yield "", f"Chi ho tro {two.reference} va {paid[0].reference}", "", "", AMOUNT, _DONE, ""
    yield _row(amount, amount=AMOUNT - 150_000)
    yield _row(account, account=_OTHER_ACCOUNT)
    yield _row(unread, result=_ASKED)
    yield _row(paid[0])
    yield _row(paid[0])
    yield _row(paid[1], result=_GIVEN_BACK, reason="Tài khoản đã đóng")
    yield "", "Chi ho tro lao dong tu do", _OTHER_ACCOUNT, "NGUYEN VAN MUOI", AMOUNT, _DONE, ""


def _plain(lines: Sequence[PaymentInstruction]) -> Iterator[Row]:
    for place, line in enumerate(lines):
        if place % 6 == 5:
            yield _row(line, result="Từ chối", reason="Sai số tài khoản")
        else:
            yield _row(line)


def _row(
    line: PaymentInstruction,
    *,
    name: str = "",
    amount: int = AMOUNT,
    account: str = "",
    result: str = _DONE,
    reason: str = "",
) -> Row:
    own = crypto.decrypt("account", line.account_encrypted) if line.account_encrypted else ""
    text = f"Chi ho tro {line.reference.replace('-', '')}"
    return line.reference, text, account or own, name or line.payee_name, amount, result, reason


def _without_middle(name: str) -> str:
    """Another name than the payee's: without its middle, or the other way round where there is none."""
    first, *middle, last = name.split()
    return f"{first} {last}" if middle else f"{last} {first}"


# --- payment files ----------------------------------------------------------------------------------------------------


def _write_files() -> int:
    """Files of Phú Tân's batches that wait or are being paid, written as by the worker; gives how many. None without Pango."""
    if not is_renderer_installed():
        return 0
    with acting(_BY):
        states = (BatchStatus.PREPARED, BatchStatus.APPROVED, BatchStatus.RELEASED)
        batches = list(Batch.objects.in_area(PHU_TAN).filter(status__in=states).order_by("pk"))
    return sum(_write_files_of(batch) for batch in batches)


def _write_files_of(batch: Batch) -> int:
    """At once, or by the worker where the list is long."""
    is_draft, is_long = batch.status == BatchStatus.PREPARED, batch.line_count > _LONG
    owner = User.objects.get(pk=(batch.created_by_id if is_draft else batch.approved_by_id) or 0)
    day = batch.released_on or batch.made_on
    with acting(owner.username, day) as actor:
        job = start_job(
            RENDER_JOB,
            params={"batch_id": batch.pk, "is_draft": is_draft, "actor_id": actor.pk},
            actor=actor,
            idempotency_key=f"files:{batch.pk}:{'draft' if is_draft else 'final'}",
            return_url=reverse("disbursements:batch_page", args=[batch.reference]),
            is_handed_over=is_long,
        )
    if is_long:
        return 0
    with on_day(day):
        run_job(job.pk)
    with acting(owner.username):
        return batch.files.count()
