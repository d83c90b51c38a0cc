"""I18 against the owner of the tables, whom triggers and checks refuse as they refuse everybody."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, connections, transaction

from disbursements.models import StockBalance
from tests.disbursements.guards.test_goods import MOVE
from tests.factories.goods import rice, store
from tests.factories.payments import Staff


def refused(match: str) -> Any:
    return pytest.raises(IntegrityError, match=match)


@pytest.fixture
def as_owner(committed_db: None) -> Callable[..., None]:
    """Statements as who owns the tables; triggers stay on for the owner, too."""

    def execute(sql: str, *params: object) -> None:
        with transaction.atomic(using="owner"), connections["owner"].cursor() as cursor:
            cursor.execute(sql, params)

    return execute


def test_the_owner_is_refused_too(as_owner: Callable[..., None]) -> None:
    made = store(Staff(), kg=100)
    with refused("stock_not_below_zero"):
        as_owner("UPDATE disbursements_stockbalance SET on_hand = -1")
    with refused("is not the sum of its movements"):
        as_owner("UPDATE disbursements_stockbalance SET on_hand = on_hand + 5")
    with refused("a correction is a new row"):
        as_owner("UPDATE disbursements_stockmovement SET change = 5")
    with refused("a correction is a new row"):
        as_owner("DELETE FROM disbursements_stockmovement")
    with refused("never deleted"):
        as_owner("DELETE FROM disbursements_stockbalance")
    with refused("stock_not_below_zero"):
        as_owner(MOVE, made.area_code, "loss", made.pk, rice().pk, -101, 0, "x", None, None, None, None, None)
    assert StockBalance.objects.get().on_hand == 100
