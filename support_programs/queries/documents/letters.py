"""Letters: the answer to somebody who is not entitled, the reminder to offices that are late, the answer to a complaint."""

import datetime as dt
from typing import Any, Final

from core.date_texts import format_date
from core.text import inside_sentence
from support_programs.models import OfficialDocument
from support_programs.queries.case_page import failings_of, taken_out_of
from support_programs.queries.documents.bodies import Body
from support_programs.queries.documents.one_stop import case_of, long_day
from support_programs.queries.documents.sheet import Details, lines, paragraphs
from support_programs.queries.programmes import definition_of

_KEPT: Final = "Lưu: VT"


def not_eligible(document: OfficialDocument, body: Body) -> Details:
    """Each reason with its article, and where the person can turn to."""
    case, content = case_of(document), document.content
    name = inside_sentence(definition_of(case.version_used_id).name)
    return Details(
        title="",
        subject=f"trả lời hồ sơ {case.reference} không đủ điều kiện hưởng chính sách {name}",
        addressees=(f"ông/bà {case.applicant_name}",),
        recipients=lines(content.get("recipients", "")) or ("Như trên", _KEPT),
        values={
            "case": case,
            "body": body,
            "programme": name,
            "received_on": long_day(case.received_on),
            "reasons": lines(content.get("reasons", "")) or reasons_of(document),
            "guidance": paragraphs(content.get("guidance", "")),
        },
    )


def reasons_of(document: OfficialDocument) -> tuple[str, ...]:
    """Why the case was refused: what the rules found not met, each with its article, else what the officer wrote."""
    case = case_of(document)
    found = failings_of(case)
    out = taken_out_of(case)
    return found or (tuple(paragraphs(out.reason)) if out else ())


def reminder(document: OfficialDocument, body: Body) -> Details:
    """The lists that are late as they stood, who they wait for, and until when they are to be worked off."""
    content = document.content
    rows: list[dict[str, Any]] = [
        {**row, "due": format_date(dt.date.fromisoformat(row["due_on"])) if row.get("due_on") else ""}
        for row in content.get("lists", [])
    ]
    recipient = str(content.get("recipient", ""))
    return Details(
        title="",
        subject=content.get("subject") or "đôn đốc giải quyết hồ sơ hỗ trợ quá hạn",
        addressees=lines(recipient) if "\n" in recipient else (recipient,),
        recipients=lines(content.get("recipients", "")) or ("Như trên", _KEPT),
        values={
            "body": body,
            "rows": rows,
            "people": sum(int(row.get("people") or 0) for row in rows),
            "paragraphs": paragraphs(content.get("text", "")),
            "answer_by": long_day(content.get("answer_by")),
        },
    )


def grievance_answer(document: OfficialDocument, body: Body) -> Details:
    """What was raised, what was found, and the answer."""
    content, grievance = document.content, document.grievance
    kind = inside_sentence(str(grievance.get_kind_display())) if grievance else "phản ánh, kiến nghị"
    return Details(
        title="",
        subject=content.get("subject")
        or f"trả lời {kind}" + (f" mã {grievance.reference}" if grievance else ""),
        addressees=(str(content.get("addressee") or "Người gửi"),),
        recipients=lines(content.get("recipients", "")) or ("Như trên", _KEPT),
        values={
            "body": body,
            "grievance": grievance,
            "kind": kind,
            "received_on": long_day(grievance.received_on) if grievance else "",
            "question": paragraphs(str(content.get("question", ""))),
            "answer": paragraphs(str(content.get("answer", ""))),
            "outcome": str(content.get("outcome", "")),
        },
    )
