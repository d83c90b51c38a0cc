"""Issuing a list in the background: its rows are read once and kept, then its files are written from them.

What is done is noted with the job, so that a worker that is killed is taken up at the file it was at; the run itself comes into
being once, at the end.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from accounts.models import User
from core import clock
from core.models import Job, StoredFile
from core.services.files import read_file
from core.services.jobs import JobRefused, JobRun, start_job
from core.workflow import Actor
from reports.definitions import ReportDefinition, definition_of
from reports.definitions.asking import read_params, stored_params
from reports.definitions.base import Params, Report
from reports.definitions.building import build_report
from reports.definitions.keeping import PackedRows, report_from, shape_of, shaped_columns, stored_figures
from reports.models import ReportRun
from reports.renderers.xlsx import render_xlsx
from reports.services.runs import (
    XLSX,
    Request,
    check_may_issue,
    keep_run,
    make_report_run,
    read_list,
    run_of,
    store,
    store_pdf,
)

LIST_JOB: Final = "reports.make_list"
_ROWS: Final = "application/gzip"
_STEPS: Final = 3


@transaction.atomic
def start_list_run(*, definition: ReportDefinition, params: Params, actor: Actor, request_key: str) -> Job:
    """Have a worker make a list; the same key of the same person gives the same job again. Refused as `make_report_run`."""
    check_may_issue(definition, params, actor)
    return start_job(
        LIST_JOB,
        params={
            "definition": definition.code,
            "asked": stored_params(params),
            "actor_id": actor.pk,
            "key": request_key,
        },
        actor=actor,
        idempotency_key=_job_key(actor, request_key),
        return_url=reverse("reports:request_page", args=[request_key]),
    )


@transaction.atomic
def issue(*, definition: ReportDefinition, params: Params, actor: Actor, request_key: str) -> ReportRun | Job:
    """Issue a report: a summary at once, a list in the background. One that this key has made already is given again; sent twice
    at once (a button pressed twice), the second waits for the first.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [_job_key(actor, request_key)]
        )
    make = start_list_run if definition.is_list else make_report_run
    known = outcome_of(actor, request_key)
    return known or make(definition=definition, params=params, actor=actor, request_key=request_key)


def outcome_of(actor: Actor, request_key: str) -> ReportRun | Job | None:
    """What became of a request: the run, or the job that makes it or could not; None of a key that this person never sent."""
    run = ReportRun.objects.filter(request_key=f"{actor.pk}:{request_key}").first()
    return run or Job.objects.filter(idempotency_key=_job_key(actor, request_key)).first()


def make_list_run(run: JobRun) -> None:
    """Job handler: rows, Excel, PDF, each kept in a chunk of its own, then the run.

    Refused with a sentence: a report that isn't there any more, an account that was closed or moved meanwhile.
    """
    with run.fenced():
        request = _request(run)
        known = run_of(request)
    if known is None:
        made = _Stages(run, request)
        made.take("rows_file", 0, _("Đang đọc số liệu"), made.read_rows)
        made.take("xlsx", 1, _("Đang ghi tệp Excel"), made.write_xlsx)
        made.take("pdf", 2, _("Đang tạo tệp PDF"), made.write_pdf)
        run.progress(_STEPS, _STEPS)
        with run.fenced():
            known = keep_run(request, made.report(), **made.files())
    run.result = {"report": known.reference}


def _request(run: JobRun) -> Request:
    actor = User.objects.get(pk=run.params["actor_id"])
    definition = definition_of(run.params["definition"])
    if definition is None:
        raise JobRefused(_("Mẫu báo cáo này không còn được dùng."))
    params = read_params(run.params["asked"], actor, clock.today())
    if params is None:
        raise JobRefused(_("Địa bàn này nằm ngoài đơn vị của bạn."))
    try:
        check_may_issue(definition, params, actor)
    except PermissionDenied as denied:
        raise JobRefused(str(denied)) from denied
    return Request(definition, params, actor, run.params["key"])


@dataclass(slots=True)
class _Stages:
    """What of a list is done: noted in the job's result, together with what was made, so that both are there or neither."""

    run: JobRun
    request: Request
    known: Report | None = None

    @property
    def done(self) -> dict[str, Any]:
        """The notes; of the report its shape and sums, never a row."""
        notes: dict[str, Any] = Job.objects.values_list("result", flat=True).get(pk=self.run.job.pk)
        return notes

    def take(self, stage: str, place: int, text: str, make: Callable[[], StoredFile | None]) -> None:
        """Do a stage unless it is done; a killed worker leaves it undone."""
        self.run.progress(place, _STEPS, text)
        with self.run.fenced():
            if stage in self.done:
                return
            stored = make()
            self.note(**{stage: stored.pk if stored else None})

    def note(self, **notes: Any) -> None:
        Job.objects.filter(pk=self.run.job.pk).update(result={**self.done, **notes})

    def read_rows(self) -> StoredFile:
        definition = self.request.definition
        report, content = read_list(
            definition, build_report(definition, self.request.params, self.request.actor)
        )
        self.known = report
        self.note(
            shape=shape_of(report),
            totals=stored_figures(report.totals),
            figures_at=report.figures_at.isoformat(),
        )
        return store(content, "rows.jsonl.gz", _ROWS, self.request)

    def write_xlsx(self) -> StoredFile:
        return store(render_xlsx(self.report()), "xlsx", XLSX, self.request)

    def write_pdf(self) -> StoredFile | None:
        return store_pdf(self.report(), self.request)

    def report(self) -> Report:
        """The list from its kept rows: what is written is what can be written again."""
        if self.known is None:
            notes = self.done
            at = parse_datetime(notes["figures_at"])
            if at is None:
                raise ValueError("a list without the moment of its figures")
            rows = PackedRows(
                read_file(StoredFile.objects.get(pk=notes["rows_file"])), shaped_columns(notes["shape"])
            )
            self.known = report_from(
                notes["shape"], sections=(), rows=rows, totals=notes["totals"], figures_at=at
            )
        return self.known

    def files(self) -> dict[str, StoredFile | None]:
        """The files as the run keeps them."""
        notes = self.done
        return {
            name: StoredFile.objects.get(pk=notes[name]) if notes[name] else None
            for name in ("rows_file", "xlsx", "pdf")
        }


def _job_key(actor: Actor, request_key: str) -> str:
    return f"report:{actor.pk}:{request_key}"
