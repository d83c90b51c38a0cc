"""Pages for what could not be done: refused, not found, too many tries."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403: this person may not see the page; the reason is shown when the view gave one."""
    return render(request, "403.html", {"reason": str(exception or "")}, status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: mistyped, or of another unit; the two are not told apart. The pages for everybody say what their view says of it."""
    told = exception.args[0] if isinstance(exception, Http404) and exception.args else ""
    reason = told if isinstance(told, str) else ""  # of an unknown address the router tells what it tried
    return render(request, _of(request, "404.html"), {"reason": reason}, status=404)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400: the browser sent something that this system never asks for."""
    return render(request, "400.html", status=400)


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a form whose page was too old or whose session ended: nothing was saved, and how to go on."""
    return render(request, _of(request, "403_csrf.html"), status=403)


def too_many(request: HttpRequest, minutes: int) -> HttpResponse:
    """429: tried too often."""
    return render(request, "429.html", {"minutes": minutes}, status=429)


def _of(request: HttpRequest, template: str) -> str:
    """On the pages for everybody the same words in their own frame, without the ways of officers."""
    return f"public/{template}" if request.path.startswith("/public/") else template
