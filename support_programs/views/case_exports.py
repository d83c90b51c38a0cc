"""The filtered list of cases as a workbook."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from core.downloads import attachment
from core.requests import actor_of
from support_programs.queries.worklist import asked_cases
from support_programs.services.case_exports import XLSX, export_cases


@require_GET
def case_export(request: HttpRequest) -> HttpResponse:
    """Every case that the address filters, not only the page, in its order; the export is recorded."""
    actor = actor_of(request)
    exported = export_cases(asked_cases(actor, request.GET.urlencode()), actor=actor)
    return attachment(exported.content, name=exported.name, content_type=XLSX)
