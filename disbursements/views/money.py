"""What came back unpaid, and payment files."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from core.downloads import download
from core.requests import actor_of
from core.shortcuts import get_visible
from core.transitions import TransitionRefused
from disbursements.models import PaymentFile
from disbursements.permissions import may_download_payment_list
from disbursements.services.rendering import render_again
from disbursements.views.batches import batch_of


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
