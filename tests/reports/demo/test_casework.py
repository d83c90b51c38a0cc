"""On the demo's morning every desk has work of each kind, and all of it is what the desks themselves could have made."""

from collections import Counter
from collections.abc import Iterator

import pytest
from django.core.management import call_command
from django.db import connections
from django.test import Client, override_settings
from pytest_django import DjangoDbBlocker

from core import clock
from core.audit import PROVINCE, registered_codes
from core.documents import is_renderer_installed
from core.fence import fenced
from core.models import Event
from core.services.files import read_file
from disbursements.enums import HandoutStatus, MovementKind, RecoveryState
from disbursements.models import (
    BudgetMovement,
    CallbackSample,
    Handout,
    Recovery,
    StockBalance,
    UnclaimedReturn,
)
from disbursements.queries.ledger_check import first_difference
from reports.demo.doors import SENDINGS
from reports.demo.voices import SAID
from support_programs.enums import (
    ApplicationStatus,
    CaseStatus,
    DocumentKind,
    DocumentStatus,
    GrievanceChannel,
    GrievanceKind,
    GrievanceStatus,
    ListStatus,
    PaperForm,
)
from support_programs.models import (
    Case,
    CaseList,
    CasePaper,
    ClaimDraft,
    Digest,
    Grievance,
    OfficialDocument,
    PublicApplication,
    Reminder,
    SavedView,
    SupplementRequest,
)
from support_programs.permissions.desks import on_my_desk
from support_programs.queries.applications import prefill_of, typed_of
from support_programs.queries.missing_papers import standing_of
from support_programs.queries.queues import further_queues, queue_counts, queues_of
from support_programs.queries.register_entries import changed_since_judged
from support_programs.queries.worklist import asked_cases
from support_programs.services.papers.content import checked_content
from tests.infrastructure.databases import Cleaner
from tests.reports.conftest import browser_of, person

pytestmark = pytest.mark.usefixtures("alive")
# what must wait for whom: codes of queues, then labels of the further counters
WORK = {
    "xa30409": (
        {"mine", "unassigned", "overdue", "due_today", "loose"},
        {"Đơn đăng ký trên mạng", "Bản đang nhập", "Khiếu nại, phản ánh"},
    ),
    "xa30406": ({"drafts"}, {"Đơn đăng ký trên mạng", "Khiếu nại, phản ánh"}),
    "xa30415": ({"posted"}, {"Đơn đăng ký trên mạng", "Khiếu nại, phản ánh"}),
    "cv888a": (
        {
            "mine",
            "mine_late",
            "unassigned",
            "to_appraise",
            "overdue",
            "due_today",
            "due_soon",
            "supplement",
            "district_drafts",
            "to_confirm",
            "at_district",
            "to_forward",
            "late",
        },
        {"Khiếu nại, phản ánh"},
    ),
    "cv888b": (
        {"mine", "mine_late", "unassigned", "overdue", "due_today", "supplement"},
        {"Bản đang nhập", "Khiếu nại, phản ánh"},
    ),
    "cv886a": ({"mine", "to_appraise", "at_district"}, {"Khiếu nại, phản ánh", "Đôn đốc chưa xem"}),
    "ld888a": ({"to_approve", "to_forward", "late"}, {"Khiếu nại, phản ánh"}),
    "so-a": (
        {
            "mine",
            "mine_late",
            "unassigned",
            "appraise_department",
            "overdue",
            "supplement_department",
            "loose_department",
            "at_department",
            "to_conclude",
            "late",
        },
        {"Đơn đăng ký trên mạng", "Khiếu nại, phản ánh"},
    ),
    "so-b": ({"unassigned", "appraise_department", "at_department"}, {"Khiếu nại, phản ánh"}),
    "tinh-a": ({"to_decide", "late"}, {"Đợt chi chờ duyệt"}),
    "tinh-b": ({"to_decide", "late"}, {"Đợt chi chờ duyệt"}),
    "kt888a": ({"decided"}, {"Đợt chi chờ kết quả"}),
    "lanhdao": ({"late"}, set()),
}


