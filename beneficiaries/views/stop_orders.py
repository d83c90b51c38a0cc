"""Orders that closed an employer's place of work: one is recorded, one ends."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from beneficiaries.models import Employer, StopOrder
from beneficiaries.queries.register_entries import days_words, decision_words
from beneficiaries.registers import DAYS, DECISION
from beneficiaries.services.dated import RecordRefused
from beneficiaries.services.stop_orders import end_stop_order, record_stop_order
from beneficiaries.views.employers import employer_crumbs, refuse_employer
from beneficiaries.views.entries import EndForm
from beneficiaries.views.entry_forms import optional_control
from beneficiaries.views.form_pages import PLAIN, Act, form_page, one_section, show_refusal
from beneficiaries.views.person_fields import optional
from core.requests import actor_of
from core.shortcuts import get_visible
from core.workflow import Actor


class StopOrderForm(forms.Form):
    """Number, day and office of the order, what it closed, and the days."""

    is_all_optional = True

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        for one in (*DECISION, *DAYS):
            self.fields[one.code] = optional_control(one)
        self.fields["decision_number"].label = _("Số văn bản yêu cầu dừng hoạt động")
        self.fields["decided_on"].label = optional(_("Ngày văn bản"))
        self.fields["decided_by"].label = optional(_("Cơ quan ban hành"))
        self.fields["place"] = forms.CharField(
            label=_("Địa điểm, ngành nghề phải dừng"),
            required=False,
            help_text=_("Để trống nếu toàn bộ đơn vị phải dừng."),
            widget=forms.TextInput(PLAIN),
        )

    def typed(self) -> dict[str, str]:
        return {name: str(value) for name, value in self.cleaned_data.items()}


@require_http_methods(["GET", "POST"])
def stop_order_new(request: HttpRequest, reference: str) -> HttpResponse:
    """Record an order by its paper."""
    actor = actor_of(request)
    employer = _employer(reference, actor)
    form = StopOrderForm(request.POST or None)
    if form.is_bound and form.is_valid():
        try:
            order = record_stop_order(employer=employer, typed=form.typed(), actor=actor)
        except RecordRefused as refusal:
            show_refusal(form, refusal.errors)
        else:
            messages.success(
                request, _("Đã ghi lệnh dừng hoạt động %(number)s.") % {"number": order.decision_number}
            )
            return redirect(f"/employers/{reference}/")
    act = _act(_("Ghi lệnh dừng hoạt động"), employer)
    sections = [one_section(form, _("Lệnh dừng hoạt động"), "lock")]
    return form_page(request, form, act, sections, employer_crumbs(employer, act.title))


@require_http_methods(["GET", "POST"])
def stop_order_end(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """The order holds until a day; the employer may work again."""
    actor = actor_of(request)
    employer = _employer(reference, actor)
    order: StopOrder = get_object_or_404(
        StopOrder.objects.filter(employer=employer, is_replaced=False, ended_by_id=None), pk=pk
    )
    form = EndForm(request.POST or None)
    if form.is_bound and form.is_valid():
        try:
            end_stop_order(
                stop_order=order, on=form.cleaned_data["on"], reason=form.cleaned_data["reason"], actor=actor
            )
        except RecordRefused as refusal:
            show_refusal(form, refusal.errors)
        else:
            messages.success(request, _("Đã ghi hết dừng hoạt động."))
            return redirect(f"/employers/{reference}/")
    act = _act(_("Ghi hết dừng hoạt động"), employer)
    facts = [
        (_("Văn bản"), decision_words(order)),
        (_("Phải dừng"), order.place or _("Toàn bộ đơn vị")),
        (_("Thời gian"), days_words(order)),
    ]
    sections = [one_section(form, act.title, "edit")]
    return form_page(request, form, act, sections, employer_crumbs(employer, act.title), facts=facts)


def _employer(reference: str, actor: Actor) -> Employer:
    employer: Employer = get_visible(Employer, actor, reference=reference)
    refuse_employer(actor, employer)
    return employer


def _act(title: str, employer: Employer) -> Act:
    page = f"/employers/{employer.reference}/"
    return Act(title=title, button=_("Lưu"), back_url=page, about=f"{employer.name} · {employer.reference}")
