"""Where somebody starts: leaders at the overview, everybody else at their worklist."""

from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET

from accounts.enums import Role
from accounts.permissions import has_any
from core.requests import actor_of
from support_programs.views.worklist import home as worklist

_leads: Final = has_any(Role.LEADER)
_works: Final = has_any(*(role for role in Role if role is not Role.LEADER))


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """The worklist; people who only lead have none and see the overview."""
    actor = actor_of(request)
    if _leads(actor) and not _works(actor):
        return redirect("reports:overview")
    return worklist(request)
