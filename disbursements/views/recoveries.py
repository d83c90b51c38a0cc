"""The list of money to come back; it is read only."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_GET

from accounts.queries import area_name
from core.page_parts import Crumb, Tab
from core.requests import actor_of
from disbursements.enums import RecoveryState
from disbursements.permissions import may_read_batches
from disbursements.queries.recoveries import recoveries_of, recovery_rows
from support_programs.views.paging import page_of


@require_GET
def recovery_list(request: HttpRequest) -> HttpResponse:
    """What was paid twice to one human in one's area, and what became of it."""
    actor = actor_of(request)
    if not may_read_batches(actor):
        raise PermissionDenied
    state = request.GET.get("state", RecoveryState.OPEN.value)
    page = page_of(request, recoveries_of(actor, state))
    page.object_list = recovery_rows(list(page.object_list))
    context = {
        "page": page,
        "tabs": [
            Tab(label, f"?state={code}", recoveries_of(actor, code).count(), is_current=state == code)
            for code, label in RecoveryState.choices
        ],
        "area_name": area_name(actor.area_code),
        "crumb_parts": [Crumb(lazy("Đợt chi trả"), "/batches/"), Crumb(lazy("Thu hồi"))],
    }
    return render(request, "disbursements/recovery_list.html", context)
