"""Asking for a batch: preview first, then the request."""

import uuid
from collections.abc import Mapping

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_http_methods

from core import clock
from core.page_parts import Crumb
from core.requests import actor_of
from core.transitions import TransitionRefused
from disbursements.forms import BatchRequestForm
from disbursements.permissions import may_request_batch
from disbursements.queries.account_alerts import preview_alerts
from disbursements.queries.payable import preview, suspected_pairs
from disbursements.services.requests import request_batch


def _given(request: HttpRequest) -> Mapping[str, str] | None:
    """What was typed; an address that names a programme opens its preview, as the worklist's counter does."""
    if request.method == "POST":
        return request.POST
    return {**request.GET.dict(), "key": uuid.uuid4().hex} if "programme" in request.GET else None


@require_http_methods(["GET", "POST"])
def batch_new(request: HttpRequest) -> HttpResponse:
    """Choose whom to pay and see who would be in, who not and why; then have the batch put together by a worker."""
    actor = actor_of(request)
    if not may_request_batch(actor):
        raise PermissionDenied(_("Việc này do kế toán làm."))
    form = BatchRequestForm(actor, _given(request))
    found = None
    if form.is_bound and form.is_valid():
        asked = form.request()
        try:
            if request.method == "POST" and "confirm" in request.POST:
                batch = request_batch(actor=actor, request=asked)
                messages.success(request, _("Đang lập đợt chi %(ref)s.") % {"ref": batch.reference})
                return redirect("disbursements:batch_page", reference=batch.reference)
            found = preview(asked.scope_of(actor))
        except TransitionRefused as refusal:
            form.add_error(None, str(refusal))
            found = preview(asked.scope_of(actor))
    crumb_parts = [Crumb(lazy("Đợt chi trả"), "/batches/"), Crumb(lazy("Lập đợt chi"))]
    has_suspected = found is not None and any(group.is_suspected for group in found.exclusions)
    pairs = suspected_pairs(form.request().scope_of(actor), actor) if has_suspected else []
    alerts = preview_alerts(form.request().scope_of(actor), actor, clock.today()) if found else None
    context = {"form": form, "found": found, "pairs": pairs, "alerts": alerts, "crumb_parts": crumb_parts}
    return render(request, "disbursements/batch_new.html", context, status=422 if form.errors else 200)
