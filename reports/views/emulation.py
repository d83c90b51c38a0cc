"""The emulation movement: its page with criteria and rankings, its criteria, who takes part, achievements."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts.queries import area_name
from core.page_parts import Crumb, Tile
from core.requests import actor_of
from core.shortcuts import get_visible
from core.templatetags.figures import figure, money
from reports.enums.emulation import AchievementStatus, MovementStatus, ParticipantGroup
from reports.forms.emulation import AchievementForm, CriterionForm, RegistrationForm, RoundForm
from reports.models import Achievement, AwardProposal, Criterion, Movement, Participant, ScoringRound
from reports.permissions import registers_emulation
from reports.queries.announced import announced
from reports.queries.emulation import counts_of, groups_of
from reports.services.emulation import enter_achievement, register_participant, save_criterion
from reports.services.emulation_scoring import open_round
from reports.views.emulation_parts import (
    crumbs,
    form_page,
    movement_of,
    participant_of,
    reader_of,
    rights_of,
    tabs_of,
)
from reports.workflow.emulation import ACHIEVEMENT_WORKFLOW, MOVEMENT_WORKFLOW, PARTICIPANT_WORKFLOW
from support_programs.queries.case_page import history_of
from support_programs.queries.lists import offered_actions
from support_programs.views.paging import page_of


@require_GET
def movement_list(request: HttpRequest) -> HttpResponse:
    """The movements of the province; where there is one, its page."""
    actor = reader_of(request)
    found = list(announced(Movement.objects.all(), actor)[:50])
    if len(found) == 1:
        return redirect("reports:movement_page", found[0].reference)
    return render(request, "reports/emulation/movement_list.html", {"movements": found})


@require_GET
def movement_page(request: HttpRequest, reference: str) -> HttpResponse:
    """What the movement is about, its criteria with their points, its rankings, what may be done."""
    movement, actor = movement_of(request, reference), actor_of(request)
    counts = counts_of(movement, actor)
    units = reverse("reports:participant_list", args=[movement.reference])
    proposals = reverse("reports:proposal_list", args=[movement.reference])
    waiting = reverse("reports:achievement_list", args=[movement.reference]) + "?status=entered"
    context = {
        "movement": movement,
        "tabs": tabs_of(movement, actor, "movement_page"),
        "tiles": [
            Tile(_("Đơn vị, cá nhân đăng ký"), figure(counts.participants), url=units),
            Tile(_("Thành tích chờ xác nhận"), figure(counts.waiting), url=waiting),
            Tile(_("Đề nghị đang xét"), figure(counts.open_proposals), url=proposals),
            Tile(_("Đã khen"), figure(counts.awarded), note=money(counts.amount), url=proposals),
        ],
        "criteria": [
            (one, [ParticipantGroup(code).label for code in one.groups]) for one in movement.criteria.all()
        ],
        "rounds": announced(ScoringRound.objects.filter(movement=movement), actor),
        "actions": offered_actions(MOVEMENT_WORKFLOW, movement, actor),
        "is_preparing": movement.status == MovementStatus.PREPARING,
        "is_running": movement.status == MovementStatus.RUNNING,
        "events": history_of("reports.movement", movement.pk),
        "crumb_parts": crumbs(movement),
        **rights_of(actor),
    }
    return render(request, "reports/emulation/movement.html", context)


@require_http_methods(["GET", "POST"])
def criterion_edit(request: HttpRequest, reference: str, code: str = "") -> HttpResponse:
    """Write a criterion, new or there already, until scoring begins."""
    movement, actor = movement_of(request, reference), actor_of(request)
    criterion = get_object_or_404(Criterion, movement=movement, code=code) if code else None
    names = CriterionForm.base_fields
    initial = {name: getattr(criterion, name) for name in names} if criterion else {}
    typed = request.POST if request.method == "POST" else None
    back = reverse("reports:movement_page", args=[reference])

    def save(form: CriterionForm) -> tuple[str, str]:
        saved = save_criterion(movement, form.text(), actor=actor, criterion=criterion)
        return f"{back}#criteria", _("Đã ghi tiêu chí %(code)s.") % {"code": saved.code}

    title = _("Tiêu chí %(code)s") % {"code": code} if code else _("Thêm tiêu chí")
    return form_page(
        request,
        CriterionForm(typed, initial=initial),
        save,
        title=title,
        label=_("Ghi tiêu chí"),
        back=back,
        crumb_parts=crumbs(movement, Crumb(title)),
        hint=_(
            "Điểm tăng đều từ đầu 0 điểm đến đầu điểm tối đa. Khi bắt đầu chấm điểm, tiêu chí không sửa được nữa."
        ),
    )


@require_http_methods(["GET", "POST"])
def round_new(request: HttpRequest, reference: str) -> HttpResponse:
    """A new round over a period."""
    movement, actor = movement_of(request, reference), actor_of(request)
    typed = request.POST if request.method == "POST" else None

    def save(form: RoundForm) -> tuple[str, str]:
        made = open_round(movement, actor=actor, **form.cleaned_data)
        address = reverse("reports:round_page", args=[made.reference])
        return address, _("Đã mở kỳ xếp hạng %(ref)s. Bấm «Tính điểm».") % {"ref": made.reference}

    title = _("Mở kỳ xếp hạng")
    return form_page(
        request,
        RoundForm(typed),
        save,
        title=title,
        label=title,
        back=reverse("reports:movement_page", args=[reference]),
        crumb_parts=crumbs(movement, Crumb(title)),
    )


@require_GET
def participant_list(request: HttpRequest, reference: str) -> HttpResponse:
    """Who is registered, by group; of one's own area."""
    movement, actor = movement_of(request, reference), actor_of(request)
    page = page_of(request, Participant.objects.visible_to(actor).filter(movement=movement))
    context = {
        "movement": movement,
        "tabs": tabs_of(movement, actor, "participant_list"),
        "page": page,
        "groups": groups_of(list(page.object_list)),
        "area_name": area_name(actor.area_code),
        "may_register": registers_emulation(actor) and movement.status != MovementStatus.CLOSED,
        "crumb_parts": crumbs(movement, Crumb(_("Đăng ký"))),
    }
    return render(request, "reports/emulation/participants.html", context)


