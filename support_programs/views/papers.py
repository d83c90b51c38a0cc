"""Printed lists as PDF, each download recorded."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from core.audit import record_event
from core.documents import RendererMissingError, render_pdf
from core.downloads import attachment
from core.requests import actor_of
from support_programs.permissions import takes_whole_numbers
from support_programs.queries.papers import KINDS, POSTING, PROPOSAL, has_posting, paper_of
from support_programs.views.lists import list_of


@require_GET
def list_paper(request: HttpRequest, reference: str, kind: str) -> HttpResponse:
    """The list to sign (full numbers) or to hang out (masked); who took it stands in the log."""
    actor = actor_of(request)
    case_list = list_of(reference, actor)
    if kind not in KINDS or (kind == POSTING and not has_posting(case_list)):
        raise Http404
    if kind == PROPOSAL and not takes_whole_numbers(actor):
        raise PermissionDenied(_("Bạn không có quyền tải danh sách có đủ số CCCD, CMND."))
    paper = paper_of(case_list, kind)
    try:
        content = render_pdf("pdf/proposed_list.html", {"paper": paper, "case_list": case_list})
    except RendererMissingError as missing:
        messages.error(request, str(missing))
        return redirect("support_programs:list_page", case_list.reference)
    record_event(
        "list.printed", case_list, actor=actor, change={"paper": paper.title, "people": paper.people}
    )
    return attachment(
        content, name=f"{paper.title} {case_list.reference}.pdf", content_type="application/pdf"
    )
