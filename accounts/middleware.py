"""The way to the sign-in page for fragments, and a password of one's own before any work."""

from collections.abc import Callable
from typing import Any, Final
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, resolve_url
from django.utils.http import urlencode

_OPEN_BEFORE_CHANGE: Final = {"accounts:password_change", "accounts:sign_out", "set_language"}


class SignInMiddleware:
    """A fragment asked for after the session ended opens the sign-in page whole, and comes back to the page it was asked from.

    A person whose password was given by somebody else (`must_change_password`) gets no page before it is changed.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        sign_in = resolve_url("accounts:sign_in")
        if request.headers.get("HX-Request") and response.headers.get("Location", "").startswith(sign_in):
            page = urlsplit(request.headers.get("HX-Current-URL", "")).path
            return HttpResponse(headers={"HX-Redirect": f"{sign_in}?{urlencode({'next': page})}"})
        return response

    def process_view(
        self,
        request: HttpRequest,
        view: Callable[..., HttpResponseBase],
        args: tuple[Any, ...],
        kwargs: dict[str, Any],
    ) -> HttpResponseBase | None:
        user = request.user
        asked = request.resolver_match.view_name if request.resolver_match else ""
        if user.is_authenticated and user.must_change_password and asked not in _OPEN_BEFORE_CHANGE:
            return redirect("accounts:password_change")
        return None
