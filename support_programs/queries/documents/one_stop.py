"""The papers of the one-stop desk about one case: receipt, request to supplement, refusal, apology, control sheet.

They follow the forms of Thông tư 01/2018/TT-VPCP as they are remembered: the numbers of the forms are not printed, and the page
says that the wording is to be compared with the circular.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Any, Final

from django.utils import timezone

from core.date_texts import format_date, format_long_date, format_moment
from core.models import Event
from core.text import inside_sentence
from support_programs.enums import Step
from support_programs.models import Case, CasePaper, OfficialDocument, SupplementRequest
from support_programs.permissions.documents import INTAKE_BODY
from support_programs.queries.documents.bodies import Body, area_in_sentence, body_of
from support_programs.queries.documents.sheet import Details, Signer, paragraphs
from support_programs.queries.facts import stored_facts
from support_programs.queries.filing import papers_of
from support_programs.queries.list_steps import step_label
from support_programs.queries.programmes import definition_of
from support_programs.workflow import CASE_WORKFLOW

_WITH_NAME: Final = "(Ký và ghi rõ họ tên)"
_SUBMITTER: Final = Signer(("Người nộp hồ sơ",), how=_WITH_NAME)


def receipt(document: OfficialDocument, body: Body) -> Details:
    """What was handed in, until when each step takes, and the day on which the answer can be fetched."""
    case = case_of(document)
    return Details(
        title="Giấy tiếp nhận hồ sơ và hẹn trả kết quả",
        subject="",
        beside=(_SUBMITTER,),
        values={
            **_about(case, body),
            "papers": _papers_of(case),
            "steps": _limits_of(case),
            "received_on": format_long_date(case.received_on),
            "result_on": long_day(document.content.get("result_on")),
            "result_at": document.content.get("result_at") or body.desk,
            "note": paragraphs(document.content.get("note", "")),
        },
    )


def supplement(document: OfficialDocument, body: Body) -> Details:
    """What is to be put right, each place with its reason: the open request's, or what the officer typed."""
    case = case_of(document)
    asked = SupplementRequest.objects.filter(case=case).order_by("-pk").first()
    items = [(row["label"], row.get("why", "")) for row in asked.items] if asked else []
    answer_by = document.content.get("answer_by") or (asked.answer_by if asked else None)
    reason = document.content.get("reason") or (asked.reason if asked else "")
    if reason.strip() == " ".join(f"{label}: {why.rstrip('.')}." for label, why in items):
        reason = ""  # a request without words of its own says what its marks say: the list above has it
    return Details(
        title="Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ",
        subject="",
        beside=(_SUBMITTER,),
        values={
            **_about(case, body),
            # who appraises may ask; it is put right where the dossier was handed in
            "desk": body_of(INTAKE_BODY[len(case.area_code)], case.area_code).desk,
            "items": items,
            "reasons": paragraphs(reason),
            "answer_by": long_day(answer_by),
        },
    )


def refusal(document: OfficialDocument, body: Body) -> Details:
    """Why the dossier is not taken in."""
    case = case_of(document)
    return Details(
        title="Phiếu từ chối tiếp nhận giải quyết hồ sơ",
        subject="",
        beside=(_SUBMITTER,),
        values={**_about(case, body), "reasons": paragraphs(document.content.get("reason", ""))},
    )


def apology(document: OfficialDocument, body: Body) -> Details:
    """Why it is late, and the new day."""
    case = case_of(document)
    promised = document.content.get("promised_on") or case.due_on
    return Details(
        title="Phiếu xin lỗi và hẹn lại ngày trả kết quả",
        subject="",
        addressees=(f"ông/bà {case.applicant_name}",),
        values={
            **_about(case, body),
            "received_on": format_long_date(case.received_on),
            "promised_on": long_day(promised),
            "result_on": long_day(document.content.get("result_on")),
            "reasons": paragraphs(document.content.get("reason", "")),
        },
    )


@dataclass(frozen=True, slots=True)
class ControlLine:
    """One pass from hand to hand: what was done, by whom, when, and whether it was in time ("" = no limit)."""

    what: str
    who: str
    at: str
    due: str
    result: str


