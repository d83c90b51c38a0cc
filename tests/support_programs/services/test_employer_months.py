"""Figures by month of claims that another agency decides: recorded, corrected with a reason, never twice."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from core.models import Event
from core.transitions import StaleRecord, TransitionRefused
from support_programs.models import Case, EmployerMonth
from support_programs.services.appraisal import record_decision_elsewhere, withdraw_case
from support_programs.services.claims import ClaimRefused
from support_programs.services.employer_months import correct_month, record_month
from tests.factories import cases as make
from tests.factories import claims
from tests.factories.people import DISTRICT

pytestmark = pytest.mark.django_db
AUGUST = dt.date(2021, 8, 17)


@pytest.fixture
def who() -> make.Staff:
    return make.staff()


@pytest.fixture
def paused() -> Case:
    """A contribution pause of an employer, as the department tracks it."""
    return claims.claim("HTTT", claims.reviewer())


def test_a_month_is_kept_with_people_and_money(who: make.Staff, paused: Case) -> None:
    row = record_month(
        paused, month=AUGUST, workers=120, amount=96_000_000, note="Theo BHXH", actor=who.reviewer
    )
    assert (row.month, row.is_current, row.recorded_by_name) == (
        dt.date(2021, 8, 1),
        True,
        who.reviewer.full_name,
    )
    event = Event.objects.get(action="case.month_recorded")
    assert (event.object_ref, event.change) == (
        paused.reference,
        {"month": "08/2021", "workers": 120, "amount": 96_000_000},
    )


def test_a_correction_keeps_the_old_figures(who: make.Staff, paused: Case) -> None:
    row = record_month(paused, month=AUGUST, workers=120, amount=96_000_000, actor=who.reviewer)
    fresh = correct_month(row, workers=118, amount=94_000_000, reason="BHXH sửa", actor=who.reviewer)
    row.refresh_from_db()
    assert (row.is_current, row.workers, fresh.replaces, fresh.reason) == (False, 120, row, "BHXH sửa")
    with pytest.raises(StaleRecord):
        correct_month(row, workers=1, amount=1, reason="Lần nữa", actor=who.reviewer)
    with pytest.raises(ClaimRefused, match="lý do"):
        correct_month(fresh, workers=1, amount=1, reason=" ", actor=who.reviewer)
    assert EmployerMonth.objects.filter(case=paused).count() == 2


@pytest.mark.parametrize(
    ("month", "workers", "amount", "field"),
    [
        (dt.date(2021, 10, 1), 1, 1, "month"),
        (dt.date(2020, 12, 31), 1, 1, "month"),
        (AUGUST, -1, 1, "workers"),
        (AUGUST, 1, -1, "amount"),
        (AUGUST, 10**7, 1, "workers"),
    ],
)
def test_figures_that_cant_be_are_refused(
    who: make.Staff, paused: Case, month: dt.date, workers: int, amount: int, field: str
) -> None:
    with pytest.raises(ClaimRefused) as refusal:
        record_month(paused, month=month, workers=workers, amount=amount, actor=who.reviewer)
    assert list(refusal.value.errors) == [field]
    assert not EmployerMonth.objects.exists()


def test_a_month_is_recorded_once(who: make.Staff, paused: Case) -> None:
    row = record_month(paused, month=AUGUST, workers=1, amount=1, actor=who.reviewer)
    with pytest.raises(ClaimRefused, match="Tháng 08/2021 đã có số liệu"):
        record_month(paused, month=AUGUST, workers=2, amount=2, actor=who.reviewer)
    with pytest.raises(IntegrityError, match="one_current_row_per_month"), transaction.atomic():
        EmployerMonth.objects.create(
            area_code=row.area_code,
            case=paused,
            month=row.month,
            workers=1,
            amount=1,
            recorded_by_id=1,
            recorded_by_name="x",
            recorded_on=AUGUST,
        )


def test_other_people_programmes_and_states_record_nothing(who: make.Staff, paused: Case) -> None:
    for actor in (who.approver, who.accountant, who.officer):
        with pytest.raises(PermissionDenied):
            record_month(paused, month=AUGUST, workers=1, amount=1, actor=actor)
    training = claims.claim("DAO_TAO", who.reviewer)
    with pytest.raises(TransitionRefused, match="không theo dõi"):
        record_month(training, month=AUGUST, workers=1, amount=1, actor=who.reviewer)
    decided = record_decision_elsewhere(
        paused, agency="BHXH tỉnh", number="5/BHXH", signed_on=AUGUST, actor=who.reviewer
    )
    assert decided.status == "decided_elsewhere"
    record_month(decided, month=AUGUST, workers=1, amount=1, actor=who.reviewer)
    other = claims.claim("HTTT", who.reviewer, employer=claims.employer(DISTRICT, name="Công ty C"))
    withdraw_case(other, reason="Rút", actor=who.reviewer)
    with pytest.raises(TransitionRefused, match="«Người dân rút hồ sơ»"):
        record_month(other, month=AUGUST, workers=1, amount=1, actor=who.reviewer)
