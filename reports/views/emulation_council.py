"""The council of a movement: its members, its meetings with the votes on each proposal."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core.page_parts import Crumb
from core.requests import actor_of
from core.shortcuts import get_visible
from core.transitions import TransitionRefused
from core.workflow import Actor
from reports.enums.emulation import MeetingStatus, ProposalStatus
from reports.forms.emulation_awards import MeetingForm, MemberForm, VoteForm
from reports.models import AwardProposal, CouncilMeeting, CouncilMember, Movement
from reports.permissions import keeps_reports
from reports.queries.emulation_documents import award_of, votes_of
from reports.rules.awards import shipped_awards
from reports.services.emulation_council import add_member, end_member, open_meeting, record_vote
from reports.views.emulation_parts import (
    crumbs,
    form_page,
    movement_of,
    reader_of,
    rights_of,
    sits_above,
    tabs_of,
)
from reports.workflow.emulation import MEETING_WORKFLOW
from support_programs.queries.case_page import history_of
from support_programs.queries.documents.shelf import panel_of_record
from support_programs.queries.lists import offered_actions


def _council_of(request: HttpRequest, reference: str) -> tuple[Movement, Actor]:
    """The movement for who works in its own area; 404 for everybody below."""
    movement, actor = movement_of(request, reference), actor_of(request)
    if not sits_above(actor, movement):
        raise Http404
    return movement, actor


@require_http_methods(["GET", "POST"])
def council_page(request: HttpRequest, reference: str) -> HttpResponse:
    """The members of the council and its meetings; the department adds members here."""
    movement, actor = _council_of(request, reference)
    form = MemberForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            member = add_member(movement, actor=actor, **form.cleaned_data)
        except TransitionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Đã ghi %(name)s vào hội đồng.") % {"name": member.name})
            return redirect("reports:council_page", reference)
    context = {
        "movement": movement,
        "tabs": tabs_of(movement, actor, "council_page"),
        "members": movement.council.filter(is_active=True),
        "meetings": movement.meetings.all(),
        "form": form,
        "crumb_parts": crumbs(movement, Crumb(_("Hội đồng"))),
        **rights_of(actor),
    }
    return render(request, "reports/emulation/council.html", context, status=422 if form.errors else 200)


@require_POST
def member_end(request: HttpRequest, reference: str, member: int) -> HttpResponse:
    """Somebody leaves the council."""
    movement, actor = _council_of(request, reference)
    found = get_object_or_404(CouncilMember, movement=movement, pk=member, is_active=True)
    end_member(found, actor=actor)
    messages.success(request, _("%(name)s đã thôi hội đồng.") % {"name": found.name})
    return redirect("reports:council_page", reference)


@require_http_methods(["GET", "POST"])
def meeting_new(request: HttpRequest, reference: str) -> HttpResponse:
    """A meeting with those who were there."""
    movement, actor = _council_of(request, reference)
    form = MeetingForm(movement, request.POST if request.method == "POST" else None)

    def save(typed: MeetingForm) -> tuple[str, str]:
        said = typed.cleaned_data
        made = open_meeting(
            movement,
            held_on=said["held_on"],
            place=said["place"],
            remarks=said["remarks"],
            present=typed.members_present,
            actor=actor,
        )
        address = reverse("reports:meeting_page", args=[made.reference])
        return address, _("Đã ghi phiên họp %(ref)s. Ghi phiếu cho từng đề nghị.") % {"ref": made.reference}

    title = _("Ghi phiên họp")
    back = reverse("reports:council_page", args=[reference])
    return form_page(
        request,
        form,
        save,
        title=title,
        label=title,
        back=back,
        crumb_parts=crumbs(movement, Crumb(_("Hội đồng"), back), Crumb(title)),
        notes=[] if form.members else [_("Hội đồng chưa có thành viên nào. Hãy ghi thành viên trước.")],
    )


def _meeting_of(request: HttpRequest, reference: str) -> CouncilMeeting:
    rows = CouncilMeeting.objects.select_related("movement")
    found: CouncilMeeting = get_visible(rows, reader_of(request), reference=reference)
    return found


@require_GET
def meeting_page(request: HttpRequest, reference: str) -> HttpResponse:
    """A meeting: who was there, the votes on each proposal, a form for each that waits, the minutes."""
    meeting, actor = _meeting_of(request, reference), actor_of(request)
    return _meeting(request, meeting, actor, None, "")


def _meeting(
    request: HttpRequest, meeting: CouncilMeeting, actor: Actor, refused: VoteForm | None, of: str
) -> HttpResponse:
    table = shipped_awards()
    present = len(meeting.present)
    votes = votes_of(meeting)
    voted = {vote.proposal_id for vote in votes}
    is_open = meeting.status == MeetingStatus.OPEN
    waiting = AwardProposal.objects.filter(movement=meeting.movement, status=ProposalStatus.SUBMITTED)
    context = {
        "meeting": meeting,
        "movement": meeting.movement,
        "votes": [
            (vote, award_of(vote.proposal), table.has_majority(vote.votes_for, present)) for vote in votes
        ],
        "waiting": [
            (
                one,
                award_of(one),
                refused if refused and of == one.reference else VoteForm(prefix=one.reference),
            )
            for one in waiting.select_related("participant").order_by("pk")
            if one.pk not in voted or (refused and of == one.reference)
        ]
        if is_open and keeps_reports(actor)
        else [],
        "has_quorum": table.has_quorum(present, meeting.members),
        "quorum_percent": table.quorum_percent,
        "council_verify": table.council_verify,
        "is_open": is_open,
        "actions": offered_actions(MEETING_WORKFLOW, meeting, actor),
        "documents": panel_of_record(actor, meeting),
        "events": history_of("reports.councilmeeting", meeting.pk),
        "crumb_parts": crumbs(
            meeting.movement,
            Crumb(_("Hội đồng"), reverse("reports:council_page", args=[meeting.movement.reference])),
            Crumb(meeting.reference),
        ),
        **rights_of(actor),
    }
    return render(request, "reports/emulation/meeting.html", context, status=422 if refused else 200)


@require_POST
def meeting_vote(request: HttpRequest, reference: str, proposal: str) -> HttpResponse:
    """Write down the votes on one proposal."""
    meeting, actor = _meeting_of(request, reference), actor_of(request)
    found = get_object_or_404(AwardProposal, movement=meeting.movement, reference=proposal)
    form = VoteForm(request.POST, prefix=proposal)
    if form.is_valid():
        typed = form.cleaned_data
        try:
            record_vote(
                meeting,
                found,
                votes_for=typed["votes_for"],
                votes_against=typed["votes_against"],
                is_recommended=typed["is_recommended"] == "1",
                remark=typed["remark"],
                actor=actor,
            )
        except TransitionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Đã ghi phiếu cho %(ref)s.") % {"ref": proposal})
            return redirect("reports:meeting_page", reference)
    return _meeting(request, meeting, actor, form, proposal)
