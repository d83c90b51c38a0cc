"""Public posting at the commune (QĐ 1856: two working days), its end with minutes, the way up to the district and back."""

import datetime as dt
from collections.abc import Mapping
from typing import Any, Final

from django.db import transaction
from django.db.models import Case as When
from django.db.models import CharField, Value
from django.db.models import When as Branch
from django.utils.translation import gettext as _

from core import clock
from core.audit import record_event
from core.dates import format_date
from core.models import StoredFile
from core.queries.calendar import working_calendar
from core.transitions import TransitionRefused, perform_many
from core.workflow import Actor
from support_programs.enums import CaseStatus, Step
from support_programs.models import Case, CaseList
from support_programs.permissions import COMMUNE_DIGITS
from support_programs.queries.programmes import definition_of
from support_programs.services.clocks import advance, step_of_chain
from support_programs.services.entitlements import cancel_entitlements
from support_programs.services.scope import check_area, check_intake, check_past
from support_programs.workflow import CASE_WORKFLOW

_UNAPPRAISED: Final[Mapping[str, Any]] = {"appraised_by_id": None, "appraised_on": None}


@transaction.atomic
def post_list(
    case_list: CaseList,
    *,
    place: str,
    actor: Actor,
    posting_from: dt.date | None = None,
    expected_version: int | None = None,
) -> CaseList:
    """The list hangs out from today, or from the typed day on which it really was put up, for the posting's working days.

    Refused: an empty list, rows sent back that nobody dealt with, a day in the future or before the programme began, and for
    a list that is posted again a day before it was reworked.
    """
    check_area(actor, case_list.area_code)
    check_intake(actor, case_list.area_code)
    start = posting_from or clock.today()
    check_past(start, _("Ngày niêm yết"))
    definition = definition_of(case_list.version_used_id)
    if start < definition.valid_from:
        raise TransitionRefused(
            _("Ngày niêm yết %(day)s trước ngày chính sách có hiệu lực %(from)s.")
            % {"day": format_date(start), "from": format_date(definition.valid_from)}
        )
    if start < case_list.step_started_on and case_list.steps.filter(step=Step.POSTING).exists():
        raise TransitionRefused(
            _("Danh sách được sửa lại từ ngày %(day)s nên phải niêm yết lại từ ngày đó trở đi.")
            % {"day": format_date(case_list.step_started_on)}
        )
    if not place.strip():
        raise TransitionRefused(_("Hãy ghi nơi niêm yết, ví dụ: Trụ sở UBND xã."))
    rule = step_of_chain(case_list, Step.POSTING)
    until = working_calendar().add_working_days(start, rule.limit or 0 if rule else 0)
    return advance(
        case_list,
        "list.post",
        actor=actor,
        step=Step.POSTING,
        changes={
            "posting_from": start,
            "posting_until": until,
            "posting_place": place.strip(),
            "posting_closed_on": None,
        },
        event={"from": start, "until": until, "place": place.strip()},
        expected_version=expected_version,
    )


def close_posting(
    case_list: CaseList,
    *,
    actor: Actor,
    remarks: str = "",
    minutes: StoredFile | None = None,
    expected_version: int | None = None,
) -> CaseList:
    """The posting ends after its last day, with the remarks that came in and a scan of the minutes. Refused before."""
    check_area(actor, case_list.area_code)
    check_intake(actor, case_list.area_code)
    return advance(
        case_list,
        "list.close_posting",
        actor=actor,
        changes={
            "posting_closed_on": clock.today(),
            "posting_remarks": remarks.strip(),
            "posting_minutes": minutes,
        },
        event={"remarks": remarks.strip()},
        expected_version=expected_version,
    )


@transaction.atomic
def submit_list(
    case_list: CaseList,
    *,
    letter_number: str,
    letter_date: dt.date,
    actor: Actor,
    expected_version: int | None = None,
) -> CaseList:
    """The list goes to the district with the commune's letter; the district's working days begin.

    Refused while a row's facts are unknown, a returned row is open, or the letter lacks its number; where the chain has a
    posting before it, and where another agency confirms the list first (`services.agencies`).
    """
    return _send_up(case_list, "list.submit", letter_number, letter_date, actor, expected_version)


