"""The accounts that offices pay from."""

import datetime as dt

from django.db.models import F, QuerySet

from core.workflow import Actor
from disbursements.models import PayerAccount


def accounts_in_use(area_code: str, on: dt.date) -> list[PayerAccount]:
    """The accounts that a batch of this office may be paid from on a day."""
    found = PayerAccount.objects.filter(area_code=area_code, valid_to=None, valid_from__lte=on)
    return list(found.order_by("bank_name", "pk"))


def payer_accounts_of(actor: Actor) -> QuerySet[PayerAccount]:
    """All accounts of the offices in one's area, those in use first."""
    found: QuerySet[PayerAccount] = PayerAccount.objects.visible_to(actor)
    return found.order_by(F("valid_to").desc(nulls_first=True), "area_code", "-valid_from", "-pk")
