"""One more entry of a register: whose it is, then the register's questions; a household's entry with its household."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from beneficiaries.models import Person, Status
from beneficiaries.permissions import may_register
from beneficiaries.registers import Register
from beneficiaries.services.dated import RecordRefused
from beneficiaries.services.registers import record_status
from beneficiaries.services.registers.entering import enter_new_person
from beneficiaries.views.choosing import Choosing, choosing_page, chosen_person, is_choosing
from beneficiaries.views.entry_forms import EntryForm
from beneficiaries.views.entry_parts import (
    carried_values,
    entry_crumbs,
    facts_of_person,
    is_form_sent,
    next_address,
    refuse_elsewhere,
)
from beneficiaries.views.form_pages import Act, form_page, show_refusal
from beneficiaries.views.household_entries import household_entry_new
from beneficiaries.views.person_fields import asked_of
from beneficiaries.views.registers import add_label, known_register
from core.requests import actor_of
from core.workflow import Actor


@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def entry_new(request: HttpRequest, code: str) -> HttpResponse:
    """First the person (or household), then the form; what was typed stays until it is taken, warnings until they are kept."""
    actor = actor_of(request)
    register = known_register(code)
    if not may_register(actor):
        raise PermissionDenied(_("Chỉ cán bộ nhận hồ sơ ghi sổ."))
    if register.subject == "household":
        return household_entry_new(request, register, actor)
    act = _act(register)
    if is_choosing(request, "person"):
        choosing = Choosing(
            act,
            entry_crumbs(register, act.title),
            question=_("Ghi cho ai?"),
            new_label=_("Ghi người mới"),
            choose_label=_("Ghi vào sổ"),
        )
        return choosing_page(request, choosing)
    person = chosen_person(request, actor)
    refuse_elsewhere(actor, person)
    form = _form(request, register, actor, person)
    if form.is_bound and form.is_valid():
        try:
            status = _recorded(form, person, actor)
        except RecordRefused as refusal:
            show_refusal(form, refusal.errors, refusal.warnings)
            is_doubt = bool(refusal.warnings) and not refusal.errors
            return _page(request, form, act, person, has_warnings=is_doubt)
        return _on_to(request, status, register)
    return _page(request, form, act, person)


def _act(register: Register) -> Act:
    return Act(
        title=add_label(register),
        button=_("Lưu"),
        back_url=reverse("beneficiaries:register_page", args=[register.code]),
        about=str(register.title),
        another=_("Lưu và thêm người nữa"),
    )


def _form(request: HttpRequest, register: Register, actor: Actor, person: Person | None) -> EntryForm:
    """Bound when the form itself was sent, not when somebody was only searched for."""
    is_sent = is_form_sent(request)
    carried = carried_values(request)
    if not is_sent and person is None:
        carried |= asked_of(request.POST.get("q", ""))
    return EntryForm(
        request.POST if is_sent else None,
        register=register,
        actor=actor,
        initial=carried,
        is_new=person is None,
    )


def _recorded(form: EntryForm, person: Person | None, actor: Actor) -> Status:
    keeps_warnings = bool(form.cleaned_data["keep"])
    if person is not None:
        return record_status(
            register=form.register.code,
            person=person,
            typed=form.typed(),
            actor=actor,
            keeps_warnings=keeps_warnings,
        )
    return enter_new_person(
        register=form.register,
        typed_person=form.typed_person(),
        typed=form.typed(),
        area_code=form.area_of_person(),
        actor=actor,
        keeps_warnings=keeps_warnings,
    )


def _page(
    request: HttpRequest, form: EntryForm, act: Act, person: Person | None, *, has_warnings: bool = False
) -> HttpResponse:
    facts = facts_of_person(person) if person else []
    return form_page(
        request,
        form,
        act,
        form.sections(),
        entry_crumbs(form.register, act.title),
        has_warnings=has_warnings,
        facts=facts,
        unsure=form.register.unsure,
    )


def _on_to(request: HttpRequest, status: Status, register: Register) -> HttpResponse:
    """To the entry, or to the same form for the next person of the same decision."""
    name = status.person.full_name if status.person else ""
    messages.success(
        request, _("Đã ghi %(name)s vào sổ, mục %(ref)s.") % {"name": name, "ref": status.reference}
    )
    if "another" in request.POST:
        return redirect(next_address(request, reverse("beneficiaries:entry_new", args=[register.code])))
    return redirect("beneficiaries:entry_page", code=register.code, reference=status.reference)
