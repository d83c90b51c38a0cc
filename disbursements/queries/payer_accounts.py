"""The accounts that offices pay from."""

from django.db.models import F, QuerySet

from core.workflow import Actor
from disbursements.models import PayerAccount


def payer_accounts_of(actor: Actor) -> QuerySet[PayerAccount]:
    """All accounts of the offices in one's area, those in use first."""
    found: QuerySet[PayerAccount] = PayerAccount.objects.visible_to(actor)
    return found.order_by(F("valid_to").desc(nulls_first=True), "area_code", "-valid_from", "-pk")
