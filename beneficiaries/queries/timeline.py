"""What happened to a person, in one list by day: registers, household, changes, and what upper apps add (cases, payments)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field
from operator import attrgetter
from typing import Any, Final

from django.db.models import Q
from django.utils.translation import gettext as _

from beneficiaries.enums import RecordSource, Sex
from beneficiaries.imports.profile import LABELS
from beneficiaries.models import HouseholdMember, Status
from beneficiaries.queries.people import is_of_days
from beneficiaries.registers import register_of
from core.audit import action_of, registered_codes
from core.dates import format_date
from core.models import Event
from core.workflow import Actor

MOST: Final = 200
# of these the log of the system tells: they change nothing of the person
_UNCHANGING: Final = ("person.number_revealed",)


@dataclass(frozen=True, slots=True)
class Moment:
    """One line: the day, what happened, the details, by whom and why. `order` puts lines of one day in their order."""

    on: dt.date
    title: str
    details: tuple[str, ...] = ()
    actor: str = ""
    reason: str = ""
    url: str = ""
    icon: str = "clock"
    order: int = field(default=0, compare=False)


MomentProvider = Callable[[Actor, Collection[int]], Iterable[Moment]]
_of_others: Final[dict[str, MomentProvider]] = {}


def register_moments(name: str, provider: MomentProvider) -> None:
    """An upper app adds its lines to the timeline of every person: of these entries, what the actor may see, in few queries."""
    _of_others[name] = provider


def timeline_of(actor: Actor, entries: Collection[int]) -> list[Moment]:
    """The newest MOST lines of these entries of one human, newest first."""
    moments = [*_changes(entries), *_registers(actor, entries), *_households(actor, entries)]
    for name in sorted(_of_others):
        moments += _of_others[name](actor, entries)
    return sorted(moments, key=attrgetter("on", "order"), reverse=True)[:MOST]


def _changes(entries: Collection[int]) -> Iterator[Moment]:
    known = registered_codes()
    events = Event.objects.filter(object_type="beneficiaries.person", object_id__in=list(entries))
    for event in events.exclude(action__in=_UNCHANGING).order_by("-pk")[:MOST]:
        if event.action in known:
            yield Moment(
                on=event.business_date,
                title=title_of(event),
                details=changed_words(event.change),
                actor=event.actor_name,
                reason=event.reason,
                icon="edit",
                order=event.pk,
            )


def title_of(event: Event) -> str:
    """What was done; an account with none before it is written, not changed."""
    if event.action == "person.account_changed" and not event.change.get("before"):
        return _("Ghi tài khoản nhận tiền")
    return str(action_of(event.action).label)


def changed_words(change: dict[str, Any]) -> tuple[str, ...]:
    """What an event changed, before and after, in words; numbers come masked."""
    before, after = change.get("before"), change.get("after")
    if isinstance(before, dict) and isinstance(after, dict):
        return tuple(
            f"{_label(name)}: {_shown(name, before.get(name))} → {_shown(name, after[name])}"
            for name in after
        )
    if isinstance(before, str) and isinstance(after, str) and after:
        return (f"{before} → {after}" if before else after,)
    if change.get("list"):
        return (_("Từ danh sách nhập %(list)s") % {"list": change["list"]},)
    return ()


def _label(name: str) -> str:
    return _("Tạm trú") if name == "temporary_address" else str(LABELS.get(name, name))


def _shown(name: str, value: Any) -> str:
    if name == "sex":
        return str(Sex(value or "").label)
    return str(value or _("Chưa có"))


def _registers(actor: Actor, entries: Collection[int]) -> Iterator[Moment]:
    stays: dict[int, list[HouseholdMember]] = {}
    for stay in HouseholdMember.objects.filter(person__in=list(entries), is_replaced=False):
        stays.setdefault(stay.household_id, []).append(stay)
    # as a list: with a subquery here the database would read the whole register
    households = list(stays)
    of_them = Q(person__in=list(entries)) | Q(household__in=households)
    rows = Status.objects.visible_to(actor).filter(of_them).select_related("list_import").order_by("pk")
    for row in rows[:MOST]:
        if row.household_id and not is_of_days(row, stays[row.household_id]):
            continue
        register = register_of(row.register)
        group = str(dict(register.categories).get(row.category, row.category))
        what = f"{register.title}: {group}"
        verb = _("Đổi mục %(ref)s") if row.replaces_id else _("Ghi vào sổ, mục %(ref)s")
        yield Moment(
            on=row.recorded_on,
            title=f"{verb % {'ref': row.reference}}: {what}",
            details=tuple(filter(None, (_days(row), _decision(row), _origin(row)))),
            actor=row.recorded_by_name,
            reason=row.reason,
            icon="list",
            order=row.pk,
        )
        if row.ended_by_id and row.valid_to and not row.is_replaced:
            yield Moment(
                row.valid_to,
                f"{_('Hết hiệu lực mục %(ref)s') % {'ref': row.reference}}: {what}",
                reason=row.end_reason,
                icon="x",
                order=row.pk,
            )


def _households(actor: Actor, entries: Collection[int]) -> Iterator[Moment]:
    rows = HouseholdMember.objects.visible_to(actor).filter(person__in=list(entries))
    for row in rows.select_related("household", "list_import").order_by("pk")[:MOST]:
        role = _("chủ hộ") if row.is_head else row.relation
        yield Moment(
            row.valid_from,
            _("Vào hộ %(ref)s (%(head)s): %(role)s")
            % {"ref": row.household.reference, "head": row.household.head_name, "role": role},
            details=tuple(filter(None, (_origin(row),))),
            actor=row.recorded_by_name,
            reason=row.reason,
            icon="users",
            order=row.pk,
        )
        if row.ended_by_id and row.valid_to and not row.is_replaced:
            title = _("Ra khỏi hộ %(ref)s") % {"ref": row.household.reference}
            yield Moment(row.valid_to, title, reason=row.end_reason, icon="users", order=row.pk)


def _days(row: Status) -> str:
    if row.valid_to:
        return _("hiệu lực %(first)s đến %(last)s") % {
            "first": format_date(row.valid_from),
            "last": format_date(row.valid_to),
        }
    return _("hiệu lực từ %(first)s") % {"first": format_date(row.valid_from)}


def _decision(row: Status) -> str:
    if not row.decision_number:
        return ""
    signed = f", {format_date(row.decided_on)}" if row.decided_on else ""
    return _("Quyết định %(number)s") % {"number": f"{row.decision_number}{signed}"}


def _origin(row: Status | HouseholdMember) -> str:
    """Where the fact came from."""
    if row.source == RecordSource.IMPORT and row.list_import is not None:
        return _("dòng %(row)s của danh sách %(list)s") % {
            "row": row.row_number,
            "list": row.list_import.reference,
        }
    return ""
