"""The orders that closed an employer's places of work, as its page shows them."""

from __future__ import annotations

from dataclasses import dataclass

from beneficiaries.models import Employer, StopOrder
from beneficiaries.queries.register_entries import SourceView, days_words, names_of, source_of
from core.workflow import Actor


@dataclass(frozen=True, slots=True)
class StopOrderLine:
    """One order with its days, where it came from, and who ended it."""

    order: StopOrder
    days: str
    source: SourceView
    ended_by: str


def stop_orders_of(employer: Employer, actor: Actor) -> list[StopOrderLine]:
    """The newest first; two queries."""
    rows = StopOrder.objects.filter(employer=employer, is_replaced=False).select_related("list_import")
    orders = list(rows.order_by("-valid_from", "-pk")[:100])
    names = names_of(order.ended_by_id for order in orders)
    return [
        StopOrderLine(
            order, days_words(order), source_of(order, actor), names.get(order.ended_by_id or 0, "")
        )
        for order in orders
    ]
