"""Letters that urge: who may send them, what they say at first, how their lists stand today, and what waits to be seen."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from accounts.enums import DISTRICT_DIGITS, Role
from accounts.permissions import has_any
from accounts.queries import area_name, area_names
from core.text import inside_sentence
from core.workflow import Actor
from support_programs.models import CaseList, Reminder
from support_programs.permissions import COMMUNE_DIGITS, works_on_cases
from support_programs.queries.late_work import LateList
from support_programs.queries.queues import QueueRows, register_queue

is_urging: Final = has_any(Role.PROVINCIAL_REVIEWER, Role.DISTRICT_OFFICER, Role.DISTRICT_HEAD)
# heads and those who only read see what is late as well, and send nothing
sees_late_work: Final = has_any(
    Role.PROVINCIAL_REVIEWER,
    Role.PROVINCIAL_APPROVER,
    Role.DISTRICT_OFFICER,
    Role.DISTRICT_HEAD,
    Role.LEADER,
    Role.AUDITOR,
)
NOT_URGING: Final = lazy("Việc đôn đốc do Sở LĐ-TBXH hoặc huyện làm.")


def offices_of(area_code: str) -> str:
    """The body to which a letter goes: the people's committee of the area."""
    return _("Ủy ban nhân dân %(area)s") % {"area": inside_sentence(area_name(area_code))}


def may_see_late_work(actor: Actor) -> bool:
    """Whether the page of late areas is this person's: of the department and of districts, not of communes."""
    return actor.sees_records and len(actor.area_code) < COMMUNE_DIGITS and sees_late_work(actor)


def first_words(area_code: str, lists: list[LateList], cases: int, requests: int) -> str:
    """What a letter says before somebody changes it: how much is late there, and that it is to be worked off."""
    said = []
    if lists:
        worst = max(row.days_late for row in lists)
        said.append(
            _("có %(lists)d danh sách quá hạn, lâu nhất %(days)d ngày làm việc")
            % {"lists": len(lists), "days": worst}
        )
    if cases:
        said.append(_("có %(cases)d hồ sơ riêng lẻ quá hạn xử lý") % {"cases": cases})
    if requests:
        said.append(_("có %(n)d yêu cầu bổ sung đã qua ngày hẹn mà chưa trả lời") % {"n": requests})
    words = {"area": inside_sentence(area_name(area_code)), "late": "; ".join(said)}
    return _("Qua theo dõi, %(area)s %(late)s.") % words


@dataclass(frozen=True, slots=True)
class ToldList:
    """A list of a letter as it stood, and its state today ("" where it isn't seen from here)."""

    reference: str
    title: str
    area: str
    step: str
    due_on: dt.date
    days_late: int
    people: int
    status: str
    is_still_late: bool


def told_lists(reminder: Reminder, actor: Actor, on: dt.date) -> list[ToldList]:
    """The lists of a letter beside what has become of them. One query."""
    names = [row["reference"] for row in reminder.lists]
    now = {row.reference: row for row in CaseList.objects.visible_to(actor).filter(reference__in=names)}
    found = []
    for row in reminder.lists:
        current = now.get(row["reference"])
        due = dt.date.fromisoformat(row["due_on"])
        found.append(
            ToldList(
                reference=row["reference"],
                title=row["title"],
                area=row["area"],
                step=row["step"],
                due_on=due,
                days_late=row["days_late"],
                people=row["people"],
                status=current.status if current else "",
                is_still_late=current is not None and current.due_on == due and due < on,
            )
        )
    return found


def sent_by(actor: Actor) -> QuerySet[Reminder]:
    """Letters of one's own office, newest first."""
    rows: QuerySet[Reminder] = Reminder.objects.visible_to(actor)
    return rows.filter(sender_area_code=actor.area_code)


def received_by(actor: Actor) -> QuerySet[Reminder]:
    """Letters to one's own office, newest first."""
    rows: QuerySet[Reminder] = Reminder.objects.visible_to(actor)
    return rows.filter(area_code=actor.area_code)


@dataclass(frozen=True, slots=True)
class Letter:
    """One letter in a table, with the names of who gets it and who sent it."""

    reminder: Reminder
    area: str
    sender: str


def letters(rows: Iterable[Reminder]) -> list[Letter]:
    """Letters with the names of their areas."""
    found = list(rows)
    names = area_names({code for row in found for code in (row.area_code, row.sender_area_code)})
    return [Letter(row, names[row.area_code], names[row.sender_area_code]) for row in found]


def queues_of_reminders(actor: Actor) -> Iterable[QueueRows]:
    """«Đôn đốc chưa xem» at the offices that are urged."""
    if not works_on_cases(actor) or len(actor.area_code) < DISTRICT_DIGITS:
        return []
    unseen = received_by(actor).filter(seen_on__isnull=True)
    address = reverse("support_programs:reminders_received")
    return [QueueRows(lazy("Đôn đốc chưa xem"), address, unseen, is_hot=True)]


def register() -> None:
    """The counter of the home page."""
    register_queue("reminders", queues_of_reminders)
