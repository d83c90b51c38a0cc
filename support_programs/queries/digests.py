"""What waits for somebody in the morning: their queues, and what is late at the offices below them."""

import datetime as dt
from typing import Any, Final

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from core.workflow import Actor
from support_programs.models import Digest
from support_programs.queries.late_work import late_work
from support_programs.queries.queues import GROUP_LABELS, Group, further_queues, queue_counts, queues_of
from support_programs.queries.reminders import may_see_late_work

Line = dict[str, Any]
MOST_QUEUES: Final = 8
MOST_AREAS: Final = 5
# «Quá hạn» is said of cases and of lists: these groups stand before their labels
_NAMED: Final = (Group.CASES, Group.LISTS)


def digest_lines(actor: Actor, on: dt.date) -> list[Line]:
    """The lines of a digest, pressing ones first: label and group (Vietnamese, as the catalogue of words knows them), count,
    address, and the area that a line is about. Empty for who has nothing to do.
    """
    if not actor.sees_records:
        return []
    with translation.override("vi"):
        queues = _of_queues(actor)
        ordered = sorted(queues, key=lambda line: not line["is_hot"])
        return [*ordered[:MOST_QUEUES], *_of_areas(actor, on)]


def _of_queues(actor: Actor) -> list[Line]:
    queues = queues_of(actor)
    counts = queue_counts(actor, queues)
    own = [
        {
            **_line(str(queue.label), counts[queue.code], f"/?queue={queue.code}", queue.is_hot),
            "group": str(GROUP_LABELS[queue.group]) if queue.group in _NAMED else "",
        }
        for queue in queues
    ]
    others = [_line(str(more.label), more.count, more.url, more.is_hot) for more in further_queues(actor)]
    return [line for line in (*own, *others) if line["count"]]


def _of_areas(actor: Actor, on: dt.date) -> list[Line]:
    """Districts of the province, communes of a district, where lists or cases are late."""
    if not may_see_late_work(actor):
        return []
    late = [area for area in late_work(actor, actor.area_code, on).areas if area.is_late]
    base = reverse("support_programs:reminder_list")
    lines = []
    for area in late[:MOST_AREAS]:
        url = f"{base}?area={area.code}" if len(actor.area_code) < len(area.code) == 5 else base
        label, count = (
            (_("Danh sách quá hạn"), area.lists)
            if area.lists
            else (_("Hồ sơ riêng lẻ quá hạn"), area.cases)
            if area.cases
            else (_("Yêu cầu bổ sung chưa trả lời"), area.requests)
        )
        lines.append({**_line(label, count, url, is_hot=True), "place": area.name})
    return lines


def _line(label: str, count: int, url: str, is_hot: bool) -> Line:
    return {"label": label, "count": count, "url": url, "is_hot": is_hot, "place": "", "group": ""}


def unread_digest(actor: Actor, on: dt.date) -> Digest | None:
    """This morning's digest of somebody who has not put it away yet. One query."""
    return Digest.objects.filter(user_id=actor.pk, on=on, read_at__isnull=True).first()


def digests_of(actor: Actor) -> QuerySet[Digest]:
    """One's own digests."""
    return Digest.objects.filter(user_id=actor.pk)
