"""Official papers of the demo: drafts at every desk, a few that were issued, letters that urge late offices."""

import datetime as dt
from collections.abc import Mapping
from typing import Any, Final

from accounts.demo import AN_PHU, PHU_TAN
from accounts.models import User
from core import clock
from core.dates import parse_date
from core.documents import is_renderer_installed
from core.queries.calendar import working_calendar
from core.querysets import area_filter
from core.workflow import Actor
from reports.demo.acting import acting, as_citizen
from reports.demo.plan import CHO_VAM
from support_programs.enums import CaseStatus, DocumentKind, ListStatus
from support_programs.models import Case, CaseList, OfficialDocument
from support_programs.queries.documents.drafting import initial_of
from support_programs.queries.late_work import late_of_offices, late_work
from support_programs.services.documents import draft_document, issue_document
from support_programs.services.reminders import see_reminder, send_reminder

_ANSWER_WITHIN: Final = 3  # working days
_MOST_NAMED: Final = 12  # lists in one letter
Record = Case | CaseList


def write_papers_of_desks() -> int:
    """Drafts and issued papers about what lies at the desks; gives how many. Without Pango all stay drafts."""
    return sum(
        (
            _minutes(),
            _submission(),
            _receipt(),
            _refusal(),
            _of_case("cv888a", DocumentKind.SUPPLEMENT, PHU_TAN, status=CaseStatus.NEEDS_SUPPLEMENT),
            _of_list("so-a", DocumentKind.DECISION, ListStatus.MONEY_APPRAISED),
            _of_list("cv888a", DocumentKind.APPRAISAL, ListStatus.AT_DISTRICT),
        )
    )


def _minutes() -> int:
    """The minutes of a list that hangs out, signed on its first day."""
    case_list = _list(PHU_TAN, ListStatus.POSTING)
    if case_list is None:
        return 0
    content = {
        "place": case_list.posting_place,
        "hour": "07 giờ 30 phút",
        "present": "Trưởng ban nhân dân khóm, ấp\nĐại diện Mặt trận Tổ quốc",
        "witnesses": "ĐẠI DIỆN KHÓM, ẤP",
    }
    with acting(_maker_of(case_list), case_list.posting_from) as actor:
        made = draft_document(
            kind=DocumentKind.POSTING_START, case_list=case_list, content=content, actor=actor
        )
        _issue(made, "DEMO-21/BB-UBND", "PHÓ CHỦ TỊCH", "Nguyễn Hữu Phước", actor)
    return 1


def _submission() -> int:
    case_list = _list(PHU_TAN, ListStatus.POSTED)
    return _draft(_maker_of(case_list), DocumentKind.SUBMISSION, case_list) if case_list else 0


def _receipt() -> int:
    """The receipt that the citizen of a household business took home."""
    case = _case(CHO_VAM, programme="HO_KD", status=CaseStatus.APPRAISING)
    if case is None:
        return 0
    result_on = clock.today() + dt.timedelta(days=3)
    content = {"result_on": result_on.isoformat(), "result_at": "Bộ phận một cửa thị trấn Chợ Vàm"}
    with acting("xa30409") as actor:
        made = draft_document(kind=DocumentKind.RECEIPT, case=case, content=content, actor=actor)
        _issue(made, "DEMO-118/TNHS", "CÔNG CHỨC TIẾP NHẬN", actor.full_name, actor)
    return 1


def _refusal() -> int:
    """The district's answer to a household business whose cause of stopping didn't fit."""
    case = _case(CHO_VAM, programme="HO_KD", status=CaseStatus.INELIGIBLE)
    if case is None:
        return 0
    with acting("cv888a") as actor:
        content = initial_of(DocumentKind.NOT_ELIGIBLE, case, actor)
        made = draft_document(kind=DocumentKind.NOT_ELIGIBLE, case=case, content=content, actor=actor)
        _issue(made, "DEMO-412/LĐTBXH", "TRƯỞNG PHÒNG", "Phan Thị Bích Liên", actor)
    return 1