def control(document: OfficialDocument, body: Body) -> Details:
    """The way of the case from the log and the steps of its list, with the hours and whether each step was in time."""
    case = case_of(document)
    return Details(
        title="Phiếu kiểm soát quá trình giải quyết hồ sơ",
        subject="",
        values={
            **_about(case, body),
            "received_on": format_date(case.received_on),
            "acts": _acts_of(case),
            "steps": _passes_of(case),
        },
    )


def case_of(document: OfficialDocument) -> Case:
    """The case that a paper is about; ValueError for a paper about something else."""
    if document.case is None:
        raise ValueError(f"{document.reference} is about no case")
    return document.case


def _about(case: Case, body: Body) -> dict[str, Any]:
    """What every paper of the desk says of the case; of the identity number only the last three digits."""
    place = area_in_sentence(case.area_code)
    return {
        "case": case,
        "desk": body.desk,
        "address": f"{case.hamlet}, {place}" if case.hamlet else place,
        "programme": inside_sentence(definition_of(case.version_used_id).name),
        "number": f"{case.number_kind} ••• {case.number_last3}" if case.number_last3 else "",
    }


def _papers_of(case: Case) -> list[tuple[str, str]]:
    """The papers of the dossier: those that were received, and of the others that they are still missing."""
    rows = CasePaper.objects.filter(case=case, removed_on__isnull=True).order_by("pk")
    received = [(row.code, row.label, str(row.get_form_display())) for row in rows]
    codes = {code for code, _label, _form in received if code}
    found = [(label, inside_sentence(form)) for _code, label, form in received]
    found += [
        (paper.evidence.name, "chưa nộp")
        for paper in papers_of(definition_of(case.version_used_id), stored_facts(case.facts))
        if paper.evidence.is_required and not paper.is_open and paper.evidence.code not in codes
    ]
    return found


def _limits_of(case: Case) -> list[str]:
    """The working days of each step as they are laid down."""
    found = []
    for rule in definition_of(case.version_used_id).chain:
        if rule.limit and not rule.is_inside_previous:
            label = step_label(case.case_list, rule) if case.case_list else Step(rule.step).label
            found.append(f"{label}: {rule.limit} ngày làm việc")
    return found


def _acts_of(case: Case) -> list[ControlLine]:
    """What the log says of the case, oldest first."""
    labels = {transition.action: transition.label for transition in CASE_WORKFLOW.transitions}
    labels["case.created"] = "Tiếp nhận, lập hồ sơ"
    events = Event.objects.filter(
        object_type="support_programs.case", object_id=case.pk, action__in=list(labels)
    ).order_by("pk")
    return [
        ControlLine(str(labels[event.action]), event.actor_name, _moment(event.at), "", event.reason)
        for event in events
    ]


def _passes_of(case: Case) -> list[ControlLine]:
    """The steps of its list with their due days."""
    if case.case_list is None:
        return []
    rules = {rule.step: rule for rule in definition_of(case.version_used_id).chain}
    found = []
    for row in case.case_list.steps.order_by("pk"):
        label = step_label(case.case_list, rules[row.step]) if row.step in rules else row.get_step_display()
        ended = format_date(row.finished_on) if row.finished_on else "đang làm"
        in_time = ""
        if row.due_on and row.finished_on:
            in_time = "đúng hạn" if row.finished_on <= row.due_on else "quá hạn"
        due = format_date(row.due_on) if row.due_on else "không quy định"
        found.append(
            ControlLine(
                str(label), row.finished_by_name, f"{format_date(row.started_on)} – {ended}", due, in_time
            )
        )
    return found


def _moment(at: dt.datetime) -> str:
    return format_moment(timezone.localtime(at))


def long_day(day: Any) -> str:
    """A day, or the ISO text of one, in the words of a paper; "" for none."""
    if not day:
        return ""
    return format_long_date(dt.date.fromisoformat(day) if isinstance(day, str) else day)
