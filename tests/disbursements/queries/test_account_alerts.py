"""A payout account changed within ten days before a payout is named where somebody can still look: preview, batch, act, lines."""

import datetime as dt
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from accounts.enums import Role
from beneficiaries.models import PayoutAccount, Person
from beneficiaries.services.accounts import TypedAccount, change_account
from core import clock
from disbursements.enums import PayoutChannel
from disbursements.models import Batch
from disbursements.queries.account_alerts import (
    ALERT_DAYS,
    AccountAlerts,
    batch_alerts,
    fresh_accounts,
    line_alerts,
    preview_alerts,
)
from disbursements.queries.payable import BatchScope
from disbursements.services.batches import approve_batch, cancel_batch
from tests.factories import registered
from tests.factories.payments import PROGRAMME, ApprovedList, payable_list, prepared_batch, released_batch
from tests.factories.people import DISTRICT, user

pytestmark = pytest.mark.django_db


def payee(made: ApprovedList, place: int = 0) -> Person:
    return Person.objects.get(pk=made.entitlements[place].claimant_id)


def changed(person: Person, days_ago: int = 0, number: str = "6700205999888") -> PayoutAccount:
    """Another account, written so many days ago by the commune."""
    account = change_account(
        person=person,
        account=TypedAccount("BIDV", number),
        reason="Ngân hàng trả lại tiền",
        actor=user(Role.COMMUNE_OFFICER),
    )
    first = clock.today() - dt.timedelta(days=days_ago)
    PayoutAccount.objects.filter(pk=account.pk).update(valid_from=first)
    account.refresh_from_db()
    return account


def scope(made: ApprovedList, channel: str = "bank") -> BatchScope:
    return BatchScope(PROGRAMME, DISTRICT, "", PayoutChannel(channel), made.staff.accountant.pk)


def text_of(response: HttpResponse) -> str:
    return " ".join(response.content.decode().split())


def test_the_ten_days_end_on_the_day_of_payout() -> None:
    made = payable_list(4, with_accounts=4)
    for place, days in enumerate((0, ALERT_DAYS, ALERT_DAYS + 1)):
        changed(payee(made, place), days, f"670020599988{place}")
    today = clock.today()
    assert ALERT_DAYS == 10
    assert set(fresh_accounts(today).values_list("person", flat=True)) == {
        payee(made, 0).pk,
        payee(made, 1).pk,
    }
    # a payout a day earlier is before the newest change
    yesterday = fresh_accounts(today - dt.timedelta(days=1))
    assert set(yesterday.values_list("person", flat=True)) == {payee(made, 1).pk, payee(made, 2).pk}


def test_a_first_account_is_no_change() -> None:
    made = payable_list(1)
    account = TypedAccount("BIDV", "6700205999888")
    change_account(person=payee(made), account=account, reason="", actor=user(Role.COMMUNE_OFFICER))
    assert preview_alerts(scope(made), made.staff.accountant, clock.today()) == AccountAlerts()


def test_the_preview_names_them_with_account_day_and_reason() -> None:
    made = payable_list(3, with_accounts=3)
    changed(payee(made), 2)
    found = preview_alerts(scope(made), made.staff.accountant, clock.today())
    assert found.count == 1
    (alert,) = found.shown
    assert (alert.name, alert.url) == (payee(made).full_name, f"/people/{payee(made).reference}/")
    assert (alert.account, alert.reason) == ("BIDV ••• ••• ••• 888", "Ngân hàng trả lại tiền")
    assert alert.changed_on == clock.today() - dt.timedelta(days=2)
    assert preview_alerts(scope(made, "cash"), made.staff.accountant, clock.today()).count == 0


def test_an_account_of_a_joined_entry_counts_where_it_is_the_one_paid_into() -> None:
    """Of one human the root's own account is paid into, else that of another entry."""
    made = payable_list(2, with_accounts=1)
    for place, digits in enumerate(("6700205999881", "6700205999882")):
        twin = registered.person(f"Người gộp {place}")
        registered.account(twin, f"670020577777{place}")
        changed(twin, 1, digits)
        Person.objects.filter(pk=twin.pk).update(joined_to=payee(made, place))
    found = preview_alerts(scope(made), made.staff.accountant, clock.today())
    assert (found.count, [alert.name for alert in found.shown]) == (1, ["Người gộp 1"])
    batch = prepared_batch(made, channel="bank")
    assert [
        alert.is_after_build for alert in batch_alerts(batch, made.staff.accountant, clock.today()).shown
    ] == [False]


