"""What people ask about their own data: written down, answered or refused, with a clock of two working days."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Final

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from beneficiaries.enums import RequestKind, RequestState
from beneficiaries.models import DataSubjectRequest, Person
from beneficiaries.permissions import may_answer_data_requests, may_receive_data_requests
from core import clock
from core.audit import record_event
from core.date_texts import format_date
from core.queries.calendar import working_calendar
from core.queries.references import next_reference
from core.text import clean_text, without_numbers
from core.transitions import StaleRecord, TransitionRefused
from core.workflow import Actor

# of the house rules; which law sets a term, and which one, is not verified (docs/operations.md)
WORKING_DAYS: Final = 2
SHORTEST: Final = 3


class DataRequestRefused(Exception):
    """What was typed can't be taken: sentences by field."""

    def __init__(self, errors: dict[str, list[str]]) -> None:
        super().__init__(" ".join(text for texts in errors.values() for text in texts))
        self.errors = errors


@dataclass(frozen=True, slots=True)
class Asked:
    """Who asks for what, how they are reached, and when it came in."""

    asked_by: str
    contact: str
    kind: str
    content: str
    received_on: dt.date


@transaction.atomic
def receive_request(*, asked: Asked, actor: Actor, person: Person | None = None) -> DataSubjectRequest:
    """Write a request down; the answer is due two working days after the day it came in.

    It stands in the person's area, else in the officer's own. Identity numbers in the texts are left out. DataRequestRefused by
    field; PermissionDenied for other roles and outside the actor's area.
    """
    area_code = person.area_code if person else actor.area_code
    if not may_receive_data_requests(actor) or not (
        actor.area_code and area_code.startswith(actor.area_code)
    ):
        raise PermissionDenied(_("Bạn không nhận yêu cầu về dữ liệu của địa bàn này."))
    today = clock.today()
    texts = {name: _clean(getattr(asked, name)) for name in ("asked_by", "contact", "content")}
    errors = _problems(texts, asked, today)
    if errors:
        raise DataRequestRefused(errors)
    made = DataSubjectRequest.objects.create(
        reference=next_reference("YC"),
        area_code=area_code,
        person=person,
        kind=asked.kind,
        received_on=asked.received_on,
        due_on=working_calendar().add_working_days(asked.received_on, WORKING_DAYS),
        recorded_by_id=actor.pk,
        recorded_by_name=actor.full_name,
        **texts,
    )
    change = {"kind": str(RequestKind(asked.kind).label), "due": format_date(made.due_on)}
    record_event("data_request.received", made, actor=actor, change=change)
    return made


def _problems(texts: dict[str, str], asked: Asked, today: dt.date) -> dict[str, list[str]]:
    errors: dict[str, list[str]] = {}
    if len(texts["asked_by"]) < SHORTEST:
        errors["asked_by"] = [_("Người yêu cầu: hãy ghi họ tên.")]
    if len(texts["content"]) < SHORTEST:
        errors["content"] = [_("Nội dung: hãy ghi người dân yêu cầu gì.")]
    if asked.kind not in RequestKind.values:
        errors["kind"] = [_("Yêu cầu: hãy chọn loại yêu cầu.")]
    if asked.received_on > today:
        errors["received_on"] = [_("Ngày nhận: không sau hôm nay.")]
    return errors


def answer_request(
    *, request: DataSubjectRequest, answer: str, actor: Actor, expected_version: int | None = None
) -> DataSubjectRequest:
    """Close a request with its answer. Refused: no text, one that is closed, other roles or areas, an outdated page."""
    return _close(request, RequestState.ANSWERED, answer, actor, expected_version)


def refuse_request(
    *, request: DataSubjectRequest, reason: str, actor: Actor, expected_version: int | None = None
) -> DataSubjectRequest:
    """Close a request without doing what it asks; the reason is what the person is told. Refused as `answer_request`."""
    return _close(request, RequestState.REFUSED, reason, actor, expected_version)


@transaction.atomic
def _close(
    request: DataSubjectRequest, state: RequestState, text: str, actor: Actor, expected_version: int | None
) -> DataSubjectRequest:
    check_may_answer(request, actor)
    locked = DataSubjectRequest.objects.select_for_update(of=("self",)).get(pk=request.pk)
    if locked.state != RequestState.RECEIVED:
        raise TransitionRefused(
            _("%(who)s đã trả lời yêu cầu này ngày %(day)s.")
            % {"who": locked.answered_by_name, "day": format_date(locked.answered_on or clock.today())}
        )
    if expected_version is not None and locked.version != expected_version:
        raise StaleRecord(_("Yêu cầu đã được sửa sau khi bạn mở trang. Hãy tải lại trang."))
    said = _clean(text)
    if len(said) < SHORTEST:
        field = _("Lý do từ chối") if state == RequestState.REFUSED else _("Trả lời")
        raise DataRequestRefused(
            {"answer": [_("%(field)s: hãy ghi điều đã báo cho người dân.") % {"field": field}]}
        )
    locked.state, locked.answer, locked.answered_on = state, said, clock.today()
    locked.answered_by_id, locked.answered_by_name = actor.pk, actor.full_name
    locked.version += 1
    locked.save()
    if state == RequestState.ANSWERED:
        record_event("data_request.answered", locked, actor=actor, reason=said)
    else:
        record_event("data_request.refused", locked, actor=actor, reason=said)
    return locked


def may_answer(request: DataSubjectRequest, actor: Actor) -> bool:
    """A district's officer for the district, the department for the province."""
    is_inside = bool(actor.area_code) and request.area_code.startswith(actor.area_code)
    return actor.is_active and may_answer_data_requests(actor) and is_inside


def check_may_answer(request: DataSubjectRequest, actor: Actor) -> None:
    """PermissionDenied for everybody else."""
    if not may_answer(request, actor):
        raise PermissionDenied(_("Yêu cầu này do chuyên viên huyện hoặc Sở trả lời."))


def _clean(text: str) -> str:
    lines = (without_numbers(clean_text(line)) for line in text.splitlines())
    return "\n".join(lines).strip()
