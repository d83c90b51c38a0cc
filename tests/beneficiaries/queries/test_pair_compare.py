"""What the compare page says of each field: same, near, different, missing on one side, missing on both."""

import datetime as dt

import pytest

from accounts.enums import Role
from beneficiaries.models import IdentityDocument, PayoutAccount, Person
from beneficiaries.queries.pair_compare import ComparedField, compared_fields, sides_of
from beneficiaries.services.joining import join_people
from core import crypto
from tests.factories import payments as make
from tests.factories.pairs import pair
from tests.factories.people import COMMUNE, user

pytestmark = pytest.mark.django_db


def people(number: int) -> list[Person]:
    made = make.approved_list(number)
    return [Person.objects.get(pk=row.claimant_id) for row in made.entitlements]


def compared(first: Person, second: Person) -> dict[str, ComparedField]:
    sides = sides_of(pair(first, second))
    return {str(line.label): line for line in compared_fields(*sides)}


def paper(person: Person, digits: str, *, is_current: bool = True) -> None:
    IdentityDocument.objects.create(
        area_code=person.area_code,
        person=person,
        kind="CCCD" if len(digits) == 12 else "CMND",
        number_encrypted=crypto.encrypt("number", digits),
        number_index=crypto.blind_index("number", digits),
        tail_index=crypto.tail_index(digits),
        number_last3=digits[-3:],
        is_current=is_current,
    )


def account(person: Person, number: str) -> None:
    PayoutAccount.objects.create(
        area_code=COMMUNE,
        person=person,
        bank_name="Agribank",
        holder_name=person.full_name.upper(),
        account_encrypted=crypto.encrypt("account", number),
        account_index=crypto.blind_index("account", number),
        account_last3=number[-3:],
        valid_from="2021-08-01",
    )


@pytest.mark.parametrize(
    ("first", "second", "verdict"),
    [
        ("Lê Thị Hòa", "Lê Thị Hòa", "same"),
        ("Lê Thị Hòa", "Lê Thị Hoà", "near"),
        ("Lê Thị Hòa", "LE THI HOA", "near"),
        ("Châu Sóc Kha", "Sóc Kha Châu", "near"),
        ("Huỳnh Văn Tám", "Hoàng Văn Tám", "near"),
        ("Lê Thị Hòa", "Trần Văn Tuấn", "other"),
    ],
)
def test_names(first: str, second: str, verdict: str) -> None:
    a, b = people(2)
    Person.objects.filter(pk=a.pk).update(full_name=first)
    Person.objects.filter(pk=b.pk).update(full_name=second)
    a.refresh_from_db()
    b.refresh_from_db()
    assert compared(a, b)["Họ và tên"].verdict == verdict


@pytest.mark.parametrize(
    ("first", "second", "verdict", "shown"),
    [
        ((dt.date(1979, 5, 12), 1979), (dt.date(1979, 5, 12), 1979), "same", "12/05/1979"),
        ((dt.date(1979, 5, 12), 1979), (None, 1979), "near", "12/05/1979"),
        ((dt.date(1979, 5, 12), 1979), (dt.date(1979, 12, 5), 1979), "near", "12/05/1979"),
        ((dt.date(1979, 5, 12), 1979), (None, 1980), "other", "12/05/1979"),
        ((None, 1979), (None, None), "one_sided", "1979"),
        ((None, None), (None, None), "empty", None),
    ],
)
def test_births(
    first: tuple[dt.date | None, int | None],
    second: tuple[dt.date | None, int | None],
    verdict: str,
    shown: str | None,
) -> None:
    a, b = people(2)
    for person, (birth, year) in ((a, first), (b, second)):
        Person.objects.filter(pk=person.pk).update(birth_date=birth, birth_year=year)
        person.refresh_from_db()
    line = compared(a, b)["Ngày sinh"]
    assert (line.verdict, line.first) == (verdict, (shown,) if shown else ())


def test_numbers_and_accounts_are_compared_whole_and_shown_masked() -> None:
    a, b, c = people(3)
    # the same last three digits of two numbers are no agreement
    paper(a, "089078000412")
    paper(b, "089078999412")
    paper(c, "350123412")
    account(a, "6700205100927")
    account(b, "6700205100927")
    near, far = compared(a, b), compared(b, c)
    assert near["CCCD, CMND"].verdict == far["CCCD, CMND"].verdict == "other"
    assert near["CCCD, CMND"].first == near["CCCD, CMND"].second == ("CCCD ••• ••• ••• 412",)
    assert near["Tài khoản nhận tiền"].verdict == "same"
    assert far["Tài khoản nhận tiền"].verdict == "one_sided"
    for line in (*near.values(), *far.values()):
        assert not any("089078" in text or "670020" in text for text in (*line.first, *line.second))


def test_papers_of_joined_entries_count_until_the_two_are_one() -> None:
    a, b, c = people(3)
    paper(b, "089078000412")
    paper(c, "089078000999")
    officer = user(Role.DISTRICT_OFFICER)
    join_people(kept=a, joined=b, reason="Một người", actor=officer)
    made = pair(a, c)
    assert sides_of(made)[0].people == (a.pk, b.pk)
    join_people(kept=a, joined=c, reason="Một người", actor=officer, candidate=made)
    made.refresh_from_db()
    made.first.refresh_from_db()
    made.second.refresh_from_db()
    assert [side.people for side in sides_of(made)] == [(a.pk,), (c.pk,)]
