"""The queues of the worklist: which rows wait for whom, in the order in which they stand there."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.enums import DISTRICT_DIGITS, Role
from core import clock
from core.queries.calendar import working_calendar
from core.wording import Text
from core.workflow import Actor
from support_programs.enums import CaseStatus as C
from support_programs.enums import ListStatus as L
from support_programs.permissions import COMMUNE_DIGITS, DEPARTMENT_DIGITS, commune, district_officer
from support_programs.permissions.conditions import NOTHING, at_level
from support_programs.permissions.desks import (
    AT_DEPARTMENT,
    WITH_INTAKE,
    asks_for_work,
    on_my_desk,
    tracked,
)
from support_programs.queries.eyes import same_name_elsewhere

CASES: Final = "cases"
LISTS: Final = "lists"
SOON: Final = 1  # working days before the due day


class Group(StrEnum):
    """Where a counter stands on the worklist."""

    MINE = "mine"
    CASES = "cases"
    LISTS = "lists"
    OTHER = "other"


GROUP_LABELS: Final[dict[Group, Text]] = {
    Group.MINE: _("Của tôi"),
    Group.CASES: _("Hồ sơ"),
    Group.LISTS: _("Danh sách"),
    Group.OTHER: _("Việc khác"),
}


@dataclass(frozen=True, slots=True)
class Queue:
    """One queue of these roles: rows of cases or lists that match. What it means may depend on who asks."""

    code: str
    label: Text
    kind: str
    roles: tuple[Role, ...]
    condition: Callable[[Actor], Q]
    is_hot: bool = False
    group: Group = Group.CASES


def _due_soon(actor: Actor) -> Q:
    """From tomorrow on; what is due today and what is late have queues of their own."""
    today = clock.today()
    limit = working_calendar().add_working_days(today, SOON)
    return asks_for_work(actor) & Q(due_on__gt=today, due_on__lte=limit)


def _due_today(actor: Actor) -> Q:
    return asks_for_work(actor) & Q(due_on=clock.today())


def _overdue(actor: Actor) -> Q:
    return asks_for_work(actor) & Q(due_on__lt=clock.today())


def _drawn_up(digits: int) -> Q:
    """Lists of this level that are still with those who draw them up."""
    return Q(at_level(digits), status__in=L.at_commune())


def _loose(digits: int) -> Q:
    return Q(at_level(digits), status=C.DRAFT, case_list__isnull=True) & ~tracked()


def _marked(actor: Actor) -> Q:
    """Rows that came back with words about them, with those who drew the list up."""
    return on_my_desk(actor) & Q(status__in=WITH_INTAKE, mark_text__gt="")


def _late_lists(actor: Actor) -> Q:
    """Past the day of their step: of one's own step for those who draw up or appraise, of all steps for those above."""
    late = Q(due_on__lt=clock.today())
    if actor.has_role(*_OVERSEEING):
        return late
    here = _drawn_up(COMMUNE_DIGITS) if commune(actor) else NOTHING
    if district_officer(actor):
        here |= _drawn_up(DISTRICT_DIGITS) | Q(status__in=(L.AT_DISTRICT, L.DISTRICT_APPROVED))
    return late & here


_OFFICER: Final = (Role.DISTRICT_OFFICER,)
_REVIEWER: Final = (Role.PROVINCIAL_REVIEWER,)
_COMMUNE: Final = (Role.COMMUNE_OFFICER,)
_DISTRICT: Final = (Role.DISTRICT_OFFICER, Role.DISTRICT_HEAD)
_CASEWORK: Final = (*_COMMUNE, *_OFFICER, *_REVIEWER)
_OVERSEEING: Final = (
    Role.DISTRICT_HEAD,
    Role.PROVINCIAL_REVIEWER,
    Role.PROVINCIAL_APPROVER,
    Role.AUDITOR,
    Role.LEADER,
)


def _cases(
    code: str,
    label: Text,
    roles: tuple[Role, ...],
    condition: Callable[[Actor], Q],
    *,
    is_hot: bool = False,
    group: Group = Group.CASES,
) -> Queue:
    return Queue(code, label, CASES, roles, condition, is_hot, group)


def _lists(
    code: str, label: Text, roles: tuple[Role, ...], condition: Callable[[Actor], Q], *, is_hot: bool = False
) -> Queue:
    return Queue(code, label, LISTS, roles, condition, is_hot, Group.LISTS)


