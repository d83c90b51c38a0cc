"""Requests about one's own data on the worklist of those who answer them."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from beneficiaries.enums import RequestState
from beneficiaries.models import DataSubjectRequest
from beneficiaries.permissions import may_answer_data_requests
from core import clock
from core.workflow import Actor
from support_programs.queries.queues import QueueEntry, register_queue


def waiting_requests(actor: Actor) -> Iterable[QueueEntry]:
    """How many wait for an answer; hot once one of them is due today or overdue."""
    if not may_answer_data_requests(actor):
        return []
    waiting = DataSubjectRequest.objects.visible_to(actor).filter(state=RequestState.RECEIVED)
    due_days = list(waiting.order_by("due_on").values_list("due_on", flat=True))
    if not due_days:
        return []
    url = reverse("beneficiaries:data_request_list")
    is_hot = due_days[0] <= clock.today()
    return [QueueEntry(_("Yêu cầu về dữ liệu"), url, len(due_days), is_hot)]


def register() -> None:
    """Add the counter."""
    register_queue("data_requests", waiting_requests)