def test_of_many_the_first_twenty_are_named() -> None:
    made = payable_list(23, with_accounts=23)
    for place in range(23):
        changed(payee(made, place), 1, f"67002059{place:05d}")
    found = preview_alerts(scope(made), made.staff.accountant, clock.today())
    assert (found.count, len(found.shown), found.more) == (23, 20, 3)


def test_a_batch_names_them_and_says_where_its_line_still_goes() -> None:
    made = payable_list(3, with_accounts=3)
    changed(payee(made, 0), 3)
    batch = prepared_batch(made, channel="bank")
    changed(payee(made, 1), number="6700205999777")
    lines = list(batch.instructions.order_by("position"))
    found = line_alerts(batch, lines, made.staff.accountant, clock.today())
    assert {line.position: found[line.pk].is_after_build for line in lines if line.pk in found} == {
        1: False,
        2: True,
    }
    assert [line.account_last3 for line in lines] == ["888", "927", "927"]
    assert batch_alerts(batch, made.staff.accountant, clock.today()).count == 2


def test_after_the_release_the_day_of_payout_counts() -> None:
    made = payable_list(2, with_accounts=2)
    changed(payee(made, 0), 10)
    batch = released_batch(made, channel="bank")
    later = clock.today() + dt.timedelta(days=30)
    assert batch_alerts(batch, made.staff.accountant, later).count == 1
    Batch.objects.filter(pk=batch.pk).update(released_on=clock.today() + dt.timedelta(days=1))
    batch.refresh_from_db()
    assert batch_alerts(batch, made.staff.accountant, later).count == 0


def test_a_cancelled_batch_and_one_in_cash_ask_nothing(django_assert_num_queries: Any) -> None:
    made = payable_list(2, with_accounts=2)
    changed(payee(made))
    in_cash = prepared_batch(made, channel="cash")
    with django_assert_num_queries(0):
        assert batch_alerts(in_cash, made.staff.accountant, clock.today()).count == 0
        assert line_alerts(in_cash, [], made.staff.accountant, clock.today()) == {}
    cancelled = cancel_batch(actor=made.staff.accountant, batch=in_cash, reason="Lập lại")
    assert batch_alerts(cancelled, made.staff.accountant, clock.today()).count == 0


class TestPages:
    def test_the_pages_of_a_batch_show_the_alert(self, client: Client) -> None:
        made = payable_list(2, with_accounts=2)
        changed(payee(made), 4)
        batch = prepared_batch(made, channel="bank")
        client.force_login(made.staff.accountant)
        page = text_of(client.get(f"/batches/{batch.reference}/"))
        assert "1 người vừa đổi tài khoản nhận tiền" in page
        assert f'href="/people/{payee(made).reference}/#accounts"' in page
        assert page.count("Vừa đổi tài khoản") == 1
        client.force_login(made.staff.approver)
        assert "1 người vừa đổi tài khoản" in text_of(client.get(f"/batches/{batch.reference}/approve/"))
        assert "vừa đổi tài khoản" not in text_of(client.get(f"/batches/{batch.reference}/cancel/"))
        approve_batch(actor=made.staff.approver, batch=batch)
        assert "1 người vừa đổi tài khoản" in text_of(client.get(f"/batches/{batch.reference}/release/"))

    def test_without_a_change_there_is_no_alert(self, client: Client) -> None:
        made = payable_list(2, with_accounts=2)
        batch = prepared_batch(made, channel="bank")
        client.force_login(made.staff.accountant)
        assert "đổi tài khoản" not in text_of(client.get(f"/batches/{batch.reference}/"))

    def test_the_preview_of_a_batch_shows_the_alert(self, client: Client) -> None:
        made = payable_list(2, with_accounts=2)
        changed(payee(made), 4)
        client.force_login(made.staff.accountant)
        asked = {
            "programme": PROGRAMME,
            "area": DISTRICT,
            "stream": "",
            "title": "",
            "key": "k1",
            "preview": "1",
        }
        page = text_of(client.post("/batches/new/", {**asked, "channel": "bank"}))
        assert "1 người vừa đổi tài khoản nhận tiền" in page
        assert "đổi tài khoản" not in text_of(client.post("/batches/new/", {**asked, "channel": "cash"}))
