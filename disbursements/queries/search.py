"""Batches and payment instructions for the search of the masthead."""

from typing import Final

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy

from accounts.queries import area_names
from core.money import format_dong
from core.search import (
    MOST_HITS,
    Hit,
    SearchQuery,
    address_of,
    register_reference_page,
    register_searcher,
)
from core.text import search_key
from core.workflow import Actor
from disbursements.models import Batch, PaymentInstruction

_NEWEST: Final = 500


def find_batches(query: SearchQuery, actor: Actor) -> list[Hit]:
    """Batches by words of their title without marks, among the newest of the area; there are few of them."""
    if not query.name:
        return []
    visible: QuerySet[Batch] = Batch.objects.visible_to(actor)
    named = [batch for batch in visible.order_by("-pk")[:_NEWEST] if query.name in search_key(batch.title)][
        : MOST_HITS + 1
    ]
    names = area_names(batch.area_code for batch in named)
    return [
        Hit(
            title=batch.title,
            url=address_of("disbursements:batch_page", batch.reference),
            reference=batch.reference,
            facts=(names[batch.area_code], f"{format_dong(batch.total_amount)} đ"),
            status=("batch", batch.status),
        )
        for batch in named
    ]


def find_instructions(query: SearchQuery, actor: Actor) -> list[Hit]:
    """The instruction of a reference that a bank or post office names; it opens its batch."""
    if query.reference is None:
        return []
    visible: QuerySet[PaymentInstruction] = PaymentInstruction.objects.visible_to(actor)
    found = visible.filter(reference=str(query.reference))
    return [
        Hit(
            title=row.payee_name,
            url=address_of("disbursements:batch_page", row.batch_reference),
            reference=row.reference,
            facts=(f"{format_dong(row.amount)} đ", row.batch_reference),
            status=("instruction", row.status),
        )
        for row in found
    ]


def register() -> None:
    """Make batches and instructions known to the search; called when the app is ready."""
    register_reference_page("DC", "disbursements:batch_page")
    register_reference_page("TH", "disbursements:recovery_page")
    register_reference_page("HN", "disbursements:unclaimed_page")
    register_reference_page("GK", "disbursements:callback_page")
    register_searcher("batches", gettext_lazy("Đợt chi trả"), find_batches, order=30)
    register_searcher("instructions", gettext_lazy("Lệnh chi"), find_instructions, order=40)
