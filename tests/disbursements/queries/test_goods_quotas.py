"""The quotas of the letter: their sum is that of the letter, and rounds are counted against them."""

import pytest

from disbursements.queries.goods_quotas import over_quota, quota_rows, quotas
from disbursements.services.goods_results import record_all_received_except
from tests.factories.goods import prepared_handout, rice_list, started_handout, store
from tests.factories.people import COMMUNE, DISTRICT, PROVINCE

pytestmark = pytest.mark.django_db


def test_the_figures_are_those_of_the_letter() -> None:
    assert sum(quota.kg for quota in quotas()) == 3_362_280
    assert sum(quota.people for quota in quotas()) == 224_152
    assert all(quota.kg == 15 * quota.people for quota in quotas())
    assert len(quota_rows(PROVINCE)) == 11
    assert quota_rows(COMMUNE) == []


def test_rounds_are_counted_against_the_quota() -> None:
    first = rice_list(2)
    handout = started_handout(first)
    record_all_received_except(actor=first.staff.accountant, handout=handout, exceptions={})
    prepared_handout(rice_list(3, staff=first.staff), store(first.staff, kg=45))
    (row,) = quota_rows(DISTRICT)
    assert (row.handed, row.planned, row.left) == (30, 45, 318_165 - 75)
    assert over_quota("GAO_HO_TRO", DISTRICT, row.left) == 0
    assert over_quota("GAO_HO_TRO", COMMUNE, row.left + 15) == 15
    assert over_quota("LD_TU_DO", DISTRICT, 10**9) == 0