@pytest.fixture(scope="module")
def alive(
    cleaner: Cleaner, django_db_blocker: DjangoDbBlocker, session_environment: dict[str, str]
) -> Iterator[None]:
    """A small province with the single work of its desks; emptied again after the module."""
    with django_db_blocker.unblock():
        with override_settings(DEMO=True):
            call_command("seed_demo", "--people", "800", "--uploads", "1", verbosity=0)
        yield
        connections.close_all()
        cleaner.clean()


@pytest.mark.parametrize("username", WORK)
def test_every_desk_has_work_of_each_kind(username: str) -> None:
    actor = person(username)
    with fenced(actor.pk, actor.area_code):
        queues = queues_of(actor)
        waiting = {code for code, count in queue_counts(actor, queues).items() if count}
        further = {str(entry.label) for entry in further_queues(actor) if entry.count}
    codes, labels = WORK[username]
    assert codes <= waiting
    assert labels <= further


def _forget_donors() -> None:
    """A benefactor is a source beside those that every database begins with."""
    with connections["owner"].cursor() as cursor:
        cursor.execute("TRUNCATE disbursements_donation, disbursements_store CASCADE")
        cursor.execute("DELETE FROM disbursements_fundingsource WHERE kind = 'donor'")


@pytest.mark.parametrize("username", WORK)
def test_every_home_page_opens(username: str) -> None:
    page = browser_of(username).get("/", follow=True)
    assert page.status_code == 200
    assert person(username).full_name in page.content.decode()


def test_who_works_on_a_case_has_it_on_the_desk_and_as_many_wait_for_somebody() -> None:
    taken = set(Case.objects.filter(assigned_to_id__isnull=False).values_list("assigned_to_id", flat=True))
    assert {person(name).pk for name in ("xa30409", "cv888a", "cv888b", "so-a")} <= taken
    for officer in taken:
        actor = type(person("so-a")).objects.get(pk=officer)
        with fenced(actor.pk, actor.area_code):
            theirs = Case.objects.filter(assigned_to_id=officer)
            desk = set(theirs.filter(on_my_desk(actor)).values_list("pk", flat=True))
            assert desk == set(theirs.values_list("pk", flat=True)), actor.username
    told = Event.objects.filter(action="case.assigned", actor_name=person("ld888a").full_name)
    assert {event.change["officer"] for event in told} == {person("cv888b").full_name}
    assert set(told.values_list("reason", flat=True)) == {"Ưu tiên làm trong hôm nay."}


def test_the_districts_find_nothing_changed_in_the_registers() -> None:
    waiting = Case.objects.filter(status=CaseStatus.APPRAISING, programme="LD_TU_DO")
    ids = list(waiting.filter(area_code__startswith="89888").values_list("pk", flat=True))
    assert ids
    assert changed_since_judged(ids) == []


def test_papers_are_seen_scanned_and_missing_and_every_count_is_right() -> None:
    undecided = Case.objects.exclude(status__in=(CaseStatus.ELIGIBLE, CaseStatus.APPROVED))
    standing = standing_of(list(undecided.values_list("pk", flat=True)))
    assert {pk: row.counted for pk, row in standing.items()} == {
        pk: len(row.missing) for pk, row in standing.items()
    }
    at_district = undecided.filter(case_list__status=ListStatus.AT_DISTRICT)
    assert 0 < at_district.filter(papers_missing__gt=0).count() < at_district.count() / 3
    scans = CasePaper.objects.filter(form=PaperForm.SCAN)
    assert scans.count() >= 4
    kinds = set()
    for paper in scans:
        assert paper.file is not None
        kinds.add(checked_content(read_file(paper.file)).content_type)
    assert kinds == {"image/jpeg", "application/pdf"}


