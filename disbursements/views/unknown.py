"""Payments of which nobody knows what became of them: recorded with the day, listed by age until somebody brings the answer."""

from typing import Final

from django.contrib import messages
from django.db.models import Count, Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts.queries import area_name
from core import clock
from core.references import parse_reference
from core.requests import actor_of
from core.transitions import TransitionRefused
from disbursements.enums import InstructionStatus
from disbursements.forms.statements import DoubtForm
from disbursements.models import PaymentInstruction
from disbursements.queries.batches import LineFilter
from disbursements.queries.unknown import unknown_lines, unknown_rows
from disbursements.services.results import mark_unknown
from disbursements.views.statements import crumbs_of, recorded_batch
from support_programs.views.paging import page_of

UNKNOWN: Final = "unknown"
_SHOWN_NAMES: Final = 20


@require_GET
def unknown_payments(request: HttpRequest) -> HttpResponse:
    """Lines in doubt of one's area, the oldest first, with the way to record their answer."""
    actor = actor_of(request)
    words = request.GET.get("q", "").strip()
    lines = unknown_lines(actor)
    reference = parse_reference(words)
    if reference is not None and reference.prefix == "DC":
        lines = lines.filter(batch_reference=str(reference))
    elif words:
        lines = LineFilter(q=words).apply(lines)
    sums = lines.order_by().aggregate(people=Count("pk"), amount=Sum("amount", default=0))
    page = page_of(request, lines)
    page.object_list = unknown_rows(page.object_list, clock.today())
    context = {"page": page, "sums": sums, "words": words, "area_name": area_name(actor.area_code)}
    return render(request, "disbursements/statements/unknown.html", context)


@require_http_methods(["GET", "POST"])
def batch_unknown(request: HttpRequest, reference: str) -> HttpResponse:
    """Say from which day on nobody knows what became of chosen lines, or of all that are still awaited."""
    actor = actor_of(request)
    batch = recorded_batch(reference, actor)
    picked = request.POST.getlist("pick")
    sent = PaymentInstruction.objects.filter(batch=batch, status=InstructionStatus.SENT)
    lines = sent.filter(reference__in=picked) if picked else sent
    is_confirmed = "confirm" in request.POST
    form = DoubtForm(request.POST if is_confirmed else None)
    if is_confirmed and form.is_valid():
        try:
            report = mark_unknown(
                actor=actor,
                batch=batch,
                on=form.cleaned_data["on"],
                references=frozenset(picked) if picked else None,
            )
        except TransitionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, report.sentence)
            return redirect("disbursements:batch_page", reference=batch.reference)
    context = {
        "batch": batch,
        "form": form,
        "picked": picked,
        "lines": lines.order_by("area_code", "position")[:_SHOWN_NAMES],
        "sums": lines.aggregate(people=Count("pk"), amount=Sum("amount", default=0)),
        "crumb_parts": crumbs_of(batch, _("Ghi chưa rõ kết quả")),
    }
    return render(request, "disbursements/statements/doubt.html", context, status=422 if form.errors else 200)
