"""Carers and stop orders: written with their days, not twice, ended with a reason."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied

from accounts.enums import Role
from beneficiaries.models import Care, Employer, StopOrder
from beneficiaries.services.care import CareRefused, end_care, record_care
from beneficiaries.services.employers import register_employer
from beneficiaries.services.stop_orders import StopOrderRefused, end_stop_order, record_stop_order
from core.models import Event
from tests.factories.people import OTHER_COMMUNE, OUTSIDE_COMMUNE, user
from tests.factories.registers import resident

pytestmark = pytest.mark.django_db

CARE = {"relation": "mother", "valid_from": "01/07/2021"}
ORDER = {
    "decision_number": "1234/UBND-VX",
    "decided_on": "09/07/2021",
    "decided_by": "UBND huyện Phú Tân",
    "valid_from": "12/07/2021",
    "place": "Quán ăn tại chợ Phú Mỹ",
}
SEPTEMBER = dt.date(2021, 9, 1)


def test_a_mother_cares_for_her_child_until_she_does_not() -> None:
    officer, child, mother = user(Role.COMMUNE_OFFICER), resident(), resident(area=OUTSIDE_COMMUNE)
    care = record_care(person=child, carer=mother, typed=CARE, actor=officer)
    assert (care.area_code, care.relation, care.valid_from) == (
        child.area_code,
        "mother",
        dt.date(2021, 7, 1),
    )
    assert Event.objects.get(action="care.recorded").change == {
        "carer": mother.reference,
        "relation": "mother",
    }
    with pytest.raises(CareRefused) as caught:
        record_care(person=child, carer=mother, typed=CARE, actor=officer)
    assert list(caught.value.errors) == ["carer"]
    with pytest.raises(CareRefused) as caught:
        end_care(care=care, on=dt.date(2021, 6, 1), reason="", actor=officer)
    assert set(caught.value.errors) == {"reason", "on"}
    ended = end_care(care=care, on=SEPTEMBER, reason="Mẹ đi làm xa", actor=officer)
    assert (ended.valid_to, ended.end_reason) == (SEPTEMBER, "Mẹ đi làm xa")
    # not again on a day when it held, whether it has ended since or has a last day
    with pytest.raises(CareRefused) as caught:
        record_care(person=child, carer=mother, typed={**CARE, "valid_from": "01/09/2021"}, actor=officer)
    assert "trong những ngày đó" in caught.value.errors["carer"][0]
    # and later again
    record_care(person=child, carer=mother, typed={**CARE, "valid_from": "01/10/2021"}, actor=officer)
    assert Care.objects.count() == 2


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"relation": "friend"}, "relation"),
        ({"valid_from": ""}, "valid_from"),
        ({"valid_to": "1/6/2021"}, "valid_to"),
    ],
)
def test_a_carer_has_a_relation_and_days(typed: dict[str, str], field: str) -> None:
    with pytest.raises(CareRefused) as caught:
        record_care(
            person=resident(), carer=resident(), typed={**CARE, **typed}, actor=user(Role.COMMUNE_OFFICER)
        )
    assert list(caught.value.errors) == [field]


def test_nobody_cares_for_themself_and_strangers_write_nothing() -> None:
    child = resident()
    with pytest.raises(CareRefused) as caught:
        record_care(person=child, carer=child, typed=CARE, actor=user(Role.COMMUNE_OFFICER))
    assert "người khác" in caught.value.errors["carer"][0]
    for stranger in (user(Role.COMMUNE_OFFICER, area=OTHER_COMMUNE), user(Role.AUDITOR)):
        with pytest.raises(PermissionDenied):
            record_care(person=child, carer=resident(), typed=CARE, actor=stranger)


def an_employer() -> Employer:
    return register_employer(
        values={"kind": "household_business", "name": "Quán Bảy", "address": "Chợ Phú Mỹ"},
        actor=user(Role.COMMUNE_OFFICER),
    )


def test_a_stop_order_closes_a_place_until_it_is_lifted() -> None:
    officer, employer = user(Role.COMMUNE_OFFICER), an_employer()
    order = record_stop_order(employer=employer, typed=ORDER, actor=officer)
    assert (order.decision_number, order.decided_by, order.place) == (
        "1234/UBND-VX", "UBND huyện Phú Tân", "Quán ăn tại chợ Phú Mỹ",
    )  # fmt: skip
    assert (order.valid_from, order.valid_to, order.area_code) == (
        dt.date(2021, 7, 12),
        None,
        employer.area_code,
    )
    with pytest.raises(StopOrderRefused) as caught:
        record_stop_order(employer=employer, typed={**ORDER, "valid_from": "01/08/2021"}, actor=officer)
    assert list(caught.value.errors) == ["decision_number"]
    record_stop_order(employer=employer, typed={**ORDER, "decision_number": "99/UBND"}, actor=officer)
    ended = end_stop_order(stop_order=order, on=SEPTEMBER, reason="Hết giãn cách", actor=officer)
    assert (ended.valid_to, ended.end_reason) == (SEPTEMBER, "Hết giãn cách")
    assert Event.objects.get(action="stop_order.ended").change == {
        "number": "1234/UBND-VX",
        "on": "01/09/2021",
    }
    record_stop_order(employer=employer, typed={**ORDER, "valid_from": "02/09/2021"}, actor=officer)
    assert StopOrder.objects.count() == 3


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"decision_number": " "}, "decision_number"),
        ({"valid_from": "hôm qua"}, "valid_from"),
        ({"place": "x" * 251}, "place"),
        ({"decision_number": "x" * 61}, "decision_number"),
    ],
)
def test_a_stop_order_has_a_number_and_days(typed: dict[str, str], field: str) -> None:
    with pytest.raises(StopOrderRefused) as caught:
        record_stop_order(employer=an_employer(), typed={**ORDER, **typed}, actor=user(Role.COMMUNE_OFFICER))
    assert list(caught.value.errors) == [field]
    assert not StopOrder.objects.exists()