def test_clocks_stand_still_while_the_citizen_is_asked_and_run_on_after_the_answer() -> None:
    waiting = Case.objects.filter(status=CaseStatus.NEEDS_SUPPLEMENT)
    asked = SupplementRequest.objects.filter(answered_on__isnull=True)
    assert set(asked.values_list("case", flat=True)) == set(waiting.values_list("pk", flat=True))
    assert not waiting.filter(due_on__isnull=False).exists()
    answered = SupplementRequest.objects.filter(answered_on=clock.today())
    assert answered.count() == 2
    for request in answered.select_related("case"):
        assert request.case.status == CaseStatus.APPRAISING
        assert request.case.due_on is not None
        assert request.answer.startswith("Số CCCD, CMND: Số đúng")
    kinds = Counter(item["kind"] for request in asked for item in request.items)
    assert set(kinds) >= {"answer", "applicant"}
    assert any(len(request.items) == 2 for request in asked)


def test_citizens_have_raised_something_of_every_kind_in_every_state() -> None:
    found = Grievance.objects.all()
    assert found.count() == len(SAID["said"]) + len(SAID["remark"])
    assert set(found.values_list("status", flat=True)) == set(GrievanceStatus.values)
    assert set(found.values_list("kind", flat=True)) == set(GrievanceKind.values)
    assert set(found.values_list("channel", flat=True)) == set(GrievanceChannel.values)
    late = found.filter(status__in=GrievanceStatus.open(), due_on__lt=clock.today())
    assert {len(area) for area in late.values_list("area_code", flat=True)} == {2, 5, 10}
    denounced = found.filter(kind=GrievanceKind.DENUNCIATION)
    assert set(denounced.values_list("area_code", flat=True)) == {PROVINCE}
    remarks = found.filter(channel=GrievanceChannel.POSTING).select_related("case", "case_list")
    assert all(row.case_list and row.case_list.status == ListStatus.POSTING for row in remarks)
    assert all(row.case is None or row.case.case_list_id == row.case_list_id for row in remarks)
    assert remarks.filter(case__isnull=False).exists()
    refused = found.filter(topic="refused", case__isnull=False).select_related("case")
    assert refused.exists()
    assert {row.case.status for row in refused if row.case} == {CaseStatus.INELIGIBLE}


def test_what_was_registered_on_the_public_page_reads_as_the_service_wrote_it() -> None:
    found = PublicApplication.objects.order_by("pk")
    assert found.count() == len(SENDINGS)
    assert set(found.values_list("status", flat=True)) == set(ApplicationStatus.values)
    for application, sending in zip(found, SENDINGS, strict=True):
        typed = typed_of(application)
        assert typed.applicant["full_name"] == application.applicant_name
        assert (typed.commune, dict(typed.answers)) == (sending.area_code, dict(sending.answers))
    taken = found.filter(status=ApplicationStatus.TAKEN_IN).select_related("case")
    assert {row.case.applicant_name for row in taken if row.case} == {row.applicant_name for row in taken}
    waiting = found.filter(status=ApplicationStatus.NEW, area_code=person("xa30409").area_code).first()
    assert waiting is not None
    actor = person("xa30409")
    with fenced(actor.pk, actor.area_code):
        form = prefill_of(actor, waiting.reference)
    assert form is not None
    assert form.initial["applicant-full_name"] == waiting.applicant_name
    drafts = Counter(ClaimDraft.objects.values_list("user__username", flat=True))
    assert drafts == {"xa30409": 2, "cv888b": 1}


def test_official_papers_are_drafted_and_a_few_issued_that_everybody_can_confirm() -> None:
    drafts = OfficialDocument.objects.filter(status=DocumentStatus.DRAFT)
    assert set(drafts.values_list("kind", flat=True)) >= {
        DocumentKind.SUBMISSION,
        DocumentKind.SUPPLEMENT,
        DocumentKind.DECISION,
        DocumentKind.APPRAISAL,
        DocumentKind.GRIEVANCE_ANSWER,
        DocumentKind.REMINDER,
    }
    if not is_renderer_installed():
        pytest.skip("no Pango: all papers stay drafts")
    issued = OfficialDocument.objects.filter(status=DocumentStatus.ISSUED)
    assert set(issued.values_list("kind", flat=True)) == {
        DocumentKind.POSTING_START,
        DocumentKind.RECEIPT,
        DocumentKind.NOT_ELIGIBLE,
        DocumentKind.REMINDER,
        DocumentKind.PAYOUT_REQUEST,
        DocumentKind.RECONCILIATION,
    }
    for document in issued:
        assert document.file is not None
        assert read_file(document.file).startswith(b"%PDF")
        assert document.number.startswith("DEMO-")
        page = Client().get(f"/public/documents/{document.token}/").content.decode()
        assert document.number in page
        assert document.sha256 in page


