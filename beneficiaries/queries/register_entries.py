"""One entry of a register: what it says, where each fact came from and when, and what was written before and after it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from accounts.models import User
from beneficiaries.enums import RecordSource
from beneficiaries.models import Status
from beneficiaries.models.dated import DatedRecord
from beneficiaries.queries.registers import STATE_WORDS, state_of
from beneficiaries.registers import Register, register_of, shown_details
from core.dates import format_date
from core.wording import Text
from core.workflow import Actor


@dataclass(frozen=True, slots=True)
class SourceView:
    """Where a record came from: who wrote it and when, and the list with the row where it was read from one."""

    words: str
    import_reference: str = ""
    row_number: int | None = None
    may_open: bool = False


def source_of(record: DatedRecord, actor: Actor) -> SourceView:
    """The list must be joined (`list_import`); one of a higher desk is named but not opened."""
    words = _("%(who)s ghi ngày %(day)s") % {
        "who": record.recorded_by_name,
        "day": format_date(record.recorded_on),
    }
    if record.source == RecordSource.IMPORT and record.list_import is not None:
        may_open = record.list_import.area_code.startswith(actor.area_code)
        return SourceView(words, record.list_import.reference, record.row_number, may_open)
    return SourceView(words)


def decision_words(record: DatedRecord) -> str:
    """Number, day and office of the decision on one line, "" without any."""
    day = _("ngày %(day)s") % {"day": format_date(record.decided_on)} if record.decided_on else ""
    return ", ".join(part for part in (record.decision_number, day, record.decided_by) if part)


def days_words(record: DatedRecord) -> str:
    """From which day to which, or that it is open."""
    days = {
        "start": format_date(record.valid_from),
        "end": format_date(record.valid_to) if record.valid_to else "",
    }
    return _("%(start)s – %(end)s") % days if record.valid_to else _("từ %(start)s, chưa kết thúc") % days


@dataclass(frozen=True, slots=True)
class PastEntry:
    """An entry of the same person or household in the same register, as a line of its history."""

    reference: str
    category: Text
    days: str
    decision: str
    source: SourceView
    state: str
    state_words: Text
    is_current: bool
    is_replaced: bool
    replaced_by: str
    reason: str
    end_reason: str
    ended_by: str


def facts_of_entry(status: Status, on: dt.date) -> list[tuple[Text, str]]:
    """Group, details and what follows from them, days, decision."""
    register = register_of(status.register)
    note = register.category_notes.get(status.category, "")
    group = f"{register.category_name(status.category)}{f' ({note})' if note else ''}"
    return [
        (register.category_label, group),
        *shown_details(register, status.category, status.details, on),
        (_("Thời gian"), days_words(status)),
        (_("Quyết định"), decision_words(status)),
    ]


def history_of(status: Status, actor: Actor, on: dt.date) -> list[PastEntry]:
    """Every row of the same subject and register that this person may see, the newest first; replaced ones too."""
    rows: QuerySet[Status] = Status.objects.visible_to(actor)
    rows = rows.filter(register=status.register, person=status.person, household=status.household)
    found = list(rows.select_related("list_import", "replaced_by").order_by("-pk")[:200])
    return past_entries(register_of(status.register), found, actor, on, current=status.pk)


def past_entries(
    register: Register, statuses: Iterable[Status], actor: Actor, on: dt.date, *, current: int = 0
) -> list[PastEntry]:
    """Lines of rows whose list and successor are joined; one query for the names of who ended them."""
    rows = list(statuses)
    names = names_of(row.ended_by_id for row in rows)
    return [
        PastEntry(
            reference=row.reference,
            category=register.category_name(row.category),
            days=days_words(row),
            decision=decision_words(row),
            source=source_of(row, actor),
            state=state_of(row, on),
            state_words=STATE_WORDS[state_of(row, on)],
            is_current=row.pk == current,
            is_replaced=row.is_replaced,
            replaced_by=_successor(row),
            reason=row.reason,
            end_reason=row.end_reason,
            ended_by=names.get(row.ended_by_id or 0, ""),
        )
        for row in rows
    ]


def _successor(status: Status) -> str:
    found = getattr(status, "replaced_by", None) if status.is_replaced else None
    return found.reference if found is not None else ""


def names_of(user_ids: Iterable[int | None]) -> dict[int, str]:
    """Who these users are, for lines that keep only their number."""
    wanted = {pk for pk in user_ids if pk}
    return dict(User.objects.filter(pk__in=wanted).values_list("pk", "full_name")) if wanted else {}
