"""Who changed a record last: what somebody is told whose page is out of date."""

import datetime as dt
from dataclasses import dataclass
from typing import Final

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _

from core.audit import action_of, codes_aside, registered_codes
from core.dates import format_date
from core.models import Event

_TOGETHER: Final = dt.timedelta(minutes=2)  # a change and what follows from it, also of a long list
_LOOKED_AT: Final = 12  # a change writes a few events; what it is called stands in the first of them


@dataclass(frozen=True, slots=True)
class LastChange:
    """The newest change of a record: by whom (None is the system), called what, at which real time."""

    actor_id: int | None
    actor_name: str
    label: str
    at: dt.datetime

    @property
    def when(self) -> str:
        """08:20, or 08:20 ngày 26/09/2021 where it wasn't today."""
        at = timezone.localtime(self.at)
        if at.date() == timezone.localdate():
            return f"{at:%H:%M}"
        return _("%(time)s ngày %(day)s") % {"time": f"{at:%H:%M}", "day": format_date(at.date())}


def last_change_of(record: models.Model) -> LastChange | None:
    """The newest change of a record; None where the log knows none. Notes and downloads are none. One query."""
    known = registered_codes()
    events = Event.objects.filter(object_type=record._meta.label_lower, object_id=record.pk)
    newest = list(events.exclude(action__in=codes_aside()).order_by("-id")[:_LOOKED_AT])
    told = [event for event in newest if event.action in known]
    for event, older in zip(told, [*told[1:], None], strict=True):
        is_of_older = (
            older is not None and older.actor_id == event.actor_id and event.at - older.at < _TOGETHER
        )
        if action_of(event.action).weight == "change" or not is_of_older:
            return LastChange(event.actor_id, event.actor_name, str(action_of(event.action).label), event.at)
    return None
