"""Orders that closed an employer's place of work: written with number and days, ended with a reason."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from beneficiaries.models import Employer, StopOrder
from beneficiaries.services.dated import (
    RecordRefused,
    Sentences,
    check_area,
    end_record,
    read_days,
    read_decision,
    recorded_by,
)
from core.audit import record_event
from core.text import clean_text, without_numbers
from core.workflow import Actor

LONGEST_PLACE = 250


class StopOrderRefused(RecordRefused):
    """What was typed of a stop order can't be taken: sentences by field."""


@transaction.atomic
def record_stop_order(*, employer: Employer, typed: Mapping[str, str], actor: Actor) -> StopOrder:
    """The order closed a place of the employer between two days; `typed`: decision and days by their codes, `place`.

    StopOrderRefused by field: no number, no first day, days turned, an order of this number that holds on these days already.
    PermissionDenied outside the employer's area.
    """
    check_area(actor, employer.area_code)
    days, errors = read_days(typed)
    decision, more = read_decision(typed)
    errors |= more
    if not decision["decision_number"] and "decision_number" not in errors:
        errors["decision_number"] = [_("Hãy ghi số văn bản yêu cầu dừng hoạt động.")]
    place = without_numbers(clean_text(typed.get("place", "") or ""))
    if len(place) > LONGEST_PLACE:
        errors["place"] = [_("Không quá %(length)s ký tự.") % {"length": LONGEST_PLACE}]
    current = Employer.objects.select_for_update(of=("self",)).get(pk=employer.pk)
    if not errors:
        _check_overlap(current, decision["decision_number"], place, days, errors)
    if errors:
        raise StopOrderRefused(errors)
    order = StopOrder.objects.create(
        employer=current, area_code=current.area_code, place=place, **days, **decision, **recorded_by(actor)
    )
    record_event("stop_order.recorded", current, actor=actor, change={"number": order.decision_number})
    return order


@transaction.atomic
def end_stop_order(*, stop_order: StopOrder, on: dt.date, reason: str, actor: Actor) -> StopOrder:
    """The order holds until this day; with a reason, once. StopOrderRefused: no reason, a day before its first, ended already."""
    check_area(actor, stop_order.employer.area_code)
    current = end_record(stop_order, on=on, reason=reason, actor=actor, refusal=StopOrderRefused)
    change = {"number": current.decision_number, "on": f"{on:%d/%m/%Y}"}
    record_event("stop_order.ended", current.employer, actor=actor, reason=current.end_reason, change=change)
    return current


def _check_overlap(
    employer: Employer,
    number: str,
    place: str,
    days: Mapping[str, dt.date | None],
    errors: Sentences,
) -> None:
    """The same order of the same place twice on one day is a slip; different orders may hold at once."""
    same = StopOrder.objects.filter(employer=employer, decision_number=number, place=place, is_replaced=False)
    for order in same:
        ends_before = (
            order.valid_to is not None and days["valid_from"] and order.valid_to < days["valid_from"]
        )
        begins_after = days["valid_to"] is not None and order.valid_from > days["valid_to"]
        if not (ends_before or begins_after):
            errors["decision_number"] = [_("Lệnh này đã ghi cho đơn vị trong những ngày đó.")]
