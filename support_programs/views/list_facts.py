"""Facts that the list has no column for: the commune's confirmation, and the groups of occupations that words leave open."""

from collections.abc import Mapping

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_http_methods, require_POST

from core.page_parts import Crumb
from core.requests import actor_of
from core.transitions import TransitionRefused
from support_programs.forms import ListFactsForm
from support_programs.forms.papers import PAPER
from support_programs.models import Case, CaseList
from support_programs.queries.list_missing import papers_of_list
from support_programs.queries.lists import list_totals, unmapped_occupations
from support_programs.queries.programmes import definition_of
from support_programs.services.facts import set_occupation_group
from support_programs.services.papers import Confirmed, confirm_whole_list
from support_programs.views.lists import list_of


@require_http_methods(["GET", "POST"])
def list_facts(request: HttpRequest, reference: str) -> HttpResponse:
    """One form for the whole list: each criterion without a column and each paper is a tick, single rows excepted."""
    actor = actor_of(request)
    case_list = list_of(reference, actor)
    definition = definition_of(case_list.version_used_id)
    form = ListFactsForm(request.POST or None, definition=definition)
    if request.method == "POST" and form.is_valid():
        try:
            confirmed = confirm_whole_list(
                case_list,
                facts=_rows_of(form.facts(), case_list),
                papers=_rows_of(form.papers_received(), case_list),
                actor=actor,
            )
        except TransitionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _said(confirmed))
            is_open = confirmed.missing or confirmed.counts.undetermined
            return redirect(
                "support_programs:list_facts" if is_open else "support_programs:list_page", reference
            )
    context = {
        "case_list": case_list,
        "form": form,
        "ticks": [(form[code], form[f"{code}_except"]) for code in form.codes],
        "papers": [
            (form[PAPER + paper.code], form[f"{PAPER}{paper.code}_except"], row)
            for paper, row in papers_of_list(case_list)
        ],
        "totals": list_totals(case_list),
        "occupations": unmapped_occupations(case_list),
        "groups": definition.occupation_groups,
        "crumb_parts": [
            Crumb(lazy("Danh sách"), "/lists/"),
            Crumb(case_list.reference, f"/lists/{case_list.reference}/"),
            Crumb(lazy("Xác nhận thông tin")),
        ],
    }
    return render(request, "support_programs/list_facts.html", context, status=422 if form.errors else 200)


def _said(confirmed: Confirmed) -> str:
    """How the rows stand now."""
    said = []
    if confirmed.is_judged:
        said.append(
            _(
                "Đã xác nhận. %(eligible)d hồ sơ đủ điều kiện, %(refused)d không đạt, %(open)d chưa đủ dữ liệu."
            )
            % {
                "eligible": confirmed.counts.eligible,
                "refused": confirmed.counts.not_eligible,
                "open": confirmed.counts.undetermined,
            }
        )
    if confirmed.missing:
        said.append(_("%(n)d hồ sơ còn thiếu giấy tờ.") % {"n": confirmed.missing})
    elif not confirmed.is_judged:
        said.append(_("Đã ghi giấy tờ đã nhận. Mọi hồ sơ trong danh sách đã đủ giấy tờ bắt buộc."))
    return " ".join(said)


def _rows_of(wanted: Mapping[str, list[int]], case_list: CaseList) -> dict[str, list[int]]:
    """What is ticked with the cases that stand at the excepted numbers."""
    positions = {position for rows in wanted.values() for position in rows}
    found = Case.objects.filter(case_list=case_list, position__in=positions)
    known: dict[int, int] = {position: pk for position, pk in found.values_list("position", "pk") if position}
    missing = sorted(positions - set(known))
    if missing:
        raise TransitionRefused(
            _("Danh sách không có dòng số %(rows)s. Hãy kiểm tra lại số thứ tự.")
            % {"rows": ", ".join(map(str, missing))}
        )
    return {code: [known[position] for position in rows] for code, rows in wanted.items()}


@require_POST
def list_occupations(request: HttpRequest, reference: str) -> HttpResponse:
    """Give every row of the list that writes its occupation so the chosen group."""
    actor = actor_of(request)
    case_list = list_of(reference, actor)
    words, groups = request.POST.getlist("occupation"), request.POST.getlist("group")
    chosen = [(word, group) for word, group in zip(words, groups, strict=False) if group]
    try:
        for word, group in chosen:
            set_occupation_group(
                Case.objects.filter(case_list=case_list, occupation=word), group=group, actor=actor
            )
    except TransitionRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Đã ghi nhóm cho %(n)d công việc.") % {"n": len(chosen)})
    return redirect("support_programs:list_facts", case_list.reference)
