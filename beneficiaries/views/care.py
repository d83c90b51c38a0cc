"""Who cares for whom, from the page of either: somebody is recorded as carer or as cared for, a care ends."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from beneficiaries.enums import CareRelation
from beneficiaries.models import Care, Person
from beneficiaries.registers import DAYS, DECISION
from beneficiaries.services.care import end_care
from beneficiaries.services.dated import RecordRefused
from beneficiaries.services.new_people import record_new_care
from beneficiaries.views.choosing import Choosing, choosing_page, chosen_person, is_choosing
from beneficiaries.views.entries import EndForm
from beneficiaries.views.entry_forms import optional_control
from beneficiaries.views.entry_parts import facts_of_person, is_form_sent, person_crumbs, refuse_elsewhere
from beneficiaries.views.form_pages import Act, Section, form_page, one_section, show_refusal
from beneficiaries.views.person_fields import NewPersonForm, asked_of
from core import clock
from core.dates import format_date
from core.requests import actor_of
from core.shortcuts import get_visible
from core.workflow import Actor


class CareForm(NewPersonForm):
    """What the carer is to the one cared for, the days, and the decision where there is one."""

    def __init__(self, data: Any, *, actor: Actor, initial: Mapping[str, Any], is_new: bool) -> None:
        super().__init__(data, actor=actor, initial=initial, is_new=is_new)
        if is_new:
            self.add_person(needs_number=False)
        self.fields["relation"] = forms.ChoiceField(
            label=_("Người chăm sóc là gì của người được chăm sóc"),
            choices=[("", _("Chọn quan hệ")), *CareRelation.choices],
            required=False,
        )
        for one in (*DAYS, *DECISION):
            self.fields[one.code] = optional_control(one)
        self.add_keep()

    def typed(self) -> dict[str, str]:
        names = ("relation", *(one.code for one in (*DAYS, *DECISION)))
        return {name: str(self.cleaned_data.get(name, "")) for name in names}

    def sections(self) -> list[Section]:
        person = [self.person_section()] if self.is_new else []
        names = ("relation", *(one.code for one in (*DAYS, *DECISION)))
        return [*person, one_section(self, _("Việc chăm sóc"), "users", *names)]


@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def carer_new(request: HttpRequest, reference: str) -> HttpResponse:
    """Somebody cares for the person of the page."""
    actor = actor_of(request)
    person: Person = get_visible(Person, actor, reference=reference)
    refuse_elsewhere(actor, person)
    act = _act(_("Ghi người chăm sóc"), person)
    if is_choosing(request, "person"):
        return _choose(request, act, person, _("Ai chăm sóc người này?"), _("Là người chăm sóc"))
    return _care(request, act, person, actor, is_carer=False)


@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def cared_new(request: HttpRequest, reference: str) -> HttpResponse:
    """The person of the page cares for somebody, a child most often."""
    actor = actor_of(request)
    person: Person = get_visible(Person, actor, reference=reference)
    refuse_elsewhere(actor, person)
    act = _act(_("Ghi trẻ em, người được chăm sóc"), person)
    if is_choosing(request, "person"):
        return _choose(request, act, person, _("Người này chăm sóc ai?"), _("Được người này chăm sóc"))
    return _care(request, act, person, actor, is_carer=True)


def _act(title: str, person: Person) -> Act:
    return Act(
        title=title,
        button=_("Lưu"),
        back_url=reverse("beneficiaries:person_page", args=[person.reference]),
        about=f"{person.full_name} · {person.reference}",
    )


def _choose(request: HttpRequest, act: Act, person: Person, question: str, label: str) -> HttpResponse:
    choosing = Choosing(
        act,
        person_crumbs(person, act.title),
        question=question,
        new_label=_("Ghi người mới"),
        choose_label=label,
    )
    return choosing_page(request, choosing)


def _care(request: HttpRequest, act: Act, person: Person, actor: Actor, *, is_carer: bool) -> HttpResponse:
    other = chosen_person(request, actor)
    is_sent = is_form_sent(request)
    initial = {"valid_from": format_date(clock.today())}
    if other is None and not is_sent:
        initial |= asked_of(request.POST.get("q", ""))
    form = CareForm(request.POST if is_sent else None, actor=actor, initial=initial, is_new=other is None)
    has_warnings = False
    if form.is_bound and form.is_valid():
        try:
            record_new_care(
                person=person,
                is_carer=is_carer,
                other=other,
                typed_other=form.typed_person(),
                area_code=form.area_of_person(),
                typed=form.typed(),
                actor=actor,
                keeps_warnings=form.cleaned_data["keep"],
            )
        except RecordRefused as refusal:
            show_refusal(form, refusal.errors, refusal.warnings)
            has_warnings = bool(refusal.warnings) and not refusal.errors
        else:
            messages.success(request, _("Đã ghi việc chăm sóc."))
            return redirect("beneficiaries:person_page", reference=person.reference)
    crumbs = person_crumbs(person, act.title)
    facts = facts_of_person(other) if other else []
    return form_page(request, form, act, form.sections(), crumbs, has_warnings=has_warnings, facts=facts)


@require_http_methods(["GET", "POST"])
def care_end(request: HttpRequest, reference: str, carer: str) -> HttpResponse:
    """The carer of the person of the page cares for them no longer."""
    actor = actor_of(request)
    person: Person = get_visible(Person, actor, reference=reference)
    rows = Care.objects.filter(person=person, carer__reference=carer, is_replaced=False, ended_by_id=None)
    care = rows.select_related("person", "carer").order_by("-pk").first()
    if care is None:
        raise Http404(_("Không có việc chăm sóc này."))
    refuse_elsewhere(actor, person)
    form = EndForm(request.POST or None)
    if form.is_bound and form.is_valid():
        try:
            end_care(care=care, on=form.cleaned_data["on"], reason=form.cleaned_data["reason"], actor=actor)
        except RecordRefused as refusal:
            show_refusal(form, refusal.errors)
        else:
            messages.success(request, _("Đã kết thúc việc chăm sóc."))
            return redirect("beneficiaries:person_page", reference=reference)
    act = _act(_("Kết thúc việc chăm sóc"), person)
    facts = [
        (_("Người được chăm sóc"), person.full_name),
        (_("Người chăm sóc"), care.carer.full_name),
        (_("Quan hệ"), care.get_relation_display()),
        (_("Từ ngày"), format_date(care.valid_from)),
    ]
    sections = [one_section(form, act.title, "edit")]
    return form_page(request, form, act, sections, person_crumbs(person, act.title), facts=facts)