QUEUES: Final = (
    # one's own first, then what nobody has taken, then by how pressing it is
    _cases(
        "mine",
        _("Tôi đang xử lý"),
        _CASEWORK,
        # found eligible it waits with its list: nothing is left to do with it
        lambda actor: on_my_desk(actor) & Q(assigned_to_id=actor.pk) & ~Q(status=C.ELIGIBLE, mark_text=""),
        group=Group.MINE,
    ),
    _cases(
        "mine_late",
        _("Của tôi, quá hạn"),
        _CASEWORK,
        lambda actor: _overdue(actor) & Q(assigned_to_id=actor.pk),
        is_hot=True,
        group=Group.MINE,
    ),
    _cases(
        "unassigned",
        _("Chưa ai nhận"),
        _CASEWORK,
        lambda actor: asks_for_work(actor) & Q(assigned_to_id=None),
        group=Group.MINE,
    ),
    _cases("to_appraise", _("Cần thẩm định"), _OFFICER, lambda actor: Q(status=C.APPRAISING)),
    _cases(
        "appraise_department",
        _("Cần thẩm định ở Sở"),
        _REVIEWER,
        lambda actor: AT_DEPARTMENT & Q(status=C.APPRAISING),
    ),
    _cases("overdue", _("Quá hạn"), _CASEWORK, _overdue, is_hot=True),
    _cases("due_today", _("Đến hạn hôm nay"), _CASEWORK, _due_today, is_hot=True),
    _cases("due_soon", _("Sắp đến hạn"), _CASEWORK, _due_soon),
    _cases(
        "twice",
        _("Nghi trùng"),
        _OFFICER,
        # the state first: what follows is looked up row by row
        lambda actor: Q(status__in=[C.APPRAISING, C.ELIGIBLE]) & Q(same_name_elsewhere()),
    ),
    _cases("marked", _("Dòng bị trả lại"), _CASEWORK, _marked, is_hot=True),
    _cases(
        "supplement",
        _("Chờ người dân bổ sung"),
        (*_COMMUNE, *_OFFICER),
        lambda actor: Q(status=C.NEEDS_SUPPLEMENT),
    ),
    _cases(
        "supplement_department",
        _("Chờ người dân bổ sung"),
        _REVIEWER,
        lambda actor: Q(at_level(DEPARTMENT_DIGITS), status=C.NEEDS_SUPPLEMENT),
    ),
    _cases("loose", _("Chưa vào danh sách"), _COMMUNE, lambda actor: _loose(COMMUNE_DIGITS)),
    _cases("loose_district", _("Chưa vào danh sách"), _OFFICER, lambda actor: _loose(DISTRICT_DIGITS)),
    _cases("loose_department", _("Chưa vào danh sách"), _REVIEWER, lambda actor: _loose(DEPARTMENT_DIGITS)),
    _cases(
        "tracked",
        _("Chờ quyết định của cơ quan khác"),
        _REVIEWER,
        lambda actor: Q(status=C.DRAFT) & tracked(),
    ),
    _lists("sent_back", _("Bị trả lại"), _COMMUNE, lambda actor: Q(status=L.SENT_BACK), is_hot=True),
    _lists("drafts", _("Đang lập"), _COMMUNE, lambda actor: Q(status=L.DRAFT)),
    _lists("district_drafts", _("Huyện đang lập"), _OFFICER, lambda actor: _drawn_up(DISTRICT_DIGITS)),
    _lists("department_drafts", _("Sở đang lập"), _REVIEWER, lambda actor: _drawn_up(DEPARTMENT_DIGITS)),
    _lists("posting", _("Đang niêm yết"), _COMMUNE, lambda actor: Q(status=L.POSTING)),
    _lists("posted", _("Chờ trình huyện"), _COMMUNE, lambda actor: Q(status=L.POSTED)),
    _lists(
        "to_confirm",
        _("Chờ cơ quan khác xác nhận"),
        (*_COMMUNE, *_OFFICER),
        lambda actor: Q(status=L.AT_AGENCY),
    ),
    _lists(
        "confirm_department",
        _("Chờ cơ quan khác xác nhận"),
        _REVIEWER,
        lambda actor: Q(at_level(DEPARTMENT_DIGITS), status=L.AT_AGENCY),
    ),
    _lists("at_district", _("Ở huyện"), _OFFICER, lambda actor: Q(status=L.AT_DISTRICT)),
    _lists("to_approve", _("Chờ duyệt"), (Role.DISTRICT_HEAD,), lambda actor: Q(status=L.AT_DISTRICT)),
    _lists(
        "to_forward",
        _("Chờ trình Sở"),
        _DISTRICT,
        lambda actor: Q(status=L.DISTRICT_APPROVED, has_money_appraisal=True),
    ),
    _lists(
        "to_province",
        _("Chờ trình UBND tỉnh"),
        _DISTRICT,
        lambda actor: Q(status=L.DISTRICT_APPROVED, has_money_appraisal=False),
    ),
    _lists(
        "at_department",
        _("Chờ thẩm định kinh phí"),
        _REVIEWER,
        lambda actor: Q(status=L.AT_DEPARTMENT, has_list_approval=True),
    ),
    _lists(
        "to_conclude",
        _("Sở đang thẩm định"),
        _REVIEWER,
        lambda actor: Q(status=L.AT_DEPARTMENT, has_list_approval=False),
    ),
    _lists(
        "to_decide",
        _("Chờ quyết định kinh phí"),
        (Role.PROVINCIAL_APPROVER,),
        lambda actor: Q(status__in=L.before_decision()),
    ),
    _lists(
        "decided",
        _("Đã phê duyệt kinh phí"),
        (Role.ACCOUNTANT,),
        lambda actor: Q(status=L.MONEY_APPROVED),
    ),
    _lists("late", _("Quá hạn"), (*_COMMUNE, *_OFFICER, *_OVERSEEING), _late_lists, is_hot=True),
)
