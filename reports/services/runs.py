"""Issuing a report: its figures and files are kept as they were, and come out the same whenever they are asked for."""

from typing import Final

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.permissions import reads_figures
from core import clock
from core.audit import record_event
from core.documents import RendererMissingError
from core.enums import FileKind
from core.models import StoredFile
from core.queries.references import next_reference
from core.services.files import store_file
from core.workflow import Actor
from reports.definitions.base import Params, Report, ReportDefinition, stored_sections
from reports.definitions.building import build_report, shape_of
from reports.models import ReportRun
from reports.renderers.pdf import render_report_pdf
from reports.renderers.xlsx import render_xlsx

XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PDF: Final = "application/pdf"


@transaction.atomic
def make_report_run(*, definition: ReportDefinition, params: Params, actor: Actor) -> ReportRun:
    """Read the figures once, write Excel and PDF from them, and keep all of it under a number of its own.

    Where the machine can't make PDFs the run has none; the page says so. Refused: people who don't read figures, and an area
    beyond the actor's.
    """
    if not actor.is_active or not reads_figures(actor):
        raise PermissionDenied(_("Bạn không có quyền lập báo cáo."))
    if not params.area.unit.area_code.startswith(actor.area_code):
        raise PermissionDenied(_("Địa bàn này nằm ngoài đơn vị của bạn."))
    report = build_report(definition, params, actor)
    reference = next_reference("BC")
    run = ReportRun.objects.create(
        reference=reference,
        area_code=params.area.unit.area_code,
        definition=definition.code,
        title=definition.title,
        params={
            "first": params.first.isoformat(),
            "last": params.last.isoformat(),
            "area_code": params.area.unit.area_code,
            "business_date": clock.today().isoformat(),
        },
        shape=shape_of(report),
        rows=stored_sections(report.sections),
        totals=dict(report.totals),
        xlsx=_store(render_xlsx(report), f"{reference}.xlsx", XLSX, params, actor),
        pdf=_store_pdf(report, reference, params, actor),
        made_by_id=actor.pk,
        made_by_name=actor.full_name,
        figures_at=report.figures_at,
    )
    record_event("report.made", run, actor=actor, change={"definition": definition.code})
    return run


@transaction.atomic
def record_report_download(*, run: ReportRun, file_format: str, actor: Actor) -> None:
    """The audit log says who took which file of a report."""
    record_event("report.downloaded", run, actor=actor, change={"format": file_format})


def _store_pdf(report: Report, reference: str, params: Params, actor: Actor) -> StoredFile | None:
    try:
        content = render_report_pdf(report)
    except RendererMissingError:
        return None
    return _store(content, f"{reference}.pdf", PDF, params, actor)


def _store(content: bytes, name: str, content_type: str, params: Params, actor: Actor) -> StoredFile:
    return store_file(
        content,
        name=name,
        kind=FileKind.REPORT,
        area_code=params.area.unit.area_code,
        created_by_id=actor.pk,
        content_type=content_type,
    )
