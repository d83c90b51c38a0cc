"""Pages for everybody: no sign-in, a fenced block of their own, throttled, never indexed, nothing personal kept by browsers."""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any, Final, Protocol

from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.debug import sensitive_post_parameters

from core.audit import PROVINCE
from core.fence import fenced
from core.requests import client_address
from core.throttle import Limit, is_too_often

READING: Final = Limit("public.reading", tries=120)
LOOKING_UP: Final = Limit("public.looking_up", tries=20)
SENDING: Final = Limit("public.sending", tries=10, minutes=60)


class View(Protocol):
    """A function view."""

    def __call__(self, request: HttpRequest, /, *args: Any, **kwargs: Any) -> HttpResponse: ...


def public_page(
    *, area: str | Callable[..., str] = PROVINCE, posts: Limit = LOOKING_UP, is_personal: bool = False
) -> Callable[[View], View]:
    """Decorate a view that everybody may open; a signed-in officer sees the same page.

    It runs in a fenced block of nobody within `area`: a code, or a function that gives it from the arguments of the address. What
    is sent is counted by `posts`, what is opened by READING; beyond it 429. An answer of 400 or more changes nothing. Pages that
    say something of one person (`is_personal`) and every answer to a form are kept by no browser and no proxy.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def shown(request: HttpRequest, /, *args: Any, **kwargs: Any) -> HttpResponse:
            limit = posts if request.method == "POST" else READING
            if is_too_often(limit, client_address(request)):
                return too_often(request, limit)
            with fenced(None, area if isinstance(area, str) else area(*args, **kwargs)):
                response = view(request, *args, **kwargs)
                if response.status_code >= HTTPStatus.BAD_REQUEST:
                    transaction.set_rollback(True)
            if is_personal or request.method == "POST":
                response.headers["Cache-Control"] = "no-store"
            response.headers["X-Robots-Tag"] = "noindex"
            return response

        shown.__dict__["opens_own_fence"] = True
        marked: View = login_not_required(sensitive_post_parameters()(shown))
        return marked

    return decorate


def too_often(request: HttpRequest, limit: Limit) -> HttpResponse:
    """429 on the public pages: how long to wait, and whom to call."""
    response = render(
        request, "public/429.html", {"minutes": limit.minutes}, status=HTTPStatus.TOO_MANY_REQUESTS
    )
    response.headers["Retry-After"] = str(limit.minutes * 60)
    response.headers["Cache-Control"] = "no-store"
    return response
