"""The single work of the demo's desks, done through the services: who works on what, what was asked and answered, papers,
complaints, applications, letters, and this morning's digest.
"""

import datetime as dt
from random import Random
from typing import Any, Final

from django.db.models import Q

from accounts.demo import PHU_TAN
from accounts.models import User
from core import clock
from core.querysets import area_filter
from reports.demo.acting import acting, as_citizen
from reports.demo.doors import begin_forms, send_applications
from reports.demo.dossiers import FIRMS, SUSPENDED, typed_of
from reports.demo.letters import urge_offices, write_papers_of_desks
from reports.demo.people import Numbers, people_of
from reports.demo.plan import CHO_VAM, OTHERS, ListPlan
from reports.demo.scans import draw_sheet, photographed, scanned
from reports.demo.stages import Stage
from reports.demo.voices import raise_grievances
from support_programs.enums import CaseStatus, ListStatus
from support_programs.models import Case, CaseList, Digest
from support_programs.queries.digests import digest_lines
from support_programs.queries.missing_papers import standing_of
from support_programs.services import agencies
from support_programs.services.assignment import assign_cases, claim_cases
from support_programs.services.claims import open_claim
from support_programs.services.lists import list_cases
from support_programs.services.papers import Sent, add_files, record_seen
from support_programs.services.register_checks import recheck_changed
from support_programs.services.saved_views import save_view
from support_programs.services.supplements import answer_supplement, ask_supplement

_VIEWS: Final = (
    ("cv888a", "cases", "Chợ Vàm, thiếu giấy tờ", "papers=missing&area=8988830409"),
    ("cv888a", "cases", "Của tôi, quá hạn", "officer=me&late=1"),
    ("cv888a", "lists", "Huyện đang thẩm định", "status=at_district"),
    ("xa30409", "cases", "Chờ dân bổ sung", "status=needs_supplement"),
    ("xa30409", "cases", "F0, F1 chưa vào danh sách", "programme=F0_F1&status=draft"),
)
_WITH_DIGEST: Final = ("xa30406", "xa30409", "cv888a", "cv888b", "ld888a", "so-a", "tinh-a", "lanhdao")


def bring_casework(seed: int) -> str:
    """All of it, after the lists and dossiers; gives in words how much. Nothing is done that a desk couldn't do itself."""
    random = Random(seed + 2)
    numbers = Numbers(random)
    _judge_by_registers()
    _late_at_department(random, numbers)
    _begun_at_district(random, numbers)
    _ask_and_answer()
    _hand_out()
    _scan_papers()
    applications = send_applications(random, numbers)
    drafts = begin_forms(random, numbers)
    grievances = raise_grievances()
    letters = urge_offices() + write_papers_of_desks()
    for username, page, name, query in _VIEWS:
        with acting(username) as actor:
            save_view(page=page, name=name, query=query, actor=actor)
    _tell_the_morning()
    return f"{grievances} grievances, {applications} applications, {drafts} begun forms, {letters} letters"


def _cases(area_code: str, **found: Any) -> list[Case]:
    with as_citizen():
        return list(Case.objects.filter(area_filter(area_code), **found).order_by("pk")[:40])


def _judge_by_registers() -> None:
    """The two districts have looked their cases up in the registers, which were kept before the lists came."""
    for username in ("cv888a", "cv886a"):
        with acting(username) as actor:
            waiting = Case.objects.filter(
                area_filter(actor.area_code),
                status__in=(CaseStatus.APPRAISING, CaseStatus.NEEDS_SUPPLEMENT),
                programme="LD_TU_DO",
            )
            recheck_changed(list(waiting.order_by("pk").values_list("pk", flat=True)), actor=actor)


def _late_at_department(random: Random, numbers: Numbers) -> None:
    """Tour guides whom the department has had for too long, one of them with a colleague's name on it."""
    day = dt.date(2021, 9, 9)
    people = people_of(ListPlan(CHO_VAM, OTHERS, Stage.DRAFT, 2, 0), 2, numbers, random)
    with acting("so-b", day) as actor:
        cases = [
            open_claim(
                programme="HDV_DL",
                received_on=day,
                applicant={**typed_of(human), "job": "Hướng dẫn viên du lịch"},
                answers={
                    "guide_card_number": f"18912346{place}",
                    "guide_card_expires_on": "30/06/2022",
                    "guide_basis": "labour_contract",
                    "got_other_support": "false",
                },
                actor=actor,
                keeps_warnings=True,
            )
            for place, human in enumerate(people)
        ]
        for case in cases[1:]:
            record_seen(
                case, codes=[paper.code for paper in standing_of([case.pk])[case.pk].missing], actor=actor
            )
        list_cases(Case.objects.filter(pk__in=[case.pk for case in cases]), actor=actor)
        agencies.submit_to_department(CaseList.objects.get(cases=cases[0]), actor=actor)
    with acting("so-a", dt.date(2021, 9, 10)) as actor:
        claim_cases(Case.objects.filter(pk__in=[case.pk for case in cases[:1]]), actor=actor)


def _begun_at_district(random: Random, numbers: Numbers) -> None:
    """A company's list that the district has begun today."""
    human = people_of(ListPlan(CHO_VAM, OTHERS, Stage.DRAFT, 1, 0), 1, numbers, random)[0]
    with acting("cv888b") as actor:
        open_claim(
            programme="TAM_HOAN",
            received_on=clock.today(),
            applicant={**typed_of(human), "job": "Công nhân"},
            employer=FIRMS[3].typed(),
            answers=SUSPENDED,
            actor=actor,
            keeps_warnings=True,
        )


