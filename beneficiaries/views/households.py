"""Households: those of an area, one with its people and its entries, what is known of it corrected, another head."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts.queries import area_name, children_of
from beneficiaries.enums import RegisterCode
from beneficiaries.models import Household, Person
from beneficiaries.permissions import may_register, may_register_in
from beneficiaries.queries import households as queries
from beneficiaries.registers import register_of
from beneficiaries.services.dated import RecordRefused
from beneficiaries.services.households import FIELDS, change_head, correct_household, members_of
from beneficiaries.views.entry_forms import add_household_fields
from beneficiaries.views.entry_parts import facts_of_household, household_crumbs, refuse_elsewhere
from beneficiaries.views.form_pages import (
    PLAIN,
    Act,
    DayField,
    ReasonField,
    form_page,
    one_section,
    show_refusal,
)
from beneficiaries.views.paging import page_of
from beneficiaries.views.registers import REGISTERS_CRUMB, reader_of
from core import clock
from core.dates import format_date
from core.page_parts import Crumb
from core.requests import actor_of
from core.shortcuts import get_visible
from core.transitions import StaleRecord
from core.workflow import Actor


class CorrectForm(forms.Form):
    """Number of the household, hamlet and address, with the reason."""

    is_all_optional = True

    def __init__(self, data: Any, household: Household) -> None:
        written = {name: getattr(household, name) for name in FIELDS}
        super().__init__(data, initial={**written, "version": household.version})
        add_household_fields(self)
        self.fields["reason"] = ReasonField(label=_("Lý do sửa"), missing=_("Hãy ghi lý do."))
        self.fields["version"] = forms.IntegerField(widget=forms.HiddenInput)


class HeadForm(forms.Form):
    """Which member is the head from which day, and what the former head is to them."""

    def __init__(self, data: Any, household: Household) -> None:
        super().__init__(data, initial={"on": format_date(clock.today())})
        members = [member for member in members_of(household) if not member.is_head]
        self.fields["person"] = forms.ChoiceField(
            label=_("Chủ hộ mới"),
            choices=[
                ("", _("Chọn người")),
                *((one.person.reference, one.person.full_name) for one in members),
            ],
            error_messages={"required": _("Hãy chọn chủ hộ mới.")},
        )
        self.fields["relation_of_former"] = forms.CharField(
            label=_("Chủ hộ cũ là gì của chủ hộ mới"),
            required=False,
            help_text=_(
                "Ví dụ: cha, mẹ, vợ, chồng. Chủ hộ đã chết thì đổi chủ hộ trước, rồi ghi người đó rời hộ."
            ),
            widget=forms.TextInput(PLAIN),
        )
        self.fields["on"] = DayField(label=_("Từ ngày"), required=True, missing=_("Hãy ghi ngày đổi chủ hộ."))
        self.fields["reason"] = ReasonField(label=_("Lý do đổi chủ hộ"), missing=_("Hãy ghi lý do."))


@require_GET
def household_list(request: HttpRequest) -> HttpResponse:
    """The households of one's area by their head, found by anybody's name in them or by number."""
    actor = reader_of(request)
    q, area = request.GET.get("q", "").strip()[:100], request.GET.get("area", "")
    page = page_of(request, queries.households_of(actor, q, area if area.isdecimal() else ""))
    page.object_list = queries.household_rows(list(page.object_list), clock.today())
    context = {
        "page": page,
        "q": q,
        "area": area,
        "areas": children_of(actor.area_code),
        "area_name": area_name(actor.area_code),
        "may_register": may_register(actor),
        "crumb_parts": [REGISTERS_CRUMB, Crumb(_("Hộ gia đình"))],
    }
    return render(request, "beneficiaries/households/household_list.html", context)


@require_GET
def household_page(request: HttpRequest, reference: str) -> HttpResponse:
    """One household: who is in it with their relation and days, who left and why, its entries by year."""
    actor = reader_of(request)
    household = household_of(reference, actor)
    members, former = queries.people_of(household, actor)
    today = clock.today()
    context = {
        "household": household,
        "area": area_name(household.area_code),
        "members": members,
        "former": former,
        "entries": queries.entries_of_household(household, actor, today),
        "register": register_of(RegisterCode.POOR_HOUSEHOLDS),
        "may_write": may_register_in(actor, household.area_code),
        "crumb_parts": household_crumbs(household),
    }
    return render(request, "beneficiaries/households/household_page.html", context)


@require_http_methods(["GET", "POST"])
def household_correct(request: HttpRequest, reference: str) -> HttpResponse:
    """Correct number, hamlet and address of the household, with a reason."""
    actor = actor_of(request)
    household = household_of(reference, actor)
    refuse_elsewhere(actor, household)
    form = CorrectForm(request.POST or None, household)
    if form.is_bound and form.is_valid():
        try:
            correct_household(
                household=household,
                typed={name: form.cleaned_data[name] for name in FIELDS},
                reason=form.cleaned_data["reason"],
                actor=actor,
                expected_version=form.cleaned_data["version"],
            )
        except RecordRefused as refusal:
            show_refusal(form, refusal.errors)
        except StaleRecord as stale:
            form.add_error(None, str(stale))
        else:
            messages.success(request, _("Đã sửa thông tin hộ."))
            return redirect("beneficiaries:household_page", reference=reference)
    act = household_act(_("Sửa thông tin hộ"), household)
    sections = [one_section(form, _("Hộ gia đình"), "users")]
    return form_page(request, form, act, sections, household_crumbs(household, act.title))


@require_http_methods(["GET", "POST"])
def household_head(request: HttpRequest, reference: str) -> HttpResponse:
    """Another member becomes the head from a day on."""
    actor = actor_of(request)
    household = household_of(reference, actor)
    refuse_elsewhere(actor, household)
    form = HeadForm(request.POST or None, household)
    if form.is_bound and form.is_valid():
        try:
            change_head(
                household=household,
                person=Person.objects.get(reference=form.cleaned_data["person"]),
                relation_of_former=form.cleaned_data["relation_of_former"],
                on=form.cleaned_data["on"],
                reason=form.cleaned_data["reason"],
                actor=actor,
            )
        except RecordRefused as refusal:
            show_refusal(form, refusal.errors)
        else:
            messages.success(request, _("Đã đổi chủ hộ."))
            return redirect("beneficiaries:household_page", reference=reference)
    act = household_act(_("Đổi chủ hộ"), household)
    sections = [one_section(form, _("Chủ hộ"), "users")]
    crumbs = household_crumbs(household, act.title)
    return form_page(request, form, act, sections, crumbs, facts=facts_of_household(household))


def household_of(reference: str, actor: Actor) -> Household:
    """The household of an address; 404 outside one's area."""
    household: Household = get_visible(Household, actor, reference=reference)
    return household


def household_act(title: str, household: Household, *, another: str = "") -> Act:
    return Act(
        title=title,
        button=_("Lưu"),
        back_url=reverse("beneficiaries:household_page", args=[household.reference]),
        about=_("Hộ của %(head)s · %(ref)s") % {"head": household.head_name, "ref": household.reference},
        another=another,
    )
