"""Waiting work by role: each queue is a filter with a count and a link; upper apps add their own."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _

from accounts.enums import DISTRICT_DIGITS, Role
from core import clock
from core.queries.calendar import working_calendar
from core.wording import Text
from core.workflow import Actor
from support_programs.enums import CaseStatus as C
from support_programs.enums import ListStatus as L
from support_programs.models import Case, CaseList
from support_programs.permissions import DEPARTMENT_DIGITS
from support_programs.permissions.conditions import at_level
from support_programs.queries.eyes import same_name_elsewhere

CASES: Final = "cases"
LISTS: Final = "lists"
SOON: Final = 1  # working days before the due day


@dataclass(frozen=True, slots=True)
class Queue:
    """One queue of these roles: rows of cases or lists that match."""

    code: str
    label: Text
    kind: str
    roles: tuple[Role, ...]
    condition: Callable[[], Q]
    is_hot: bool = False


@dataclass(frozen=True, slots=True)
class QueueEntry:
    """A counter on the worklist: a link to exactly the rows that it counts."""

    label: Text
    url: str
    count: int
    is_hot: bool = False


def _soon() -> Q:
    limit = working_calendar().add_working_days(clock.today(), SOON)
    return Q(status=C.APPRAISING, due_on__lte=limit)


def _is_tracked() -> Q:
    return Q(version_used__definition__contains={"is_tracked_only": True})


def _drawn_up(digits: int) -> Q:
    """Lists of this level that are still with those who draw them up."""
    return Q(at_level(digits), status__in=L.at_commune())


def _loose(digits: int) -> Q:
    return Q(at_level(digits), status=C.DRAFT, case_list__isnull=True) & ~_is_tracked()


def _loose_at_department() -> Q:
    return _loose(DEPARTMENT_DIGITS) | Q(at_level(DEPARTMENT_DIGITS), status=C.NEEDS_SUPPLEMENT)


_OFFICER: Final = (Role.DISTRICT_OFFICER,)
_REVIEWER: Final = (Role.PROVINCIAL_REVIEWER,)
_COMMUNE: Final = (Role.COMMUNE_OFFICER,)
_DISTRICT: Final = (Role.DISTRICT_OFFICER, Role.DISTRICT_HEAD)

QUEUES: Final = (
    Queue("to_appraise", _("Cần thẩm định"), CASES, _OFFICER, lambda: Q(status=C.APPRAISING)),
    Queue("due_soon", _("Sắp quá hạn"), CASES, _OFFICER, _soon, is_hot=True),
    Queue(
        "twice",
        _("Nghi trùng"),
        CASES,
        _OFFICER,
        lambda: Q(same_name_elsewhere(), status__in=[C.APPRAISING, C.ELIGIBLE]),
    ),
    Queue("drafts", _("Danh sách đang lập"), LISTS, _COMMUNE, lambda: Q(status=L.DRAFT)),
    Queue("posting", _("Đang niêm yết"), LISTS, _COMMUNE, lambda: Q(status=L.POSTING)),
    Queue("posted", _("Chờ trình huyện"), LISTS, _COMMUNE, lambda: Q(status=L.POSTED)),
    Queue("sent_back", _("Bị trả lại"), LISTS, _COMMUNE, lambda: Q(status=L.SENT_BACK), is_hot=True),
    Queue(
        "loose",
        _("Hồ sơ chưa vào danh sách"),
        CASES,
        _COMMUNE,
        lambda: Q(status=C.DRAFT, case_list__isnull=True),
    ),
    Queue(
        "loose_district",
        _("Hồ sơ chưa vào danh sách"),
        CASES,
        _OFFICER,
        lambda: _loose(DISTRICT_DIGITS),
    ),
    Queue(
        "supplement",
        _("Chờ bổ sung"),
        CASES,
        (*_COMMUNE, *_OFFICER),
        lambda: Q(status=C.NEEDS_SUPPLEMENT),
    ),
    Queue(
        "district_drafts",
        _("Danh sách huyện đang lập"),
        LISTS,
        _OFFICER,
        lambda: _drawn_up(DISTRICT_DIGITS),
    ),
    Queue(
        "to_confirm",
        _("Chờ cơ quan khác xác nhận"),
        LISTS,
        (*_COMMUNE, *_OFFICER),
        lambda: Q(status=L.AT_AGENCY),
    ),
    Queue(
        "to_approve",
        _("Danh sách chờ duyệt"),
        LISTS,
        (Role.DISTRICT_HEAD,),
        lambda: Q(status=L.AT_DISTRICT),
    ),
    Queue("at_district", _("Danh sách ở huyện"), LISTS, _OFFICER, lambda: Q(status=L.AT_DISTRICT)),
    Queue(
        "to_forward",
        _("Chờ trình Sở"),
        LISTS,
        _DISTRICT,
        lambda: Q(status=L.DISTRICT_APPROVED, has_money_appraisal=True),
    ),
    Queue(
        "to_province",
        _("Chờ trình UBND tỉnh"),
        LISTS,
        _DISTRICT,
        lambda: Q(status=L.DISTRICT_APPROVED, has_money_appraisal=False),
    ),
    Queue(
        "at_department",
        _("Chờ thẩm định kinh phí"),
        LISTS,
        _REVIEWER,
        lambda: Q(status=L.AT_DEPARTMENT, has_list_approval=True),
    ),
    Queue(
        "appraise_department",
        _("Cần thẩm định ở Sở"),
        CASES,
        _REVIEWER,
        lambda: Q(status=C.APPRAISING, case_list__status=L.AT_DEPARTMENT, case_list__has_list_approval=False),
    ),
    Queue(
        "to_conclude",
        _("Danh sách Sở thẩm định"),
        LISTS,
        _REVIEWER,
        lambda: Q(status=L.AT_DEPARTMENT, has_list_approval=False),
    ),
    Queue(
        "department_drafts",
        _("Danh sách Sở đang lập"),
        LISTS,
        _REVIEWER,
        lambda: _drawn_up(DEPARTMENT_DIGITS),
    ),
    Queue(
        "confirm_department",
        _("Chờ cơ quan khác xác nhận"),
        LISTS,
        _REVIEWER,
        lambda: Q(at_level(DEPARTMENT_DIGITS), status=L.AT_AGENCY),
    ),
    Queue(
        "loose_department",
        _("Hồ sơ ở Sở chưa vào danh sách, chờ bổ sung"),
        CASES,
        _REVIEWER,
        _loose_at_department,
    ),
    Queue(
        "tracked",
        _("Chờ quyết định của cơ quan khác"),
        CASES,
        _REVIEWER,
        lambda: Q(status=C.DRAFT) & _is_tracked(),
    ),
    Queue(
        "to_decide",
        _("Chờ quyết định kinh phí"),
        LISTS,
        (Role.PROVINCIAL_APPROVER,),
        lambda: Q(status__in=L.before_decision()),
    ),
    Queue(
        "decided",
        _("Đã phê duyệt kinh phí"),
        LISTS,
        (Role.ACCOUNTANT,),
        lambda: Q(status=L.MONEY_APPROVED),
    ),
    Queue(
        "late",
        _("Danh sách quá hạn"),
        LISTS,
        (Role.DISTRICT_HEAD, Role.PROVINCIAL_REVIEWER, Role.PROVINCIAL_APPROVER, Role.AUDITOR, Role.LEADER),
        lambda: Q(due_on__lt=clock.today()),
        is_hot=True,
    ),
)

Provider = Callable[[Actor], Iterable[QueueEntry]]
_providers: Final[dict[str, Provider]] = {}


def register_queue(name: str, provider: Provider) -> None:
    """An upper app adds counters to the worklist; the provider gives those of this person, none for other roles."""
    _providers[name] = provider


def further_queues(actor: Actor) -> list[QueueEntry]:
    """The counters of the upper apps."""
    return [entry for name in sorted(_providers) for entry in _providers[name](actor)]


def queues_of(actor: Actor) -> list[Queue]:
    """The queues of this person's roles, in the table's order."""
    return [queue for queue in QUEUES if actor.has_role(*queue.roles)]


def queue_counts(actor: Actor, queues: Iterable[Queue]) -> dict[str, int]:
    """How many rows wait in each queue: one query for cases, one for lists."""
    counts: dict[str, int] = {}
    for kind, rows in (
        (CASES, Case.objects.visible_to(actor)),
        (LISTS, CaseList.objects.visible_to(actor)),
    ):
        sums = {queue.code: Count("pk", filter=queue.condition()) for queue in queues if queue.kind == kind}
        if sums:
            counts.update(rows.aggregate(**sums))
    return counts
