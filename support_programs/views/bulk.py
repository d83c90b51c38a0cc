"""Work on many cases at once; the answer is a report of what was done and what needs eyes."""

from typing import Final

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_POST

from core.page_parts import BulkAction
from core.requests import actor_of
from core.transitions import Refusal, TransitionRefused
from core.workflow import Actor
from support_programs.enums import CaseStatus
from support_programs.models import Case
from support_programs.permissions import any_appraiser, commune, district_officer
from support_programs.queries.cases import CaseFilter, chosen_cases, visible_cases
from support_programs.queries.queues import CASES, queues_of
from support_programs.services.appraisal import exclude_cases, verify_cases
from support_programs.services.lists import list_cases, remove_cases

MOST: Final = 20_000


_ACTIONS: Final = {
    "verify": BulkAction("verify", lazy("Xác nhận đủ điều kiện"), "check", is_primary=True),
    "ask_supplement": BulkAction("ask_supplement", lazy("Trả bổ sung"), "back"),
    "refuse": BulkAction("refuse", lazy("Không đủ điều kiện"), "x"),
    "list": BulkAction("list", lazy("Đưa vào danh sách đang lập"), "list", is_primary=True),
    "remove": BulkAction("remove", lazy("Đưa ra khỏi danh sách"), "x"),
}
APPRAISING: Final = ("verify", "ask_supplement", "refuse")
TAKING_OUT: Final = ("ask_supplement", "refuse")


def bulk_actions(actor: Actor) -> list[BulkAction]:
    """The buttons under a table of cases of every kind that the roles of this person allow."""
    codes: list[str] = []
    if district_officer(actor):
        codes += ("verify",)
    if any_appraiser(actor):
        codes += TAKING_OUT
    if commune(actor):
        codes += ("list", "remove")
    return actions_of(*codes)


def actions_of(*codes: str) -> list[BulkAction]:
    """These buttons, where the page knows that they fit its rows."""
    return [_ACTIONS[code] for code in codes]


@require_POST
def case_bulk(request: HttpRequest) -> HttpResponse:
    """Verify, take out or return the chosen cases, or every case of the filter."""
    actor = actor_of(request)
    chosen = _chosen(request, actor)
    back = _back(request)
    action = request.POST.get("action", "")
    reason = request.POST.get("reason", "").strip()
    if not chosen.exists():
        messages.error(request, _("Bạn chưa chọn hồ sơ nào."))
        return redirect(back)
    if action in ("ask_supplement", "refuse") and not reason:
        context = {
            "cases": chosen.count(),
            "picks": request.POST.getlist("pick"),
            "action": action,
            "back": back,
        }
        return render(
            request, "support_programs/bulk_reason.html", {**context, "all": request.POST.get("pick_all")}
        )
    try:
        done, left = _do(action, chosen, reason, actor)
    except TransitionRefused as refusal:
        messages.error(request, str(refusal))
        return redirect(back)
    if not left:
        messages.success(request, _("Đã làm xong %(done)d hồ sơ.") % {"done": done})
        return redirect(back)
    return render(request, "support_programs/bulk_report.html", {"done": done, "left": left, "back": back})


def _do(action: str, chosen: QuerySet[Case], reason: str, actor: Actor) -> tuple[int, tuple[Refusal, ...]]:
    if action == "verify":
        report = verify_cases(chosen, actor=actor)
        return report.done, report.needs_eyes
    if action == "ask_supplement":
        result = exclude_cases(chosen, to=CaseStatus.NEEDS_SUPPLEMENT, reason=reason, actor=actor)
    elif action == "refuse":
        result = exclude_cases(chosen, to=CaseStatus.INELIGIBLE, reason=reason, actor=actor)
    elif action == "list":
        result = list_cases(chosen, actor=actor)
    elif action == "remove":
        result = remove_cases(chosen, actor=actor)
    else:
        raise TransitionRefused(_("Hãy chọn một việc để làm với các hồ sơ đã chọn."))
    return result.done, result.refused


def _chosen(request: HttpRequest, actor: Actor) -> QuerySet[Case]:
    if request.POST.get("pick_all") != "1":
        return chosen_cases(actor, request.POST.getlist("pick"))
    rows = visible_cases(actor)
    queue = next(
        (q for q in queues_of(actor) if q.code == request.GET.get("queue") and q.kind == CASES), None
    )
    if queue is not None:
        rows = rows.filter(queue.condition())
    if request.GET.get("list"):
        rows = rows.filter(case_list__reference=request.GET["list"])
    found = CaseFilter.from_query(request.GET.dict()).apply(rows)
    return Case.objects.filter(pk__in=found.order_by("pk").values_list("pk", flat=True)[:MOST])


def _back(request: HttpRequest) -> str:
    wanted = request.POST.get("back", "")
    return wanted if url_has_allowed_host_and_scheme(wanted, allowed_hosts=None) else "/"
