"""What citizens raise in the demo, and what the offices made of it, each step as whoever took it on its day."""

import datetime as dt
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from accounts.demo import AN_PHU, PHU_TAN
from accounts.models import User
from core import clock
from core.querysets import area_filter
from reports.demo.acting import acting, as_citizen
from support_programs.enums import CaseStatus, GrievanceChannel, GrievanceKind, ListStatus
from support_programs.models import Case, CaseList, Grievance
from support_programs.services import grievances

SAID: Final[dict[str, Any]] = tomllib.loads(Path(__file__).with_name("voices.toml").read_text("utf-8"))
Entry = Mapping[str, Any]


def raise_grievances() -> int:
    """All that is said in `voices.toml`; gives how many grievances."""
    for said in SAID["said"]:
        _raise(said)
    return len(SAID["said"]) + _remark()


def _raise(said: Entry) -> None:
    steps = said.get("steps", [])
    actors = {step["by"] for step in steps}
    case = _case_for(said.get("about", ""), said["area"], actors)
    channel, by, day = GrievanceChannel(said["channel"]), said.get("by", ""), said["day"]
    report = grievances.Report(
        kind=said["kind"],
        topic=said["topic"],
        text=said["text"],
        area_code=said["area"],
        sender_name=said["sender"],
        phone=said.get("phone", ""),
        address=said.get("address", ""),
        case=case,
    )
    if by:
        with acting(by, day) as actor:
            made = grievances.file_grievance(report, channel=channel, actor=actor).grievance
    else:
        with as_citizen(day):
            made = grievances.file_grievance(report, channel=channel, actor=None).grievance
    for step in steps:
        _take(made.pk, step)


def _case_for(about: str, area_code: str, actors: set[str]) -> Case | None:
    """A case that none of those who settle it has decided; None where the province has none like it."""
    if not about:
        return None
    own = list(User.objects.filter(username__in=actors).values_list("pk", flat=True))
    with as_citizen():
        if about == "refused":
            rows = Case.objects.filter(area_filter(area_code[:5]), status=CaseStatus.INELIGIBLE)
            rows = rows.filter(grievances__isnull=True)
        else:
            rows = Case.objects.filter(area_filter(area_code), status=CaseStatus.APPROVED)
        return rows.exclude(appraised_by_id__in=own).order_by("pk").first()


def _take(pk: int, step: Entry) -> None:
    with acting(step["by"], step["day"]) as actor:
        found, words = Grievance.objects.get(pk=pk), step.get("words", "")
        match step["act"]:
            case "accept":
                grievances.accept_grievance(found, actor=actor)
            case "answer":
                grievances.answer_grievance(found, outcome=step["outcome"], answer=words, actor=actor)
            case "decline":
                grievances.decline_grievance(found, reason=words, actor=actor)
            case "forward":
                grievances.forward_grievance(found, to_area=step["to"], reason=words, actor=actor)
            case "withdraw":
                grievances.withdraw_grievance(found, reason=words, actor=actor)
            case "note":
                grievances.note_on_grievance(found, text=words, actor=actor)
            case "assign":
                grievances.assign_grievance(found, to=User.objects.get(username=step["to"]), actor=actor)
            case "letter":
                grievances.draft_letter(found, actor=actor)
            case other:
                raise ValueError(f"voices.toml: unknown act {other}")


def _remark() -> int:
    """Remarks on the lists that hang out in the two districts, written down by the communes where they hang."""
    with as_citizen():
        shown = area_filter(PHU_TAN) | area_filter(AN_PHU)
        hanging = list(CaseList.objects.filter(shown, status=ListStatus.POSTING).order_by("-due_on", "pk"))
    officers = User.objects.in_bulk({row.created_by_id for row in hanging})
    turns = list(zip(SAID["remark"], (hanging * len(SAID["remark"])) if hanging else [], strict=False))
    for place, (remark, case_list) in enumerate(turns):
        _write_down(remark, case_list, officers[case_list.created_by_id].username, place)
    return len(turns)


def _write_down(remark: Entry, case_list: CaseList, username: str, place: int) -> None:
    day = max(case_list.posting_from or clock.today(), clock.today() - dt.timedelta(days=3))
    with acting(username, day) as actor:
        row = (
            case_list.cases.order_by("position")[place : place + 1].first() if "is_of_row" in remark else None
        )
        report = grievances.Report(
            kind=GrievanceKind.FEEDBACK,
            topic=remark["topic"],
            text=remark["text"],
            area_code=case_list.area_code,
            sender_name=remark["sender"],
            case=row,
            case_list=case_list,
        )
        grievances.file_grievance(report, channel=GrievanceChannel.POSTING, actor=actor)