# --- asked and answered ----------------------------------------------------------------------------------------------


def _ask_and_answer() -> None:
    """Sent back on Friday and completed on Monday; sent back today; a company's and a guide's dossier with several marks."""
    friday, monday = dt.date(2021, 9, 24), clock.today()
    at_district = {"status": CaseStatus.APPRAISING, "case_list__status": ListStatus.AT_DISTRICT}
    free = _cases(PHU_TAN, programme="LD_TU_DO", papers_missing=0, **at_district)
    early = [case for case in free if case.received_on < friday]
    wrong_number = {("applicant", "number"): "Số trong danh sách thiếu một chữ số so với bản chụp."}
    for case in early[:2]:
        _ask("cv888a", case, wrong_number, friday)
        with acting(_username(case.entered_by_id), monday) as actor:
            case.refresh_from_db()
            answer_supplement(
                case,
                note="Đã đối chiếu thẻ căn cước bản chính.",
                done=["Số đúng như trong danh sách, bản chụp cũ bị mờ."],
                actor=actor,
            )
    for case in early[2:4]:
        _ask("cv888b", case, {("answer", "lost_income_on"): "Đơn không ghi ngày mất việc."}, monday)
    for case in _cases(PHU_TAN, programme="TAM_HOAN", **at_district)[:1]:
        marked = {
            ("answer", "event_end"): "Ngày kết thúc không khớp thỏa thuận tạm hoãn.",
            ("applicant", "number"): "Bản chụp CCCD bị mờ, không đọc được số.",
        }
        _ask("cv888a", case, marked, monday)
    guides = {"programme": "HDV_DL", "status": CaseStatus.APPRAISING, "entered_by_id": _id("so-a")}
    for case in _cases("89", **guides)[:1]:
        _ask("so-b", case, {("answer", "guide_card_expires_on"): "Bản chụp thẻ ghi năm 2022."}, monday)


def _ask(username: str, case: Case, marked: dict[tuple[str, str], str], day: dt.date) -> None:
    with acting(username, day) as actor:
        ask_supplement(case, marked=marked, reason="", answer_by=day + dt.timedelta(days=7), actor=actor)


# --- who works on what ----------------------------------------------------------------------------------------------


def _hand_out() -> None:
    """Officers take work up, a head gives some out."""
    for username in ("xa30409", "xa30406b"):
        with acting(username) as actor:
            loose = Case.objects.filter(
                area_code=actor.area_code, status=CaseStatus.DRAFT, case_list=None, assigned_to_id=None
            )
            mine = list(loose.order_by("pk").values_list("pk", flat=True)[:2])
            claim_cases(Case.objects.filter(pk__in=mine), actor=actor)
    waiting = _cases(
        PHU_TAN,
        status=CaseStatus.APPRAISING,
        case_list__status=ListStatus.AT_DISTRICT,
        assigned_to_id=None,
    )
    with acting("ld888a") as actor:
        colleague = User.objects.get(username="cv888b")
        chosen = Case.objects.filter(pk__in=[case.pk for case in waiting[:3]])
        assign_cases(chosen, to=colleague, actor=actor, note="Ưu tiên làm trong hôm nay.")
    with acting("cv888a") as actor:
        chosen = Case.objects.filter(pk__in=[case.pk for case in waiting if case.programme_id != "LD_TU_DO"])
        claim_cases(chosen.filter(assigned_to_id=None), actor=actor)


# --- papers -----------------------------------------------------------------------------------------------------------


def _scan_papers() -> None:
    """Photographs and a scan in some dossiers; the last patient's papers are all missing still."""
    patients = _cases(CHO_VAM, programme="F0_F1", status=CaseStatus.DRAFT)
    for place, case in enumerate(patients[:2]):
        missing = standing_of([case.pk])[case.pk].missing
        for paper in missing[: 2 - place]:
            _add("xa30409", case, paper.code, paper.name)
    listed = Q(status=CaseStatus.APPRAISING) | Q(status=CaseStatus.LISTED)
    with as_citizen():
        rows = Case.objects.filter(listed, area_code=CHO_VAM, programme__in=("LD_TU_DO", "HO_KD"))
        seen = list(rows.filter(papers_missing=0).order_by("-programme", "pk")[:3])
    for case in seen:
        _add(_username(case.entered_by_id), case, "", "Ảnh chụp nơi buôn bán")


def _add(username: str, case: Case, code: str, name: str) -> None:
    lines = [f"Họ và tên: {case.applicant_name}", f"Sinh năm: {case.birth_year}", f"Nơi ở: {case.hamlet}"]
    sheet = draw_sheet("Giấy tờ kèm hồ sơ", [*lines, f"Hồ sơ {case.reference}"])
    content, ending = (
        (scanned(sheet, sheet), "pdf") if "paper" not in code and code else (photographed(sheet), "jpg")
    )
    with acting(username) as actor:
        add_files(case, code=code, files=[Sent(f"IMG_{case.pk}.{ending}", content)], label=name, actor=actor)


# --- this morning ------------------------------------------------------------------------------------------------------


def _tell_the_morning() -> None:
    """Today's digest of those who sign in most; the others get theirs from the morning's job."""
    today = clock.today()
    for user in User.objects.filter(username__in=_WITH_DIGEST).order_by("pk"):
        with acting(user.username) as actor:
            lines = digest_lines(actor, today)
            if lines:
                Digest.objects.get_or_create(user=actor, on=today, defaults={"lines": lines})


def _username(pk: int) -> str:
    return User.objects.get(pk=pk).username


def _id(username: str) -> int:
    return User.objects.get(username=username).pk
