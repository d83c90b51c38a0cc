"""A round: its ranking as page and workbook, how each point came about, computing it again."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from core.downloads import attachment
from core.page_parts import Crumb
from core.requests import actor_of
from core.transitions import TransitionRefused
from reports.enums.emulation import CriterionSource, FigureCode, RoundStatus
from reports.models import Score, ScoringRound
from reports.queries.announced import get_announced
from reports.queries.emulation import ranking_of, scores_of
from reports.queries.emulation_figures import list_behind
from reports.services.emulation_scoring import compute_round, export_ranking, points_again
from reports.views.emulation_parts import XLSX, crumbs, participant_of, reader_of, rights_of
from reports.workflow.emulation import ROUND_WORKFLOW
from support_programs.queries.case_page import history_of
from support_programs.queries.lists import offered_actions


def round_of(request: HttpRequest, reference: str) -> ScoringRound:
    """The round with its movement; 404 for who doesn't work below its area."""
    rows = ScoringRound.objects.select_related("movement")
    return get_announced(rows, reader_of(request), reference=reference)


@require_GET
def round_page(request: HttpRequest, reference: str) -> HttpResponse:
    """The ranking by group; as a workbook too."""
    found, actor = round_of(request, reference), actor_of(request)
    if request.GET.get("export") == "xlsx":
        content = export_ranking(found, actor=actor)
        return attachment(content, name=f"xep-hang-{found.reference}.xlsx", content_type=XLSX)
    context = {
        "round": found,
        "movement": found.movement,
        "groups": ranking_of(found, actor),
        "is_open": found.status == RoundStatus.OPEN,
        "actions": offered_actions(ROUND_WORKFLOW, found, actor),
        "events": history_of("reports.scoringround", found.pk),
        "crumb_parts": crumbs(found.movement, Crumb(found.title)),
        **rights_of(actor),
    }
    return render(request, "reports/emulation/round.html", context)


@require_POST
def round_compute(request: HttpRequest, reference: str) -> HttpResponse:
    """Compute the points from the figures as they are now."""
    found, actor = round_of(request, reference), actor_of(request)
    try:
        done = compute_round(found, actor=actor)
    except TransitionRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Đã tính điểm lần %(run)s.") % {"run": done.run})
    return redirect("reports:round_page", reference)


@require_GET
def round_how(request: HttpRequest, reference: str, participant: str) -> HttpResponse:
    """How the points of one participant came about: figure, scale, numbers, and the list behind."""
    found, who = round_of(request, reference), participant_of(request, participant)
    scores = list(scores_of(found).filter(participant=who).select_related("criterion"))
    if not scores:
        raise Http404
    lines = [_line(score, found, who.area_code) for score in scores]
    context = {
        "round": found,
        "participant": who,
        "lines": lines,
        "points": sum(score.points for score in scores),
        "most": sum(score.most_points for score in scores),
        "is_same": all(line["is_same"] for line in lines),
        "crumb_parts": crumbs(
            found.movement,
            Crumb(found.title, reverse("reports:round_page", args=[reference])),
            Crumb(who.name),
        ),
    }
    return render(request, "reports/emulation/how.html", context)


def _line(score: Score, found: ScoringRound, area_code: str) -> dict[str, object]:
    is_figure = score.source == CriterionSource.FIGURE
    period = (found.first, found.last)
    return {
        "score": score,
        "criterion": score.criterion,
        "is_figure": is_figure,
        "figure": FigureCode(score.figure).label if is_figure else "",
        "url": list_behind(score.figure, area_code, period) if is_figure else "",
        "is_same": points_again(score) == score.points,
    }
