"""Judging: met, not met, unknown, review; what is unknown never refuses."""

import datetime as dt
import time
from typing import Any

import pytest

from support_programs.rules.definition import Definition
from support_programs.rules.facts import Fact
from support_programs.rules.judging import calculate, judge
from support_programs.rules.occupations import group_of
from support_programs.services.catalogue import CATALOGUE, read_catalogue_file

ON = dt.date(2021, 9, 27)


@pytest.fixture(scope="module")
def rules() -> Definition:
    return read_catalogue_file(CATALOGUE / "LD_TU_DO" / "v1.toml")[0]


def facts(**changes: Any) -> dict[str, Fact]:
    known: dict[str, Any] = {
        "received_on": ON,
        "birth_date": dt.date(1978, 3, 4),
        "occupation": "Bán vé số dạo",
        "occupation_group": "ban_ve_so_luu_dong",
        "stream": "VE_SO",
        "is_urban": False,
        "has_labour_contract": False,
        "residence": "permanent",
        "claims_elsewhere": False,
        "lost_income_on": dt.date(2021, 7, 9),
        "monthly_income": 0,
        "other_regimes": [],
        "other_programmes": [],
        "paid_days": [],
        "received_before": "",
    }
    known.update(changes)
    return {key: Fact(value) for key, value in known.items() if value is not None}


def outcome(rules: Definition, code: str, **changes: Any) -> tuple[str, str]:
    judgement = judge(rules, facts(**changes), ON)
    return judgement.result, dict(judgement.findings)[code].outcome.value


def test_all_known_and_right_is_eligible(rules: Definition) -> None:
    judgement = judge(rules, facts(), ON)
    assert (judgement.result, judgement.letters) == ("eligible", "mmmmmmmmmm")


@pytest.mark.parametrize(
    ("code", "changes"),
    [
        ("no_contract", {"has_labour_contract": None}),
        ("age", {"birth_date": None}),
        ("occupation", {"occupation_group": None}),
        ("residence", {"residence": None}),
        ("single_claim", {"claims_elsewhere": None}),
        ("lost_income", {"lost_income_on": None}),
        ("income", {"monthly_income": None}),
        ("income", {"is_urban": None}),
        ("cash_once", {"other_regimes": None}),
    ],
)
def test_what_is_unknown_leaves_it_undetermined(
    rules: Definition, code: str, changes: dict[str, Any]
) -> None:
    assert outcome(rules, code, **changes) == ("undetermined", "unknown")


@pytest.mark.parametrize(
    ("code", "changes"),
    [
        ("no_contract", {"has_labour_contract": True}),
        ("occupation", {"occupation_group": "lai_taxi"}),
        ("residence", {"residence": "elsewhere"}),
        ("single_claim", {"claims_elsewhere": True}),
        ("lost_income", {"lost_income_on": dt.date(2021, 4, 30)}),
        ("lost_income", {"lost_income_on": dt.date(2022, 1, 1)}),
        ("income", {"monthly_income": 1_500_000}),
        ("cash_once", {"other_regimes": ["TAM_HOAN"]}),
    ],
)
def test_what_is_not_met_refuses_even_beside_unknown_facts(
    rules: Definition, code: str, changes: dict[str, Any]
) -> None:
    assert outcome(rules, code, **changes) == ("not_eligible", "not_met")
    assert outcome(rules, code, **changes, birth_date=None)[0] == "not_eligible"


def test_boundaries_of_window_and_income(rules: Definition) -> None:
    for day in (dt.date(2021, 5, 1), dt.date(2021, 12, 31)):
        assert outcome(rules, "lost_income", lost_income_on=day) == ("eligible", "met")
    assert outcome(rules, "income", monthly_income=1_499_999)[1] == "met"
    assert outcome(rules, "income", monthly_income=1_999_999, is_urban=True)[1] == "met"
    assert outcome(rules, "income", monthly_income=2_000_000, is_urban=True)[1] == "not_met"


@pytest.mark.parametrize(
    ("birth", "expected"),
    [
        ({"birth_date": dt.date(2006, 9, 27)}, "met"),
        ({"birth_date": dt.date(2006, 9, 28)}, "review"),
        ({"birth_date": None, "birth_year": 2005}, "met"),
        ({"birth_date": None, "birth_year": 2006}, "unknown"),
        ({"birth_date": None, "birth_year": 2007}, "review"),
    ],
)
def test_too_young_is_for_a_person_to_see_and_a_lone_year_may_leave_it_open(
    rules: Definition, birth: dict[str, Any], expected: str
) -> None:
    result, found = outcome(rules, "age", **birth)
    assert found == expected
    assert result == ("undetermined" if expected == "unknown" else "eligible")


def test_a_lottery_seller_in_the_other_stream_is_to_be_looked_at(rules: Definition) -> None:
    assert outcome(rules, "occupation", stream="KHAC") == ("eligible", "review")


def test_the_communes_confirmation_fills_what_the_list_lacks_and_says_who(rules: Definition) -> None:
    known = facts(has_labour_contract=None)
    known["confirmed.no_contract"] = Fact(True, "commune", "Lê Thị Hoa", dt.date(2021, 9, 24))
    judgement = judge(rules, known, ON)
    assert judgement.result == "eligible"
    assert dict(judgement.findings)["no_contract"].sentence == (
        "Không có giao kết hợp đồng lao động; UBND cấp xã xác nhận (Lê Thị Hoa) ngày 24/09/2021."
    )
    known["confirmed.no_contract"] = Fact(False, "commune", "Lê Thị Hoa", dt.date(2021, 9, 24))
    assert judge(rules, known, ON).result == "not_eligible"


def test_a_confirmation_does_not_overrule_what_is_known(rules: Definition) -> None:
    known = facts(has_labour_contract=True)
    known["confirmed.no_contract"] = Fact(True, "commune")
    assert judge(rules, known, ON).result == "not_eligible"


@pytest.mark.parametrize(
    ("written", "group"),
    [
        ("BÁN VÉ SỐ", "ban_ve_so_luu_dong"),
        ("ban ve so dao", "ban_ve_so_luu_dong"),
        ("Bán  vé số, phụ hồ", "ban_ve_so_luu_dong"),
        ("Chạy xe ôm", "lai_xe_mo_to_xe_loi_cho_khach"),
        ("thu mua phế liệu", "thu_gom_rac_phe_lieu"),
        ("Buôn bán nhỏ", "ban_hang_rong_buon_ban_nho_le"),
        ("Làm thuê", ""),
        ("Giúp việc nhà", ""),
        ("", ""),
    ],
)
def test_occupations_are_found_without_marks_and_never_guessed(
    rules: Definition, written: str, group: str
) -> None:
    assert group_of(written, rules.occupation_groups) == group


def test_amount_of_the_list_of_4727_people(rules: Definition) -> None:
    calculation = calculate(rules, facts(), ON)
    assert calculation.total * 4_727 == 7_090_500_000
    assert (
        sum(amount for _label, _article, amount in calculation.lines) == calculation.total <= calculation.cap
    )


def test_20000_cases_are_judged_in_under_two_seconds(rules: Definition) -> None:
    known = facts()
    start = time.process_time()
    for _case in range(20_000):
        judge(rules, known, ON)
    assert time.process_time() - start < 2
