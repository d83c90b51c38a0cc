"""What came back as a file: read and checked first, row by row with a reason, then recorded. Twice is the same as once."""

import hashlib
from collections import Counter
from collections.abc import Collection
from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from core import clock
from core.audit import record_event
from core.enums import FileKind
from core.money import format_dong
from core.services.files import read_file, store_file
from core.services.jobs import JobRefused, JobRun, start_job
from core.transitions import TransitionRefused, check_permission
from core.workflow import Actor
from disbursements.enums import BatchStatus, StatementRow, StatementState
from disbursements.models import Batch, StatementImport, StatementLine
from disbursements.rules.statements import ReadStatement
from disbursements.services.recording import ResultReport
from disbursements.services.statement_matching import match_lines
from disbursements.services.statement_reading import (
    chunks_left,
    count_row,
    describe,
    read_statement,
    refuse_foreign,
    write_lines,
)
from disbursements.services.statement_recording import record_rows
from disbursements.services.statement_words import StatementRefused
from disbursements.workflow import INSTRUCTION_WORKFLOW

STATEMENT_JOB: Final = "disbursements.read_statement"
# files up to this size are checked while the officer waits; longer ones by a worker
WAITS_FOR: Final = 400_000


def submit_statement(*, actor: Actor, batch: Batch, content: bytes, name: str) -> StatementImport:
    """Take an uploaded file: a short one is checked at once (`check_statement`), a long one by a worker whose progress is shown.

    Refused as `check_statement`; what a worker finds wrong is written on the statement.
    """
    if len(content) <= WAITS_FOR:
        return check_statement(actor=actor, batch=batch, content=content, name=name)
    with transaction.atomic():
        _may_take(batch, actor)
        statement, is_new = _kept(actor, batch, content, name)
        if not is_new and statement.state != StatementState.REFUSED:
            if statement.state != StatementState.READING:
                match_lines(statement)
            return statement
        job = start_job(
            STATEMENT_JOB,
            params={"statement_id": statement.pk, "actor_id": actor.pk},
            actor=actor,
            area_code=statement.area_code,
            return_url=f"/batches/{batch.reference}/statement/{statement.pk}/",
        )
        StatementImport.objects.filter(pk=statement.pk).update(
            job=job, state=StatementState.READING, message=""
        )
    statement.refresh_from_db()
    return statement


@transaction.atomic
def check_statement(*, actor: Actor, batch: Batch, content: bytes, name: str) -> StatementImport:
    """Read a file that came back and say of every row what recording it would do; nothing is recorded yet.

    Payment lists with results, result files and statements of banks (`rules.statements`). Refused with a sentence: a file that
    can't be read as a whole, one of another batch, account or time, a batch that is not being paid. The same file again is the
    same import, checked against what is true now.
    """
    _may_take(batch, actor)
    known = StatementImport.objects.filter(batch=batch, sha256=_hash(content)).first()
    if known is not None and known.state in (StatementState.CHECKED, StatementState.RECORDED):
        match_lines(known)
        return known
    read = read_statement(content, name)
    refuse_foreign(batch, read, actor)
    statement, _is_new = _kept(actor, batch, content, name)
    describe(statement, read)
    seen: Counter[bytes] = Counter()
    for lines in chunks_left(statement, read):
        write_lines(statement, lines, seen)
    _checked(statement)
    statement.refresh_from_db()
    return statement


def read_statement_job(run: JobRun) -> None:
    """Job handler: read statement `params["statement_id"]` in chunks, then match all rows at once.

    A redelivered job goes on where the first one was stopped; when that was the end it changes nothing. A file that is refused
    as a whole has no rows, and says why.
    """
    with run.fenced():
        statement = StatementImport.objects.select_related("batch__payer_account", "file").get(
            pk=run.params["statement_id"]
        )
        actor = User.objects.get(pk=run.params["actor_id"])
        content = read_file(statement.file)
    if statement.state != StatementState.READING:
        return
    try:
        read = read_statement(content, statement.file.name)
        with run.fenced():
            refuse_foreign(statement.batch, read, actor)
            describe(statement, read)
    except StatementRefused as refusal:
        with run.fenced():
            StatementImport.objects.filter(pk=statement.pk).update(
                state=StatementState.REFUSED, message=str(refusal)[:500]
            )
        raise JobRefused(str(refusal)) from refusal
    _write_all(run, statement, read)
    with run.fenced():
        _checked(statement)
    run.result = {"batch": statement.batch.reference, "lines": len(read.lines)}


