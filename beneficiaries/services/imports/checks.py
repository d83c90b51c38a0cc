"""The check of an uploaded list, as a background job: chunk by chunk, resumed after a killed worker, nothing registered yet."""

from __future__ import annotations

import gc
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any, Final

from django.db.models import Count, Max, Sum
from django.utils.translation import gettext as _

from beneficiaries.enums import ImportState, RowState
from beneficiaries.imports.checking import CheckedRow
from beneficiaries.imports.file_check import ListCheck, open_list
from beneficiaries.imports.findings import message_of, restored, stored
from beneficiaries.imports.matching import cross_check
from beneficiaries.imports.profile import profile_of
from beneficiaries.imports.staging import copy_text, write_chunk
from beneficiaries.models import ColumnMapping, ImportRow, ListImport
from beneficiaries.queries.communes import communes_seen_from
from beneficiaries.services.imports.likely_rows import mark_checked_rows
from beneficiaries.services.imports.writing import background_writer
from core import clock
from core.audit import record_event
from core.services.files import read_file
from core.services.jobs import JobCancelled, JobRefused, JobRun
from core.spreadsheets.reading import SpreadsheetRefused, Workbook, read_pasted, read_workbook
from core.text import without_numbers

CHUNK: Final = 5_000


def check_list(run: JobRun) -> None:
    """Read the file, judge its rows, stage them, search the province for their numbers. A list that is checked stays so."""
    with run.fenced():
        list_import = ListImport.objects.select_related("file").get(pk=run.params["list_import"])
        if list_import.state not in (ImportState.UPLOADED, ImportState.CHECKING):
            return
        ListImport.objects.filter(pk=list_import.pk).update(state=ImportState.CHECKING)
        content = read_file(list_import.file)
    try:
        with _garbage_collector_at_rest():
            check = _open(run, list_import, workbook_of(list_import, content))
            _stage(run, list_import, check)
            _finish(run, list_import, check)
    except SpreadsheetRefused as refusal:
        with run.fenced():
            ListImport.objects.filter(pk=list_import.pk).update(
                state=ImportState.REFUSED, refusal=refusal.message
            )
        run.result = {"refused": refusal.code}
        raise JobRefused(refusal.message) from refusal
    except JobCancelled:
        with run.fenced():
            ListImport.objects.filter(pk=list_import.pk).update(state=ImportState.CANCELLED)
            ImportRow.objects.filter(list_import=list_import).update(state=RowState.SET_ASIDE)
        raise


