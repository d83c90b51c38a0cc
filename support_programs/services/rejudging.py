"""A dossier that was handed in again is judged by the rules of that day; what was found before is kept (policies: section 2)."""

import datetime as dt
from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _

from core import clock
from core.audit import record_event
from core.dates import format_date
from core.queries.calendar import working_calendar
from core.transitions import TransitionRefused
from core.workflow import Actor
from support_programs.models import Case, ProgrammeVersion
from support_programs.queries.programmes import NoRuleInForce, definition_of, version_for_dossier
from support_programs.rules.criteria.base import day_of
from support_programs.rules.facts import OFFICER, Fact, Facts, fact_from_json, fact_to_json
from support_programs.services.claims.receiving import received_day
from support_programs.services.determinations import determine_cases
from support_programs.services.entry import open_case, share_entry
from support_programs.services.scope import check_past
from support_programs.services.waiting import is_waiting

RECEIVED: Final = "received_on"


def newer_version(case: Case, on: dt.date) -> ProgrammeVersion | None:
    """The version that judges the case when it is handed in on this day, where that is another one; None where it isn't."""
    try:
        found = version_for_dossier(case.programme_id, received=on, event=day_of(_facts(case), "event_start"))
    except NoRuleInForce:
        return None
    return found if found.code != case.version_used.code else None


@transaction.atomic
def judge_anew(
    case: Case,
    *,
    actor: Actor,
    received_again_on: dt.date | None = None,
    expected_version: int | None = None,
) -> Case:
    """Judge an open case as handed in again on a day (today when none is given), under the version in force then.

    The first day of receipt stays in its column, the new one is a fact; a day off counts as the next working day. The first
    step's clock starts anew, but not while something is asked of the citizen. Who gives the day has entered the case: it
    chooses the rules. Refused: a day to come or before the first receipt, one without a rule in force, a case in a list of
    another version; otherwise as `open_case` and `share_entry`.
    """
    day = received_again_on or clock.today()
    check_past(day, _("Ngày nộp lại"))
    locked = open_case(case, actor, expected_version)
    before = _received(locked)
    if day < before:
        raise TransitionRefused(
            _("Ngày nộp lại %(day)s ở trước ngày tiếp nhận %(before)s. Hãy kiểm tra lại ngày.")
            % {"day": format_date(day), "before": format_date(before)}
        )
    received = received_day(day)
    version = _version(locked, received)
    old = locked.version_used
    if version.code != old.code and locked.case_list_id is not None:
        raise TransitionRefused(
            _("Hồ sơ đang ở danh sách lập theo phiên bản %(old)s. Hãy đưa hồ sơ ra khỏi danh sách trước.")
            % {"old": old.code}
        )
    if received_again_on is not None:
        share_entry(locked, actor)
    stated = Fact(received, OFFICER, actor.full_name, clock.today())
    locked.facts = {**locked.facts, RECEIVED: fact_to_json(stated)}
    locked.version_used = version
    if locked.case_list_id is None and not is_waiting(locked):
        locked.due_on = _due_on(version, received)
    locked.save(update_fields=["facts", "version_used", "due_on"])
    record_event(
        "case.judged_anew",
        locked,
        actor=actor,
        change={"before": old.code, "after": version.code, "received_on": received, "typed_on": day},
    )
    determine_cases(Case.objects.filter(pk=locked.pk), actor=actor)
    locked.refresh_from_db()
    return locked


def _facts(case: Case) -> Facts:
    return {code: fact_from_json(stored) for code, stored in case.facts.items()}


def _received(case: Case) -> dt.date:
    """The last day on which the dossier was handed in."""
    return day_of(_facts(case), RECEIVED) or case.received_on


def _version(case: Case, received: dt.date) -> ProgrammeVersion:
    try:
        return version_for_dossier(
            case.programme_id, received=received, event=day_of(_facts(case), "event_start")
        )
    except NoRuleInForce as error:
        raise TransitionRefused(
            _("Ngày %(day)s không có quy định nào của chính sách có hiệu lực.")
            % {"day": format_date(received)}
        ) from error


def _due_on(version: ProgrammeVersion, received: dt.date) -> dt.date | None:
    """The first step's term starts anew."""
    chain = definition_of(version.pk).chain
    limit = chain[0].limit if chain else None
    return None if limit is None else working_calendar().add_working_days(received, limit)
