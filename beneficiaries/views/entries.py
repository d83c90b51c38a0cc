"""One entry of a register: its page with its history, a change by a new row, its end. Each act needs a reason."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from beneficiaries.models import Person, Status
from beneficiaries.permissions import may_register_in
from beneficiaries.queries import register_entries as queries
from beneficiaries.queries.registers import is_near, subject_name
from beneficiaries.registers import Register
from beneficiaries.services.dated import RecordRefused
from beneficiaries.services.registers import change_status, end_status, typed_entry
from beneficiaries.views.entry_forms import EntryForm
from beneficiaries.views.entry_parts import (
    entry_crumbs,
    facts_of_household,
    facts_of_person,
    refuse_elsewhere,
)
from beneficiaries.views.form_pages import (
    Act,
    DayField,
    ReasonField,
    form_page,
    one_section,
    show_refusal,
)
from beneficiaries.views.registers import known_register, reader_of
from core import clock
from core.dates import format_date
from core.requests import actor_of
from core.shortcuts import get_visible
from core.workflow import Actor


class EndForm(forms.Form):
    """The last day, and why."""

    def __init__(self, data: Any) -> None:
        super().__init__(data, initial={"on": format_date(clock.today())})
        self.fields["on"] = DayField(
            label=_("Có giá trị đến hết ngày"), required=True, missing=_("Hãy ghi ngày kết thúc.")
        )
        self.fields["reason"] = ReasonField(
            label=_("Lý do kết thúc"),
            missing=_("Hãy ghi lý do."),
            help_text=_("Ví dụ: đã chết, chuyển đi nơi khác, không còn đủ điều kiện theo quyết định số …"),
        )


@require_GET
def entry_page(request: HttpRequest, code: str, reference: str) -> HttpResponse:
    """What the entry says, where it came from, and every row of the same person in this register.

    Of somebody of another area, whom a list named, no more is told than the name; their entry is changed above both areas.
    """
    actor = reader_of(request)
    register = known_register(code)
    status = _entry(register, reference, actor)
    today = clock.today()
    near = is_near(status, actor)
    may_write = near and may_register_in(actor, status.area_code) and not status.is_replaced
    past = queries.history_of(status, actor, today)
    context = {
        "register": register,
        "status": status,
        "name": subject_name(status),
        "subject": _subject(status) if near else [(_("Nơi ở"), _("Ở địa bàn khác"))],
        "subject_url": _subject_url(status) if near else "",
        "facts": queries.facts_of_entry(status, today),
        "source": queries.source_of(status, actor),
        "own": next(line for line in past if line.is_current),
        "past": past,
        "may_change": may_write,
        "may_end": may_write and status.ended_by_id is None,
        "crumb_parts": entry_crumbs(register, reference=reference),
    }
    return render(request, "beneficiaries/registers/entry_page.html", context)


@require_GET
def entry_by_reference(request: HttpRequest, reference: str) -> HttpResponse:
    """To the page of an entry whose register isn't known (the search)."""
    actor = reader_of(request)
    status: Status = get_visible(Status, actor, reference=reference)
    return redirect("beneficiaries:entry_page", code=status.register, reference=reference)


@require_http_methods(["GET", "POST"])
def entry_change(request: HttpRequest, code: str, reference: str) -> HttpResponse:
    """The whole form again with a reason; the row that stood is kept, a new one takes its place."""
    actor = actor_of(request)
    register = known_register(code)
    status = _entry(register, reference, actor)
    refuse_elsewhere(actor, status.person or status.household)
    form = EntryForm(
        request.POST or None, register=register, actor=actor, initial=typed_entry(status), is_change=True
    )
    if request.method == "GET" and status.is_replaced:
        return _to_present(request, status)
    act = _act(_("Thay đổi mục"), status)
    if form.is_bound and form.is_valid():
        try:
            after = change_status(
                status=status,
                typed=form.typed(),
                reason=form.cleaned_data["reason"],
                actor=actor,
                keeps_warnings=form.cleaned_data["keep"],
            )
        except RecordRefused as refusal:
            show_refusal(form, refusal.errors, refusal.warnings)
            is_doubt = bool(refusal.warnings) and not refusal.errors
            return _form(request, form, act, status, register, has_warnings=is_doubt)
        messages.success(
            request, _("Đã thay mục %(old)s bằng mục %(new)s.") % {"old": reference, "new": after.reference}
        )
        return redirect("beneficiaries:entry_page", code=code, reference=after.reference)
    return _form(request, form, act, status, register)


@require_http_methods(["GET", "POST"])
def entry_end(request: HttpRequest, code: str, reference: str) -> HttpResponse:
    """The entry holds until a day and no longer."""
    actor = actor_of(request)
    register = known_register(code)
    status = _entry(register, reference, actor)
    refuse_elsewhere(actor, status.person or status.household)
    if request.method == "GET" and status.is_replaced:
        return _to_present(request, status)
    form = EndForm(request.POST or None)
    act = _act(_("Kết thúc mục"), status)
    if form.is_bound and form.is_valid():
        try:
            end_status(
                status=status, on=form.cleaned_data["on"], reason=form.cleaned_data["reason"], actor=actor
            )
        except RecordRefused as refusal:
            show_refusal(form, refusal.errors)
        else:
            messages.success(request, _("Đã kết thúc mục %(ref)s.") % {"ref": reference})
            return redirect("beneficiaries:entry_page", code=code, reference=reference)
    facts = queries.facts_of_entry(status, clock.today())
    sections = [one_section(form, act.title, "edit")]
    crumbs = entry_crumbs(register, act.title, reference=reference)
    return form_page(request, form, act, sections, crumbs, facts=facts)


def _to_present(request: HttpRequest, status: Status) -> HttpResponse:
    """Nothing is typed about a row that another one replaced: its page names the other."""
    messages.warning(request, _("Mục này đã được thay bằng mục khác. Hãy mở mục đang có hiệu lực."))
    return redirect("beneficiaries:entry_page", code=status.register, reference=status.reference)


def _entry(register: Register, reference: str, actor: Actor) -> Status:
    """The entry of this register; 404 outside one's area."""
    rows = Status.objects.visible_to(actor).select_related("person", "household", "list_import")
    status: Status = get_visible(rows, actor, reference=reference, register=register.code)
    return status


def _act(title: str, status: Status) -> Act:
    return Act(
        title=title,
        button=_("Lưu"),
        back_url=reverse("beneficiaries:entry_page", args=[status.register, status.reference]),
        about=f"{subject_name(status)} · {status.reference}",
    )


def _form(
    request: HttpRequest,
    form: EntryForm,
    act: Act,
    status: Status,
    register: Register,
    *,
    has_warnings: bool = False,
) -> HttpResponse:
    crumbs = entry_crumbs(register, act.title, reference=status.reference)
    return form_page(
        request,
        form,
        act,
        form.sections(),
        crumbs,
        has_warnings=has_warnings,
        facts=_subject(status),
        unsure=register.unsure,
    )


def _subject(status: Status) -> Any:
    if isinstance(status.person, Person):
        return facts_of_person(status.person)
    return facts_of_household(status.household) if status.household else []


def _subject_url(status: Status) -> str:
    if status.person is not None:
        return reverse("beneficiaries:person_page", args=[status.person.reference])
    return (
        reverse("beneficiaries:household_page", args=[status.household.reference]) if status.household else ""
    )
