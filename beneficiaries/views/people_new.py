"""One person registered by hand, with the warning that they may be in the register already."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from beneficiaries.models import Person
from beneficiaries.permissions import may_register
from beneficiaries.services.people import PersonRefused
from beneficiaries.services.registering_people import TYPED_FIELDS, find_or_register
from beneficiaries.views.communes import communes_to_choose
from beneficiaries.views.form_pages import Section, show_refusal, was_kept
from beneficiaries.views.people_forms import NewPersonForm
from core import clock
from core.page_parts import Crumb
from core.requests import actor_of
from core.search import address_of
from core.workflow import Actor


@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def person_new(request: HttpRequest) -> HttpResponse:
    """Register somebody by the rules of the import; who has the number already is opened and stays as they are."""
    actor = actor_of(request)
    if not may_register(actor):
        raise PermissionDenied(_("Chỉ cán bộ của địa bàn ghi người thụ hưởng."))
    hint_url = address_of("beneficiaries:duplicate_hint")
    form = NewPersonForm(request.POST or None, areas=communes_to_choose(actor), hint_url=hint_url)
    has_warnings = False
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        try:
            person, is_new = find_or_register(
                typed={field: typed[field] for field in TYPED_FIELDS},
                profile="",
                on=clock.today(),
                area_code=typed.get("area") or actor.area_code,
                actor=actor,
                keeps_warnings=typed["keep"],
            )
        except PersonRefused as refusal:
            has_warnings = bool(refusal.warnings) and not refusal.errors
            show_refusal(form, refusal.errors, refusal.warnings)
        else:
            return _after(request, actor, person, is_new=is_new)
    return _page(request, form, has_warnings=has_warnings, hint_url=hint_url)


def _after(request: HttpRequest, actor: Actor, person: Person, *, is_new: bool) -> HttpResponse:
    if not person.area_code.startswith(actor.area_code):
        messages.warning(request, _("Người này đã đăng ký ở nơi khác và được giữ nguyên; không ghi thêm."))
        return redirect("beneficiaries:person_list")
    if is_new:
        messages.success(request, _("Đã ghi %(name)s.") % {"name": person.full_name})
    else:
        messages.warning(
            request,
            _("%(name)s đã có trong hệ thống với số này và được giữ nguyên.") % {"name": person.full_name},
        )
    return redirect("beneficiaries:person_page", reference=person.reference)


def _page(request: HttpRequest, form: NewPersonForm, *, has_warnings: bool, hint_url: str) -> HttpResponse:
    def fields(*names: str) -> list[Any]:
        return [form[name] for name in names if name in form.fields]

    context = {
        "form": form,
        "sections": [
            Section(
                "who", lazy("Người thụ hưởng"), "user", fields("area", "full_name", "dob", "sex", "id_number")
            ),
            Section(
                "where", lazy("Nơi ở, liên hệ"), "map", fields("address", "permanent_address", "phone", "job")
            ),
            Section("bank", lazy("Tài khoản nhận tiền"), "bank", fields("bank", "account", "account_holder")),
        ],
        "hint_url": hint_url,
        "is_doubt": has_warnings,
        "has_warnings": has_warnings or was_kept(form),
        "crumb_parts": [
            Crumb(lazy("Người thụ hưởng"), reverse("beneficiaries:person_list")),
            Crumb(lazy("Thêm người thụ hưởng")),
        ],
    }
    return render(
        request, "beneficiaries/people/person_new.html", context, status=422 if form.errors else 200
    )
