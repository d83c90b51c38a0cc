"""Money that reaches districts for decisions, and sources that the catalogue lacks."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_http_methods

from accounts.queries import area_name
from core.dates import format_date
from core.page_parts import Crumb
from core.requests import actor_of
from core.transitions import TransitionRefused
from core.wording import Text
from disbursements.forms.budget import AllocationForm, SourceForm
from disbursements.models import Allocation, BudgetLine
from disbursements.permissions import (
    NOT_ACCOUNTANT,
    may_move_budget,
    may_read_batches,
    may_record_allocation,
)
from disbursements.queries.allocations import (
    DecisionMoney,
    allocations_of,
    decisions_money,
    group_choices,
)
from disbursements.queries.ledger import line_money
from disbursements.services.allocations import AllocationPaper, check_allocation, record_allocation
from disbursements.services.budget import add_source
from disbursements.views.budget_steps import Act, Change, Checked, line_label, serve


@require_http_methods(["GET", "POST"])
def source_new(request: HttpRequest) -> HttpResponse:
    """A donor, or another source that the catalogue lacks."""
    actor = actor_of(request)
    if not may_move_budget(actor):
        raise PermissionDenied(NOT_ACCOUNTANT)
    form = SourceForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        try:
            source = add_source(actor=actor, name=typed["name"], kind=form.kind_of(), note=typed["note"])
        except TransitionRefused as refusal:
            form.add_error("name", str(refusal))
        else:
            messages.success(request, _("Đã thêm nguồn kinh phí %(name)s.") % {"name": source.name})
            return redirect("disbursements:allocations")
    act = Act(
        lazy("Thêm nguồn kinh phí"),
        lazy("Thêm nguồn"),
        lazy("Nhà tài trợ hoặc nguồn khác. Nguồn ngân sách và các quỹ đã có sẵn trong danh mục."),
        "/allocations/",
        [
            Crumb(lazy("Phân bổ kinh phí"), "/allocations/"),
            Crumb(lazy("Thêm nguồn kinh phí")),
        ],
    )
    context = {"act": act, "form": form, "crumb_parts": act.crumbs, "is_last": True}
    return render(request, "disbursements/budget/act.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def allocations(request: HttpRequest) -> HttpResponse:
    """Decisions with the money that they approve for each district, the papers that arrived, and the form for a new one."""
    actor = actor_of(request)
    if not may_read_batches(actor):
        raise PermissionDenied
    if request.method == "POST" and not may_record_allocation(actor):
        raise PermissionDenied(NOT_ACCOUNTANT)
    rows = decisions_money(actor.area_code)
    groups = group_choices(rows, actor.area_code) if may_record_allocation(actor) else []

    def page(form: AllocationForm) -> HttpResponse:
        context: dict[str, Any] = {
            "rows": [(row, area_name(row.district)) for row in rows],
            "papers": allocations_of(actor.area_code),
            "form": form,
            "may_record": may_record_allocation(actor),
            "area_name": area_name(actor.area_code),
        }
        return render(request, "disbursements/allocations.html", context, status=422 if form.errors else 200)

    def run(form: AllocationForm) -> str:
        made = record_allocation(actor=actor, decision_id=form.decision_id(), paper=form.paper())
        return _("Đã ghi phân bổ kinh phí %(ref)s.") % {"ref": made.reference}

    def check(form: AllocationForm) -> Checked:
        paper = form.paper()
        return _allocation_checked(check_allocation(actor, form.decision_id(), paper), paper, form)

    act = Act(
        lazy("Ghi phân bổ kinh phí"),
        lazy("Ghi phân bổ"),
        "",
        "/allocations/",
        [Crumb(lazy("Phân bổ kinh phí"), "/allocations/"), Crumb(lazy("Ghi phân bổ kinh phí"))],
    )
    return serve(request, act, partial(AllocationForm, rows, groups=groups), check, run, page)


def _allocation_checked(money: DecisionMoney, paper: AllocationPaper, form: AllocationForm) -> Checked:
    decision = _("%(number)s ngày %(day)s") % {"number": money.number, "day": format_date(money.signed_on)}
    line = (
        BudgetLine.objects.filter(
            decision=money.decision_id,
            area_code=money.district,
            source__code=paper.source,
            stream=paper.stream,
        )
        .select_related("source")
        .first()
    )
    left = line_money([line])[line.pk].left if line else 0
    label = line_label(line) if line else _("Dòng mới, %(area)s") % {"area": area_name(money.district)}
    facts: list[tuple[Text, Text]] = [
        (lazy("Quyết định"), decision),
        (lazy("Địa bàn"), area_name(money.district)),
        (lazy("Nguồn kinh phí"), form.chosen("source")),
        (lazy("Nhóm đối tượng"), form.chosen("stream")),
        (lazy("Văn bản"), paper.document_number),
        (lazy("Ngày phân bổ"), format_date(paper.allocated_on)),
    ]
    changes = [
        Change(label, left, left + paper.amount),
        Change(lazy("Còn được phân bổ theo quyết định"), money.left, money.left - paper.amount),
    ]
    again = Allocation.objects.filter(
        area_code=paper.district, document_number=paper.document_number, corrections__isnull=True
    ).count()
    warnings = [lazy("Văn bản này đã được ghi cho một dòng kinh phí khác của huyện. Hãy kiểm tra lại.")]
    return Checked(paper.amount, facts, changes, warnings if again else [])
