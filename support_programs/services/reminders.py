"""Urging: a letter to the offices of an area with the list of what is late there, and that somebody there has seen it."""

import datetime as dt
from collections.abc import Collection
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.queries import area_name
from core import clock
from core.audit import record_event
from core.dates import format_date
from core.transitions import TransitionRefused
from core.workflow import Actor
from support_programs.enums import DocumentKind
from support_programs.models import Reminder
from support_programs.permissions import READS_ONLY, works_on_cases
from support_programs.queries.late_work import LateList, late_of_offices
from support_programs.queries.reminders import NOT_URGING, is_urging, offices_of
from support_programs.services.documents import draft_document
from support_programs.services.scope import check_area, check_no_number, check_role


@transaction.atomic
def send_reminder(
    *,
    area_code: str,
    lists: Collection[str],
    text: str,
    actor: Actor,
    answer_by: dt.date | None = None,
) -> Reminder:
    """The offices of an area below the actor's see what is late there, as it stands now; the letter is drafted with it.

    `lists` are references of the late lists that the letter names. Refused: everybody but department and district
    (PermissionDenied), an area where nothing is late, a list that is not late there (any more), no words, an identity number
    in them, a day of answer that is not in the future.
    """
    check_area(actor, area_code)
    check_role(actor, is_urging, NOT_URGING)
    if len(area_code) <= len(actor.area_code):
        raise PermissionDenied(_("Chỉ đôn đốc được đơn vị cấp dưới."))
    today = clock.today()
    late, cases, requests = late_of_offices(actor, area_code, today)
    chosen = [row for row in late if row.reference in lists]
    if gone := sorted(set(lists) - {row.reference for row in chosen}):
        raise TransitionRefused(
            _("%(list)s không còn quá hạn ở đơn vị này. Hãy mở lại trang.") % {"list": gone[0]}
        )
    if not chosen and not cases and not requests:
        raise TransitionRefused(_("Đơn vị này không có việc quá hạn."))
    if not text.strip():
        raise TransitionRefused(_("Hãy ghi nội dung đôn đốc."))
    check_no_number(text)
    if answer_by is not None and answer_by <= today:
        raise TransitionRefused(
            _("Ngày đề nghị hoàn thành %(day)s phải sau hôm nay, %(today)s.")
            % {"day": format_date(answer_by), "today": format_date(today)}
        )
    rows = [_kept(row) for row in chosen]
    document = draft_document(
        kind=DocumentKind.REMINDER,
        actor=actor,
        area_code=area_code,
        content={
            "recipient": offices_of(area_code),
            "lists": rows,
            "text": text.strip(),
            "answer_by": answer_by.isoformat() if answer_by else "",
        },
    )
    reminder = Reminder.objects.create(
        area_code=area_code,
        sender_area_code=actor.area_code,
        lists=rows,
        text=text.strip(),
        answer_by=answer_by,
        document=document,
        sent_on=today,
        sent_by_id=actor.pk,
        sent_by_name=actor.full_name,
    )
    change = {"area": area_name(area_code), "lists": len(rows)}
    record_event("reminder.sent", reminder, actor=actor, change=change)
    return reminder


@transaction.atomic
def see_reminder(reminder: Reminder, *, actor: Actor) -> Reminder:
    """Somebody at the office that is urged has seen it, by name. Again changes nothing; refused for everybody else."""
    check_area(actor, reminder.area_code)
    check_role(actor, works_on_cases, READS_ONLY)
    if actor.area_code != reminder.area_code:
        raise PermissionDenied(_("Đôn đốc này gửi đơn vị khác."))
    changed = Reminder.objects.filter(pk=reminder.pk, seen_on__isnull=True).update(
        seen_on=clock.today(), seen_by_id=actor.pk, seen_by_name=actor.full_name
    )
    if changed:
        record_event("reminder.seen", reminder, actor=actor, change={"area": area_name(reminder.area_code)})
    reminder.refresh_from_db()
    return reminder


def _kept(row: LateList) -> dict[str, Any]:
    return {
        "reference": row.reference,
        "title": row.title,
        "area": row.place,
        "step": row.step,
        "due_on": row.due_on.isoformat(),
        "days_late": row.days_late,
        "people": row.people,
    }
