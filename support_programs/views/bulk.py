"""Work on many cases at once: chosen on a table, confirmed where it can't be taken back, answered case by case."""

from typing import Any, Final

from django.contrib import messages
from django.db.models import Count, QuerySet, Sum
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from core.downloads import attachment
from core.models import Job
from core.requests import actor_of
from core.shortcuts import get_visible
from core.transitions import TransitionRefused
from core.workflow import Actor
from support_programs.forms.worklist import BulkForm
from support_programs.models import Case
from support_programs.queries.cases import case_rows, chosen_cases, with_row_fields
from support_programs.queries.officers import colleagues_of
from support_programs.queries.worklist import asked_cases
from support_programs.services import bulk
from support_programs.services.case_exports import XLSX, export_bulk_result
from support_programs.views.bulk_actions import (
    APPRAISING,
    TAKING_OUT,
    TITLES,
    actions_of,
    bulk_actions,
)

__all__ = ["APPRAISING", "TAKING_OUT", "actions_of", "bulk_actions", "bulk_excel", "bulk_result", "case_bulk"]
SHOWN: Final = 50  # rows of a confirmation that can be ticked away; of more, references are typed
LEFT_SHOWN: Final = 200


@require_POST
def case_bulk(request: HttpRequest) -> HttpResponse:
    """Do one thing with the chosen cases, or with every case of the filter. What can't be taken back is confirmed first: how
    many, how much, which to leave out.
    """
    actor = actor_of(request)
    chosen = _chosen(request, actor)
    form = BulkForm(request.POST, chosen=chosen, colleagues=colleagues_of(actor))
    if form.count == 0:
        messages.error(request, _("Bạn chưa chọn hồ sơ nào."))
        return redirect(_back(request))
    if form.has_changed_count or (form.asks_first and not form.is_confirmed):
        return _confirm(request, form, chosen, status=422 if form.has_changed_count else 200)
    if not form.is_valid():
        return _confirm(request, form, chosen, status=422)
    try:
        job = bulk.order_bulk(form.order, form.ids, actor=actor, back=_back(request))
    except TransitionRefused as refusal:
        messages.error(request, str(refusal))
        return redirect(_back(request))
    if job.is_unfinished:
        return redirect("job", reference=job.reference)
    done = job.result["done"]
    if job.result["left"]:
        return redirect("support_programs:bulk_result", reference=job.reference)
    messages.success(request, _("Đã làm xong %(done)d hồ sơ.") % {"done": len(done)})
    return redirect(_back(request))


@require_GET
def bulk_result(request: HttpRequest, reference: str) -> HttpResponse:
    """What became of each case of a bulk action; kept for whoever ordered it, 404 for everybody else."""
    job = _own_job(request, reference)
    if job.is_unfinished:
        return redirect("job", reference=job.reference)
    result = job.result
    context = {
        "job": job,
        "title": TITLES.get(result.get("action", ""), ""),
        "done": result.get("done", []),
        "left": result.get("left", [])[:LEFT_SHOWN],
        "left_count": len(result.get("left", [])),
        "back": result.get("back") or "/",
    }
    return render(request, "support_programs/worklist/bulk_result.html", context)


@require_GET
def bulk_excel(request: HttpRequest, reference: str) -> HttpResponse:
    """The same as a workbook; the download is recorded."""
    exported = export_bulk_result(_own_job(request, reference), actor=actor_of(request))
    return attachment(exported.content, name=exported.name, content_type=XLSX)


def _own_job(request: HttpRequest, reference: str) -> Job:
    actor = actor_of(request)
    job = get_visible(Job, actor, reference=reference)
    if job.kind != bulk.KIND or job.created_by_id != actor.pk:
        raise Http404
    return job


def _confirm(request: HttpRequest, form: BulkForm, chosen: QuerySet[Case], *, status: int) -> HttpResponse:
    rows = case_rows(with_row_fields(chosen.order_by("name_sort", "pk"))[:SHOWN])
    context: dict[str, Any] = {
        "form": form,
        "title": TITLES.get(form.code, ""),
        "action": form.code,
        "rows": rows,
        "further": form.count - len(rows),
        "amount": chosen.aggregate(amount=Sum("amount_proposed"))["amount"] or 0,
        "programmes": chosen.order_by().values_list("programme__short_name").annotate(n=Count("pk")),
        "picks": request.POST.getlist("pick") if not form.is_all else [],
        "left_out": set(request.POST.getlist("leave")),
        "back": _back(request),
    }
    return render(request, "support_programs/worklist/bulk_confirm.html", context, status=status)


def _chosen(request: HttpRequest, actor: Actor) -> QuerySet[Case]:
    if request.POST.get("pick_all") != "1":
        return chosen_cases(actor, request.POST.getlist("pick"))
    return asked_cases(actor, request.GET.urlencode()).rows


def _back(request: HttpRequest) -> str:
    wanted = request.POST.get("back", "")
    return wanted if url_has_allowed_host_and_scheme(wanted, allowed_hosts=None) else "/"
