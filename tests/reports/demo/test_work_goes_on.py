"""What lies at the desks of the demo can be carried on by the people who sit there, and by nobody who acted before."""

import pytest
from django.core.exceptions import PermissionDenied

from core import clock
from core.fence import fenced
from core.transitions import TransitionRefused
from disbursements.enums import BatchStatus, InstructionStatus
from disbursements.models import Batch, PaymentInstruction
from disbursements.services.batches import approve_batch, release_batch
from support_programs.enums import CaseStatus, ListStatus
from support_programs.models import Case, CaseList
from support_programs.services import approval, posting
from support_programs.services.appraisal import verify_cases
from support_programs.services.supplements import ask_supplement
from tests.reports.conftest import person

pytestmark = pytest.mark.usefixtures("province")


def test_a_prepared_batch_is_approved_by_the_other_approver_and_paid_out() -> None:
    batch = Batch.objects.filter(status=BatchStatus.PREPARED).first()
    assert batch is not None
    decider = batch.instructions.values_list("money_approved_by_id", flat=True).first()
    approvers = [person("tinh-a"), person("tinh-b")]
    same = next(user for user in approvers if user.pk == decider)
    other = next(user for user in approvers if user.pk != decider)
    with fenced(same.pk, same.area_code), pytest.raises((TransitionRefused, PermissionDenied)):
        approve_batch(actor=same, batch=batch)
    with fenced(other.pk, other.area_code):
        approve_batch(actor=other, batch=batch)
    maker = person("kt-tinh-a")
    with fenced(maker.pk, maker.area_code):
        release_batch(actor=maker, batch=batch)
    lines = PaymentInstruction.objects.filter(batch=batch)
    assert set(lines.values_list("status", flat=True)) == {InstructionStatus.SENT}


def test_the_district_verifies_and_approves_what_waits_there() -> None:
    at_district = CaseList.objects.filter(status=ListStatus.AT_DISTRICT, area_code__startswith="89888")
    waiting = at_district.filter(cases__papers_missing__gt=0).first()
    assert waiting is not None
    officer, head = person("cv888a"), person("ld888b")
    with fenced(officer.pk, officer.area_code):
        report = verify_cases(Case.objects.filter(case_list=waiting), actor=officer)
    # a row without its papers is left, and goes back to be completed
    left = list(waiting.cases.exclude(status=CaseStatus.ELIGIBLE))
    assert left
    assert all(case.papers_missing for case in left)
    reasons = {row.pk: row.reason for row in report.needs_eyes}
    assert all("Bản sao CCCD hoặc CMND" in reasons[case.pk] for case in left)
    with fenced(officer.pk, officer.area_code):
        for case in left:
            ask_supplement(case, marked={("paper", "identity_paper"): "Thiếu."}, reason="", actor=officer)
    with fenced(head.pk, head.area_code):
        approval.approve_list(waiting, number="01/QĐ-UBND", date=clock.today(), actor=head)
    waiting.refresh_from_db()
    assert waiting.status == ListStatus.DISTRICT_APPROVED


def test_the_commune_submits_what_was_posted_and_confirmed() -> None:
    posted = (
        CaseList.objects.filter(status=ListStatus.POSTED, confirmations__isnull=False)
        .filter(area_code__startswith="8988")
        .first()
    )
    assert posted is not None
    officer = person(f"xa{posted.area_code[5:]}")
    with fenced(officer.pk, officer.area_code):
        posting.submit_list(posted, letter_number="02/TTr-UBND", letter_date=clock.today(), actor=officer)
    posted.refresh_from_db()
    assert posted.status == ListStatus.AT_DISTRICT


def test_the_province_decides_on_what_was_appraised() -> None:
    appraised = CaseList.objects.filter(status=ListStatus.MONEY_APPRAISED).first()
    assert appraised is not None
    approver = person("tinh-a")
    with fenced(approver.pk, approver.area_code):
        paper = approval.DecisionPaper(number="999/QĐ-UBND", signed_on=clock.today())
        approval.approve_money([appraised], paper=paper, actor=approver)
    appraised.refresh_from_db()
    assert appraised.status == ListStatus.MONEY_APPROVED
    assert set(appraised.cases.values_list("status", flat=True)) == {CaseStatus.APPROVED}
