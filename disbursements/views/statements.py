"""Files that came back: uploaded, checked row by row, settled by hand where people have to look, recorded."""

from typing import Any, Final

from django.contrib import messages
from django.core.exceptions import PermissionDenied
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
from disbursements.enums import BatchStatus, StatementRow, StatementState
from disbursements.forms.statements import AsideForm, RowForm, StatementForm
from disbursements.models import Batch, StatementImport, StatementLine
from disbursements.permissions import may_record_results
from disbursements.queries.statement_sentences import sentence_of
from disbursements.queries.statements import candidates, counts_of, row_views, rows_to_record, shown_rows
from disbursements.services.statement_rows import match_by_hand, set_aside
from disbursements.services.statements import nothing_new, outcomes_of, record_statement, submit_statement
from disbursements.views.batches import batch_of
from support_programs.views.paging import page_of

_ASIDE: Final = "aside"
_MOST_CANDIDATES: Final = 25


@require_http_methods(["GET", "POST"])
def statement_new(request: HttpRequest, reference: str) -> HttpResponse:
    """Upload what came back; nothing is recorded before it was checked."""
    actor = actor_of(request)
    batch = recorded_batch(reference, actor)
    form = StatementForm(*((request.POST, request.FILES) if request.method == "POST" else ()))
    if request.method == "POST" and form.is_valid():
        upload = form.cleaned_data["file"]
        try:
            statement = submit_statement(actor=actor, batch=batch, content=upload.read(), name=upload.name)
        except TransitionRefused as refusal:
            form.add_error("file", str(refusal))
        else:
            return _to_page(batch, statement)
    context = {"batch": batch, "form": form, "crumb_parts": crumbs_of(batch, _("Nhập kết quả chi"))}
    return render(request, "disbursements/statements/new.html", context, status=422 if form.errors else 200)


