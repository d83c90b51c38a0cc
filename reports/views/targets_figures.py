"""Figures of units: the list with approval, one figure with its evidence, its correction."""

from collections.abc import Callable
from typing import Any, Final

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts.http import StaffRequest
from accounts.queries import area_name, area_names
from core.downloads import download
from core.page_parts import BulkAction, Crumb, Tab
from core.shortcuts import get_visible
from core.transitions import ManyResult, TransitionRefused
from core.workflow import Actor
from reports.enums.targets import TargetStatus, period_label
from reports.forms.targets import CorrectionForm, SendBackForm
from reports.models import TargetEntry
from reports.permissions import approves_targets, enters_targets
from reports.queries.targets_figures import (
    entries_seen,
    entry_counts,
)
from reports.rules.targets import format_figure
from reports.services.targets_entry import (
    correct_figure,
    take_back_figures,
)
from reports.services.targets_review import approve_figures, send_back_figures
from reports.services.targets_tables import NOTE, VALUE
from reports.views.access import check_reader
from reports.views.targets_parts import TARGETS, check_reporter, target_tabs
from reports.workflow.targets import TARGET_ENTRY_WORKFLOW
from support_programs.queries.case_page import history_of
from support_programs.queries.lists import offered_actions
from support_programs.views.paging import page_of

_COLUMNS: Final = (("value", VALUE), ("note", NOTE))
_SHOWN_REFUSALS: Final = 3


@require_http_methods(["GET", "POST"])
def entry_list(request: StaffRequest) -> HttpResponse:
    """Figures by state; chosen ones are approved, sent back or taken back together."""
    check_reader(request.user)
    if request.method == "POST":
        return _act_on_many(request)
    status = request.GET.get("status", "")
    page = page_of(request, entries_seen(request.user, status))
    names = area_names(row.area_code for row in page)
    context = {
        "page": page,
        "rows": [(row, names[row.area_code], *_in_words(row)) for row in page],
        "states": _states(request.user, status),
        "bulk_actions": _bulk_actions(request.user),
        "send_back": SendBackForm() if approves_targets(request.user) else None,
        "status": status,
        "tabs": target_tabs(request.user, "target_entries"),
    }
    return render(request, "reports/targets/entries.html", context)


@require_http_methods(["GET", "POST"])
def entry_page(request: StaffRequest, reference: str) -> HttpResponse:
    """One figure: who typed, submitted and approved it, its evidence, its corrections, and what comes next."""
    check_reader(request.user)
    entry = _entry_or_404(request.user, reference)
    form, status = SendBackForm(), 200
    if request.method == "POST":
        act = request.POST.get("action", "")
        form = SendBackForm(request.POST) if act == "send_back" else form
        if act != "send_back" or form.is_valid():
            reason = form.cleaned_data["reason"] if act == "send_back" else ""
            _say(request, _run(act)(request.user, TargetEntry.objects.filter(pk=entry.pk), reason))
            return redirect("reports:target_entry", reference=entry.reference)
        status = 422
    value, label = _in_words(entry)
    context = {
        "entry": entry,
        "value": value,
        "label": label,
        "area": area_name(entry.area_code),
        "offered": [
            act for act in offered_actions(TARGET_ENTRY_WORKFLOW, entry, request.user) if act.code in _ACTS
        ],
        "form": form,
        "corrections": [(row, *_in_words(row)) for row in entry.corrections.select_related("indicator")],
        "may_correct": _may_correct(request.user, entry),
        "events": history_of("reports.targetentry", entry.pk),
        "crumb_parts": [TARGETS, Crumb(_("Số liệu các kỳ"), "/targets/figures/"), Crumb(entry.reference)],
    }
    return render(request, "reports/targets/entry.html", context, status=status)


@require_http_methods(["GET", "POST"])
def entry_correct(request: StaffRequest, reference: str) -> HttpResponse:
    """Begin a correction of an approved figure, with its reason."""
    check_reporter(request.user)
    entry = _entry_or_404(request.user, reference)
    form = CorrectionForm(request.POST if request.method == "POST" else None, indicator=entry.indicator)
    if form.is_bound and form.is_valid():
        try:
            row = correct_figure(
                actor=request.user, entry=entry, cell=form.cell(), reason=form.cleaned_data["reason"]
            )
        except TransitionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(
                request, _("Đã ghi bản đính chính %(ref)s. Hãy gửi duyệt.") % {"ref": row.reference}
            )
            return redirect("reports:target_entry", reference=row.reference)
    value, label = _in_words(entry)
    context = {
        "entry": entry,
        "value": value,
        "label": label,
        "area": area_name(entry.area_code),
        "form": form,
        "crumb_parts": [
            TARGETS,
            Crumb(entry.reference, f"/targets/figures/{entry.reference}/"),
            Crumb(_("Đính chính")),
        ],
    }
    return render(request, "reports/targets/correct.html", context, status=422 if form.errors else 200)


