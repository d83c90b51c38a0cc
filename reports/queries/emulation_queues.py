"""Counters of the emulation movement on the worklist: what waits for the department, and for who records decisions."""

from collections.abc import Iterator
from typing import Final

from django.core.cache import cache
from django.urls import reverse
from django.utils.translation import gettext as _

from core.search import register_reference_page
from core.workflow import Actor
from reports.enums.emulation import AchievementStatus, MovementStatus, ProposalStatus
from reports.models import Achievement, AwardProposal, Movement
from reports.permissions import decides_awards, keeps_reports
from reports.queries.announced import announced
from support_programs.queries.queues import QueueRows, register_queue

# a movement lasts for months; the worklist is opened every minute
_KEPT_SECONDS: Final = 60


def emulation_queues(actor: Actor) -> Iterator[QueueRows]:
    """Achievements to confirm and proposals before the council; recommended ones for the province's approver."""
    if not keeps_reports(actor) and not decides_awards(actor):
        return
    movement = cache.get_or_set("emulation:current", lambda: _current(actor), _KEPT_SECONDS)
    if movement is None:
        return
    if keeps_reports(actor):
        waiting = Achievement.objects.visible_to(actor).filter(
            participant__movement=movement, status=AchievementStatus.ENTERED
        )
        yield QueueRows(_("Thành tích chờ xác nhận"), _page("achievement_list", movement, "entered"), waiting)
        yield _proposals(actor, movement, _("Đề nghị khen thưởng chờ hội đồng"), ProposalStatus.SUBMITTED)
    if decides_awards(actor):
        label = _("Đề nghị khen thưởng chờ quyết định")
        yield _proposals(actor, movement, label, ProposalStatus.RECOMMENDED)


def _current(actor: Actor) -> Movement | None:
    """The newest movement that isn't over; both roles work for the whole province."""
    return announced(Movement.objects.exclude(status=MovementStatus.CLOSED), actor).first()


def _proposals(actor: Actor, movement: Movement, label: str, status: ProposalStatus) -> QueueRows:
    rows = AwardProposal.objects.visible_to(actor).filter(movement=movement, status=status)
    return QueueRows(label, _page("proposal_list", movement, status.value), rows)


def _page(name: str, movement: Movement, status: str) -> str:
    return f"{reverse(f'reports:{name}', args=[movement.reference])}?status={status}"


def register() -> None:
    """Make the counters and the pages of references known."""
    register_queue("emulation", emulation_queues)
    for prefix, page in (
        ("TD", "movement_page"),
        ("TG", "participant_page"),
        ("TT", "achievement_page"),
        ("XH", "round_page"),
        ("KT", "proposal_page"),
        ("HP", "meeting_page"),
        ("QK", "award_decision_page"),
    ):
        register_reference_page(prefix, f"reports:{page}")
