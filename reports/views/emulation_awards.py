"""Proposals, and decisions on commendation."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from core.page_parts import Crumb
from core.requests import actor_of
from core.shortcuts import get_visible
from reports.enums.emulation import MovementStatus, ProposalStatus
from reports.forms.emulation_awards import DecisionForm, ProposalForm
from reports.models import AwardDecision, AwardProposal
from reports.permissions import decides_awards, registers_emulation
from reports.queries.announced import announced, get_announced
from reports.queries.emulation_documents import award_of, money_of
from reports.rules.awards import shipped_awards
from reports.services.emulation_awards import draft_proposal, record_decision
from reports.views.emulation_parts import (
    crumbs,
    form_page,
    movement_of,
    participant_of,
    reader_of,
    rights_of,
    sits_above,
    tabs_of,
)
from reports.workflow.emulation import PROPOSAL_WORKFLOW
from support_programs.queries.case_page import history_of
from support_programs.queries.documents.shelf import panel_of_record
from support_programs.queries.lists import offered_actions
from support_programs.views.paging import page_of


@require_GET
def proposal_list(request: HttpRequest, reference: str) -> HttpResponse:
    """The proposals of one's area and the decisions that were recorded."""
    movement, actor = movement_of(request, reference), actor_of(request)
    rows = AwardProposal.objects.visible_to(actor).filter(movement=movement)
    status = request.GET.get("status", "")
    if status in ProposalStatus.values:
        rows = rows.filter(status=status)
    page = page_of(request, rows.select_related("participant", "decision"))
    page.object_list = [(one, award_of(one)) for one in page.object_list]
    decisions = announced(AwardDecision.objects.filter(movement=movement), actor)
    titles = shipped_awards().awards
    context = {
        "movement": movement,
        "tabs": tabs_of(movement, actor, "proposal_list"),
        "page": page,
        "statuses": ProposalStatus.choices,
        "status": status,
        "decisions": [(one, titles[one.award].title) for one in decisions],
        "may_propose": registers_emulation(actor) and movement.status != MovementStatus.CLOSED,
        "crumb_parts": crumbs(movement, Crumb(_("Đề nghị khen thưởng"))),
        **rights_of(actor),
    }
    return render(request, "reports/emulation/proposals.html", context)


@require_http_methods(["GET", "POST"])
def proposal_new(request: HttpRequest, reference: str) -> HttpResponse:
    """Propose one participant for a commendation."""
    participant, actor = participant_of(request, reference), actor_of(request)
    form = ProposalForm(participant, request.POST if request.method == "POST" else None)

    def save(typed: ProposalForm) -> tuple[str, str]:
        made = draft_proposal(participant, typed.text_given(), actor=actor)
        address = reverse("reports:proposal_page", args=[made.reference])
        return address, _("Đã lập đề nghị %(ref)s.") % {"ref": made.reference}

    title = _("Đề nghị khen thưởng")
    back = reverse("reports:participant_page", args=[reference])
    empty = _("Chưa có thành tích được xác nhận hoặc kỳ xếp hạng đã khóa nào chưa được đề nghị khen.")
    return form_page(
        request,
        form,
        save,
        title=f"{title}: {participant.name}",
        label=_("Lập đề nghị"),
        back=back,
        crumb_parts=crumbs(participant.movement, Crumb(participant.name, back), Crumb(title)),
        hint=_("Một thành tích chỉ được khen một lần."),
        notes=[] if form.grounds else [empty],
    )


@require_GET
def proposal_page(request: HttpRequest, reference: str) -> HttpResponse:
    """One proposal: for what, by which procedure, what the council said, its papers, the decision."""
    actor = reader_of(request)
    rows = AwardProposal.objects.select_related(
        "movement", "participant", "achievement", "scoring_round", "decision"
    )
    found: AwardProposal = get_visible(rows, actor, reference=reference)
    votes = found.votes.select_related("meeting") if sits_above(actor, found.movement) else []
    context = {
        "proposal": found,
        "participant": found.participant,
        "award": award_of(found),
        "money": money_of(found),
        "votes": votes,
        "actions": [
            one
            for one in offered_actions(PROPOSAL_WORKFLOW, found, actor)
            if one.code not in ("proposal.award", "proposal.recommend", "proposal.not_recommend")
        ],
        "documents": panel_of_record(actor, found),
        "events": history_of("reports.awardproposal", found.pk),
        "crumb_parts": crumbs(
            found.movement,
            Crumb(
                _("Đề nghị khen thưởng"), reverse("reports:proposal_list", args=[found.movement.reference])
            ),
            Crumb(found.reference),
        ),
    }
    return render(request, "reports/emulation/proposal.html", context)


@require_http_methods(["GET", "POST"])
def award_decision_new(request: HttpRequest, reference: str) -> HttpResponse:
    """Record a decision as it was signed, with everybody it commends."""
    movement, actor = movement_of(request, reference), actor_of(request)
    if not decides_awards(actor):
        raise PermissionDenied
    typed = (request.POST, request.FILES) if request.method == "POST" else ()
    form = DecisionForm(movement, *typed)

    def save(given: DecisionForm) -> tuple[str, str]:
        made = record_decision(movement, given.paper(), given.chosen, actor=actor)
        address = reverse("reports:award_decision_page", args=[made.reference])
        return address, _("Đã ghi quyết định %(number)s.") % {"number": made.number}

    title = _("Ghi quyết định khen thưởng")
    back = reverse("reports:proposal_list", args=[reference])
    return form_page(
        request,
        form,
        save,
        title=title,
        label=_("Ghi quyết định"),
        back=back,
        crumb_parts=crumbs(movement, Crumb(_("Đề nghị khen thưởng"), back), Crumb(title)),
        hint=_("Tiền thưởng được tính theo mức trong dữ liệu và giữ lại cùng cách tính."),
        notes=[] if form.waiting else [_("Chưa có đề nghị nào được hội đồng đề nghị khen.")],
    )


@require_GET
def award_decision_page(request: HttpRequest, reference: str) -> HttpResponse:
    """One decision with those it commends; of persons those of one's own area."""
    actor = reader_of(request)
    rows = AwardDecision.objects.select_related("movement", "scan")
    found = get_announced(rows, actor, reference=reference)
    proposals = AwardProposal.objects.visible_to(actor).filter(decision=found).order_by("pk")
    shown = list(proposals.select_related("participant"))
    context = {
        "decision": found,
        "award": shipped_awards().awards[found.award],
        "proposals": shown,
        "total": sum(one.amount or 0 for one in shown),
        "may_take": sits_above(actor, found.movement) and found.scan is not None,
        "events": history_of("reports.awarddecision", found.pk),
        "crumb_parts": crumbs(
            found.movement,
            Crumb(
                _("Đề nghị khen thưởng"), reverse("reports:proposal_list", args=[found.movement.reference])
            ),
            Crumb(found.number),
        ),
    }
    return render(request, "reports/emulation/decision.html", context)
