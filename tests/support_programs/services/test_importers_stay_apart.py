"""Who uploaded a list, corrected a row or kept it as it was has entered it too, though somebody else pressed the last button."""

from collections.abc import Callable

import pytest
from django.db import IntegrityError, connection, transaction

from accounts.models import User
from beneficiaries.models import ImportRow, ListImport
from core import clock
from core.transitions import TransitionRefused
from support_programs.models import Case, CaseList
from support_programs.services import appraisal, approval
from tests.factories import cases as make

pytestmark = pytest.mark.django_db


def uploaded(person: User) -> None:
    ListImport.objects.update(created_by_id=person.pk)


def corrected(person: User) -> None:
    ImportRow.objects.update(corrected_by_id=person.pk)


def kept(person: User) -> None:
    ImportRow.objects.update(accepted_by_id=person.pk, accepted_at=clock.now())


Share = Callable[[User], None]
shares = pytest.mark.parametrize("share", [uploaded, corrected, kept])


@pytest.fixture
def who() -> make.Staff:
    return make.staff()


@shares
def test_they_find_nobody_eligible(who: make.Staff, share: Share) -> None:
    case_list = make.list_at_district(who)
    share(who.officer)
    with pytest.raises(TransitionRefused, match="Bạn đã nhập hồ sơ này"):
        appraisal.mark_eligible(Case.objects.get(), actor=who.officer)
    report = appraisal.verify_cases(Case.objects.filter(case_list=case_list), actor=who.officer)
    assert report.done == 0
    assert "Bạn đã nhập hồ sơ này" in report.needs_eyes[0].reason
    with pytest.raises(IntegrityError, match="entered"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE support_programs_case SET status = 'eligible', result = 'eligible', appraised_by_id = %s",
            [who.officer.pk],
        )


@shares
def test_they_approve_no_list(who: make.Staff, share: Share) -> None:
    case_list = make.verified_list(who)
    share(who.head)
    with pytest.raises(TransitionRefused, match="Bạn đã nhập, trình hoặc thẩm định"):
        approval.approve_list(case_list, number="45/QĐ", date=clock.today(), actor=who.head)
    with pytest.raises(IntegrityError, match="entered"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE support_programs_caselist SET status = 'district_approved', list_approved_by_id = %s",
            [who.head.pk],
        )


@shares
def test_they_neither_appraise_nor_approve_its_money(who: make.Staff, share: Share) -> None:
    case_list = make.list_at_department(who)
    share(who.reviewer)
    with pytest.raises(TransitionRefused, match="Bạn đã nhập, trình hoặc thẩm định"):
        approval.appraise_money(
            case_list, finance_number="7/STC", finance_date=clock.today(), actor=who.reviewer
        )
    share(who.commune)
    approval.appraise_money(case_list, finance_number="7/STC", finance_date=clock.today(), actor=who.reviewer)
    share(who.approver)
    with pytest.raises(TransitionRefused, match="Bạn đã nhập, trình hoặc thẩm định"):
        approval.approve_money(
            [CaseList.objects.get()],
            paper=approval.DecisionPaper("2208/QĐ", clock.today()),
            actor=who.approver,
        )
