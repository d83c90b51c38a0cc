"""What a preview warns of: each warning with somebody who has it and somebody who has not."""

import datetime as dt
from typing import Any

import pytest

from accounts.enums import Role
from beneficiaries.models import PayoutAccount, Person
from beneficiaries.services.duplicates.answering import let_pass
from core import clock, crypto
from disbursements.models import Batch
from disbursements.queries.payable import BatchScope, payable, scope_means
from disbursements.queries.payout_warnings import (
    HINTS,
    LABELS,
    PlainName,
    batch_warnings,
    preview_warnings,
    warned_of_batch,
    warned_of_scope,
)
from support_programs.models import Case, Entitlement, Grievance
from tests.factories import payments as make
from tests.factories import registered
from tests.factories.pairs import pair
from tests.factories.people import COMMUNE, DISTRICT, user

pytestmark = pytest.mark.django_db


def scope(made: make.ApprovedList, channel: str = "cash") -> BatchScope:
    return BatchScope(make.PROGRAMME, DISTRICT, "", channel, made.staff.accountant.pk)


def warned(made: make.ApprovedList, channel: str = "cash") -> dict[str, int]:
    asked = scope(made, channel)
    return {group.code: group.people for group in preview_warnings(asked, scope_means(asked), clock.today())}


def names(made: make.ApprovedList, code: str, channel: str = "cash") -> list[str]:
    asked = scope(made, channel)
    found = warned_of_scope(asked, scope_means(asked), code, clock.today())
    return [row.payee_name for row in found]


def people_of(made: make.ApprovedList) -> list[Person]:
    return [Person.objects.get(pk=row.claimant_id) for row in made.entitlements]


def account(person: Person, number: str, holder: str, **other: Any) -> PayoutAccount:
    return PayoutAccount.objects.create(
        area_code=COMMUNE,
        person=person,
        bank_name="Vietcombank",
        holder_name=holder,
        account_encrypted=crypto.encrypt("account", number),
        account_index=crypto.blind_index("account", number),
        account_last3=number[-3:],
        **{"valid_from": "2021-08-01", **other},
    )


def complaint(number: int, **about: Any) -> Grievance:
    return Grievance.objects.create(
        reference=f"PA-2021-900000{number:02d}",
        area_code=COMMUNE,
        status="received",
        kind="complaint",
        topic="not_paid",
        channel="desk",
        filed_area_code=COMMUNE,
        text="Tôi chưa nhận được tiền",
        received_on="2021-09-20",
        **about,
    )


def test_nothing_to_look_at_is_no_warning() -> None:
    made = make.payable_list(3)
    assert warned(made) == {}
    assert names(made, "complaint") == []
    assert names(made, "unheard_of") == []


def test_one_telephone_of_two_people_of_the_programme() -> None:
    made = make.payable_list(3)
    first, second, third = people_of(made)
    Person.objects.filter(pk__in=[first.pk, second.pk]).update(phone="0912345678")
    # somebody with the same number whom the programme does not pay is no reason
    Person.objects.filter(pk=third.pk).update(phone="0987654321")
    registered.person("Lê Thị Tư", phone="0987654321")
    assert warned(made) == {"shared_phone": 2}
    assert names(made, "shared_phone") == [first.full_name, second.full_name]