@require_GET
def statement_page(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """What the check says of each row, those that need a look first; how far the worker is while it reads."""
    actor = actor_of(request)
    batch = batch_of(reference, actor)
    return render(
        request,
        "disbursements/statements/page.html",
        _page_context(request, batch, _statement(batch, number, actor), actor),
    )


@require_POST
def statement_record(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """Record the rows of a checked file that change something."""
    actor = actor_of(request)
    batch = recorded_batch(reference, actor)
    statement = _statement(batch, number, actor)
    try:
        report = record_statement(actor=actor, statement=statement)
    except TransitionRefused as refusal:
        context = {**_page_context(request, batch, statement, actor), "problem": str(refusal)}
        return render(request, "disbursements/statements/page.html", context, status=422)
    messages.success(request, report.sentence)
    return redirect("disbursements:batch_page", reference=batch.reference)


@require_http_methods(["GET", "POST"])
def statement_row(request: HttpRequest, reference: str, number: int, row: int) -> HttpResponse:
    """One row beside the people it may be about: choose one, or put it aside, each with a reason."""
    actor = actor_of(request)
    batch = recorded_batch(reference, actor)
    statement = _statement(batch, number, actor)
    line: StatementLine = get_visible(
        StatementLine.objects.select_related(
            "statement__batch", "instruction__batch", "twin__statement__file"
        ),
        actor,
        statement=statement,
        row=row,
    )
    form = RowForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            done = _settle(request, actor, statement, line, form)
        except TransitionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, done)
            return _to_page(batch, statement)
    words = request.GET.get("q", "").strip()
    context = {
        "batch": batch,
        "statement": statement,
        "line": line,
        "sentence": sentence_of(statement, line),
        "form": form,
        "words": words,
        "chosen": form.data.get("line") or (line.instruction.reference if line.instruction else ""),
        "candidates": candidates(line, words)[:_MOST_CANDIDATES],
        "is_open": line.outcome in StatementRow.refused() and line.recorded_at is None,
        "crumb_parts": crumbs_of(batch, _("Đối soát tay"), statement),
    }
    return render(request, "disbursements/statements/row.html", context, status=422 if form.errors else 200)


def _settle(
    request: HttpRequest, actor: Actor, statement: StatementImport, line: StatementLine, form: RowForm
) -> str:
    reason = form.cleaned_data["reason"]
    if request.POST.get("action") == _ASIDE:
        rows = StatementLine.objects.filter(pk=line.pk)
        set_aside(actor=actor, statement=statement, rows=rows, reason=reason)
        return _("Đã để dòng %(row)d ngoài đợt chi.") % {"row": line.row}
    chosen = form.cleaned_data["line"].strip()
    match_by_hand(actor=actor, line=line, reference=chosen, reason=reason)
    return _("Dòng %(row)d đã khớp với lệnh chi %(ref)s. Bấm Ghi kết quả để ghi.") % {
        "row": line.row,
        "ref": chosen,
    }


@require_http_methods(["GET", "POST"])
def statement_aside(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """Put all rows that are in no line of the batch aside at once: fees, money of others."""
    actor = actor_of(request)
    batch = recorded_batch(reference, actor)
    statement = _statement(batch, number, actor)
    rows = StatementLine.objects.filter(
        statement=statement, outcome=StatementRow.UNKNOWN_LINE, resolved_by_id=None
    )
    form = AsideForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            count = set_aside(actor=actor, statement=statement, rows=rows, reason=form.cleaned_data["reason"])
        except TransitionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Đã để %(count)d dòng ngoài đợt chi.") % {"count": count})
            return _to_page(batch, statement)
    context = {
        "batch": batch,
        "statement": statement,
        "form": form,
        "count": rows.count(),
        "rows": row_views(statement, rows.order_by("row")[:_MOST_CANDIDATES], actor),
        "crumb_parts": crumbs_of(batch, _("Để ngoài đợt chi"), statement),
    }
    return render(request, "disbursements/statements/aside.html", context, status=422 if form.errors else 200)


def recorded_batch(reference: str, actor: Actor) -> Batch:
    """The batch, for somebody who may record results; 404 outside the area."""
    batch = batch_of(reference, actor)
    if not may_record_results(actor):
        raise PermissionDenied(_("Việc này do kế toán làm."))
    return batch


def crumbs_of(batch: Batch, last: str, statement: StatementImport | None = None) -> list[Crumb]:
    """The way to a page below a batch."""
    address = f"/batches/{batch.reference}/"
    between = [Crumb(_("Kiểm tra kết quả chi"), f"{address}statement/{statement.pk}/")] if statement else []
    return [
        Crumb(lazy("Đợt chi trả"), "/batches/"),
        Crumb(batch.reference, address),
        *between,
        Crumb(last),
    ]


def _statement(batch: Batch, number: int, actor: Actor) -> StatementImport:
    found: StatementImport = get_visible(
        StatementImport.objects.select_related("file", "job", "batch"), actor, batch=batch, pk=number
    )
    return found


def _to_page(batch: Batch, statement: StatementImport) -> HttpResponse:
    return redirect("disbursements:statement_page", reference=batch.reference, number=statement.pk)


def _page_context(
    request: HttpRequest, batch: Batch, statement: StatementImport, actor: Actor
) -> dict[str, Any]:
    counts = counts_of(statement)
    shown = request.GET.get("outcome", "")
    refused = set(StatementRow.refused())
    to_record = rows_to_record(statement).count()
    page = page_of(request, shown_rows(statement, shown))
    page.object_list = row_views(statement, page.object_list, actor)
    tabs = [
        Tab(outcome.label, f"?outcome={outcome}", counts[outcome], shown == outcome, outcome in refused)
        for outcome in StatementRow
        if counts[outcome]
    ]
    is_checked = statement.state in (StatementState.CHECKED, StatementState.RECORDED)
    can_settle = may_record_results(actor) and batch.status == BatchStatus.RELEASED
    return {
        "batch": batch,
        "statement": statement,
        "tabs": [Tab(_("Tất cả"), "?", sum(counts.values()), not shown), *tabs],
        "page": page,
        "to_record": to_record,
        "to_look_at": sum(counts[outcome] for outcome in refused),
        "unmatched": counts[StatementRow.UNKNOWN_LINE],
        "nothing": nothing_new(outcomes_of(statement)) if is_checked and not to_record else "",
        "job": statement.job if statement.state == StatementState.READING else None,
        "can_record": can_settle,
        "crumb_parts": crumbs_of(batch, _("Kiểm tra kết quả chi")),
    }