@require_GET
def entry_evidence(request: StaffRequest, reference: str) -> HttpResponse:
    """The paper that a figure comes from; the audit log says who took it."""
    check_reader(request.user)
    entry = _entry_or_404(request.user, reference)
    if entry.evidence is None:
        raise Http404(_("Số liệu này không có tệp kèm theo."))
    return download(entry.evidence, actor=request.user)


Act = Callable[[Actor, Any, str], ManyResult]
_ACTS: Final[dict[str, Act]] = {
    "target_entry.approve": lambda actor, rows, _reason: approve_figures(actor=actor, rows=rows),
    "target_entry.send_back": lambda actor, rows, reason: send_back_figures(
        actor=actor, rows=rows, reason=reason
    ),
    "target_entry.take_back": lambda actor, rows, _reason: take_back_figures(actor=actor, rows=rows),
}


def _run(act: str) -> Act:
    found = _ACTS.get(f"target_entry.{act}")
    if found is None:
        raise Http404
    return found


def _act_on_many(request: StaffRequest) -> HttpResponse:
    chosen = entries_seen(request.user).filter(reference__in=request.POST.getlist("pick")[:1000])
    rows = TargetEntry.objects.filter(pk__in=list(chosen.values_list("pk", flat=True)))
    try:
        result = _run(request.POST.get("action", ""))(request.user, rows, request.POST.get("reason", ""))
    except TransitionRefused as refusal:
        messages.error(request, str(refusal))
    else:
        _say(request, result)
    status = request.GET.get("status", "")
    return redirect(
        f"/targets/figures/?status={status}" if status in TargetStatus.values else "/targets/figures/"
    )


def _say(request: StaffRequest, result: ManyResult) -> None:
    """What was done, and each figure that was not with its reason."""
    if result.done:
        messages.success(request, _("Đã ghi %(n)d số liệu.") % {"n": result.done})
    for refusal in result.refused[:_SHOWN_REFUSALS]:
        messages.error(request, f"{refusal.reference}: {refusal.reason}")
    if len(result.refused) > _SHOWN_REFUSALS:
        messages.error(
            request, _("Còn %(n)d số liệu khác chưa ghi được.") % {"n": len(result.refused) - _SHOWN_REFUSALS}
        )


def _entry_or_404(actor: Actor, reference: str) -> TargetEntry:
    found: TargetEntry = get_visible(
        TargetEntry.objects.select_related("indicator", "evidence", "corrects"), actor, reference=reference
    )
    return found


def _in_words(entry: TargetEntry) -> tuple[str, str]:
    """The figure and its period."""
    one = entry.indicator
    return f"{format_figure(entry.value, one.decimals)} {one.unit}", period_label(
        one.period, entry.year, entry.period
    )


def _may_correct(actor: Actor, entry: TargetEntry) -> bool:
    return (
        enters_targets(actor) and actor.area_code == entry.area_code and entry.status == TargetStatus.APPROVED
    )


def _states(actor: Actor, status: str) -> list[Tab]:
    """Every state with its count, and all of them."""
    counts = entry_counts(actor)
    return [
        Tab(_("Tất cả"), "?", sum(counts.values()), is_current=status not in TargetStatus.values),
        *(
            Tab(s.label, f"?status={s.value}", counts.get(s.value, 0), is_current=status == s.value)
            for s in TargetStatus
        ),
    ]


def _bulk_actions(actor: Actor) -> list[BulkAction]:
    if approves_targets(actor):
        return [
            BulkAction("approve", _("Duyệt"), "check", is_primary=True),
            BulkAction("send_back", _("Trả lại (ghi lý do)"), "back"),
        ]
    return [BulkAction("take_back", _("Rút lại để sửa"), "back")] if enters_targets(actor) else []
