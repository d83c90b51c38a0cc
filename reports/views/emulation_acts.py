"""What moves a record of the movement on: one page per act, which says what it means; and the scans that were sent in."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_GET, require_http_methods

from core.downloads import download
from core.models import StoredFile
from core.page_parts import Crumb
from core.requests import actor_of
from core.shortcuts import get_visible
from core.transitions import refusals_of
from core.wording import Text
from core.workflow import Actor, Workflow
from reports.forms.emulation import ConfirmForm, PlainForm, ReasonForm
from reports.models import (
    Achievement,
    AwardDecision,
    AwardProposal,
    CouncilMeeting,
    Movement,
    Participant,
    ScoringRound,
)
from reports.services import emulation as service
from reports.services import emulation_awards as awards
from reports.services import emulation_council as council
from reports.services import emulation_scoring as scoring
from reports.views.emulation_parts import HOME, form_page, reader_of, sits_above
from reports.workflow import emulation as workflow

Do = Callable[[Any, dict[str, Any], Actor], Any]


@dataclass(frozen=True, slots=True)
class Act:
    """One act: its form, what does it, and what the page says beside the button."""

    form: type[forms.Form]
    do: Do
    hint: Text


@dataclass(frozen=True, slots=True)
class Sort:
    """One sort of record: its rows, its way, its page, what can be done with it."""

    model: Any
    workflow: Workflow
    page: str
    name: str
    acts: Mapping[str, Act]


SORTS: Final = MappingProxyType(
    {
        "TD": Sort(
            Movement,
            workflow.MOVEMENT_WORKFLOW,
            "movement_page",
            "movement",
            {
                "start": Act(
                    PlainForm,
                    lambda row, _typed, actor: service.start_movement(row, actor=actor),
                    lazy("Từ lúc này tiêu chí và thang điểm không sửa được nữa; có thể mở kỳ xếp hạng."),
                ),
                "close": Act(
                    PlainForm,
                    lambda row, _typed, actor: service.close_movement(row, actor=actor),
                    lazy("Phong trào kết thúc: không đăng ký, ghi thành tích hay đề nghị thêm."),
                ),
            },
        ),
        "TG": Sort(
            Participant,
            workflow.PARTICIPANT_WORKFLOW,
            "participant_page",
            "participant",
            {
                "withdraw": Act(
                    ReasonForm,
                    lambda row, typed, actor: service.withdraw_participant(
                        row, reason=typed["reason"], actor=actor
                    ),
                    lazy("Các lần tính điểm sau không còn đơn vị, cá nhân này; điểm đã khóa vẫn giữ."),
                ),
            },
        ),
        "TT": Sort(
            Achievement,
            workflow.ACHIEVEMENT_WORKFLOW,
            "achievement_page",
            "achievement",
            {
                "confirm": Act(
                    ConfirmForm,
                    lambda row, typed, actor: service.confirm_achievement(
                        row, points=typed["points"], actor=actor
                    ),
                    lazy("Xem minh chứng trước khi xác nhận. Điểm đã xác nhận không sửa được."),
                ),
                "refuse": Act(
                    ReasonForm,
                    lambda row, typed, actor: service.refuse_achievement(
                        row, reason=typed["reason"], actor=actor
                    ),
                    lazy("Đơn vị sẽ đọc lý do này và có thể ghi lại thành tích cho đúng."),
                ),
                "withdraw": Act(
                    PlainForm,
                    lambda row, _typed, actor: service.withdraw_achievement(row, actor=actor),
                    lazy("Thành tích không được tính; có thể ghi lại."),
                ),
            },
        ),
        "XH": Sort(
            ScoringRound,
            workflow.ROUND_WORKFLOW,
            "round_page",
            "scoring",
            {
                "close": Act(
                    PlainForm,
                    lambda row, _typed, actor: scoring.close_round(row, actor=actor),
                    lazy("Điểm và thứ hạng của lần tính cuối được giữ nguyên từ lúc này."),
                ),
            },
        ),
        "KT": Sort(
            AwardProposal,
            workflow.PROPOSAL_WORKFLOW,
            "proposal_page",
            "proposal",
            {
                "submit": Act(
                    PlainForm,
                    lambda row, _typed, actor: awards.submit_proposal(row, actor=actor),
                    lazy("Đề nghị được đưa ra phiên họp tới của hội đồng."),
                ),
                "withdraw": Act(
                    ReasonForm,
                    lambda row, typed, actor: awards.withdraw_proposal(
                        row, reason=typed["reason"], actor=actor
                    ),
                    lazy("Thành tích này có thể được đề nghị lại."),
                ),
                "refuse": Act(
                    ReasonForm,
                    lambda row, typed, actor: awards.refuse_proposal(
                        row, reason=typed["reason"], actor=actor
                    ),
                    lazy("Đơn vị đề nghị sẽ đọc lý do này."),
                ),
            },
        ),
        "HP": Sort(
            CouncilMeeting,
            workflow.MEETING_WORKFLOW,
            "meeting_page",
            "meeting",
            {
                "close": Act(
                    PlainForm,
                    lambda row, _typed, actor: council.close_meeting(row, actor=actor),
                    lazy("Số phiếu giữ nguyên; đề nghị được hội đồng đồng ý chuyển sang chờ quyết định."),
                ),
            },
        ),
    }
)


@require_http_methods(["GET", "POST"])
def emulation_act(request: HttpRequest, reference: str, act: str) -> HttpResponse:
    """Show what an act means, and carry it out; a refusal keeps what was typed."""
    actor = reader_of(request)
    sort = SORTS.get(reference[:2])
    if sort is None or act not in sort.acts:
        raise Http404
    record = get_visible(sort.model, actor, reference=reference)
    chosen, transition = sort.acts[act], sort.workflow.transition(f"{sort.name}.{act}")
    back = reverse(f"reports:{sort.page}", args=[reference])

    def save(form: forms.Form) -> tuple[str, str]:
        chosen.do(record, form.cleaned_data, actor)
        return back, f"{transition.label}: {reference}"

    blocked = refusals_of(transition, record, actor) if record.status in transition.sources else []
    return form_page(
        request,
        chosen.form(request.POST if request.method == "POST" else None, initial=_initial(record)),
        save,
        title=f"{transition.label}: {reference}",
        label=transition.label,
        back=back,
        crumb_parts=[HOME, Crumb(reference, back), Crumb(transition.label)],
        hint=chosen.hint,
        notes=[*blocked] if transition.permission(actor) else [transition.denied],
    )


def _initial(record: Any) -> dict[str, Any]:
    return {"points": record.asked_points} if isinstance(record, Achievement) else {}


@require_GET
def emulation_file(request: HttpRequest, reference: str) -> HttpResponse:
    """The scan of a registration, of an achievement's proof or of a decision; each download is recorded."""
    actor = reader_of(request)
    found = _file_of(reference, actor)
    if found is None:
        raise Http404
    return download(found, actor=actor_of(request))


def _file_of(reference: str, actor: Actor) -> StoredFile | None:
    if reference.startswith("TG"):
        return get_visible(Participant, actor, reference=reference).paper
    if reference.startswith("TT"):
        return get_visible(Achievement, actor, reference=reference).proof
    if reference.startswith("QK"):
        decision = get_visible(AwardDecision, actor, reference=reference)
        return decision.scan if sits_above(actor, decision.movement) else None
    return None
