"""People who were handed to their communes: what came of it, and the commune's answer."""

from collections.abc import Mapping
from typing import Any, Final, cast
from urllib.parse import urlencode

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts.queries import area_names
from core.page_parts import Tab
from core.shortcuts import get_visible
from core.transitions import TransitionRefused
from core.workflow import Actor
from support_programs.enums import OutreachState
from support_programs.models import Outreach
from support_programs.permissions import commune
from support_programs.queries.claims import offered_programmes
from support_programs.queries.left_behind import missing_of, programmes_of_people
from support_programs.queries.outreach import counts_by_state, handed_over, handed_rows
from support_programs.services.outreach import answer_outreach
from support_programs.views.left_behind_parts import area_of, reader_of, rules_of, shared_context
from support_programs.views.paging import page_of

ANSWERS: Final = tuple(choice for choice in OutreachState.choices if choice[0] != OutreachState.WAITING)


@require_GET
def left_behind_handed(request: HttpRequest) -> HttpResponse:
    """People who were handed to communes and still have no case, by what came of it."""
    actor = reader_of(request)
    return _handed_page(request, actor)


@require_http_methods(["GET", "POST"])
def left_behind_answer(request: HttpRequest, pk: int) -> HttpResponse:
    """The commune's answer about one person."""
    actor = reader_of(request)
    outreach = get_visible(Outreach, actor, pk=pk)
    if request.method == "GET":
        return redirect(_handed_address(outreach))
    version = request.POST.get("version", "")
    try:
        answered = answer_outreach(
            outreach,
            state=request.POST.get("state", ""),
            note=request.POST.get("note", ""),
            actor=actor,
            expected_version=int(version) if version.isascii() and version.isdecimal() else None,
        )
    except TransitionRefused as refusal:
        return _handed_page(request, actor, wrong=(pk, str(refusal)), status=422)
    said = _("Đã ghi: %(answer)s.") % {"answer": OutreachState(answered.state).label}
    messages.success(request, said)
    return redirect(_handed_address(outreach))


def _handed_page(
    request: HttpRequest, actor: Actor, *, wrong: tuple[int, str] | None = None, status: int = 200
) -> HttpResponse:
    definition, area_code = rules_of(request.GET.get("programme", "")), area_of(request.GET, actor)
    programme = definition.programme if request.GET.get("programme") else ""
    rows = handed_over(actor, area_code=area_code, programme=programme)
    counts, state = counts_by_state(rows), request.GET.get("state", "")
    if state in OutreachState.values:
        rows = rows.filter(state=state)
    page = page_of(request, rows)
    page.object_list = _shown(handed_rows(cast("QuerySet[Outreach]", page.object_list)))
    context = {
        "page": page,
        "states": _state_tabs(request, counts, state),
        "answers": ANSWERS,
        "can_answer": commune(actor),
        "claimable": {offer.code for offer in offered_programmes(actor)},
        "wrong_pk": wrong[0] if wrong else None,
        "wrong": wrong[1] if wrong else "",
        "typed": request.POST,
        **shared_context(request, actor, definition, area_code, "left_behind_handed"),
        "programme": programme,
    }
    return render(request, "support_programs/left_behind_handed.html", context, status=status)


def _shown(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Rows with the names of their programme, their area, and what is missing, by the rules of today."""
    offered = {each.programme: each for each in programmes_of_people()}
    areas = area_names(row["area_code"] for row in rows)
    for row in rows:
        rules = offered.get(row["code"])
        row["programme"] = rules.short_name if rules else row["code"]
        row["missing"] = missing_of(rules, row["letters"], row["result"]) if rules else ()
        row["birth"] = row["born"] or row["year"]
        row["area"] = areas[row["area_code"]]
        row["label"] = OutreachState(row["state"]).label
    return rows


def _state_tabs(request: HttpRequest, counts: Mapping[str, int], state: str) -> list[Tab]:
    query = request.GET.copy()
    query.pop("page", None)

    def address(value: str) -> str:
        query["state"] = value
        return f"{reverse('support_programs:left_behind_handed')}?{query.urlencode()}"

    every = Tab(_("Tất cả"), address(""), sum(counts.values()), is_current=state == "")
    return [
        every,
        *(
            Tab(label, address(code), counts[code], is_current=code == state)
            for code, label in OutreachState.choices
        ),
    ]


def _handed_address(outreach: Outreach) -> str:
    query = urlencode({"programme": outreach.programme_id, "state": OutreachState.WAITING.value})
    return f"{reverse('support_programs:left_behind_handed')}?{query}"