@contextmanager
def _garbage_collector_at_rest() -> Iterator[None]:
    """A list is some millions of cells and no cycles: searching them again and again took a seventh of the time."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def workbook_of(list_import: ListImport, content: bytes) -> Workbook:
    """The stored file, read. Raises SpreadsheetRefused."""
    if list_import.is_pasted:
        return read_pasted(content.decode("utf-8", "replace"))
    return read_workbook(content, list_import.file.name)


def _open(run: JobRun, list_import: ListImport, workbook: Workbook) -> ListCheck:
    """Find the list: with the columns the officer matched, else those remembered for this layout, else guessed."""
    today = clock.today()
    with run.fenced():
        communes = communes_seen_from(list_import.area_code, today)
        remembered = {
            mapping.layout_key: mapping.columns
            for mapping in ColumnMapping.objects.filter(
                area_code=list_import.area_code, profile=list_import.profile
            )
        }
    is_matched = bool(list_import.columns) and list_import.version > 1
    place: dict[str, Any] = {
        "profile": profile_of(list_import.profile),
        "communes": communes,
        "business_date": today,
        "sheet_name": list_import.sheet,
    }
    check = open_list(workbook, **place, columns=list_import.columns if is_matched else None)
    if not is_matched and check.layout.key in remembered:
        check = open_list(workbook, **place, columns=remembered[check.layout.key])
    return check


def _stage(run: JobRun, list_import: ListImport, check: ListCheck) -> None:
    total = len(check.data.indexes)
    with run.fenced():
        there = (
            ImportRow.objects.filter(list_import=list_import).aggregate(last=Max("row_number"))["last"] or 0
        )
    run.progress(0, total, _("Đang kiểm tra từng dòng"))
    rows: list[CheckedRow] = []
    packed: list[str] = []
    with background_writer() as writer:
        for position, (checked, _cells) in enumerate(check.rows(), 1):
            if checked.row_number > there:
                rows.append(checked)
                packed.append(check.packed_row(position - 1))
            if len(rows) == CHUNK or (rows and position == total):
                text = copy_text(rows, packed)
                writer.write(partial(_write, run, list_import, text, position, total))
                rows, packed = [], []


def _write(run: JobRun, list_import: ListImport, text: str, done: int, total: int) -> None:
    with run.fenced():
        write_chunk(list_import.pk, list_import.area_code, text)
    is_last = done == total
    run.progress(
        done, total, _("Đang so với danh sách của các xã khác") if is_last else _("Đang kiểm tra từng dòng")
    )


def _finish(run: JobRun, list_import: ListImport, check: ListCheck) -> None:
    layout = check.layout
    with run.fenced():
        overlap = cross_check(list_import, is_first=True)
        totals = row_totals(list_import)
        mark_checked_rows(list_import, totals["rows"])
        findings = [
            {**kept, "row": row, "message": message_of(restored(kept), row)}
            for kept, row in ((stored(finding), row) for finding, row in check.file_findings())
        ]
        ListImport.objects.filter(pk=list_import.pk, state=ImportState.CHECKING).update(
            state=ImportState.CHECKED,
            sheet=layout.sheet.name[:100],
            header_rows=list(layout.header_rows or ()),
            data_rows=list(check.data.row_range(layout) or ()),
            columns=layout.letters,
            header_texts={
                letter: without_numbers(text)[:200] for letter, text in layout.header_letters.items()
            },
            layout_key=layout.key,
            list_date=check.list_date,
            stream=list_import.stream or _stream_of(list_import),
            findings=findings,
            totals=totals,
            replaces=_replaced(list_import, overlap, totals["rows"]),
        )
        record_event("import.checked", list_import, actor=None, change=totals)
    run.result = totals


def row_totals(list_import: ListImport) -> dict[str, int]:
    """How many rows there are, of each outcome, and their đồng; rows set aside are not counted."""
    rows = ImportRow.objects.filter(list_import=list_import).exclude(state=RowState.SET_ASIDE)
    counted = {
        outcome: (count, amount or 0)
        for outcome, count, amount in rows.order_by()
        .values_list("outcome")
        .annotate(Count("pk"), Sum("amount"))
    }
    totals = {outcome: counted.get(outcome, (0, 0))[0] for outcome in ("ok", "fix", "warn", "error")}
    return {
        "rows": sum(totals.values()),
        **totals,
        "amount": sum(amount for _count, amount in counted.values()),
    }


def _stream_of(list_import: ListImport) -> str:
    """The stream of most of the list's people, by their work; "" when the programme has none or their work says nothing."""
    stream_of = profile_of(list_import.profile).stream_of
    if stream_of is None:
        return ""
    jobs = (
        ImportRow.objects.filter(list_import=list_import)
        .order_by()
        .values_list("values__job")
        .annotate(Count("pk"))
    )
    found: Counter[str] = Counter()
    for job, count in jobs:
        found[stream_of(job or "")] += count
    best = [stream for stream, _count in found.most_common() if stream]
    return best[0] if best else ""


def _replaced(list_import: ListImport, overlap: Counter[int], rows: int) -> ListImport | None:
    """The earlier import of the same area and employer that this list corrects: it shares at least half of its numbers."""
    for other_id, shared in overlap.most_common(1):
        if other_id < list_import.pk and shared * 2 >= rows:
            same = ListImport.objects.filter(
                area_code=list_import.area_code, employer=list_import.employer_id
            )
            return same.filter(pk=other_id).first()
    return None
