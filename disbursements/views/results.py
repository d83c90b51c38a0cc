"""Recording results: lines ticked on the batch page, or everybody but those; and lists that came back as files."""

from typing import Any, Final

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, QuerySet, Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core.page_parts import Crumb, Tab
from core.requests import actor_of
from core.shortcuts import get_visible
from core.transitions import TransitionRefused
from core.workflow import Actor
from disbursements.enums import InstructionStatus, StatementRow
from disbursements.forms import ExceptionForm, StatementForm
from disbursements.models import Batch, PaymentInstruction, StatementImport
from disbursements.permissions import may_record_results
from disbursements.services.results import Results, record_all_paid_except, record_results
from disbursements.services.statements import check_statement, nothing_new, record_statement
from disbursements.views.batches import batch_of

_PAID: Final = "paid"
_EXCEPT: Final = "except"


@require_POST
def batch_results(request: HttpRequest, reference: str) -> HttpResponse:
    """Lines ticked on the page: a confirmation with names, sums and reasons first, then the record."""
    actor = actor_of(request)
    batch = _batch(reference, actor)
    action = request.POST.get("action", "")
    picked = PaymentInstruction.objects.filter(batch=batch, reference__in=request.POST.getlist("pick"))
    lines = list(picked.order_by("area_code", "position"))
    is_confirmed = "confirm" in request.POST
    rows = [(line, _exception(request, line, is_confirmed)) for line in lines] if action != _PAID else []
    problem = "" if lines or action == _EXCEPT else _("Chưa chọn ai. Hãy đánh dấu vào những dòng cần ghi.")
    if is_confirmed and not problem and all(form.is_valid() for _line, form in rows):
        try:
            report = _record(
                actor, batch, action, lines, {line.reference: form.reason() for line, form in rows}
            )
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
        "crumb_parts": _crumbs(batch, _("Ghi kết quả chi")),
    }
    is_refused = problem or any(form.errors for _line, form in rows)
    return render(request, "disbursements/batch_results.html", context, status=422 if is_refused else 200)


@require_http_methods(["GET", "POST"])
def statement_new(request: HttpRequest, reference: str) -> HttpResponse:
    """Upload the payment list with its results; nothing is recorded before it was checked."""
    actor = actor_of(request)
    batch = _batch(reference, actor)
    form = StatementForm(*((request.POST, request.FILES) if request.method == "POST" else ()))
    if request.method == "POST" and form.is_valid():
        upload = form.cleaned_data["file"]
        try:
            statement = check_statement(actor=actor, batch=batch, content=upload.read(), name=upload.name)
        except TransitionRefused as refusal:
            form.add_error("file", str(refusal))
        else:
            return redirect("disbursements:statement_page", reference=batch.reference, number=statement.pk)
    context = {"batch": batch, "form": form, "crumb_parts": _crumbs(batch, _("Nhập kết quả chi"))}
    return render(request, "disbursements/statement_new.html", context, status=422 if form.errors else 200)


@require_GET
def statement_page(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """What the check says of each row, those that need a look first."""
    actor = actor_of(request)
    batch = batch_of(reference, actor)
    statement = get_visible(StatementImport, actor, batch=batch, pk=number)
    return render(
        request, "disbursements/statement_page.html", _statement_context(request, batch, statement, actor)
    )


@require_POST
def statement_record(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """Record the rows of a checked list that change something."""
    actor = actor_of(request)
    batch = _batch(reference, actor)
    statement = get_visible(StatementImport, actor, batch=batch, pk=number)
    try:
        report = record_statement(actor=actor, statement=statement)
    except TransitionRefused as refusal:
        context = {**_statement_context(request, batch, statement, actor), "problem": str(refusal)}
        return render(request, "disbursements/statement_page.html", context, status=422)
    messages.success(request, report.sentence)
    return redirect("disbursements:batch_page", reference=batch.reference)


def _batch(reference: str, actor: Actor) -> Batch:
    batch = batch_of(reference, actor)
    if not may_record_results(actor):
        raise PermissionDenied(_("Việc này do kế toán làm."))
    return batch


def _exception(request: HttpRequest, line: PaymentInstruction, is_confirmed: bool) -> ExceptionForm:
    return ExceptionForm(request.POST if is_confirmed else None, prefix=line.reference)


def _record(
    actor: Actor, batch: Batch, action: str, lines: list[PaymentInstruction], reasons: dict[str, str]
) -> str:
    if action == _EXCEPT:
        return record_all_paid_except(actor=actor, batch=batch, exceptions=reasons).sentence
    paid = frozenset(line.reference for line in lines) if action == _PAID else frozenset()
    return record_results(actor=actor, batch=batch, results=Results(paid, reasons)).sentence


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


def _statement_context(
    request: HttpRequest, batch: Batch, statement: StatementImport, actor: Actor
) -> dict[str, Any]:
    counts = dict.fromkeys(StatementRow, 0)
    for row in statement.rows:
        counts[StatementRow(row["outcome"])] += 1
    shown = request.GET.get("outcome", "")
    rows = [row for row in statement.rows if not shown or row["outcome"] == shown]
    refused = {outcome.value for outcome in StatementRow.refused()}
    to_record = sum(counts[outcome] for outcome in StatementRow.to_record())
    tabs = [
        Tab(outcome.label, f"?outcome={outcome}", counts[outcome], shown == outcome, outcome.value in refused)
        for outcome in StatementRow
        if counts[outcome]
    ]
    return {
        "batch": batch,
        "statement": statement,
        "tabs": [Tab(_("Tất cả"), "?", len(statement.rows), not shown), *tabs],
        "rows": sorted(rows, key=lambda row: (row["outcome"] not in refused, row["row"]))[:500],
        "labels": dict(StatementRow.choices),
        "refused": refused,
        "to_record": to_record,
        "nothing": "" if to_record else nothing_new(statement.rows),
        "can_record": may_record_results(actor),
        "crumb_parts": _crumbs(batch, _("Kiểm tra kết quả chi")),
    }


def _crumbs(batch: Batch, last: str) -> list[Crumb]:
    return [
        Crumb(lazy("Đợt chi trả"), "/batches/"),
        Crumb(batch.reference, f"/batches/{batch.reference}/"),
        Crumb(last),
    ]
