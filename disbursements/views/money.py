"""Allocations, what came back unpaid, and payment files."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.queries import area_name
from core.downloads import download
from core.requests import actor_of
from core.shortcuts import get_visible
from core.transitions import TransitionRefused
from disbursements.forms import AllocationForm
from disbursements.models import PaymentFile
from disbursements.permissions import may_download_payment_list, may_read_batches, may_record_allocation
from disbursements.queries.allocations import allocations_of, decisions_money
from disbursements.services.allocations import record_allocation
from disbursements.services.rendering import render_again
from disbursements.views.batches import batch_of


@require_http_methods(["GET", "POST"])
def allocations(request: HttpRequest) -> HttpResponse:
    """Decisions with the money that they approve for each district, the papers that arrived, and the form for a new one."""
    actor = actor_of(request)
    if not may_read_batches(actor):
        raise PermissionDenied
    rows = decisions_money(actor.area_code)
    form = AllocationForm(rows, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            allocation = record_allocation(actor=actor, decision_id=form.decision_id(), paper=form.paper())
        except TransitionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Đã ghi phân bổ kinh phí %(ref)s.") % {"ref": allocation.reference})
            return redirect("disbursements:allocations")
    context = {
        "rows": [(row, area_name(row.district)) for row in rows],
        "papers": allocations_of(actor.area_code),
        "form": form,
        "may_record": may_record_allocation(actor),
        "area_name": area_name(actor.area_code),
    }
    return render(request, "disbursements/allocations.html", context, status=422 if form.errors else 200)


@require_POST
def batch_files(request: HttpRequest, reference: str) -> HttpResponse:
    """Have the missing files of a batch written."""
    actor = actor_of(request)
    batch = batch_of(reference, actor)
    try:
        render_again(actor=actor, batch=batch)
    except TransitionRefused as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, _("Đang lập tệp chi. Mở lại trang sau ít phút."))
    return redirect("disbursements:batch_page", reference=batch.reference)


@require_GET
def batch_file(request: HttpRequest, reference: str, kind: str) -> HttpResponse:
    """A payment list; whole identity numbers stand in it, so each download is recorded."""
    actor = actor_of(request)
    batch = batch_of(reference, actor)
    if not may_download_payment_list(actor):
        raise PermissionDenied(_("Bạn không có quyền tải danh sách chi trả."))
    wanted: PaymentFile = get_visible(
        PaymentFile.objects.select_related("file"),
        actor,
        batch=batch,
        kind=kind,
        is_draft="draft" in request.GET,
    )
    return download(wanted.file, actor=actor)
