"""The morning's band on the home page is put away."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from core.requests import actor_of, open_to_readers
from support_programs.services.digests import read_digest


@require_POST
@open_to_readers
def digest_read(request: HttpRequest, pk: int) -> HttpResponse:
    """«Đã xem»: one's own only."""
    if not read_digest(pk, actor=actor_of(request)):
        raise Http404
    return redirect("home")
