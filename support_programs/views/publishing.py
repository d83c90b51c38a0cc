"""Decisions of UBND tỉnh at the department's desk: which there are, and what of their scans is public."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from core.audit import PROVINCE
from core.downloads import download
from core.enums import FileKind
from core.page_parts import Crumb
from core.requests import actor_of
from core.services.files import store_file
from core.shortcuts import get_visible
from core.transitions import TransitionRefused
from core.workflow import Actor
from support_programs.forms.publishing import PublishForm, WithdrawForm
from support_programs.models import ApprovalDecision, Programme
from support_programs.permissions import NOT_REVIEWER, reviewer
from support_programs.queries.public_decisions import DecisionFilter, decisions, live_publication
from support_programs.queries.public_lists import TOTALS_ONLY
from support_programs.services.publishing import publish_scan, withdraw_scan
from support_programs.services.scope import check_role
from support_programs.views.paging import page_of


@require_GET
def decision_list(request: HttpRequest) -> HttpResponse:
    """The decisions that somebody may see, newest first, each with whether its scan is public."""
    actor = actor_of(request)
    filters = DecisionFilter.from_query(request.GET.dict())
    visible = ApprovalDecision.objects.visible_to(actor).values("pk")
    page = page_of(request, filters.apply(decisions().filter(pk__in=visible)))
    page.object_list = [(row, live_publication(row)) for row in page.object_list]
    context = {
        "page": page,
        "filters": filters,
        "programmes": Programme.objects.order_by("short_name").values_list("pk", "short_name"),
        "totals_only": TOTALS_ONLY,
        "may_publish": reviewer(actor),
    }
    return render(request, "support_programs/decision_list.html", context)


@require_GET
def decision_page(request: HttpRequest, reference: str) -> HttpResponse:
    """One decision: its lists, its scan, and every time that a scan was published or taken down."""
    actor = actor_of(request)
    return _page(request, _decision(reference, actor), actor)


@require_GET
def decision_scan(request: HttpRequest, reference: str) -> HttpResponse:
    """The recorded scan, or the published copy of it with `?public=1`; the download is recorded."""
    actor = actor_of(request)
    decision = _decision(reference, actor)
    public = live_publication(decision) if request.GET.get("public") else None
    file = public.file if public else decision.scan
    if file is None:
        raise Http404(_("Quyết định này chưa có bản chụp."))
    return download(file, actor=actor)


@require_http_methods(["POST"])
def decision_publish(request: HttpRequest, reference: str) -> HttpResponse:
    """Publish the scan; who does it has looked at every page."""
    actor = actor_of(request)
    decision = _decision_to_publish(reference, actor)
    form = PublishForm(request.POST, request.FILES, has_scan=decision.scan_id is not None)
    if not form.is_valid():
        return _page(request, decision, actor, publish=form)
    try:
        file = _stored(form.cleaned_data["scan"], actor)
        publish_scan(decision, actor=actor, has_checked=form.cleaned_data["has_checked"], file=file)
    except TransitionRefused as refusal:
        form.add_error(None, str(refusal))
        return _page(request, decision, actor, publish=form)
    messages.success(request, _("Đã công bố bản chụp quyết định %(no)s.") % {"no": decision.number})
    return redirect("support_programs:decision_page", reference)


@require_http_methods(["POST"])
def decision_withdraw(request: HttpRequest, reference: str) -> HttpResponse:
    """Take the scan off the public pages, with a reason."""
    actor = actor_of(request)
    decision = _decision_to_publish(reference, actor)
    form = WithdrawForm(request.POST)
    if not form.is_valid():
        return _page(request, decision, actor, withdraw=form)
    try:
        withdraw_scan(decision, reason=form.cleaned_data["reason"], actor=actor)
    except TransitionRefused as refusal:
        form.add_error(None, str(refusal))
        return _page(request, decision, actor, withdraw=form)
    messages.success(request, _("Đã gỡ bản chụp quyết định %(no)s.") % {"no": decision.number})
    return redirect("support_programs:decision_page", reference)


def _decision(reference: str, actor: Actor) -> ApprovalDecision:
    rows = ApprovalDecision.objects.select_related("programme", "scan")
    return get_visible(rows, actor, reference=reference)


def _decision_to_publish(reference: str, actor: Actor) -> ApprovalDecision:
    decision = _decision(reference, actor)
    check_role(actor, reviewer, NOT_REVIEWER)
    return decision


def _stored(sent: Any, actor: Actor) -> Any:
    if sent is None:
        return None
    content, name = sent.read(), str(sent.name)
    return store_file(content, name=name, kind=FileKind.SCAN, area_code=PROVINCE, created_by_id=actor.pk)


def _page(
    request: HttpRequest,
    decision: ApprovalDecision,
    actor: Actor,
    *,
    publish: PublishForm | None = None,
    withdraw: WithdrawForm | None = None,
) -> HttpResponse:
    history = list(decision.publications.select_related("file"))
    refused = publish or withdraw
    context = {
        "decision": decision,
        "lists": decision.case_lists.order_by("area_code", "pk"),
        "live": next((one for one in history if one.withdrawn_on is None), None),
        "history": history,
        "is_total": decision.programme_id in TOTALS_ONLY,
        "may_publish": reviewer(actor) and actor.area_code == decision.area_code,
        "publish": publish or PublishForm(has_scan=decision.scan_id is not None),
        "withdraw": withdraw or WithdrawForm(),
        "refused": refused,
        "crumb_parts": [Crumb(_("Quyết định"), "/decisions/"), Crumb(decision.number)],
    }
    return render(request, "support_programs/decision_page.html", context, status=422 if refused else 200)