def _write_all(run: JobRun, statement: StatementImport, read: ReadStatement) -> None:
    total = len(read.lines)
    seen: Counter[bytes] = Counter()
    with run.fenced():
        left = list(chunks_left(statement, read))
    done = total - sum(map(len, left))
    # equal rows are told apart by their order: those written before have to be counted again
    for line in read.lines[:done]:
        count_row(line, seen)
    for lines in left:
        run.progress(done, total, _("Đang đọc %(done)s trên %(total)s dòng") % _shown(done, total))
        with run.fenced():
            write_lines(statement, lines, seen)
        done += len(lines)
    run.progress(done, total, _("Đang đối soát %(total)s dòng") % _shown(done, total))


def _shown(done: int, total: int) -> dict[str, str]:
    return {"done": format_dong(done), "total": format_dong(total)}


@transaction.atomic
def record_statement(*, actor: Actor, statement: StatementImport) -> ResultReport:
    """Record the rows of a checked file that change something, all in one transaction; rows that need a look stay as they are.

    A file recorded before changes nothing and says so.
    """
    locked = (
        StatementImport.objects.select_for_update(of=("self",)).select_related("batch").get(pk=statement.pk)
    )
    rows = StatementLine.objects.filter(
        statement=locked, outcome__in=StatementRow.to_record(), recorded_at=None
    )
    if not rows.exists():
        raise TransitionRefused(nothing_new(outcomes_of(locked)))
    report = record_rows(actor=actor, batch=locked.batch, rows=rows)
    if report.done == 0:
        match_lines(locked)
        raise TransitionRefused(_already_recorded() if not report.refused else report.sentence)
    StatementImport.objects.filter(pk=locked.pk).update(
        state=StatementState.RECORDED,
        recorded_at=clock.now(),
        paid_count=locked.paid_count + report.paid,
        returned_count=locked.returned_count + report.returned,
        failed_count=locked.failed_count + report.failed,
        unknown_count=locked.unknown_count + report.unknown,
    )
    if report.refused:
        match_lines(locked)
    return report


def outcomes_of(statement: StatementImport) -> set[str]:
    """What is said of the rows, each answer once."""
    return set(
        StatementLine.objects.filter(statement=statement)
        .order_by()
        .values_list("outcome", flat=True)
        .distinct()
    )


def nothing_new(outcomes: Collection[str]) -> str:
    """Why a file has nothing to record, in a sentence."""
    if not {outcome.value for outcome in StatementRow.refused()}.isdisjoint(outcomes):
        return _("Không có dòng nào ghi được. Hãy sửa các dòng có lỗi trong tệp rồi nhập lại.")
    if StatementRow.EMPTY not in outcomes:
        return _already_recorded()
    return _("Cột kết quả của danh sách còn trống. Hãy ghi kết quả vào tệp rồi nhập lại.")


def _already_recorded() -> str:
    return _("Danh sách này đã được ghi từ trước, không có gì thay đổi.")


def _may_take(batch: Batch, actor: Actor) -> None:
    check_permission(INSTRUCTION_WORKFLOW.transition("instruction.pay"), actor)
    if batch.status != BatchStatus.RELEASED:
        raise TransitionRefused(_("Chỉ nhập kết quả khi đợt chi đang chi trả."))


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _kept(actor: Actor, batch: Batch, content: bytes, name: str) -> tuple[StatementImport, bool]:
    """The import of these bytes for this batch, made with the first upload; is it new?"""
    known = StatementImport.objects.filter(batch=batch, sha256=_hash(content)).first()
    if known is not None:
        return known, False
    stored = store_file(
        content, name=name, kind=FileKind.UPLOAD, area_code=batch.area_code, created_by_id=actor.pk
    )
    made = StatementImport.objects.create(
        batch=batch,
        area_code=batch.area_code,
        file=stored,
        sha256=stored.sha256,
        uploaded_by_id=actor.pk,
        uploaded_by_name=actor.full_name,
    )
    record_event("statement.uploaded", batch, actor=actor, change={"name": stored.name})
    return made, True


def _checked(statement: StatementImport) -> None:
    """All rows are there: match them, once."""
    statement.refresh_from_db()
    match_lines(statement)
    StatementImport.objects.filter(pk=statement.pk, state=StatementState.READING).update(
        state=StatementState.CHECKED, message=""
    )
