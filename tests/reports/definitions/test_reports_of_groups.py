"""Employers and their workers, loans, patients and duplicates: a few records made by hand, and the figures they must give."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.enums import Role
from accounts.models import User
from beneficiaries.models import Person
from beneficiaries.services.duplicates.answering import answer_pair
from beneficiaries.services.joining import join_people
from core import clock
from disbursements.models import LedgerPosting, Recovery
from disbursements.services.recoveries import MoneyPaper, record_receipt
from disbursements.services.results import record_all_paid_except
from reports.definitions import DEFINITIONS
from reports.definitions.base import Body, Params
from reports.services.plans import PlanCell, save_plan
from support_programs.models import Case
from support_programs.services.appraisal import record_decision_elsewhere, withdraw_case
from support_programs.services.employer_months import correct_month, record_month
from tests.factories import chains, claims
from tests.factories import payments as make
from tests.factories.department import employer_list
from tests.factories.pairs import pair
from tests.factories.people import COMMUNE, DISTRICT, OTHER_COMMUNE, user
from tests.reports.definitions.reading import body_of, line_of, params_for, rows_of, total_of

pytestmark = pytest.mark.django_db
LOAN = {
    "loan_kind": "recovery_after_stop",
    "event_start": "01/07/2021",
    "workers": 85,
    "months": 3,
    "wage_region": "IV",
    "has_recovery_plan": True,
}
MOST = 85 * 3 * 3_070_000


@pytest.fixture
def leader(db: None) -> User:
    return user(Role.LEADER)


def today(reader: User, area: str = "") -> Params:
    return params_for(reader, area, first=dt.date(2021, 8, 1), last=clock.today())


def loan(**answers: object) -> Case:
    return claims.claim("VAY_VON", claims.reviewer(), answers={**LOAN, **answers})


def test_loans_by_kind_and_district(leader: User) -> None:
    reviewer = claims.reviewer()
    lent, waiting = loan(), loan(workers=10)
    withdraw_case(loan(), reason="Đơn vị rút", actor=reviewer)
    signed = clock.today()
    lent = record_decision_elsewhere(lent, agency="NHCSXH", number="9/NHCS", signed_on=signed, actor=reviewer)
    row = record_month(lent, month=dt.date(2021, 7, 1), workers=80, amount=200_000_000, actor=reviewer)
    record_month(lent, month=dt.date(2021, 8, 1), workers=85, amount=230_000_000, actor=reviewer)
    correct_month(row, workers=82, amount=210_000_000, reason="Ngân hàng sửa", actor=reviewer)
    body = body_of("nq68_loans", leader, today(leader))
    assert lent.employer is not None
    name = lent.employer.area_code[:5]
    (unit,) = [unit.name for unit in today(leader).area.units if unit.area_code == name]
    line = line_of(body, unit, "Vay trả lương khi phục hồi sau tạm dừng hoạt động")
    assert (line["received_employers"], line["received_workers"]) == (2, 95)
    assert line["received_amount"] == MOST + waiting.amount_proposed
    assert (line["approved_employers"], line["approved_workers"]) == (1, 85)
    assert (line["paid_employers"], line["paid_workers"], line["paid_amount"]) == (1, 167, 440_000_000)
    assert [total_of(body, key) for key in ("received_employers", "paid_amount")] == [2, 440_000_000]
    assert body.sections[0].label == "Vay trả lương ngừng việc"
    assert len(body.sections) == 3
    before = params_for(leader, first=dt.date(2021, 7, 1), last=signed - dt.timedelta(days=1))
    assert total_of(body_of("nq68_loans", leader, before), "received_employers") == 0
    outsider = user(Role.DISTRICT_HEAD)
    assert total_of(body_of("nq68_loans", outsider, today(outsider)), "received_employers") == 0


def test_the_department_s_own_claims_stand_under_the_districts(leader: User) -> None:
    record_decision_elsewhere(loan(), agency="NHCSXH", signed_on=clock.today(), actor=claims.reviewer())
    body = body_of("nq68_result", leader, today(leader))
    (section,) = body.sections
    (line,) = section.lines
    assert (section.label, line["label"]) == ("Vay vốn trả lương", "Hồ sơ do Sở LĐ-TBXH tiếp nhận")
    assert line["proposed_people_period"] == 1
    policies = body_of("nq68_policies", leader, today(leader))
    of_loans = line_of(policies, "Vay vốn trả lương")
    assert (of_loans["employers"], of_loans["proposed_people_to_date"]) == (1, 1)
    assert of_loans["proposed_amount_to_date"] == MOST
    assert total_of(body_of("daily_progress", leader, today(leader)), "proposed_people_period") == 1


def test_workers_of_an_employer_s_list_and_their_money(leader: User) -> None:
    staff = make.Staff()
    made = employer_list(3, staff=staff)
    programme = made.case_list.programme_id
    wanted = Params(dt.date(2021, 8, 1), clock.today(), today(leader).area, (programme,))
    (row,) = rows_of(body_of("employer_list", leader, wanted))
    assert (row["name"], row["tax_code"]) == ("Công ty May Phú Tân", "1600123456")
    assert (row["claimed"], row["approved"], row["approved_amount"]) == (3, 3, 4_500_000)
    assert (row["paid"], row["paid_amount"]) == (0, 0)
    batch = make.released_batch(made)
    record_all_paid_except(batch=batch, exceptions={}, actor=staff.accountant)
    (row,) = rows_of(body_of("employer_list", leader, wanted))
    ledger = sum(posting.amount for posting in LedgerPosting.objects.filter(account="paid"))
    assert (row["paid"], row["paid_amount"]) == (3, ledger) == (3, 4_500_000)
    summary = body_of("employer_summary", leader, wanted)
    (line,) = summary.sections[0].lines
    assert (line["employers"], line["claimed"], line["paid_amount"]) == (1, 3, 4_500_000)
    outsider = user(Role.DISTRICT_HEAD, area="89889")
    assert rows_of(body_of("employer_list", outsider, wanted)) == []


def test_an_employer_s_own_claim_counts_the_workers_it_named(leader: User) -> None:
    _case_list, _decision = chains.decided("DAO_TAO", chains.desks("DAO_TAO"))
    paused = claims.claim("HTTT", claims.reviewer())
    paused = record_decision_elsewhere(
        paused, agency="BHXH", signed_on=clock.today(), actor=claims.reviewer()
    )
    record_month(paused, month=dt.date(2021, 8, 1), workers=120, amount=96_000_000, actor=claims.reviewer())
    rows = {row["programme"]: row for row in rows_of(body_of("employer_list", leader, today(leader)))}
    training = rows["Đào tạo duy trì việc làm"]
    assert (training["claimed"], training["approved"], training["approved_amount"]) == (10, 10, 20_000_000)
    tracked = rows["Tạm dừng đóng hưu trí, tử tuất"]
    assert (tracked["turns"], tracked["months_amount"], tracked["paid"]) == (120, 96_000_000, 0)
    body = body_of("employer_summary", leader, today(leader))
    assert total_of(body, "employers") == len(rows) == 2
    assert "Bằng chữ" not in str(DEFINITIONS["employer_list"].columns(today(leader)))


def test_patients_are_totals_by_kind(leader: User) -> None:
    at = chains.desks("F0_F1")
    chains.decided("F0_F1", at)
    chains.drafted("F0_F1", at)
    body = body_of("f0_f1_totals", leader, today(leader))
    amount = 10 * 80_000
    treated, isolated = _kinds(body_of("f0_f1_totals", leader, today(leader, DISTRICT)))
    assert (treated["approved_people_period"], treated["approved_amount_to_date"]) == (1, amount)
    assert treated["remaining_amount_to_date"] == amount
    assert isolated["proposed_people_to_date"] == 0
    assert total_of(body, "approved_amount_to_date") == amount
    section = next(part for part in body.sections if part.area_code == DISTRICT)
    assert [line["label"] for line in section.lines] == ["Điều trị (F0)", "Cách ly (F1)"]
    names = set(Case.objects.values_list("applicant_name", flat=True))
    assert names
    assert not any(name in str(body) for name in names)


def _kinds(body: Body) -> tuple[dict[str, object], dict[str, object]]:
    sections = [part for part in body.sections if part.area_code == COMMUNE]
    treated, isolated = sections[0].lines
    return dict(treated), dict(isolated)


@pytest.fixture
def double(leader: User) -> tuple[make.ApprovedList, list[Person]]:
    """Five people of one list, of whom two pairs are one human: one pair is found before and one after the money was paid."""
    made = make.payable_list(5)
    return made, [row.claimant for row in made.entitlements if row.claimant]


def test_duplicates_and_the_money_they_would_have_cost(
    leader: User, double: tuple[make.ApprovedList, list[Person]]
) -> None:
    made, (first, second, third, fourth, fifth) = double
    settler = user(Role.DISTRICT_OFFICER)
    answer_pair(
        candidate=pair(first, second), answer="same", keep=first, reason="Đối chiếu giấy tờ", actor=settler
    )
    answer_pair(candidate=pair(first, fifth), answer="different", keep=None, reason="Hai CCCD", actor=settler)
    body = body_of("duplicates", leader, today(leader, DISTRICT))
    (commune,) = [line for line in body.sections[0].lines if line["held"]]
    assert (commune["held"], commune["held_amount"], commune["saved_amount"]) == (1, 1_500_000, 1_500_000)
    assert (commune["found"], commune["same"], commune["different"]) == (2, 1, 1)
    batch = make.released_batch(made)
    record_all_paid_except(batch=batch, exceptions={}, actor=made.staff.accountant)
    join_people(kept=third, joined=fourth, reason="Một người", actor=settler)
    waiting = pair(third, fifth)
    recovery = Recovery.objects.get()
    record_receipt(
        actor=made.staff.accountant,
        recovery=recovery,
        paper=MoneyPaper("PT-01", clock.today(), 500_000),
    )
    body = body_of("duplicates", leader, today(leader))
    sums = {key: total_of(body, key) for key in ("found", "same", "different", "waiting", "held_amount")}
    assert waiting.state == "open"
    assert sums == {"found": 3, "same": 1, "different": 1, "waiting": 1, "held_amount": 1_500_000}
    assert total_of(body, "repeated") == 1
    assert total_of(body, "repeated_amount") == recovery.amount == 1_500_000
    assert total_of(body, "recovered_amount") == 500_000
    assert total_of(body, "saved_amount") == 2_000_000
    assert DEFINITIONS["duplicates"].in_words({"saved_amount": 2_000_000}) == (
        "Tiền giữ được (bằng chữ): Hai triệu đồng.",
    )


def test_a_pair_of_two_communes_counts_at_the_district(leader: User) -> None:
    here = make.payable_list(1).entitlements[0]
    there = make.payable_list(1, area=OTHER_COMMUNE).entitlements[0]
    assert here.claimant is not None
    assert there.claimant is not None
    pair(here.claimant, there.claimant)
    body = body_of("duplicates", leader, today(leader, DISTRICT))
    above = [line for line in body.sections[0].lines if "cặp thuộc nhiều đơn vị" in str(line["label"])]
    province = body_of("duplicates", leader, today(leader))
    assert total_of(body, "found") == total_of(province, "found") == 1
    assert [line["found"] for line in above] == ([1] if OTHER_COMMUNE[:5] == DISTRICT else [])


def test_the_plan_stands_beside_the_money_of_each_week(leader: User) -> None:
    monday = clock.today() - dt.timedelta(days=clock.today().weekday())
    for week, amount in ((monday, 900_000_000), (monday - dt.timedelta(weeks=1), 600_000_000)):
        save_plan(
            actor=user(Role.PROVINCIAL_REVIEWER),
            cells={DISTRICT: PlanCell(600, amount)},
            programme=make.programme().programme_id,
            week=week,
            document_number="12/KH-SLĐTBXH",
        )
    chart = body_of("weekly_progress", leader, today(leader)).charts[0]
    assert [point.plan for point in chart.points] == [*([None] * 6), 600_000_000, 900_000_000]
    assert "kế hoạch 1.500.000.000 đồng" in chart.summary
    daily = body_of("daily_progress", leader, today(leader)).charts[0]
    assert {point.plan for point in daily.points} == {None}


@pytest.mark.parametrize("code", ["employer_list", "employer_summary", "nq68_loans", "f0_f1_totals"])
def test_as_many_queries_for_many_as_for_one(leader: User, code: str) -> None:
    params = today(leader)
    assert leader.sees_records
    record_decision_elsewhere(loan(), agency="NHCSXH", signed_on=clock.today(), actor=claims.reviewer())
    counts = []
    for _turn in range(2):
        with CaptureQueriesContext(connection) as queries:
            list(body_of(code, leader, params).rows or ())
        counts.append(len(queries))
        record_decision_elsewhere(loan(), agency="NHCSXH", signed_on=clock.today(), actor=claims.reviewer())
    assert counts[0] == counts[1]
