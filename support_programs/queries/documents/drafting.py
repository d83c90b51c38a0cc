"""What the form of a new draft begins with, read from the record."""

import datetime as dt
from typing import Any, Final

from core.dates import format_date
from core.queries.calendar import working_calendar
from core.workflow import Actor
from support_programs.enums import DocumentKind
from support_programs.models import Case, CaseList, SupplementRequest
from support_programs.queries.case_page import failings_of, taken_out_of
from support_programs.queries.documents.bodies import body_of
from support_programs.queries.documents.lists import bases_of
from support_programs.queries.documents.offers import bodies_for
from support_programs.queries.documents.records import Record, registered_kind
from support_programs.queries.programmes import definition_of

_RECIPIENTS: Final = "Như trên\nLưu: VT"


def initial_of(kind: str, record: Record, actor: Actor) -> dict[str, Any]:
    """The values with which the form opens."""
    registered = registered_kind(kind)
    if registered is not None:
        return registered.initial(kind, record, actor)
    bodies = bodies_for(kind, record.area_code, actor, record)
    body = body_of(bodies[0], record.area_code)
    if isinstance(record, Case):
        return _of_case(kind, record, body.desk)
    if not isinstance(record, CaseList):
        return {}
    found: dict[str, Any] = {"recipients": _RECIPIENTS}
    if kind in (DocumentKind.SUBMISSION, DocumentKind.DECISION):
        found["bases"] = "\n".join(bases_of(record))
    if kind == DocumentKind.DECISION:
        found["recipients"] = "Như Điều 3\nLưu: VT"
    if kind in (DocumentKind.POSTING_START, DocumentKind.POSTING_END):
        found["place"] = record.posting_place
        found["remarks"] = record.posting_remarks
    return found


def _of_case(kind: str, case: Case, desk: str) -> dict[str, Any]:
    if kind == DocumentKind.RECEIPT:
        return {"result_on": format_date(suggested_day(case)), "result_at": desk}
    if kind == DocumentKind.SUPPLEMENT:
        asked = SupplementRequest.objects.filter(case=case, answered_on__isnull=True).first()
        if asked is None:
            return {}
        return {
            "reason": asked.reason,
            "answer_by": format_date(asked.answer_by) if asked.answer_by else "",
        }
    if kind == DocumentKind.APOLOGY:
        return {"promised_on": format_date(case.due_on) if case.due_on else ""}
    if kind == DocumentKind.NOT_ELIGIBLE:
        out = taken_out_of(case)
        reasons = failings_of(case) or ((out.reason,) if out else ())
        return {"reasons": "\n".join(reasons), "recipients": _RECIPIENTS}
    return {}


def suggested_day(case: Case) -> dt.date:
    """The day on which all steps with a limit are over, counted in working days from the receipt. A step without a limit adds
    nothing: the officer who signs decides on the day.
    """
    days = sum(
        rule.limit
        for rule in definition_of(case.version_used_id).chain
        if rule.limit and not rule.is_inside_previous
    )
    return working_calendar().add_working_days(case.received_on, days)
