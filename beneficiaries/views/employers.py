"""Employers typed by hand: a new one, and a registered one corrected with a reason. Their page is of the upper app."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from beneficiaries.enums import EmployerKind
from beneficiaries.models import Employer
from beneficiaries.permissions import may_register, may_register_in
from beneficiaries.services.employers import EmployerRefused, correct_employer, register_employer
from beneficiaries.views.choosing import Choosing, choosing_page, chosen_person, is_choosing
from beneficiaries.views.employer_forms import EmployerForm, OwnerForm
from beneficiaries.views.entry_parts import facts_of_person
from beneficiaries.views.form_pages import Act, form_page, one_section, show_refusal
from core.page_parts import Crumb
from core.requests import actor_of
from core.shortcuts import get_visible
from core.transitions import StaleRecord
from core.wording import Text
from core.workflow import Actor

_LIST = Crumb(lazy("Đơn vị sử dụng lao động"), "/employers/")


@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def employer_new(request: HttpRequest) -> HttpResponse:
    """Register an employer or household business; one that is there already under its tax code is opened as it stands."""
    actor = actor_of(request)
    if not may_register(actor):
        raise PermissionDenied(_("Chỉ cán bộ nhận hồ sơ ghi đơn vị sử dụng lao động."))
    form = EmployerForm(request.POST or None, actor=actor)
    if request.method == "POST" and form.is_valid():
        started = timezone.now()
        try:
            employer = register_employer(values=form.values(), actor=actor)
        except EmployerRefused as refusal:
            show_refusal(form, refusal.errors)
        else:
            return _on_to(request, employer, is_new=employer.created_at >= started)
    act = Act(
        title=_("Ghi đơn vị sử dụng lao động"),
        button=_("Lưu"),
        back_url="/employers/",
        hint=_("Mỗi mã số thuế là một đơn vị trong cả tỉnh. Đơn vị đã có thì hệ thống mở đơn vị đó."),
    )
    return form_page(request, form, act, form.sections(), [_LIST, Crumb(act.title)])


def _on_to(request: HttpRequest, employer: Employer, *, is_new: bool) -> HttpResponse:
    """Say what came of it, and open the employer where this person may see it."""
    if not Employer.objects.visible_to(actor_of(request)).filter(pk=employer.pk).exists():
        messages.info(
            request, _("Đơn vị này đã có và thuộc địa bàn khác; danh sách và hồ sơ vẫn gắn được với đơn vị.")
        )
        return redirect("/employers/")
    if is_new:
        messages.success(request, _("Đã ghi đơn vị %(name)s.") % {"name": employer.name})
    else:
        said = _("Đơn vị %(name)s đã có từ trước nên không ghi lại. Nếu cần, bạn sửa thông tin ở đây.")
        messages.info(request, said % {"name": employer.name})
    return redirect(f"/employers/{employer.reference}/")


@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def employer_correct(request: HttpRequest, reference: str) -> HttpResponse:
    """Correct what stands in the register; every change with its reason goes into the log."""
    actor = actor_of(request)
    employer: Employer = get_visible(Employer, actor, reference=reference)
    refuse_employer(actor, employer)
    form = EmployerForm(request.POST or None, actor=actor, employer=employer)
    if request.method == "POST" and form.is_valid():
        try:
            correct_employer(
                employer=employer,
                values=form.values(),
                actor=actor,
                reason=form.cleaned_data["reason"],
                expected_version=form.cleaned_data["version"],
            )
        except EmployerRefused as refusal:
            show_refusal(form, refusal.errors)
        except StaleRecord as stale:
            form.add_error(None, str(stale))
        else:
            messages.success(request, _("Đã sửa thông tin đơn vị."))
            return redirect(f"/employers/{reference}/")
    page = f"/employers/{reference}/"
    act = Act(
        title=_("Sửa thông tin đơn vị"),
        button=_("Lưu"),
        back_url=page,
        about=f"{employer.name} · {reference}",
    )
    return form_page(request, form, act, form.sections(), employer_crumbs(employer, act.title))


@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def employer_owner(request: HttpRequest, reference: str) -> HttpResponse:
    """Say who owns a household business: somebody of the register, with the reason."""
    actor = actor_of(request)
    employer: Employer = get_visible(Employer, actor, reference=reference)
    refuse_employer(actor, employer)
    if employer.kind != EmployerKind.HOUSEHOLD_BUSINESS:
        raise Http404(_("Chỉ hộ kinh doanh có chủ hộ."))
    page = f"/employers/{reference}/"
    act = Act(
        title=_("Ghi chủ hộ kinh doanh"),
        button=_("Lưu"),
        back_url=page,
        about=f"{employer.name} · {reference}",
    )
    crumbs = employer_crumbs(employer, act.title)
    if is_choosing(request, "person"):
        choosing = Choosing(act, crumbs, question=_("Chủ hộ kinh doanh là ai?"), choose_label=_("Là chủ hộ"))
        return choosing_page(request, choosing)
    owner = chosen_person(request, actor)
    if owner is None:
        return redirect(request.path)
    form = OwnerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            correct_employer(
                employer=employer, values={}, owner=owner, actor=actor, reason=form.cleaned_data["reason"]
            )
        except EmployerRefused as refusal:
            show_refusal(form, refusal.errors)
        else:
            messages.success(request, _("Đã ghi chủ hộ kinh doanh."))
            return redirect(page)
    sections = [one_section(form, act.title, "edit")]
    return form_page(request, form, act, sections, crumbs, facts=facts_of_person(owner))


def refuse_employer(actor: Actor, employer: Employer) -> None:
    """PermissionDenied for who does not keep the employers of its area."""
    if not may_register_in(actor, employer.area_code):
        raise PermissionDenied(_("Bạn không ghi đơn vị sử dụng lao động của địa bàn này."))


def employer_crumbs(employer: Employer, title: Text) -> list[Crumb]:
    return [_LIST, Crumb(employer.reference, f"/employers/{employer.reference}/"), Crumb(title)]