def _of_case(username: str, kind: str, area_code: str, **found: Any) -> int:
    case = _case(area_code, **found)
    return _draft(username, kind, case) if case else 0


def _of_list(username: str, kind: str, status: ListStatus) -> int:
    case_list = _list(PHU_TAN, status)
    return _draft(username, kind, case_list) if case_list else 0


def _draft(username: str, kind: str, record: Record) -> int:
    """A draft with what the form of such a paper begins with."""
    with acting(username) as actor:
        content = _stored(initial_of(kind, record, actor))
        about: dict[str, Any] = {"case": record} if isinstance(record, Case) else {"case_list": record}
        draft_document(kind=kind, actor=actor, content=content, **about)
    return 1


def _stored(typed: Mapping[str, Any]) -> dict[str, Any]:
    """Days as a draft keeps them; a form has them as they are typed."""
    days = {"answer_by", "result_on", "promised_on"}
    return {
        key: parse_date(value, latest=dt.date.max).isoformat() if key in days and value else value
        for key, value in typed.items()
    }


def _issue(document: OfficialDocument, number: str, office: str, name: str, actor: Actor) -> None:
    if is_renderer_installed():
        issue_document(
            document, number=number, dated=clock.today(), signer_office=office, signer_name=name, actor=actor
        )


def _case(area_code: str, **found: Any) -> Case | None:
    with as_citizen():
        return Case.objects.filter(area_filter(area_code), **found).order_by("pk").first()


def _list(area_code: str, status: ListStatus) -> CaseList | None:
    with as_citizen():
        rows = CaseList.objects.filter(area_filter(area_code), status=status, programme="LD_TU_DO")
        return rows.order_by("pk").first()


def _maker_of(case_list: CaseList) -> str:
    return User.objects.get(pk=case_list.created_by_id).username


# --- urging ----------------------------------------------------------------------------------------------------------

_WORDS: Final = (
    "Đề nghị rà soát các danh sách quá hạn sau đây, giải quyết dứt điểm và báo cáo nguyên nhân chậm. Trường hợp vướng mắc, "
    "phản ánh ngay để được hướng dẫn, không để người dân chờ."
)


def urge_offices() -> int:
    """The letters of the department to two districts and of a district to two communes; gives how many.

    The first of each is seen at the office that it urges, the other one not yet; one went out on paper.
    """
    friday, monday = clock.today() - dt.timedelta(days=3), clock.today()
    with acting("cv888a", friday) as actor:
        late = [area.code for area in late_work(actor, PHU_TAN, friday).areas if area.is_late]
    latest = [code for code in late if code != CHO_VAM][:1]
    return sum(
        (
            _urge("so-a", PHU_TAN, friday, seen_by="cv888b", is_issued=True),
            _urge("so-a", AN_PHU, monday),
            *(_urge("cv888a", code, friday, seen_by=f"xa{code[5:]}") for code in latest),
            _urge("cv888a", CHO_VAM, monday),
        )
    )


def _urge(username: str, area_code: str, day: dt.date, *, seen_by: str = "", is_issued: bool = False) -> int:
    with acting(username, day) as actor:
        late, cases, requests = late_of_offices(actor, area_code, day)
        if not (late or cases or requests):
            return 0
        reminder = send_reminder(
            area_code=area_code,
            lists=[row.reference for row in late[:_MOST_NAMED]],
            text=_WORDS,
            answer_by=working_calendar().add_working_days(day, _ANSWER_WITHIN),
            actor=actor,
        )
        if is_issued and reminder.document:
            _issue(
                reminder.document, "DEMO-2187/SLĐTBXH", "KT. GIÁM ĐỐC\nPHÓ GIÁM ĐỐC", "Trần Hữu Nghĩa", actor
            )
    if seen_by:
        with acting(seen_by) as actor:
            see_reminder(reminder, actor=actor)
    return 1
