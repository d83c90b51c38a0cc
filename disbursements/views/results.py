"""Recording results on the page: lines that were ticked, or everybody but those."""

from typing import Final

from django.contrib import messages
from django.db.models import Count, QuerySet, Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from core.requests import actor_of
from core.transitions import TransitionRefused
from core.workflow import Actor
from disbursements.enums import InstructionStatus
from disbursements.forms import ExceptionForm
from disbursements.models import Batch, PaymentInstruction
from disbursements.services.results import Results, record_all_paid_except, record_results
from disbursements.views.statements import crumbs_of, recorded_batch
from disbursements.views.unknown import UNKNOWN, batch_unknown

_PAID: Final = "paid"
_EXCEPT: Final = "except"


@require_POST
def batch_results(request: HttpRequest, reference: str) -> HttpResponse:
    """Lines ticked on the page: a confirmation with names, sums and reasons first, then the record."""
    if request.POST.get("action", "") == UNKNOWN:
        return batch_unknown(request, reference)
    actor = actor_of(request)
    batch = recorded_batch(reference, actor)
    action = request.POST.get("action", "")
    picked = PaymentInstruction.objects.filter(batch=batch, reference__in=request.POST.getlist("pick"))
    lines = list(picked.order_by("area_code", "position"))
    is_confirmed = "confirm" in request.POST
    rows = [(line, _exception(request, line, is_confirmed)) for line in lines] if action != _PAID else []
    problem = "" if lines or action == _EXCEPT else _("Chưa chọn ai. Hãy đánh dấu vào những dòng cần ghi.")
    if is_confirmed and not problem and all(form.is_valid() for _line, form in rows):
        try:
            report = _record(actor, batch, action, lines, rows)
        except TransitionRefused as refusal:
            problem = str(refusal)
        else:
            messages.success(request, report)
            return redirect("disbursements:batch_page", reference=batch.reference)
    context = {
        **_paid_sums(batch, picked, action),
        "batch": batch,
        "action": action,
        "lines": lines,
        "rows": rows,
        "problem": problem,
        "crumb_parts": crumbs_of(batch, _("Ghi kết quả chi")),
    }
    is_refused = problem or any(form.errors for _line, form in rows)
    return render(request, "disbursements/batch_results.html", context, status=422 if is_refused else 200)


def _exception(request: HttpRequest, line: PaymentInstruction, is_confirmed: bool) -> ExceptionForm:
    return ExceptionForm(request.POST if is_confirmed else None, prefix=line.reference)


def _record(
    actor: Actor,
    batch: Batch,
    action: str,
    lines: list[PaymentInstruction],
    rows: list[tuple[PaymentInstruction, ExceptionForm]],
) -> str:
    reasons = {line.reference: form.reason() for line, form in rows}
    if action == _EXCEPT:
        return record_all_paid_except(actor=actor, batch=batch, exceptions=reasons).sentence
    paid = frozenset(line.reference for line in lines) if action == _PAID else frozenset()
    codes = {line.reference: form.cleaned_data["choice"] for line, form in rows}
    return record_results(actor=actor, batch=batch, results=Results(paid, reasons, codes=codes)).sentence


def _paid_sums(batch: Batch, picked: QuerySet[PaymentInstruction], action: str) -> dict[str, int]:
    """People and đồng that would be recorded as paid."""
    if action == _PAID:
        paid = picked
    elif action == _EXCEPT:
        awaited = PaymentInstruction.objects.filter(batch=batch, status__in=InstructionStatus.pending())
        paid = awaited.exclude(pk__in=picked.values("pk"))
    else:
        return {"people": 0, "amount": 0}
    return paid.aggregate(people=Count("pk"), amount=Sum("amount", default=0))
