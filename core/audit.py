"""The audit log in words: each action has a code, a label and a sentence; events are written with the change they tell of."""

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal, cast

from django.core.exceptions import EmptyResultSet
from django.db import connection, models
from django.utils.translation import gettext_lazy as _

from core import clock
from core.fence import fenced
from core.wording import Text
from core.workflow import Actor

PROVINCE: Final = "89"


Weight = Literal["change", "follows", "aside"]


@dataclass(frozen=True, slots=True)
class AuditAction:
    """One kind of event. `sentence` may name {actor}, {ref} and keys of the event's change.

    `weight`: "change" alters the record, "follows" is written by such a change beside its own event (a judgement after new
    facts), "aside" leaves the record as it was (a note, a file taken out). Who is told that a record was changed hears of
    changes only.
    """

    code: str
    label: Text
    sentence: Text
    weight: Weight = "change"


_registry: Final[dict[str, AuditAction]] = {}


def register_actions(*actions: AuditAction) -> None:
    """Make action codes known; a code registered twice with other words is a programming error."""
    for action in actions:
        if _registry.get(action.code, action) != action:
            raise ValueError(f"audit action {action.code} is registered twice")
        _registry[action.code] = action


def action_of(code: str) -> AuditAction:
    """The registered action of a code; KeyError when no app registered it."""
    return _registry[code]


def registered_codes() -> frozenset[str]:
    """All codes that apps registered."""
    return frozenset(_registry)


def codes_aside() -> list[str]:
    """Codes of events that leave their record as it was."""
    return sorted(code for code, action in _registry.items() if action.weight == "aside")


def sentence_of(code: str, actor_name: str, ref: str, change: Mapping[str, Any]) -> str:
    """The event as an officer reads it; a value that the change lacks shows as «…»."""

    class _Known(dict[str, Any]):
        def __missing__(self, key: str) -> str:
            return "…"

    words = _Known(change, actor=actor_name, ref=ref)
    return str(action_of(code).sentence).format_map(words)


# id, at and xid are the database's to set: the application's role has no right to name them
_INSERT: Final = """
INSERT INTO core_event (business_date, actor_id, actor_name, action, object_type, object_id, object_ref,
area_code, reason, change)
"""


def record_event(
    action: str,
    obj: models.Model,
    *,
    actor: Actor | None,
    reason: str = "",
    change: Mapping[str, Any] | None = None,
    area_code: str | None = None,
) -> None:
    """Write one event about a saved record, in the running transaction. KeyError for an unregistered code."""
    action_of(action)
    with connection.cursor() as cursor:
        cursor.execute(
            _INSERT + "VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s::jsonb)",
            [
                *_who_and_what(action, actor),
                obj._meta.label_lower,
                obj.pk if isinstance(obj.pk, int) else None,  # a day of the calendar has no number
                getattr(obj, "reference", ""),
                area_code if area_code is not None else getattr(obj, "area_code", ""),
                reason,
                json.dumps(dict(change or {}), default=str),
            ],
        )


def record_export(
    action: str, *, actor: Actor, change: Mapping[str, Any], area_code: str | None = None
) -> None:
    """Write that somebody took a table out that is no record of its own; the event is about them. Errors as `record_event`."""
    record_event(action, cast("models.Model", actor), actor=actor, change=change, area_code=area_code)


def record_events(
    action: str,
    queryset: models.QuerySet[Any],
    *,
    actor: Actor | None,
    reason: str = "",
    change: Mapping[str, Any] | None = None,
) -> int:
    """Write the same event for every row of a queryset in one statement; gives the number written.

    The model must have `reference` and `area_code`. The queryset is read once, when this is called.
    """
    action_of(action)
    try:
        inner, params = queryset.order_by("pk").values("pk", "reference", "area_code").query.sql_with_params()
    except EmptyResultSet:
        return 0
    with connection.cursor() as cursor:
        cursor.execute(
            _INSERT
            + "SELECT %s::date, %s::bigint, %s, %s, %s, r.id, r.reference, r.area_code, %s, %s::jsonb"
            + f" FROM ({inner}) AS r (id, reference, area_code)",
            [
                *_who_and_what(action, actor),
                queryset.model._meta.label_lower,
                reason,
                json.dumps(dict(change or {}), default=str),
                *params,
            ],
        )
        return int(cursor.rowcount)


def _who_and_what(action: str, actor: Actor | None) -> tuple[dt.date, int | None, str, str]:
    if actor is None:
        return clock.today(), None, str(_("Hệ thống")), action
    return clock.today(), actor.pk, actor.full_name, action


def record_system_event(
    action: str, *, change: Mapping[str, Any] | None = None, area_code: str = PROVINCE
) -> None:
    """Write an event of the installation itself, about no single record, in a block of its own."""
    action_of(action)
    with fenced(None, area_code), connection.cursor() as cursor:
        cursor.execute(
            _INSERT + "VALUES (%s, %s, %s, %s, '', NULL, '', %s, '', %s::jsonb)",
            [*_who_and_what(action, None), area_code, json.dumps(dict(change or {}), default=str)],
        )


def register_core_actions() -> None:
    """The core's own actions."""
    register_actions(
        AuditAction("job.started", _("Bắt đầu việc nền"), _("{actor} bắt đầu việc nền {ref}")),
        AuditAction("job.cancelled", _("Hủy việc nền"), _("{actor} hủy việc nền {ref}")),
        AuditAction("file.downloaded", _("Tải tệp"), _("{actor} tải tệp {name}"), "aside"),
        AuditAction(
            "keys.rotated",
            _("Thay khóa mã hóa"),
            _("{actor} mã hóa lại {rows} dòng và {files} tệp bằng khóa mới"),
        ),
        AuditAction(
            "keys.index_rotated",
            _("Thay khóa chỉ mục tìm số"),
            _("{actor} tính lại chỉ mục tìm số của {rows} dòng bằng khóa mới"),
        ),
        AuditAction(
            "retention.applied",
            _("Dọn dữ liệu hết hạn lưu"),
            _("{actor} dọn dữ liệu hết hạn lưu: {removed} mục"),
        ),
        AuditAction("access.denied", _("Bị từ chối"), _("{actor} bị từ chối khi mở {path}")),
    )


def record_denial(actor: Actor, path: str, *, denied: bool) -> None:
    """Log that somebody was kept out of a page (403), or asked for one outside their area (404), in a block of its own."""
    with fenced(actor.pk, actor.area_code), connection.cursor() as cursor:
        cursor.execute(
            _INSERT + "VALUES (%s, %s, %s, %s, '', NULL, '', %s, '', %s::jsonb)",
            [
                *_who_and_what("access.denied", actor),
                actor.area_code,
                json.dumps({"path": path, "status": 403 if denied else 404}),
            ],
        )
