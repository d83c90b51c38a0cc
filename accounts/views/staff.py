"""The administrator's pages of accounts."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.enums import Role
from accounts.forms import CloseForm, NewStaffForm, StaffFilterForm, StaffForm
from accounts.http import StaffRequest, only, settings_tabs
from accounts.models import User
from accounts.permissions import is_administrator
from accounts.queries import area_name
from accounts.queries.staff import StaffFilter, area_choices, staff_in
from accounts.services.staff import (
    GivenPassword,
    StaffRefused,
    close_account,
    create_user,
    open_account,
    reset_password,
    update_user,
)
from core.querysets import area_filter

PER_PAGE = 50


@require_GET
@only(is_administrator)
def user_list(request: StaffRequest) -> HttpResponse:
    """Who has an account in the area: by name, role, place, state."""
    form = StaffFilterForm(request.GET)
    form.is_valid()
    chosen = form.cleaned_data
    wanted = StaffFilter(
        chosen.get("q", ""), chosen.get("role", ""), chosen.get("area", ""), chosen.get("state", "")
    )
    area_code = request.user.area_code
    context = {
        "page": Paginator(staff_in(area_code, wanted), PER_PAGE).get_page(request.GET.get("page")),
        "wanted": wanted,
        "roles": Role.choices,
        "states": StaffFilterForm.STATES,
        "areas": area_choices(area_code),
        "area_name": area_name(area_code),
        "tabs": settings_tabs(request.user, "accounts:user_list"),
    }
    return render(request, "accounts/user_list.html", context)


@require_http_methods(["GET", "POST"])
@only(is_administrator)
def user_create(request: StaffRequest) -> HttpResponse:
    """A new account; the answer shows its one-time password, once."""
    form = NewStaffForm(request.POST or None, within=request.user.area_code)
    if request.method == "POST" and form.is_valid():
        try:
            given = create_user(
                actor=request.user, username=form.cleaned_data["username"], details=form.details()
            )
        except StaffRefused as refusal:
            form.add_error(refusal.field or None, str(refusal))
        else:
            return _show_words(request, given, _("Đã lập tài khoản"))
    return render(request, "accounts/user_form.html", {"form": form}, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
@only(is_administrator)
def user_page(request: StaffRequest, username: str) -> HttpResponse:
    """One account: what it says, its roles, and the ways to keep its person out or to let them in again."""
    user = _find(request, username)
    form = _form_of(request, user)
    if request.method == "POST" and form.is_valid():
        try:
            update_user(actor=request.user, user=user, details=form.details())
        except StaffRefused as refusal:
            form.add_error(refusal.field or None, str(refusal))
        else:
            messages.success(request, _("Đã lưu tài khoản %(name)s.") % {"name": user.username})
            return redirect("accounts:user_page", username=username)
    return _show_user(request, user, form, CloseForm(), status=422 if form.is_bound else 200)


@require_POST
@only(is_administrator)
def user_close(request: StaffRequest, username: str) -> HttpResponse:
    """Keep the person out from now on; a reason is asked."""
    user = _find(request, username)
    form = CloseForm(request.POST)
    if form.is_valid():
        try:
            close_account(actor=request.user, user=user, reason=form.cleaned_data["reason"])
        except StaffRefused as refusal:
            form.add_error(refusal.field or None, str(refusal))
        else:
            messages.success(
                request,
                _("Đã khóa tài khoản %(name)s, các phiên đang mở đã kết thúc.") % {"name": username},
            )
            return redirect("accounts:user_page", username=username)
    return _show_user(request, user, _form_of(request, user, is_bound=False), form, status=422)


@require_POST
@only(is_administrator)
def user_open(request: StaffRequest, username: str) -> HttpResponse:
    """Let the person in again, with a new one-time password."""
    user = _find(request, username)
    try:
        given = open_account(actor=request.user, user=user)
    except StaffRefused as refusal:
        return _refuse(request, username, refusal)
    return _show_words(request, given, _("Đã mở lại tài khoản"))


@require_POST
@only(is_administrator)
def user_password(request: StaffRequest, username: str) -> HttpResponse:
    """A new one-time password for somebody who lost theirs."""
    user = _find(request, username)
    try:
        given = reset_password(actor=request.user, user=user)
    except StaffRefused as refusal:
        return _refuse(request, username, refusal)
    return _show_words(request, given, _("Đã đặt lại mật khẩu"))


def _find(request: StaffRequest, username: str) -> User:
    found = User.objects.filter(area_filter(request.user.area_code), username=username).first()
    if found is None:
        raise Http404
    return found


def _form_of(request: StaffRequest, user: User, *, is_bound: bool = True) -> StaffForm:
    names = ("full_name", "title", "office", "phone", "email", "area_code")
    initial = {name: getattr(user, name) for name in names} | {"roles": list(user.role_codes)}
    typed = request.POST or None if is_bound else None
    return StaffForm(typed, within=request.user.area_code, initial=initial)


def _show_user(
    request: StaffRequest, user: User, form: StaffForm, close_form: CloseForm, *, status: int
) -> HttpResponse:
    context = {
        "form": form,
        "close_form": close_form,
        "account": user,
        "area_name": area_name(user.area_code),
        "is_self": user.pk == request.user.pk,
    }
    return render(request, "accounts/user_page.html", context, status=status)


@sensitive_variables("given")
def _show_words(request: StaffRequest, given: GivenPassword, title: str) -> HttpResponse:
    """Not a redirect: the password is kept nowhere, so only this answer can show it."""
    return render(request, "accounts/user_words.html", {"given": given, "title": title})


def _refuse(request: StaffRequest, username: str, refusal: StaffRefused) -> HttpResponse:
    messages.error(request, str(refusal))
    return redirect("accounts:user_page", username=username)
