"""Requests about one's own data on the worklist of those who answer them."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from beneficiaries.enums import RequestState
from beneficiaries.models import DataSubjectRequest
from beneficiaries.permissions import may_answer_data_requests
from core import clock
from core.workflow import Actor
from support_programs.queries.queues import QueueRows, register_queue


def waiting_requests(actor: Actor) -> Iterable[QueueRows]:
    """How many wait for an answer; hot once one of them is due today or overdue."""
    if not may_answer_data_requests(actor):
        return []
    waiting = DataSubjectRequest.objects.visible_to(actor).filter(state=RequestState.RECEIVED)
    url = reverse("beneficiaries:data_request_list")
    return [QueueRows(_("Yêu cầu về dữ liệu"), url, waiting, hot=Q(due_on__lte=clock.today()))]


def register() -> None:
    """Add the counter."""
    register_queue("data_requests", waiting_requests)
