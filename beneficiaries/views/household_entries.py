"""A household's entry in its register, and a household registered without one: chosen, or made with its head."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from beneficiaries.models import Household, HouseholdMember, Person
from beneficiaries.permissions import may_register
from beneficiaries.registers import Register
from beneficiaries.services.dated import RecordRefused
from beneficiaries.services.registers import record_status
from beneficiaries.services.registers.entering import HouseholdTyped, enter_household
from beneficiaries.views.choosing import Choosing, choosing_page, chosen_person, is_choosing
from beneficiaries.views.entry_forms import EntryForm, HouseholdForm
from beneficiaries.views.entry_parts import (
    carried_values,
    entry_crumbs,
    facts_of_household,
    facts_of_person,
    is_form_sent,
    next_address,
    refuse_elsewhere,
)
from beneficiaries.views.form_pages import Act, form_page, show_refusal
from beneficiaries.views.person_fields import asked_of
from core import clock
from core.dates import format_date
from core.page_parts import Crumb
from core.requests import actor_of
from core.shortcuts import get_visible
from core.workflow import Actor


def household_entry_new(request: HttpRequest, register: Register, actor: Actor) -> HttpResponse:
    """An entry of the register of households: whose household, then its questions; a new household in the same form."""
    act = Act(
        title=_("Ghi một hộ"),
        button=_("Lưu"),
        back_url=reverse("beneficiaries:register_page", args=[register.code]),
        about=str(register.title),
        another=_("Lưu và thêm hộ nữa"),
    )
    crumbs = entry_crumbs(register, act.title)
    if is_choosing(request, "household", "head"):
        choosing = Choosing(
            act,
            crumbs,
            question=_("Hộ nào? Tìm một người trong hộ, hoặc mã hộ"),
            new_label=_("Lập hộ mới, chủ hộ là người mới"),
            by_household=True,
        )
        return choosing_page(request, choosing)
    if reference := request.GET.get("household", ""):
        household: Household = get_visible(Household, actor, reference=reference)
        refuse_elsewhere(actor, household)
        return _known_household(request, register, actor, act, household)
    return _new_household(request, register, actor, act, crumbs)


def _known_household(
    request: HttpRequest, register: Register, actor: Actor, act: Act, household: Household
) -> HttpResponse:
    form = EntryForm(request.POST or None, register=register, actor=actor, initial=carried_values(request))
    has_warnings = False
    if form.is_bound and form.is_valid():
        try:
            status = record_status(
                register=register.code,
                household=household,
                typed=form.typed(),
                actor=actor,
                keeps_warnings=form.cleaned_data["keep"],
            )
        except RecordRefused as refusal:
            show_refusal(form, refusal.errors, refusal.warnings)
            has_warnings = bool(refusal.warnings) and not refusal.errors
        else:
            return _on_to(request, household, register, status.reference)
    return form_page(
        request,
        form,
        act,
        form.sections(),
        entry_crumbs(register, act.title),
        has_warnings=has_warnings,
        facts=facts_of_household(household),
        unsure=register.unsure,
    )


@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def household_new(request: HttpRequest) -> HttpResponse:
    """A household with its head, without an entry in any register."""
    actor = actor_of(request)
    if not may_register(actor):
        raise PermissionDenied(_("Chỉ cán bộ nhận hồ sơ ghi sổ."))
    back = reverse("beneficiaries:household_list")
    act = Act(title=_("Ghi hộ gia đình"), button=_("Lưu"), back_url=back, another=_("Lưu và thêm hộ nữa"))
    crumbs = [Crumb(_("Các sổ"), "/registers/"), Crumb(_("Hộ gia đình"), back), Crumb(act.title)]
    if is_choosing(request, "head"):
        choosing = Choosing(
            act,
            crumbs,
            question=_("Chủ hộ là ai?"),
            new_label=_("Chủ hộ là người mới"),
            choose_label=_("Là chủ hộ"),
            name="head",
        )
        return choosing_page(request, choosing)
    return _new_household(request, None, actor, act, crumbs)


def _new_household(
    request: HttpRequest, register: Register | None, actor: Actor, act: Act, crumbs: list[Crumb]
) -> HttpResponse:
    head = chosen_person(request, actor, "head")
    refuse_elsewhere(actor, head)
    form = _form(request, register, actor, head)
    has_warnings = False
    if form.is_bound and form.is_valid():
        try:
            household, status = enter_household(
                head=head,
                typed_head=form.typed_person(),
                area_code=form.area_of_person(),
                household=HouseholdTyped(
                    form.typed_household(),
                    form.cleaned_data["member_from"],
                    str(form.cleaned_data.get("move_reason", "")),
                ),
                register=register,
                typed=form.typed(),
                actor=actor,
                keeps_warnings=form.cleaned_data["keep"],
            )
        except RecordRefused as refusal:
            show_refusal(form, refusal.errors, refusal.warnings)
            has_warnings = bool(refusal.warnings) and not refusal.errors
        else:
            return _on_to(request, household, register, status.reference if status else "")
    return form_page(
        request,
        form,
        act,
        form.sections(),
        crumbs,
        has_warnings=has_warnings,
        facts=facts_of_person(head) if head else [],
        unsure=register.unsure if register else (),
    )


def _form(
    request: HttpRequest, register: Register | None, actor: Actor, head: Person | None
) -> HouseholdForm:
    is_sent = is_form_sent(request)
    initial = {"member_from": format_date(clock.today()), **carried_values(request)}
    if head is not None:
        initial["hamlet"] = head.hamlet
    elif not is_sent:
        initial |= asked_of(request.POST.get("q", ""))
    is_elsewhere = (
        head is not None
        and HouseholdMember.objects.filter(person=head, valid_to__isnull=True, is_replaced=False).exists()
    )
    return HouseholdForm(
        request.POST if is_sent else None,
        register=register,
        actor=actor,
        initial=initial,
        is_new=head is None,
        asks_move=is_elsewhere,
    )


def _on_to(request: HttpRequest, household: Household, register: Register | None, entry: str) -> HttpResponse:
    """To the household, where its other members are added; or to the form for the next household."""
    said = {"head": household.head_name, "ref": household.reference, "entry": entry}
    if register is None:
        messages.success(request, _("Đã ghi hộ %(ref)s của %(head)s.") % said)
        again = reverse("beneficiaries:household_new")
    else:
        messages.success(request, _("Đã ghi hộ %(ref)s của %(head)s vào sổ, mục %(entry)s.") % said)
        again = reverse("beneficiaries:entry_new", args=[register.code])
    if "another" in request.POST:
        return redirect(next_address(request, again))
    return redirect("beneficiaries:household_page", reference=household.reference)
