"""A list is taken in while an officer types about the same people: one waits for the other, and both are kept."""

import datetime as dt
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Event as Signal

import pytest
from django.db import connections, transaction

from accounts.enums import Role
from beneficiaries.models import HouseholdMember, Person, Status
from beneficiaries.services.households import add_member
from beneficiaries.services.imports.corrections import accept_warnings
from beneficiaries.services.registers import change_status, typed_entry
from tests.beneficiaries.lists import committed
from tests.beneficiaries.services.registers import test_household_lists as households
from tests.beneficiaries.services.registers import test_person_lists as people
from tests.beneficiaries.services.registers.lists import checked, sheet, taken_in
from tests.factories.people import user
from tests.factories.registers import resident

pytestmark = [pytest.mark.faults, pytest.mark.usefixtures("committed_db")]
_WHILE = 0.5  # seconds that the typing holds what it has locked


def beside(typing: Callable[[], object], taking_in: Callable[[], object]) -> None:
    """The list is taken in while the typing has been done and not committed yet."""
    is_typed = Signal()

    def type_and_wait() -> None:
        try:
            with transaction.atomic():
                typing()
                is_typed.set()
                time.sleep(_WHILE)
        finally:
            is_typed.set()
            connections.close_all()

    def take_in() -> None:
        try:
            assert is_typed.wait(timeout=30)
            taking_in()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        for done in [pool.submit(type_and_wait), pool.submit(take_in)]:
            done.result(timeout=60)


def test_an_entry_that_is_being_changed_is_changed_by_the_list_after_that() -> None:
    officer = user(Role.COMMUNE_OFFICER)
    taken_in(sheet(people.HEADER, people.recipient()), "social_protection", officer)
    entry = Status.objects.get()
    made = checked(sheet(people.HEADER, people.recipient(amount=600_000)), "social_protection", officer)
    accept_warnings(list_import=made, actor=officer)
    typed = {**typed_entry(entry), "monthly_amount": "550.000"}
    beside(
        lambda: change_status(status=entry, typed=typed, reason="Quyết định mới", actor=officer),
        lambda: committed(made, officer),
    )
    amounts = Status.objects.order_by("pk").values_list("details__monthly_amount", "is_replaced")
    assert list(amounts) == [(540_000, True), (550_000, True), (600_000, False)]
    made.refresh_from_db()
    assert made.totals["made"]["changed"] == 1


def test_a_member_is_added_while_the_household_s_list_comes_in() -> None:
    officer = user(Role.COMMUNE_OFFICER)
    taken_in(sheet(households.HEADER, households.head()), "poor_households", officer)
    head = HouseholdMember.objects.get()
    wife = "089199000123"
    content = sheet(
        households.HEADER,
        households.head(),
        households.member("Trần Thị Bé", wife, "con", born="05/06/1999"),
    )
    made = checked(content, "poor_households", officer)
    accept_warnings(list_import=made, actor=officer)
    other: Person = resident("Trần Văn Út")
    beside(
        lambda: add_member(
            household=head.household,
            person=other,
            relation="Con",
            valid_from=dt.date(2021, 7, 1),
            actor=officer,
        ),
        lambda: committed(made, officer),
    )
    assert head.household.members.count() == 3