@require_http_methods(["GET", "POST"])
def participant_new(request: HttpRequest, reference: str) -> HttpResponse:
    """Register a unit or a person of one's own area."""
    movement, actor = movement_of(request, reference), actor_of(request)
    typed = (request.POST, request.FILES) if request.method == "POST" else ()

    def save(form: RegistrationForm) -> tuple[str, str]:
        made = register_participant(movement, form.registration(), actor=actor)
        address = reverse("reports:participant_page", args=[made.reference])
        return address, _("Đã đăng ký %(name)s.") % {"name": made.name}

    title = _("Đăng ký thi đua")
    return form_page(
        request,
        RegistrationForm(actor, *typed),
        save,
        title=title,
        label=_("Ghi đăng ký"),
        back=reverse("reports:participant_list", args=[reference]),
        crumb_parts=crumbs(movement, Crumb(title)),
    )


@require_GET
def participant_page(request: HttpRequest, reference: str) -> HttpResponse:
    """One participant: registration, achievements, points of each round, proposals."""
    found, actor = participant_of(request, reference), actor_of(request)
    movement = found.movement
    context = {
        "participant": found,
        "movement": movement,
        "area": area_name(found.area_code),
        "achievements": Achievement.objects.filter(participant=found).select_related("criterion"),
        "rounds": ScoringRound.objects.filter(scores__participant=found).distinct(),
        "proposals": AwardProposal.objects.filter(participant=found),
        "actions": offered_actions(PARTICIPANT_WORKFLOW, found, actor),
        "may_write": registers_emulation(actor)
        and found.status == "registered"
        and movement.status != MovementStatus.CLOSED,
        "events": history_of("reports.participant", found.pk),
        "crumb_parts": crumbs(
            movement,
            Crumb(_("Đăng ký"), reverse("reports:participant_list", args=[movement.reference])),
            Crumb(found.name),
        ),
    }
    return render(request, "reports/emulation/participant.html", context)


@require_http_methods(["GET", "POST"])
def achievement_new(request: HttpRequest, reference: str) -> HttpResponse:
    """Write down what a participant achieved, with its proof."""
    participant, actor = participant_of(request, reference), actor_of(request)
    typed = (request.POST, request.FILES) if request.method == "POST" else ()

    def save(form: AchievementForm) -> tuple[str, str]:
        made = enter_achievement(participant, form.criterion_chosen, form.text_given(), actor=actor)
        address = reverse("reports:achievement_page", args=[made.reference])
        return address, _("Đã ghi thành tích %(ref)s, chờ Sở xác nhận.") % {"ref": made.reference}

    title = _("Ghi thành tích")
    back = reverse("reports:participant_page", args=[reference])
    return form_page(
        request,
        AchievementForm(participant, *typed),
        save,
        title=title,
        label=title,
        back=back,
        crumb_parts=crumbs(participant.movement, Crumb(participant.name, back), Crumb(title)),
        hint=_("Thành tích chỉ được tính điểm sau khi người khác xác nhận."),
    )


@require_GET
def achievement_list(request: HttpRequest, reference: str) -> HttpResponse:
    """The achievements of one's area, newest first; filtered by their state."""
    movement, actor = movement_of(request, reference), actor_of(request)
    rows = Achievement.objects.visible_to(actor).filter(participant__movement=movement)
    status = request.GET.get("status", "")
    if status in AchievementStatus.values:
        rows = rows.filter(status=status)
    context = {
        "movement": movement,
        "tabs": tabs_of(movement, actor, "achievement_list"),
        "page": page_of(request, rows.select_related("participant", "criterion")),
        "statuses": AchievementStatus.choices,
        "status": status,
        "crumb_parts": crumbs(movement, Crumb(_("Thành tích"))),
    }
    return render(request, "reports/emulation/achievements.html", context)


@require_GET
def achievement_page(request: HttpRequest, reference: str) -> HttpResponse:
    """One achievement: what, when, its proof, who confirmed it with how many points."""
    actor = reader_of(request)
    rows = Achievement.objects.select_related("participant__movement", "criterion", "proof")
    found: Achievement = get_visible(rows, actor, reference=reference)
    who = found.participant
    context = {
        "achievement": found,
        "participant": who,
        "actions": offered_actions(ACHIEVEMENT_WORKFLOW, found, actor),
        "events": history_of("reports.achievement", found.pk),
        "crumb_parts": crumbs(
            who.movement,
            Crumb(who.name, reverse("reports:participant_page", args=[who.reference])),
            Crumb(found.reference),
        ),
    }
    return render(request, "reports/emulation/achievement.html", context)
