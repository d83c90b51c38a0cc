"""Asking for a batch: preview first, then the request; and the names behind each group of the preview."""

import uuid
from collections.abc import Mapping
from itertools import groupby
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_GET, require_http_methods

from accounts.queries import area_names
from core import clock
from core.page_parts import Crumb
from core.requests import actor_of
from core.transitions import TransitionRefused
from core.workflow import Actor
from disbursements.forms import BatchRequestForm
from disbursements.permissions import may_request_batch
from disbursements.queries.account_alerts import preview_alerts
from disbursements.queries.obstacles import REASONS
from disbursements.queries.payable import (
    BatchPreview,
    BatchScope,
    ListShare,
    people_left_out,
    preview,
    scope_means,
    suspected_pairs,
)
from disbursements.queries.payout_warnings import LABELS, preview_warnings, warned_of_scope
from disbursements.services.requests import request_batch

SHOWN_NAMES = 50


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
    found: dict[str, Any] = {}
    if form.is_bound and form.is_valid():
        asked = form.request()
        if request.method == "POST" and "confirm" in request.POST:
            try:
                batch = request_batch(actor=actor, request=asked)
            except TransitionRefused as refusal:
                form.add_error(None, str(refusal))
            else:
                messages.success(request, _("Đang lập đợt chi %(ref)s.") % {"ref": batch.reference})
                return redirect("disbursements:batch_page", reference=batch.reference)
        found = _shown(asked.scope_of(actor), actor)
    crumb_parts = [Crumb(lazy("Đợt chi trả"), "/batches/"), Crumb(lazy("Lập đợt chi"))]
    context = {"form": form, "crumb_parts": crumb_parts, **found}
    return render(request, "disbursements/batch_new.html", context, status=422 if form.errors else 200)


def _shown(scope: BatchScope, actor: Actor) -> dict[str, Any]:
    """The preview in the parts that its page shows."""
    means = scope_means(scope)
    found = preview(scope, means)
    warned = preview_warnings(scope, means, clock.today())
    has_suspected = any(group.is_suspected for group in found.exclusions)
    return {
        "found": found,
        "communes": _by_commune(found),
        "warned": warned,
        "warned_codes": " ".join(group.code for group in warned),
        "alerts": preview_alerts(scope, actor, clock.today(), means),
        "pairs": suspected_pairs(scope, actor) if has_suspected else [],
        "people_url": f"{reverse('disbursements:batch_new_people')}?{urlencode(_address_of(scope))}&group=",
    }


def _by_commune(found: BatchPreview) -> list[tuple[str, int, int, list[ListShare]]]:
    """Name, people, đồng and lists of each commune."""
    names = area_names(share.area_code for share in found.lists)
    rows = []
    for area_code, shares in groupby(found.lists, key=lambda share: share.area_code):
        lists = list(shares)
        totals = sum(share.people for share in lists), sum(share.amount for share in lists)
        rows.append((names[area_code], *totals, lists))
    return rows


def _address_of(scope: BatchScope) -> dict[str, str]:
    """The form's fields that decide who is in, for the address of the names behind a group."""
    return {
        "programme": scope.programme,
        "area": scope.area_code,
        "stream": scope.stream,
        "decision": scope.decision,
        "source": scope.source,
        "channel": scope.channel,
        **({"is_retry": "1"} if scope.is_retry else {}),
    }


@require_GET
def batch_new_people(request: HttpRequest) -> HttpResponse:
    """Who stands behind a group of the preview: left out for one reason, or in with one warning; the first 50 and how many."""
    actor = actor_of(request)
    if not may_request_batch(actor):
        raise PermissionDenied(_("Việc này do kế toán làm."))
    form = BatchRequestForm(actor, {**request.GET.dict(), "key": "names"})
    code = request.GET.get("group", "")
    if not form.is_valid() or (code not in REASONS and code not in LABELS):
        raise Http404
    scope = form.request().scope_of(actor)
    if code in LABELS:
        people = warned_of_scope(scope, scope_means(scope), code, clock.today())
    else:
        people = people_left_out(scope, code)
    shown = list(people[:SHOWN_NAMES])
    names = area_names(row.area_code for row in shown)
    back = f"{reverse('disbursements:batch_new')}?{urlencode(_address_of(scope))}"
    context = {
        "label": LABELS[code] if code in LABELS else REASONS[code],
        "rows": [(row, names[row.area_code]) for row in shown],
        "count": people.count(),
        "back": back,
        "crumb_parts": [
            Crumb(lazy("Đợt chi trả"), "/batches/"),
            Crumb(lazy("Lập đợt chi"), back),
            Crumb(lazy("Danh sách")),
        ],
    }
    return render(request, "disbursements/payouts/people.html", context)
