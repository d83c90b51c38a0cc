"""How many signatures an amount needs, and whom an approver should look at before signing."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_GET, require_http_methods

from accounts.http import settings_tabs
from accounts.models import User
from accounts.permissions import is_administrator
from accounts.queries import area_names
from core import clock
from core.page_parts import Crumb
from core.requests import actor_of
from core.transitions import TransitionRefused
from disbursements.forms import SignatureRuleForm
from disbursements.models import SignatureRule
from disbursements.permissions import may_read_signature_rules
from disbursements.queries.payout_warnings import HINTS, LABELS, warned_of_batch
from disbursements.services.signatures import set_signature_rule
from disbursements.views.batches import batch_of
from disbursements.views.requests import SHOWN_NAMES


@require_GET
def batch_warned(request: HttpRequest, reference: str, code: str) -> HttpResponse:
    """The people of a batch behind one warning, as the register is now; the first 50 and how many."""
    actor = actor_of(request)
    batch = batch_of(reference, actor)
    if code not in LABELS:
        raise Http404
    people = warned_of_batch(batch, code, clock.today())
    shown = list(people[:SHOWN_NAMES])
    names = area_names(row.area_code for row in shown)
    back = reverse("disbursements:batch_page", args=[batch.reference])
    context = {
        "batch": batch,
        "label": LABELS[code],
        "hint": HINTS[code],
        "rows": [(row, names[row.area_code]) for row in shown],
        "count": people.count(),
        "back": back,
        "crumb_parts": [
            Crumb(lazy("Đợt chi trả"), reverse("disbursements:batch_list")),
            Crumb(batch.reference, back),
            Crumb(lazy("Cảnh báo")),
        ],
    }
    return render(request, "disbursements/payouts/people.html", context)


@require_http_methods(["GET", "POST"])
def signature_rules(request: HttpRequest) -> HttpResponse:
    """From which amount a batch needs how many signatures: read by who works with batches, written by the administrator."""
    actor = actor_of(request)
    may_write = is_administrator(actor)
    if not (may_write or may_read_signature_rules(actor)):
        raise PermissionDenied
    form = SignatureRuleForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and not may_write:
        raise PermissionDenied(_("Việc này do người quản trị làm."))
    if request.method == "POST" and form.is_valid():
        try:
            rule = set_signature_rule(actor=actor, **form.cleaned_data)
        except TransitionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Đã ghi: %(n)s chữ ký.") % {"n": rule.signatures})
            return redirect("disbursements:signature_rules")
    context = {
        "rules": SignatureRule.objects.order_by("from_amount"),
        "form": form,
        "may_write": may_write,
        "tabs": settings_tabs(actor, "disbursements:signature_rules")
        if may_write and isinstance(actor, User)
        else [],
    }
    template = "disbursements/payouts/signature_rules.html"
    return render(request, template, context, status=422 if form.errors else 200)