def test_money_is_asked_back_by_instalments_of_which_one_is_late() -> None:
    with_plan = Recovery.objects.get(decision_number__gt="")
    assert (with_plan.state, with_plan.recovered) == (RecoveryState.OPEN, 500_000)
    due = list(with_plan.instalments.order_by("ordinal").values_list("due_on", "amount"))
    assert sum(amount for _day, amount in due) == with_plan.amount
    assert due[1][0] < clock.today() < due[2][0]
    assert Recovery.objects.filter(decision_number="").count() == 1


def test_money_that_nobody_took_went_back_and_paid_people_were_called() -> None:
    # so small a demo may have nobody left whose money could go back by itself
    kinds = set(BudgetMovement.objects.values_list("kind", flat=True))
    assert {MovementKind.UNCLAIMED} <= kinds <= {MovementKind.UNCLAIMED, MovementKind.RETURN}
    back = UnclaimedReturn.objects.get()
    assert back.items.count() == back.people
    sample = CallbackSample.objects.get()
    assert sample.items.count() == min(20, sample.population)
    assert sample.items.exclude(outcome="").count() >= 5


def test_rice_is_half_handed_out_and_no_store_owes_any() -> None:
    handout = Handout.objects.get()
    assert (handout.status, handout.line_count) == (HandoutStatus.HANDING, 12)
    assert Counter(handout.lines.values_list("status", flat=True)) == {
        "received": 7,
        "missed": 1,
        "waiting": 4,
    }
    stock = dict(StockBalance.objects.values_list("store__area_code", "on_hand"))
    assert stock == {"89": 18_000, "89888": 4_400, "8988830409": 420}


def test_the_ledger_says_what_the_demos_tables_say() -> None:
    assert first_difference() is None


def test_late_offices_were_urged_and_one_of_them_has_seen_it() -> None:
    department = Reminder.objects.filter(sender_area_code=PROVINCE)
    assert {row.area_code: row.seen_by_name for row in department} == {
        "89888": person("cv888b").full_name,
        "89886": "",
    }
    assert all(row.lists and row.document for row in department)


def test_the_morning_is_told_and_kept_filters_find_something() -> None:
    told = Digest.objects.filter(on=clock.today())
    names = set(told.values_list("user__username", flat=True))
    assert names >= {"xa30409", "cv888a", "ld888a", "so-a", "tinh-a", "lanhdao"}
    assert all(digest.lines for digest in told)
    views = SavedView.objects.filter(page="cases").select_related("user")
    assert set(views.values_list("user__username", flat=True)) == {"cv888a", "xa30409"}
    for view in views:
        with fenced(view.user.pk, view.user.area_code):
            asked_cases(view.user, view.query).rows.count()  # every kept filter is one that the page reads
    late = views.get(name="Của tôi, quá hạn")
    with fenced(late.user.pk, late.user.area_code):
        assert asked_cases(late.user, late.query).rows.exists()


def test_posted_lists_hang_out_on_the_public_pages() -> None:
    case_list = CaseList.objects.filter(status=ListStatus.POSTING, cases__isnull=False).first()
    assert case_list is not None
    page = Client().get(f"/public/lists/{case_list.area_code}/{case_list.reference}/")
    assert page.status_code == 200
    case = case_list.cases.order_by("position").first()
    assert case is not None
    assert case.applicant_name in page.content.decode()


def test_the_log_knows_all_of_it() -> None:
    told = Counter(Event.objects.values_list("action", flat=True))
    assert set(told) <= registered_codes()
    assert told["grievance.filed"] == Grievance.objects.count()
    assert told["application.sent"] == PublicApplication.objects.count()
    assert told["reminder.sent"] == Reminder.objects.count()
    assert told["document.drafted"] == OfficialDocument.objects.count()
    assert told["case.supplement"] == 2
    assert told["case.ask_supplement"] == SupplementRequest.objects.count()
