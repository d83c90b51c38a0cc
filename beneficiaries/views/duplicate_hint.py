"""Who may be registered already, told beside a form while somebody types."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from beneficiaries.services.duplicates.hinting import HintRefused, hint_for
from beneficiaries.services.duplicates.likely import FIELDS
from core.requests import actor_of


@sensitive_post_parameters()
@require_POST
def duplicate_hint(request: HttpRequest) -> HttpResponse:
    """A part of a page: likely matches with their reasons; people of another area without name. Empty for nobody.

    Fields as `register_person` takes them, bare or under `new-`, and `area`. 429 after too many questions.
    """
    actor = actor_of(request)
    posted = request.POST
    typed = {field: posted.get(field) or posted.get(f"new-{field}", "") for field in FIELDS}
    area = posted.get("area") or posted.get("new-area") or actor.area_code
    status, refusal = 200, ""
    try:
        found = hint_for(typed=typed, area_code=area, actor=actor)
    except HintRefused as refused:
        found, status, refusal = [], 429, str(refused)
    response = render(
        request, "beneficiaries/duplicates/hint.html", {"found": found, "refusal": refusal}, status=status
    )
    response.headers["Cache-Control"] = "no-store"
    return response
