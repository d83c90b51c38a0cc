"""Trích nhật ký hệ thống, for auditors: who did what, who saw or took personal data, who was refused."""

from collections.abc import Iterator
from typing import Final

from django.utils import timezone

from accounts.permissions import is_auditor
from accounts.queries import area_names
from core.audit import action_of, registered_codes
from core.models import Event
from core.querysets import Viewer
from core.spreadsheets.tables import Column, Kind
from reports.definitions.base import Body, Figures, Params, ReportDefinition, ReportGroup
from reports.definitions.lines import Line, paper, people_column, section, sections_by
from reports.definitions.stages import ORDINAL, label_column
from reports.queries.audit_extracts import (
    DENIED,
    EXPORTS,
    REVEALS,
    StaffSum,
    action_sums,
    event_lines,
    events_of,
    staff_sums,
)

_DAYS_NOTE: Final = "Tính theo ngày nghiệp vụ của nhật ký, trong địa bàn của người lập."
_DENIED_NOTE: Final = (
    "Nhật ký ghi mọi lần bị từ chối vì không có quyền (kể cả vì phải tách nhiệm vụ ở trang đó) và mọi lần mở trang ngoài "
    "địa bàn. Nút mà hệ thống không cho bấm vì tách nhiệm vụ thì không có dòng nhật ký."
)
_FORBIDDEN: Final = 403
PEOPLE: Final = (
    ORDINAL,
    label_column("Người làm", 26),
    Column("username", "Tài khoản", Kind.CODE, width=16),
    Column("office", "Cơ quan", width=34),
    people_column("events", "Số việc"),
    Column("days", "Số ngày có việc", Kind.INTEGER),
    people_column("reveals", "Xem dữ liệu cá nhân"),
    people_column("exports", "Tải, xuất tệp"),
    people_column("forbidden", "Không có quyền", "Bị từ chối"),
    people_column("outside", "Ngoài địa bàn, không có", "Bị từ chối"),
)
ACTIONS: Final = (
    ORDINAL,
    label_column("Đơn vị, việc", 46),
    people_column("events", "Số lần"),
    Column("people", "Số người làm", Kind.INTEGER),
)
LINES: Final = (
    ORDINAL,
    Column("at", "Lúc", Kind.CODE, width=17),
    Column("who", "Người làm", width=22),
    Column("action", "Việc", width=24),
    Column("sentence", "Nội dung", width=52),
    Column("reference", "Mã", Kind.CODE, width=18),
    Column("area", "Địa bàn", width=22),
    Column("reason", "Lý do", width=30),
)


def _events(params: Params, viewer: Viewer) -> Body:
    sums = staff_sums(events_of(viewer, params.area.unit.area_code, params.first, params.last))
    lines = [_person(one) for one in sums]
    return Body(sections=(section("", "", lines, PEOPLE),), notes=(_DAYS_NOTE, _DENIED_NOTE))


def _person(one: StaffSum) -> Line:
    figures = {column.key: getattr(one, column.key) for column in PEOPLE[2:]}
    return {"label": one.name, **figures}


def _actions(params: Params, viewer: Viewer) -> Body:
    sums = action_sums(events_of(viewer, params.area.unit.area_code, params.first, params.last), params.area)
    names, known = area_names({one.unit for one in sums}), registered_codes()
    sections = sections_by(
        sums,
        lambda one: (one.unit, names[one.unit]),
        lambda one: {
            "label": paper(action_of(one.action).label) if one.action in known else one.action,
            "events": one.events,
            "people": one.people,
        },
        ACTIONS,
    )
    return Body(sections=sections, notes=(_DAYS_NOTE,))


def _list(code: str, title: str, purpose: str, actions: tuple[str, ...], *notes: str) -> ReportDefinition:
    def read(params: Params, viewer: Viewer) -> Body:
        return Body(rows=_lines(params, viewer, actions), notes=(_DAYS_NOTE, *notes))

    return ReportDefinition(
        code=code,
        slug=code.replace("_", "-"),
        group=ReportGroup.AUDIT,
        title=title,
        purpose=purpose,
        columns=lambda _params: LINES,
        read=read,
        readers=is_auditor,
        is_list=True,
        is_personal=True,
    )


def _lines(params: Params, viewer: Viewer, actions: tuple[str, ...]) -> Iterator[Figures]:
    areas: dict[str, str] = {}
    rows = events_of(viewer, params.area.unit.area_code, params.first, params.last, actions)
    for event, label, sentence in event_lines(rows):
        if event.area_code not in areas:
            areas |= area_names([event.area_code])
        yield {
            "at": f"{timezone.localtime(event.at):%d/%m/%Y %H:%M}",
            "who": event.actor_name,
            "action": _denial(event) if event.action in DENIED else label,
            "sentence": sentence,
            "reference": event.object_ref,
            "area": areas[event.area_code],
            "reason": event.reason,
        }


def _denial(event: Event) -> str:
    is_forbidden = event.change.get("status") == _FORBIDDEN
    return "Bị từ chối: không có quyền" if is_forbidden else "Bị từ chối: ngoài địa bàn hoặc không có"


DEFINITIONS: Final = (
    ReportDefinition(
        code="audit_people",
        slug="audit-people",
        group=ReportGroup.AUDIT,
        title="Việc đã làm theo người",
        purpose="Từng người: số việc, số lần xem dữ liệu cá nhân, tải tệp, bị từ chối.",
        columns=lambda _params: PEOPLE,
        read=_events,
        readers=is_auditor,
    ),
    ReportDefinition(
        code="audit_actions",
        slug="audit-actions",
        group=ReportGroup.AUDIT,
        title="Việc đã làm theo loại và địa bàn",
        purpose="Số lần và số người của từng loại việc theo đơn vị.",
        columns=lambda _params: ACTIONS,
        read=_actions,
        readers=is_auditor,
    ),
    _list("audit_events", "Trích nhật ký hệ thống", "Mọi dòng nhật ký trong kỳ.", ()),
    _list(
        "audit_personal_data",
        "Trích nhật ký: xem, tải dữ liệu cá nhân",
        "Ai xem số giấy tờ, số điện thoại, giấy tờ; ai tải, xuất tệp có dữ liệu cá nhân.",
        (*REVEALS, *EXPORTS),
    ),
    _list(
        "audit_denials",
        "Trích nhật ký: việc bị từ chối",
        "Ai bị từ chối vì không có quyền, vì tách nhiệm vụ, vì ngoài địa bàn.",
        DENIED,
        _DENIED_NOTE,
    ),
)
