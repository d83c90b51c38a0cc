"""Signing in, signing out, changing one's password."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login, logout, update_session_auth_hash
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from accounts.demo import SIGN_IN_WORDS, shown_accounts
from accounts.forms import ChangePasswordForm, SignInForm
from accounts.http import StaffRequest
from accounts.services.passwords import change_password, record_sign_in, record_sign_out
from core.fence import fenced
from core.requests import open_to_readers
from core.views.errors import too_many


@sensitive_post_parameters("password")
@never_cache
@login_not_required
@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Form of account and password; a person whose password was given by somebody else changes it first."""
    if request.user.is_authenticated:
        return HttpResponseRedirect(_next_page(request))
    form = SignInForm(request, data=request.POST or None)
    if request.method == "POST" and form.is_valid():
        user = form.get_user()
        with fenced(user.pk, user.area_code):
            login(request, user)
            record_sign_in(user=user)
        return (
            redirect("accounts:password_change")
            if user.must_change_password
            else HttpResponseRedirect(_next_page(request))
        )
    status = 422 if form.is_bound else 200
    context = {
        "form": form,
        "next": _asked_page(request),
        "demo_accounts": shown_accounts(),
        "demo_words": SIGN_IN_WORDS,
    }
    return render(request, "accounts/sign_in.html", context, status=status)


@open_to_readers
@require_POST
def sign_out(request: StaffRequest) -> HttpResponse:
    """End the session; the browser keeps nothing."""
    record_sign_out(user=request.user)
    logout(request)
    response = redirect("accounts:sign_in")
    response.headers["Clear-Site-Data"] = '"cache"'
    return response


@open_to_readers
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def password_change(request: StaffRequest) -> HttpResponse:
    """Change one's own password; other sessions of this person end."""
    form = ChangePasswordForm(request.user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        change_password(user=request.user, password=form.cleaned_data["new_password1"])
        update_session_auth_hash(request, request.user)
        messages.success(request, _("Đã đổi mật khẩu. Các phiên khác của bạn đã bị đăng xuất."))
        return redirect("home")
    return render(
        request, "accounts/password_change.html", {"form": form}, status=422 if form.is_bound else 200
    )


@login_not_required
def locked_out(
    request: HttpRequest, response: HttpResponse | None, credentials: dict[str, Any], *args: Any
) -> HttpResponse:
    """The answer of the throttle to one more try, also with the right password."""
    return too_many(request, int(settings.AXES_COOLOFF_TIME.total_seconds() // 60))


def _asked_page(request: HttpRequest) -> str:
    asked = request.POST.get("next") or request.GET.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(
        asked, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return asked if is_ours else ""


def _next_page(request: HttpRequest) -> str:
    return _asked_page(request) or resolve_url(settings.LOGIN_REDIRECT_URL)
