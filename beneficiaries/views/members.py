"""Who belongs to a household: somebody comes in (or moves here from another one), somebody leaves."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from beneficiaries.models import Household, HouseholdMember, Person
from beneficiaries.services.dated import RecordRefused
from beneficiaries.services.households import end_membership, members_of
from beneficiaries.services.new_people import MemberTyped, add_new_member
from beneficiaries.views.choosing import Choosing, choosing_page, chosen_person, is_choosing
from beneficiaries.views.entry_parts import (
    facts_of_household,
    facts_of_person,
    household_crumbs,
    is_form_sent,
    refuse_elsewhere,
)
from beneficiaries.views.form_pages import (
    PLAIN,
    Act,
    DayField,
    ReasonField,
    Section,
    form_page,
    one_section,
    show_refusal,
)
from beneficiaries.views.households import household_act, household_of
from beneficiaries.views.person_fields import NewPersonForm, asked_of
from core import clock
from core.dates import format_date
from core.requests import actor_of
from core.workflow import Actor


class MemberForm(NewPersonForm):
    """What somebody is to the head, since when; why they leave the household where they are."""

    def __init__(
        self,
        data: Any,
        *,
        actor: Actor,
        initial: Mapping[str, Any],
        is_new: bool,
        leaves: Household | None,
    ) -> None:
        super().__init__(data, actor=actor, initial=initial, is_new=is_new)
        if is_new:
            self.add_person(needs_number=False)
        self.fields["relation"] = forms.CharField(
            label=_("Quan hệ với chủ hộ"),
            required=False,
            help_text=_("Ví dụ: vợ, chồng, con, cháu, mẹ."),
            widget=forms.TextInput(PLAIN),
        )
        self.fields["valid_from"] = DayField(
            label=_("Ở hộ này từ ngày"), required=True, missing=_("Hãy ghi ngày vào hộ.")
        )
        if leaves is not None:
            hint = _("Người này đang ở hộ %(ref)s của %(head)s; ghi vào hộ này thì rời hộ đó.")
            self.fields["move_reason"] = ReasonField(
                label=_("Lý do chuyển hộ"),
                missing=_("Hãy ghi lý do."),
                help_text=hint % {"ref": leaves.reference, "head": leaves.head_name},
            )
        self.add_keep()

    def sections(self) -> list[Section]:
        person = [self.person_section()] if self.is_new else []
        own = ("relation", "valid_from", "move_reason")
        return [*person, one_section(self, _("Trong hộ"), "users", *(n for n in own if n in self.fields))]


class LeaveForm(forms.Form):
    """The last day in the household, and why."""

    def __init__(self, data: Any) -> None:
        super().__init__(data, initial={"on": format_date(clock.today())})
        self.fields["on"] = DayField(
            label=_("Ở hộ đến hết ngày"), required=True, missing=_("Hãy ghi ngày rời hộ.")
        )
        self.fields["reason"] = ReasonField(
            label=_("Lý do rời hộ"),
            missing=_("Hãy ghi lý do."),
            help_text=_("Ví dụ: lập hộ riêng, chuyển đi tỉnh khác, đã chết."),
        )


@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def member_new(request: HttpRequest, reference: str) -> HttpResponse:
    """Somebody known, or new, comes into the household; who is in another one leaves it with a reason."""
    actor = actor_of(request)
    household = household_of(reference, actor)
    refuse_elsewhere(actor, household)
    act = household_act(_("Thêm thành viên"), household, another=_("Lưu và thêm người nữa"))
    crumbs = household_crumbs(household, act.title)
    if is_choosing(request, "person"):
        choosing = Choosing(
            act,
            crumbs,
            question=_("Ai vào hộ?"),
            new_label=_("Ghi người mới"),
            choose_label=_("Thêm vào hộ"),
        )
        return choosing_page(request, choosing)
    person = chosen_person(request, actor)
    form = _member_form(request, actor, person)
    has_warnings = False
    if form.is_bound and form.is_valid():
        try:
            member = _added(form, household, person, actor)
        except RecordRefused as refusal:
            show_refusal(form, refusal.errors, refusal.warnings)
            has_warnings = bool(refusal.warnings) and not refusal.errors
        else:
            return _on_to(request, household, member)
    facts = facts_of_person(person) if person else facts_of_household(household)
    return form_page(request, form, act, form.sections(), crumbs, has_warnings=has_warnings, facts=facts)


def _member_form(request: HttpRequest, actor: Actor, person: Person | None) -> MemberForm:
    is_sent = is_form_sent(request)
    initial = {"valid_from": request.GET.get("valid_from") or format_date(clock.today())}
    if person is None and not is_sent:
        initial |= asked_of(request.POST.get("q", ""))
    memberships = HouseholdMember.objects.filter(person=person, valid_to__isnull=True, is_replaced=False)
    known = memberships.select_related("household").first() if person else None
    return MemberForm(
        request.POST if is_sent else None,
        actor=actor,
        initial=initial,
        is_new=person is None,
        leaves=known.household if known else None,
    )


def _added(form: MemberForm, household: Household, person: Person | None, actor: Actor) -> HouseholdMember:
    return add_new_member(
        household=household,
        person=person,
        typed_person=form.typed_person(),
        area_code=form.area_of_person(),
        member=MemberTyped(
            form.cleaned_data["relation"],
            form.cleaned_data["valid_from"],
            str(form.cleaned_data.get("move_reason", "")),
        ),
        actor=actor,
        keeps_warnings=form.cleaned_data["keep"],
    )


def _on_to(request: HttpRequest, household: Household, member: HouseholdMember) -> HttpResponse:
    said = {"name": member.person.full_name, "ref": household.reference}
    messages.success(request, _("Đã thêm %(name)s vào hộ %(ref)s.") % said)
    if "another" in request.POST:
        return redirect("beneficiaries:member_new", reference=household.reference)
    return redirect("beneficiaries:household_page", reference=household.reference)


@require_http_methods(["GET", "POST"])
def member_end(request: HttpRequest, reference: str, person: str) -> HttpResponse:
    """A member leaves the household."""
    actor = actor_of(request)
    household = household_of(reference, actor)
    member = members_of(household).filter(person__reference=person).first()
    if member is None:
        raise Http404(_("Người này không phải thành viên đang ở trong hộ."))
    refuse_elsewhere(actor, household)
    form = LeaveForm(request.POST or None)
    if form.is_bound and form.is_valid():
        try:
            end_membership(
                member=member, on=form.cleaned_data["on"], reason=form.cleaned_data["reason"], actor=actor
            )
        except RecordRefused as refusal:
            show_refusal(form, refusal.errors)
        else:
            said = {"name": member.person.full_name, "ref": reference}
            messages.success(request, _("Đã ghi %(name)s rời hộ %(ref)s.") % said)
            return redirect("beneficiaries:household_page", reference=reference)
    act: Act = household_act(_("Ghi rời hộ"), household)
    facts = facts_of_person(member.person)
    sections = [one_section(form, act.title, "edit")]
    return form_page(request, form, act, sections, household_crumbs(household, act.title), facts=facts)
