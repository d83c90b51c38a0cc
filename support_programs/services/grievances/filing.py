"""A complaint, a report, a remark on a posted list is written down, by the citizen on the public page or by a desk."""

import datetime as dt
import json
from dataclasses import dataclass
from typing import Final

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.enums import DISTRICT_DIGITS
from core import clock, crypto
from core.audit import PROVINCE, record_event
from core.queries.calendar import working_calendar
from core.queries.references import next_reference
from core.text import clean_spaces, clean_text, has_number
from core.tracking import code_hash, new_code
from core.workflow import Actor
from support_programs.enums import GrievanceChannel, GrievanceKind, GrievanceStatus, GrievanceTopic
from support_programs.models import Case, CaseList, Grievance
from support_programs.permissions import (
    COMMUNE_DIGITS,
    NOT_GRIEVANCE_DESK,
    grievance_desk,
)
from support_programs.permissions.grievances import DESKS
from support_programs.rules.grievance_clocks import ACCEPT, term_of
from support_programs.services.claim_refusals import Problems
from support_programs.services.scope import check_area, check_role

SHORTEST: Final = 20
LONGEST: Final = 5_000
# signs that a field about the sender may have
_MOST: Final = {"sender_name": 150, "phone": 30, "address": 250}
# what is said of an office isn't settled by that office
_ABOVE: Final = (GrievanceTopic.CONDUCT, GrievanceTopic.REFUSED)


@dataclass(frozen=True, slots=True)
class Report:
    """What somebody raises, as typed. `area_code`: the commune (or office) where it belongs."""

    kind: str
    topic: str
    text: str
    area_code: str
    sender_name: str = ""
    phone: str = ""
    address: str = ""
    case: Case | None = None
    case_list: CaseList | None = None


@dataclass(frozen=True, slots=True)
class Filed:
    """The record, and the code by which its sender follows it: shown this once, kept nowhere."""

    grievance: Grievance
    code: str


@transaction.atomic
def file_grievance(
    report: Report,
    *,
    channel: GrievanceChannel,
    actor: Actor | None,
    received_on: dt.date | None = None,
    code: str = "",
) -> Filed:
    """Write a grievance down; its first term runs from the day of receipt. `actor` is None for the public page. Without a `code`
    (core.tracking) it gets a fresh one.

    A denunciation goes to the department at once; what is said of an office's conduct, or against a refusal, begins one level
    above the commune. ClaimRefused by field: a kind or topic that is not known, less than 20 signs of text, a complaint or a
    denunciation without a name, a name, telephone or address that is too long, whole identity or account numbers in the text
    (it is read by many), a day to come.
    PermissionDenied for a member of staff without such a desk, or for another area.
    """
    if actor is not None:
        check_area(actor, report.area_code)
        check_role(actor, grievance_desk, NOT_GRIEVANCE_DESK)
        _check_records(report, actor)
    day = received_on or clock.today()
    text = paragraphs(report.text)
    _check(report, text, day)
    code = code or new_code()
    contact = {"phone": clean_spaces(report.phone), "address": clean_spaces(report.address)}
    made = Grievance.objects.create(
        reference=next_reference("PA"),
        area_code=first_desk(report, actor),
        filed_area_code=report.area_code,
        status=GrievanceStatus.RECEIVED,
        kind=report.kind,
        topic=report.topic,
        channel=channel,
        case=report.case,
        case_list=report.case_list,
        sender_name=clean_spaces(report.sender_name),
        sender_raw_encrypted=crypto.encrypt("row", json.dumps(contact)) if any(contact.values()) else None,
        text=text,
        tracking_hash=code_hash(code),
        received_on=day,
        due_on=term_of(report.kind, ACCEPT).due_on(day, working_calendar()),
        entered_by_id=actor.pk if actor else None,
    )
    record_event(
        "grievance.filed",
        made,
        actor=actor,
        change={"kind": str(made.get_kind_display()), "channel": str(made.get_channel_display())},
    )
    return Filed(made, code)


def first_desk(report: Report, actor: Actor | None) -> str:
    """The area of the office that owes the answer: the one that was named, one above it, or the department.

    What a desk itself writes down stays with it, unless the law or the topic sends it up.
    """
    if report.kind == GrievanceKind.DENUNCIATION:
        return PROVINCE
    if report.topic in _ABOVE and len(report.area_code) == COMMUNE_DIGITS:
        return report.area_code[:DISTRICT_DIGITS]
    if report.topic == GrievanceTopic.CONDUCT and len(report.area_code) == DISTRICT_DIGITS:
        return PROVINCE
    return report.area_code


def paragraphs(text: str) -> str:
    """A longer text as it is stored: composed letters, clean spaces, its line breaks kept."""
    return "\n".join(clean_text(line) for line in text.strip().splitlines())


def _check_records(report: Report, actor: Actor) -> None:
    if len(report.area_code) not in DESKS:
        raise PermissionDenied(str(NOT_GRIEVANCE_DESK))
    for record in (report.case, report.case_list):
        if record is not None:
            check_area(actor, record.area_code)


def _check(report: Report, text: str, day: dt.date) -> None:
    problems = Problems()
    if report.kind not in GrievanceKind.values:
        problems.add("kind", _("Hãy chọn loại: khiếu nại, phản ánh hoặc tố cáo."))
    if report.topic not in GrievanceTopic.values:
        problems.add("topic", _("Hãy chọn nội dung về việc gì."))
    if len(text) < SHORTEST:
        problems.add("text", _("Hãy viết rõ hơn: việc gì, ở đâu, khi nào (ít nhất 20 ký tự)."))
    if len(text) > LONGEST:
        problems.add("text", _("Nội dung dài hơn 5.000 ký tự. Hãy viết gọn lại."))
    if has_number(text):
        problems.add(
            "text", _("Đừng ghi số CCCD, CMND hay số tài khoản trong nội dung. Hãy bỏ số đó rồi gửi lại.")
        )
    if (
        report.kind in (GrievanceKind.COMPLAINT, GrievanceKind.DENUNCIATION)
        and not report.sender_name.strip()
    ):
        problems.add("sender_name", _("Khiếu nại, tố cáo phải ghi họ tên người gửi."))
    for field, most in _MOST.items():
        if len(clean_spaces(getattr(report, field))) > most:
            problems.add(field, _("Chỗ này dài quá. Hãy ghi ngắn lại."))
    if day > clock.today():
        problems.add("received_on", _("Ngày nhận ở sau hôm nay. Hãy kiểm tra lại ngày."))
    problems.refuse(keeps_warnings=True)