def test_an_amount_far_from_the_middle_one() -> None:
    staff = make.Staff()
    make.payable_list(5, staff=staff)
    twice = make.payable_list(1, staff=staff, amount=2 * make.AMOUNT)
    assert warned(twice) == {}, "exactly twice is not more than twice"
    more = make.payable_list(1, staff=staff, amount=2 * make.AMOUNT + 1)
    less = make.payable_list(1, staff=staff, amount=make.AMOUNT // 2 - 1)
    assert warned(more) == {"unusual_amount": 2}
    assert sorted(row.amount for row in Entitlement.objects.filter(case_list__in=[more.case_list, less.case_list])) == [
        make.AMOUNT // 2 - 1, 2 * make.AMOUNT + 1,
    ]  # fmt: skip


def test_a_complaint_about_a_case_counts_one_and_about_a_list_everybody_until_it_is_answered() -> None:
    made = make.payable_list(3)
    about_one = complaint(1, case=Case.objects.get(pk=made.entitlements[1].case_id))
    assert warned(made) == {"complaint": 1}
    about_all = complaint(2, case_list=made.case_list)
    assert warned(made) == {"complaint": 3}
    for each in (about_one, about_all):
        Grievance.objects.filter(pk=each.pk).update(
            status="declined", decline_reason="Không thuộc thẩm quyền"
        )
    assert warned(made) == {}


def test_a_pair_that_somebody_let_pass() -> None:
    made = make.payable_list(3)
    first, second, _third = people_of(made)
    let_pass(candidate=pair(first, second), reason="Chi gấp", actor=user(Role.DISTRICT_HEAD))
    assert warned(made) == {"passed_pair": 2}


def test_accounts_are_looked_at_only_where_money_goes_into_them() -> None:
    made = make.payable_list(2, with_accounts=2)
    assert warned(made) == {}
    assert warned(made, "bank") == {"shared_account": 2}


@pytest.mark.parametrize(
    ("holder", "differs"),
    [
        ("NGUYEN VAN 1", False),
        ("nguyễn  văn 1", False),
        ("NGUYỄN VĂN 1", False),
        ("NGUYE\u0302\u0303N VA\u0306N 1", False),
        ("VAN NGUYEN 1", True),
        ("TRAN VAN 1", True),
        ("NGUYEN VAN", True),
    ],
)
def test_a_holder_of_another_name(holder: str, differs: bool) -> None:
    made = make.payable_list(1)
    account(people_of(made)[0], "0071000123456", holder)
    assert warned(made, "bank") == ({"name_differs": 1} if differs else {})


def test_d_with_a_stroke_and_i_for_y_are_no_other_name() -> None:
    made = make.approved_list(1)
    account(people_of(made)[0], "0071000123456", "ĐỖ THỊ  Thúy-Quỳnh")
    folded = PayoutAccount.objects.annotate(plain=PlainName("holder_name"))
    assert folded.values_list("plain", flat=True).get() == "do thi thui quinh"


def test_an_account_changed_within_ten_days() -> None:
    made = make.payable_list(2)
    first, second = people_of(made)
    fresh = clock.today() - dt.timedelta(days=3)
    account(first, "0071000123456", "NGUYEN VAN 1", valid_from=fresh, change_reason="Mất thẻ")
    account(second, "0071000123457", "NGUYEN VAN 2", valid_from=fresh)
    assert warned(made, "bank") == {"account_changed": 1}
    assert names(made, "account_changed", "bank") == [first.full_name]


def test_the_batch_keeps_what_was_seen_and_shows_what_is_now() -> None:
    made = make.payable_list(3, with_accounts=2)
    batch = make.prepared_batch(made, channel="bank")
    assert batch.warnings == {"shared_account": 2}
    (group,) = batch_warnings(batch, clock.today())
    assert (group.code, group.people, group.seen, group.has_changed) == ("shared_account", 2, 2, False)
    assert group.names == ("Nguyễn Văn 1", "Nguyễn Văn 2")
    complaint(1, case=Case.objects.get(pk=made.entitlements[0].case_id))
    later = {each.code: each for each in batch_warnings(batch, clock.today())}
    assert later["complaint"].has_changed
    assert [row.payee_name for row in warned_of_batch(batch, "complaint", clock.today())] == ["Nguyễn Văn 1"]
    assert Batch.objects.get().warnings == {"shared_account": 2}


def test_the_number_of_queries_does_not_grow(django_assert_num_queries: Any) -> None:
    for size in (1, 12):
        made = make.payable_list(size, with_accounts=size)
        asked = scope(made, "bank")
        means = scope_means(asked)
        with django_assert_num_queries(2):
            preview_warnings(asked, means, clock.today())
    assert payable(asked, means).count() == 13


def test_each_warning_has_its_words() -> None:
    assert list(HINTS) == list(LABELS)
