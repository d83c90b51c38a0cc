"""Where and when a dossier is taken in: the desk, the working day on which it counts as received, the version that judges it."""

import datetime as dt
from collections.abc import Mapping
from typing import Any, Final

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from core import clock
from core.dates import format_date
from core.queries.calendar import working_calendar
from core.workflow import Actor
from core.working_days import OFFICE_CLOSES
from support_programs.models import ProgrammeVersion
from support_programs.permissions import intake_of
from support_programs.queries.filing import late_note
from support_programs.queries.programmes import (
    NoRuleInForce,
    current_versions_of,
    definition_of,
    version_for_dossier,
)
from support_programs.rules.definition import Definition
from support_programs.rules.form import WrongValue
from support_programs.services.claim_refusals import Problems
from support_programs.services.lists import LEVELS
from support_programs.services.scope import check_area, check_role

_WORDS: Final = {
    "commune": "UBND cấp xã",
    "district": "Phòng LĐ-TBXH cấp huyện",
    "department": "Sở LĐ-TBXH",
}


def takes_in(actor: Actor, definition: Definition) -> bool:
    """Whether this person takes dossiers of the programme in, for their own area."""
    level = LEVELS.get(len(actor.area_code))
    if level is None or level not in definition.receives or not actor.is_active:
        return False
    has_role, _denied = intake_of(actor.area_code)
    return has_role(actor)


def check_receiving(actor: Actor, definition: Definition, area_code: str) -> None:
    """PermissionDenied for another area, another role, or a level that takes no dossiers of the programme in."""
    check_area(actor, area_code)
    if LEVELS.get(len(area_code)) not in definition.receives:
        if not definition.receives:
            raise PermissionDenied(_("Chính sách này không nhận hồ sơ riêng."))
        levels = _(" hoặc ").join(_WORDS[level] for level in definition.receives)
        raise PermissionDenied(_("Hồ sơ của chính sách này do %(levels)s tiếp nhận.") % {"levels": levels})
    check_role(actor, *intake_of(area_code))


def received_day(day: dt.date, *, is_after_hours: bool = False) -> dt.date:
    """The working day on which a dossier counts as received: that day, or the next one after a day off or after hours."""
    arrived = OFFICE_CLOSES.replace(minute=1) if is_after_hours else OFFICE_CLOSES
    return working_calendar().received_on(dt.datetime.combine(day, arrived))


def check_received(day: dt.date, problems: Problems) -> None:
    """A day of receipt after the business date is refused; its working day may be the next one."""
    if day > clock.today():
        problems.add(
            "received_on",
            _("Ngày tiếp nhận %(day)s ở sau ngày làm việc hiện tại %(today)s. Hãy kiểm tra lại ngày.")
            % {"day": format_date(day), "today": format_date(clock.today())},
        )


def check_deadline(definition: Definition, received: dt.date, problems: Problems) -> None:
    """A dossier after the last day for handing in is a warning, in words: it may have been sent in time, or the term moved."""
    if note := late_note(definition, received):
        problems.warn("received_on", note)


def version_received(
    programme: str, received: dt.date, answers: Mapping[str, Any], problems: Problems
) -> ProgrammeVersion:
    """The version that judges the dossier. Without one the newest is given, so that the rest of the form can be read, and the
    day is refused in words. NoRuleInForce for a programme that has no rules at all.
    """
    versions = current_versions_of(programme)
    if not versions:
        raise NoRuleInForce(programme)
    newest = definition_of(versions[-1].pk)
    try:
        return version_for_dossier(programme, received=received, event=_event_day(newest, answers))
    except NoRuleInForce:
        problems.add("received_on", _no_rule(versions, received))
        return versions[-1]


def _event_day(definition: Definition, answers: Mapping[str, Any]) -> dt.date | None:
    field = next((field for field in definition.fields if field.code == "event_start"), None)
    if field is None:
        return None
    try:
        day: dt.date | None = field.read(answers.get("event_start"))
    except WrongValue:
        return None
    return day


def _no_rule(versions: list[ProgrammeVersion], received: dt.date) -> str:
    first, last = versions[0], versions[-1]
    words = {"day": format_date(received), "from": format_date(first.valid_from)}
    if received < first.valid_from:
        return _("Ngày %(day)s chính sách chưa có hiệu lực: quy định áp dụng từ %(from)s.") % words
    until = format_date(last.valid_to) if last.valid_to else ""
    return _(
        "Ngày %(day)s không có quy định nào có hiệu lực: chính sách áp dụng từ %(from)s đến %(until)s."
    ) % {
        **words,
        "until": until,
    }
