"""Requests about one's own data as the pages show them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.queries import area_names
from beneficiaries.enums import RequestState
from beneficiaries.models import DataSubjectRequest
from core import clock
from core.queries.calendar import working_calendar
from core.querysets import Viewer
from core.wording import Text

STATES: Final[dict[str, Text]] = {"open": _("Chưa trả lời"), "closed": _("Đã đóng")}


@dataclass(frozen=True, slots=True)
class RequestRow:
    """One request with its place and its clock; `days_left` are working days, negative when overdue, None when closed."""

    asked: DataSubjectRequest
    area: str
    days_left: int | None

    @property
    def is_open(self) -> bool:
        return self.asked.state == RequestState.RECEIVED


def requests_of(viewer: Viewer, state: str) -> QuerySet[DataSubjectRequest]:
    """Those of the viewer's area: the open ones by due day, or the closed ones, newest first."""
    found: QuerySet[DataSubjectRequest] = DataSubjectRequest.objects.visible_to(viewer).select_related(
        "person"
    )
    if state == "closed":
        return found.exclude(state=RequestState.RECEIVED).order_by("-answered_on", "-pk")
    return found.filter(state=RequestState.RECEIVED).order_by("due_on", "pk")


def request_rows(requests: Iterable[DataSubjectRequest]) -> list[RequestRow]:
    """The rows of a page; one query for the areas."""
    listed = list(requests)
    names = area_names(asked.area_code for asked in listed)
    calendar, today = working_calendar(), clock.today()
    return [
        RequestRow(
            asked,
            names[asked.area_code],
            calendar.working_days_between(today, asked.due_on)
            if asked.state == RequestState.RECEIVED
            else None,
        )
        for asked in listed
    ]
