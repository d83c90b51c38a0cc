"""Where somebody starts: at the worklist, or, without work of their own, at what their role reads or keeps."""

from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET

from accounts.enums import Role
from accounts.permissions import has_any
from core.requests import actor_of
from support_programs.views.worklist import home as worklist

_STARTS: Final = {
    Role.AUDITOR: "accounts:audit_log",
    Role.LEADER: "reports:overview",
    Role.ADMINISTRATOR: "accounts:user_list",
}
_works: Final = has_any(*(role for role in Role if role not in _STARTS))


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """The worklist; who only reads or keeps the accounts has none, and starts at the page of that role."""
    actor = actor_of(request)
    if not _works(actor):
        for role, page in _STARTS.items():
            if actor.has_role(role):
                return redirect(page)
    return worklist(request)