@transaction.atomic
def resubmit_list(
    case_list: CaseList,
    *,
    letter_number: str,
    letter_date: dt.date,
    actor: Actor,
    expected_version: int | None = None,
) -> CaseList:
    """A list that was sent back goes up again without a new posting; rows that were found eligible stay so."""
    return _send_up(case_list, "list.resubmit", letter_number, letter_date, actor, expected_version)


def _send_up(
    case_list: CaseList, action: str, number: str, day: dt.date, actor: Actor, expected_version: int | None
) -> CaseList:
    check_area(actor, case_list.area_code)
    check_intake(actor, case_list.area_code)
    check_past(day, _("Ngày tờ trình"))
    if not number.strip():
        is_of_commune = len(case_list.area_code) == COMMUNE_DIGITS
        raise TransitionRefused(
            _("Hãy ghi số tờ trình của UBND cấp xã.") if is_of_commune else _("Hãy ghi số văn bản trình.")
        )
    current = advance(
        case_list,
        action,
        actor=actor,
        step=Step.DISTRICT_APPRAISAL,
        changes={"letter_number": number.strip(), "letter_date": day, "submitted_by_id": actor.pk},
        event={"number": number.strip(), "date": day},
        expected_version=expected_version,
    )
    receive_rows(current, actor)
    return current


def receive_rows(case_list: CaseList, actor: Actor) -> None:
    """The rows of a list that has just come to its appraisers wait for them."""
    rows = Case.objects.filter(case_list=case_list, status=CaseStatus.LISTED)
    perform_many(CASE_WORKFLOW, rows, "case.receive", actor=actor)


@transaction.atomic
def rework_list(case_list: CaseList, *, actor: Actor, expected_version: int | None = None) -> CaseList:
    """Those who drew a list up open it when it was sent back, or objected to, in order to change it and post it anew."""
    check_area(actor, case_list.area_code)
    check_intake(actor, case_list.area_code)
    return advance(
        case_list,
        "list.rework",
        actor=actor,
        is_intake=True,
        changes={"posting_from": None, "posting_until": None, "posting_closed_on": None},
        expected_version=expected_version,
    )


@transaction.atomic
def send_back_list(
    case_list: CaseList,
    *,
    reason: str,
    marks: Mapping[int, str],
    actor: Actor,
    expected_version: int | None = None,
) -> CaseList:
    """The district returns a list with a reason, and marks rows (case id -> what is wrong with it).

    Marked rows and those not yet appraised go back with it, a marked row's proposed entitlement is cancelled; rows found eligible
    and not marked keep that. Refused without a reason, or when a mark names a row of another list.
    """
    rows = Case.objects.filter(case_list=case_list)
    marked = {pk: text.strip()[:500] for pk, text in marks.items() if text.strip()}
    if rows.filter(pk__in=marked).count() != len(marked):
        raise TransitionRefused(_("Có dòng được đánh dấu không còn trong danh sách. Hãy mở lại trang."))
    current = advance(
        case_list,
        "list.send_back",
        actor=actor,
        is_intake=True,
        reason=reason,
        changes={"sent_back_reason": reason.strip()},
        event={"marked": len(marked)},
        expected_version=expected_version,
    )
    if marked:
        texts = [Branch(pk=pk, then=Value(text)) for pk, text in marked.items()]
        rows.filter(pk__in=marked).update(mark_text=When(*texts, output_field=CharField()))
        cancel_entitlements(list(marked), actor=actor, reason=reason)
    going = rows.filter(status=CaseStatus.APPRAISING) | rows.filter(
        status=CaseStatus.ELIGIBLE, pk__in=list(marked)
    )
    perform_many(CASE_WORKFLOW, going, "case.return_with_list", actor=actor, changes=_UNAPPRAISED)
    for case in rows.filter(pk__in=marked).only("pk", "reference", "area_code", "mark_text"):
        record_event("case.marked", case, actor=actor, reason=case.mark_text)
    return current
