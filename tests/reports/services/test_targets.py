"""Targets: a plan by its paper, figures typed by one person and approved by another, corrections as new rows."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, IntegrityError, connection, transaction

from accounts.enums import Role
from core.models import Event
from core.transitions import TransitionRefused
from reports.enums.targets import TargetStatus
from reports.models import TargetEntry, TargetIndicator, TargetPlan, TargetText
from reports.services.targets_entry import (
    EvidenceFile,
    FigureCell,
    PeriodOf,
    correct_figure,
    save_figures,
    submit_figures,
    take_back_figures,
)
from reports.services.targets_indicators import IndicatorWords, change_indicator, load_indicators
from reports.services.targets_plan import PlanPaper, save_target_plan
from reports.services.targets_review import approve_figures, send_back_figures
from reports.services.targets_texts import write_texts
from tests.factories import targets as make
from tests.factories.people import DISTRICT, OUTSIDE_DISTRICT, PROVINCE, user
from tests.factories.targets import AUGUST, JOBS

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _on_a_day(settings: Any) -> None:
    settings.BUSINESS_DATE = dt.date(2021, 9, 27)


def only(row: TargetEntry) -> Any:
    return TargetEntry.objects.filter(pk=row.pk)


def test_a_figure_is_typed_by_one_person_and_counts_when_another_approves_it() -> None:
    officer, head = make.officer(), make.head()
    (row,) = save_figures(
        actor=officer,
        period=AUGUST,
        cells={JOBS: FigureCell(Decimal(120), "Theo báo cáo của các xã")},
        evidence=EvidenceFile(b"%PDF-1.4", "bao-cao.pdf"),
    )
    assert (row.status, row.area_code, row.value) == (TargetStatus.DRAFT, DISTRICT, 120)
    assert row.evidence is not None
    assert submit_figures(actor=officer, period=AUGUST).done == 1
    assert approve_figures(actor=head, rows=only(row)).done == 1
    row.refresh_from_db()
    assert (row.status, row.approved_by_id, row.approved_on) == ("approved", head.pk, dt.date(2021, 9, 27))
    told = Event.objects.filter(object_type="reports.targetentry", object_id=row.pk).order_by("id")
    assert [event.action for event in told] == [
        "target_entry.entered",
        "target_entry.submit",
        "target_entry.approve",
    ]
    assert told[0].change["value"] == "120 lao động"


def test_who_typed_or_submitted_a_figure_never_approves_it() -> None:
    both = user(Role.DISTRICT_OFFICER, Role.DISTRICT_HEAD, area=DISTRICT)
    row = make.submitted(both, 5)
    result = approve_figures(actor=both, rows=only(row))
    assert result.done == 0
    assert "không được duyệt" in result.refused[0].reason
    row.refresh_from_db()
    assert row.status == TargetStatus.SUBMITTED
    # nor through the database
    with pytest.raises(IntegrityError, match="target_approver_did_not_type_it"), transaction.atomic():
        only(row).update(status="approved", approved_by_id=both.pk, approved_on=dt.date(2021, 9, 27))


def test_other_units_and_other_roles_are_kept_out() -> None:
    row = make.submitted(make.officer(), 5)
    for stranger in (make.head(OUTSIDE_DISTRICT), user(Role.PROVINCIAL_APPROVER)):
        assert approve_figures(actor=stranger, rows=only(row)).done == 0
    for person in (user(Role.LEADER), user(Role.ACCOUNTANT), make.officer()):
        with pytest.raises(PermissionDenied):
            approve_figures(actor=person, rows=only(row))
    with pytest.raises(PermissionDenied):
        save_figures(actor=make.head(), period=AUGUST, cells={JOBS: FigureCell(Decimal(1))})
    row.refresh_from_db()
    assert row.status == TargetStatus.SUBMITTED


def test_the_province_reports_its_own_rates_and_its_approver_approves_them() -> None:
    half, rate = PeriodOf("half", 2021, 1), "trained_labour_rate"
    row = make.submitted(user(Role.PROVINCIAL_REVIEWER), 68, half, rate)
    assert row.area_code == PROVINCE
    assert approve_figures(actor=make.head(), rows=only(row)).done == 0
    assert approve_figures(actor=user(Role.PROVINCIAL_APPROVER), rows=only(row)).done == 1


def test_a_figure_goes_back_with_a_reason_and_comes_again() -> None:
    officer, head = make.officer(), make.head()
    row = make.submitted(officer, 5)
    with pytest.raises(TransitionRefused, match="lý do"):
        send_back_figures(actor=head, rows=only(row), reason=" ")
    assert send_back_figures(actor=head, rows=only(row), reason="Thiếu thị trấn").done == 1
    save_figures(actor=officer, period=AUGUST, cells={JOBS: FigureCell(Decimal(7))})
    submit_figures(actor=officer, period=AUGUST)
    approve_figures(actor=head, rows=only(row))
    row.refresh_from_db()
    assert (row.status, row.value, row.version > 3) == ("approved", 7, True)
    changed = Event.objects.get(action="target_entry.changed", object_id=row.pk)
    assert changed.change["before"] == "5"


def test_what_was_submitted_is_changed_only_after_taking_it_back() -> None:
    officer = make.officer()
    row = make.submitted(officer, 5)
    with pytest.raises(TransitionRefused, match="Chờ duyệt"):
        save_figures(actor=officer, period=AUGUST, cells={JOBS: FigureCell(Decimal(6))})
    with pytest.raises(DatabaseError, match="submitted stays"), transaction.atomic():
        only(row).update(value=6)
    assert take_back_figures(actor=officer, rows=only(row)).done == 1
    save_figures(actor=officer, period=AUGUST, cells={JOBS: FigureCell(Decimal(6))})
    row.refresh_from_db()
    assert (row.status, row.value, row.submitted_by_id) == ("draft", 6, None)


def test_a_correction_is_a_new_row_and_replaces_the_old_one_when_approved() -> None:
    officer, head = make.officer(), make.head()
    old = make.approved(officer, 100)
    with pytest.raises(TransitionRefused, match="đính chính"):
        save_figures(actor=officer, period=AUGUST, cells={JOBS: FigureCell(Decimal(90))})
    for reason, value in (("", 90), ("Đếm trùng", 100)):
        with pytest.raises(TransitionRefused):
            correct_figure(actor=officer, entry=old, cell=FigureCell(Decimal(value)), reason=reason)
    new = correct_figure(actor=officer, entry=old, cell=FigureCell(Decimal(90)), reason="Đếm trùng 10 người")
    with pytest.raises(TransitionRefused, match="đang có một bản đính chính"):
        correct_figure(actor=officer, entry=old, cell=FigureCell(Decimal(80)), reason="Lần nữa")
    submit_figures(actor=officer, period=AUGUST)
    old.refresh_from_db()
    assert old.status == TargetStatus.APPROVED, "until the correction is approved the old figure counts"
    assert approve_figures(actor=head, rows=only(new)).done == 1
    old.refresh_from_db()
    new.refresh_from_db()
    assert (old.status, old.value) == (TargetStatus.REPLACED, 100)
    assert (new.status, new.value, new.corrects_id) == (TargetStatus.APPROVED, 90, old.pk)


def test_a_correction_that_may_not_be_approved_leaves_the_old_figure() -> None:
    both = user(Role.DISTRICT_OFFICER, Role.DISTRICT_HEAD, area=DISTRICT)
    old = make.approved(make.officer(), 100)
    new = correct_figure(actor=both, entry=old, cell=FigureCell(Decimal(90)), reason="Đếm trùng")
    submit_figures(actor=both, period=AUGUST)
    assert approve_figures(actor=both, rows=only(new)).done == 0
    old.refresh_from_db()
    assert old.status == TargetStatus.APPROVED


def test_what_the_system_computes_is_never_typed() -> None:
    one = TargetIndicator.objects.get(code="free_workers_paid")
    with pytest.raises(TransitionRefused, match="Hệ thống tính"):
        save_figures(actor=make.officer(), period=AUGUST, cells={one.code: FigureCell(Decimal(1))})
    with pytest.raises(DatabaseError, match="fits no indicator"), transaction.atomic():
        TargetEntry.objects.create(
            reference="CT-2021-00000000",
            area_code=DISTRICT,
            status="draft",
            indicator=one,
            year=2021,
            period=8,
            value=1,
            entered_by_id=1,
        )
    assert not TargetEntry.objects.exists()


@pytest.mark.parametrize(
    ("period", "code", "note", "sentence"),
    [
        (PeriodOf("month", 2021, 10), JOBS, "", "chưa bắt đầu"),
        (AUGUST, "labour_disputes", "", "không báo cáo"),
        (PeriodOf("quarter", 2021, 2), "vocational_enrolment", "", "không báo cáo"),
        (AUGUST, "khong_co", "", "Không có chỉ tiêu"),
        (AUGUST, JOBS, "CCCD 089203004567", "Đừng ghi số"),
    ],
)
def test_figures_that_cannot_be_are_refused(period: PeriodOf, code: str, note: str, sentence: str) -> None:
    with pytest.raises(TransitionRefused, match=sentence):
        save_figures(actor=make.officer(), period=period, cells={code: FigureCell(Decimal(1), note)})
    assert not TargetEntry.objects.exists()


def test_nothing_to_submit_is_said_so() -> None:
    with pytest.raises(TransitionRefused, match="Chưa có số liệu"):
        submit_figures(actor=make.officer(), period=AUGUST)


def test_a_plan_is_kept_row_by_row_with_its_paper() -> None:
    planner = user(Role.PROVINCIAL_REVIEWER)
    cells = {(JOBS, PROVINCE): Decimal(25_000), (JOBS, DISTRICT): Decimal(2_000)}
    assert save_target_plan(actor=planner, year=2021, cells=cells, paper=make.PAPER) == 2
    assert save_target_plan(actor=planner, year=2021, cells=cells, paper=make.PAPER) == 0, "nothing differs"
    later = PlanPaper("45/KH-SLĐTBXH", dt.date(2021, 9, 1))
    assert save_target_plan(actor=planner, year=2021, cells={(JOBS, DISTRICT): None}, paper=later) == 1
    rows = TargetPlan.objects.filter(area_code=DISTRICT).order_by("pk")
    assert [(row.value, row.paper_number) for row in rows] == [
        (Decimal(2_000), "30/NQ-HĐND"),
        (None, "45/KH-SLĐTBXH"),
    ]
    assert rows[1].replaces_id == rows[0].pk
    with pytest.raises(DatabaseError, match="newer plan is a new row"), transaction.atomic():
        rows.update(value=1)


@pytest.mark.parametrize(
    ("role", "cells", "paper", "error"),
    [
        (Role.DISTRICT_OFFICER, {(JOBS, DISTRICT): Decimal(1)}, make.PAPER, PermissionDenied),
        (Role.LEADER, {(JOBS, DISTRICT): Decimal(1)}, make.PAPER, PermissionDenied),
        (
            Role.PROVINCIAL_REVIEWER,
            {("vocational_enrolment", DISTRICT): Decimal(1)},
            make.PAPER,
            TransitionRefused,
        ),
        (
            Role.PROVINCIAL_REVIEWER,
            {(JOBS, DISTRICT): Decimal(1)},
            PlanPaper("1", dt.date(2021, 10, 1)),
            TransitionRefused,
        ),
        (
            Role.PROVINCIAL_REVIEWER,
            {(JOBS, DISTRICT): Decimal(1)},
            PlanPaper(" ", dt.date(2021, 9, 1)),
            TransitionRefused,
        ),
    ],
)
def test_a_plan_is_refused(role: Role, cells: Any, paper: PlanPaper, error: type[Exception]) -> None:
    with pytest.raises(error):
        save_target_plan(actor=user(role), year=2021, cells=cells, paper=paper)
    assert not TargetPlan.objects.exists()


def test_loading_again_changes_nothing_and_keeps_what_the_department_changed() -> None:
    one = TargetIndicator.objects.get(code=JOBS)
    words = IndicatorWords("Việc làm mới", "", "", 5, one.reported_from, is_active=True)
    change_indicator(actor=user(Role.PROVINCIAL_REVIEWER), indicator=one, words=words)
    TargetIndicator.objects.filter(code="work_accidents").update(title="khác")
    count = TargetIndicator.objects.count()
    load_indicators()
    one.refresh_from_db()
    assert (one.title, one.due_days, TargetIndicator.objects.count()) == ("Việc làm mới", 5, count)
    assert TargetIndicator.objects.get(code="work_accidents").title == "Số vụ tai nạn lao động"
    with pytest.raises(PermissionDenied):
        change_indicator(actor=make.officer(), indicator=one, words=words)
    with pytest.raises(DatabaseError, match="stays what it measures"), transaction.atomic():
        TargetIndicator.objects.filter(pk=one.pk).update(unit="người")


def test_words_of_the_half_year_are_kept_part_by_part() -> None:
    writer = user(Role.PROVINCIAL_REVIEWER)
    first = {"general": "Đạt khá.", "results": ""}
    assert write_texts(actor=writer, year=2021, half=2, texts=first) == 1
    assert write_texts(actor=writer, year=2021, half=2, texts={**first, "general": "Đạt."}) == 1
    assert list(TargetText.objects.order_by("pk").values_list("body", flat=True)) == ["Đạt khá.", "Đạt."]
    with pytest.raises(PermissionDenied):
        write_texts(actor=make.officer(), year=2021, half=2, texts=first)
    with pytest.raises(TransitionRefused, match="Đừng ghi số"):
        write_texts(actor=writer, year=2021, half=2, texts={"general": "Số 089203004567"})


def test_the_application_deletes_nothing() -> None:
    row = make.submitted(make.officer(), 5)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM reports_targetentry WHERE id = %s", [row.pk])
