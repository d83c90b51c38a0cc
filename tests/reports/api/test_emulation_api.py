"""The movement for programs: criteria, rounds, and rankings that tell how each point came about."""

import pytest

from accounts.enums import Role
from tests.factories import emulation as make
from tests.factories.api import Caller
from tests.factories.people import OUTSIDE_DISTRICT, user

pytestmark = pytest.mark.django_db


def test_a_ranking_tells_of_ones_own_area_how_and_of_others_the_points() -> None:
    staff = make.Staff()
    movement = make.running(staff)
    unit = make.unit(movement, staff)
    make.unit(movement, staff, OUTSIDE_DISTRICT)
    one = make.confirmed(unit, staff, "8")
    done = make.closed(movement, staff)
    caller = Caller(staff.district)
    (shown,) = caller.get("emulation/movements/")
    assert (shown["number"], shown["status"], shown["rounds"][0]["reference"]) == (
        "523/KH-UBND",
        "running",
        done.reference,
    )
    assert shown["criteria"][0]["zero_at"] == "40.00"
    (group,) = caller.get(f"emulation/rounds/{done.reference}/")["groups"]
    first, second = group["rows"]
    assert (first["place"], first["name"], first["points"]) == (1, "Huyện Phú Tân", "28.00")
    entered = next(score for score in first["scores"] if score["criterion"] == "TC7")
    assert entered["how"] == [{"reference": one.reference, "title": one.title, "points": "8.00"}]
    assert (second["place"], second["points"], second["scores"]) == (2, "20.00", [])


def test_who_sees_no_records_is_kept_out() -> None:
    staff = make.Staff()
    done = make.computed(_with_unit(staff), staff)
    outsider = Caller(user(Role.ADMINISTRATOR))
    outsider.get("emulation/movements/", expect=403)
    outsider.get(f"emulation/rounds/{done.reference}/", expect=403)
    Caller(staff.district).get("emulation/rounds/XH-2021-00000000/", expect=404)


def _with_unit(staff: make.Staff) -> object:
    movement = make.running(staff)
    make.unit(movement, staff)
    return movement
