"""Each signed-in request runs inside one fenced transaction; refused forms and denials leave nothing behind."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.core.exceptions import BadRequest, PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from core.audit import record_denial
from core.fence import fenced
from core.requests import refuse_readers
from core.text import is_number, without_numbers

View = Callable[..., HttpResponseBase]


class FenceMiddleware:
    """Runs a signed-in person's view inside `fenced`; the API does the same after its own authentication (core/api.py).

    Who only reads sends nothing (`open_to_readers` marks what they may). An answer of 400 or more rolls the block back (a
    refused form changes nothing); a denial is logged afterwards in a block of its own. Pages for everybody
    (`login_not_required`) open their own block where they need one.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: View, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponseBase | None:
        user = request.user
        if not user.is_authenticated or getattr(view, "opens_own_fence", False):
            return None
        try:
            with fenced(user.pk, user.area_code):
                if getattr(view, "login_required", True):
                    refuse_readers(user, request.method, view)
                response = view(request, *args, **kwargs)
                if hasattr(response, "render") and not getattr(response, "is_rendered", True):
                    response.render()
                if response.status_code >= 400:
                    transaction.set_rollback(True)
        except (PermissionDenied, Http404) as denial:
            record_denial(user, request.path, denied=isinstance(denial, PermissionDenied))
            raise
        return response


class ReadableAddressMiddleware:
    """An address with the sign NUL in it, which no database takes and nobody types, is refused (400) before a page uses it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "\x00" in request.path or "%00" in request.META.get("QUERY_STRING", ""):
            raise BadRequest("NUL in the address")
        return self.get_response(request)


class NoNumberInAddressMiddleware:
    """Whoever searches a list by an identity number, alone or beside words, is sent to the same list without the search, with a
    word on where to search.

    Without script a form that is sent by GET writes what was typed into the address; there it would stay in histories and logs
    (with script it never gets there, static/js/app.js).
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        typed = request.GET.get("q", "")
        if request.method != "GET" or not (is_number(typed) or without_numbers(typed) != typed):
            return self.get_response(request)
        left = request.GET.copy()
        left.pop("q")
        messages.warning(request, _("Để tìm bằng số CCCD, CMND, bạn dùng ô tìm ở đầu trang."))
        return redirect(f"{request.path}?{left.urlencode()}" if left else request.path)


class PrivatePagesMiddleware:
    """Pages of signed-in people are never kept by browsers or proxies, and htmx fragments never answer for whole pages.

    Who opens the address of a form gets a page with a way out instead of an empty answer.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if (
            response.status_code == HTTPStatus.METHOD_NOT_ALLOWED
            and request.method == "GET"
            and not response.content
        ):
            allowed = response.headers.get("Allow", "")
            response = render(request, "405.html", status=HTTPStatus.METHOD_NOT_ALLOWED)
            response.headers["Allow"] = allowed
        if request.user.is_authenticated:
            response.headers.setdefault("Cache-Control", "no-store")
        response.headers["Vary"] = ", ".join(filter(None, [response.headers.get("Vary", ""), "HX-Request"]))
        return response
