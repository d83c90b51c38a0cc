"""The accounts that offices pay from: their own accountant records and ends them; they never change."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection, transaction

from accounts.enums import Role
from core import clock
from core.models import Event
from core.transitions import TransitionRefused
from disbursements.models import PayerAccount
from disbursements.queries.request_choices import payer_accounts
from disbursements.services.payer_accounts import PayerEntry, end_payer_account, record_payer_account
from tests.factories.people import COMMUNE, DISTRICT, OUTSIDE_DISTRICT, PROVINCE, user

pytestmark = pytest.mark.django_db


def entry(**other: Any) -> PayerEntry:
    return PayerEntry(
        **{
            "bank_bin": "970405",
            "holder_name": "Phòng LĐ-TBXH huyện Phú Tân",
            "account_number": "6700 2011 2233",
            **other,
        }
    )


def test_recorded_used_and_ended() -> None:
    accountant = user(Role.ACCOUNTANT)
    account = record_payer_account(actor=accountant, entry=entry())
    assert (account.account_number, account.bank_name[:19]) == ("670020112233", "Ngân hàng Nông nghi")
    assert list(payer_accounts(DISTRICT, clock.today())) == [account]
    with pytest.raises(TransitionRefused, match="đang được dùng"):
        record_payer_account(actor=accountant, entry=entry(account_number="670020112233"))
    end_payer_account(actor=accountant, account=account)
    account.refresh_from_db()
    assert account.valid_to == clock.today()
    # no batch goes out of it any more, not even on the day on which it was ended
    assert not payer_accounts(DISTRICT, clock.today()).exists()
    with pytest.raises(TransitionRefused, match="đã ngừng dùng"):
        end_payer_account(actor=accountant, account=account)
    again = record_payer_account(actor=accountant, entry=entry())
    assert again.pk != account.pk
    changes = Event.objects.filter(object_type="disbursements.payeraccount").values_list("change", flat=True)
    assert [change["last3"] for change in changes] == ["233", "233", "233"]


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"bank_bin": "000000"}, "trong danh mục"),
        ({"account_number": "12345"}, "6 đến 19 chữ số"),
        ({"account_number": "6700A2011"}, "không có chữ"),
        ({"account_number": "1" * 20}, "6 đến 19 chữ số"),
        ({"holder_name": "…"}, "Tên chủ tài khoản"),
    ],
)
def test_what_is_refused_names_the_field(change: dict[str, Any], sentence: str) -> None:
    with pytest.raises(TransitionRefused, match=sentence):
        record_payer_account(actor=user(Role.ACCOUNTANT), entry=entry(**change))
    assert not PayerAccount.objects.exists()


def test_only_accountants_of_that_very_office() -> None:
    for stranger in (user(Role.PROVINCIAL_APPROVER), user(Role.ACCOUNTANT, area=COMMUNE)):
        with pytest.raises(PermissionDenied):
            record_payer_account(actor=stranger, entry=entry())
    account = record_payer_account(actor=user(Role.ACCOUNTANT), entry=entry())
    for stranger in (user(Role.ACCOUNTANT, area=PROVINCE), user(Role.ACCOUNTANT, area=OUTSIDE_DISTRICT)):
        with pytest.raises(PermissionDenied):
            end_payer_account(actor=stranger, account=account)
    account.refresh_from_db()
    assert account.valid_to is None


@pytest.mark.parametrize("statement", ["UPDATE {} SET account_number = '111111'", "DELETE FROM {}"])
def test_the_database_keeps_accounts_as_they_were(statement: str) -> None:
    account = record_payer_account(actor=user(Role.ACCOUNTANT), entry=entry())
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement.format("disbursements_payeraccount"))
    account.refresh_from_db()
    assert account.account_number == "670020112233"
