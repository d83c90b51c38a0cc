"""Issuing a report: its figures and files are kept as they were, and come out the same whenever they are asked for."""

from dataclasses import dataclass
from typing import Any, Final

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.permissions import reads_records
from core import clock
from core.audit import record_event
from core.documents import is_renderer_installed
from core.enums import FileKind
from core.models import StoredFile
from core.queries.references import next_reference
from core.services.files import store_file
from core.workflow import Actor
from reports.definitions.asking import stored_params
from reports.definitions.base import Params, Report, ReportDefinition
from reports.definitions.building import build_report, with_rows
from reports.definitions.keeping import PackedRows, pack_rows, shape_of, stored_figures, stored_sections
from reports.models import ReportRun
from reports.renderers.pdf import has_pdf, render_report_pdf
from reports.renderers.software import software_mark
from reports.renderers.xlsx import render_xlsx

XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PDF: Final = "application/pdf"
_ROWS: Final = "application/gzip"


@dataclass(frozen=True, slots=True)
class Request:
    """Who asks for which report of what; `key` makes it once however often it is sent (a form sent twice, a worker killed)."""

    definition: ReportDefinition
    params: Params
    actor: Actor
    key: str = ""

    @property
    def own_key(self) -> str | None:
        """The key as one of this person: nobody gets another's report by naming the same."""
        return f"{self.actor.pk}:{self.key}" if self.key else None


def check_may_issue(definition: ReportDefinition, params: Params, actor: Actor) -> None:
    """PermissionDenied for who doesn't read this report, or asks for an area beyond the own one."""
    if not actor.is_active or not may_open(definition, actor):
        raise PermissionDenied(_("Bạn không có quyền lập báo cáo."))
    if not params.area.unit.area_code.startswith(actor.area_code):
        raise PermissionDenied(_("Địa bàn này nằm ngoài đơn vị của bạn."))


def may_open(definition: ReportDefinition, actor: Actor) -> bool:
    """Does this person read such reports? One that names people also needs the right to read records."""
    return definition.readers(actor) and (not definition.is_personal or reads_records(actor))


@transaction.atomic
def make_report_run(
    *, definition: ReportDefinition, params: Params, actor: Actor, request_key: str = ""
) -> ReportRun:
    """Read the figures once, write Excel and PDF from them, and keep all of it under a number of its own.

    The same key of the same person gives the same run again. Where the machine can't make PDFs the run has none; the page says
    so. Refused: who doesn't read such reports, and an area beyond the actor's. A list is better issued by `start_list_run`.
    """
    check_may_issue(definition, params, actor)
    request = Request(definition, params, actor, request_key)
    if known := run_of(request):
        return known
    report, rows_file = build_report(definition, params, actor), None
    if report.rows is not None:
        report, content = read_list(definition, report)
        rows_file = store(content, "rows.jsonl.gz", _ROWS, request)
    xlsx = store(render_xlsx(report), "xlsx", XLSX, request)
    return keep_run(request, report, rows_file=rows_file, xlsx=xlsx, pdf=store_pdf(report, request))


def run_of(request: Request) -> ReportRun | None:
    """The run that this request has made already."""
    return ReportRun.objects.filter(request_key=request.own_key).first() if request.key else None


def read_list(definition: ReportDefinition, report: Report) -> tuple[Report, bytes]:
    """Walk over the rows of a list once: the list with its totals, and its rows as they are kept."""
    content, count, sums = pack_rows(report.rows or (), report.columns)
    rows = PackedRows(content, report.columns)
    return with_rows(report, definition, rows, count, sums), content


def store_pdf(report: Report, request: Request) -> StoredFile | None:
    """The PDF, or None of a list that is too long for one, and where the machine can't make any."""
    if not has_pdf(report) or not is_renderer_installed():
        return None
    return store(render_report_pdf(report), "pdf", PDF, request)


def store(content: bytes, suffix: str, content_type: str, request: Request) -> StoredFile:
    """Keep a file of a report; `keep_run` gives it the name of its run."""
    return store_file(
        content,
        name=f"{request.definition.slug}.{suffix}",
        kind=FileKind.REPORT,
        area_code=request.params.area.unit.area_code,
        created_by_id=request.actor.pk,
        content_type=content_type,
    )


def keep_run(
    request: Request,
    report: Report,
    *,
    rows_file: StoredFile | None,
    xlsx: StoredFile | None,
    pdf: StoredFile | None,
) -> ReportRun:
    """Keep a report with its files under a number of its own, and say so in the log."""
    params: dict[str, Any] = {
        **stored_params(request.params),
        "business_date": clock.today().isoformat(),
    }
    run = ReportRun.objects.create(
        reference=next_reference("BC"),
        area_code=request.params.area.unit.area_code,
        definition=report.code,
        title=report.title,
        params=params,
        shape=shape_of(report),
        rows=stored_sections(report.sections),
        totals=stored_figures(report.totals),
        rows_file=rows_file,
        row_count=report.row_count,
        is_personal=request.definition.is_personal,
        xlsx=xlsx,
        pdf=pdf,
        request_key=request.own_key,
        software=software_mark(),
        made_by_id=request.actor.pk,
        made_by_name=request.actor.full_name,
        figures_at=report.figures_at,
    )
    record_event("report.made", run, actor=request.actor, change={"definition": report.code})
    return run


@transaction.atomic
def record_report_download(*, run: ReportRun, file_format: str, actor: Actor) -> None:
    """The audit log says who took which file of a report."""
    record_event("report.downloaded", run, actor=actor, change={"format": file_format})
