"""Who cares for whom: written with its days, ended with a reason."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from beneficiaries.enums import CareRelation
from beneficiaries.models import Care, Person
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
from core.workflow import Actor


class CareRefused(RecordRefused):
    """What was typed of a carer can't be taken: sentences by field."""


@transaction.atomic
def record_care(*, person: Person, carer: Person, typed: Mapping[str, str], actor: Actor) -> Care:
    """`carer` cares for `person` from a day on; `typed`: relation (a code of CareRelation), valid_from, valid_to and decision.

    CareRefused by field: no relation or first day, the same person, one joined to another, two who are carer and cared-for on one
    of these days already, a carer whom the officer does not see. PermissionDenied outside the area of who is cared for.
    """
    check_area(actor, person.area_code)
    days, errors = read_days(typed)
    decision, more = read_decision(typed)
    errors |= more
    relation = typed.get("relation", "").strip()
    if relation not in CareRelation.values:
        errors["relation"] = [_("Hãy chọn quan hệ của người chăm sóc.")]
    cared, caring = _locked_pair(person, carer)
    if caring is None:
        errors["carer"] = [_("Không thấy người này trong địa bàn của bạn. Hãy tìm và chọn lại.")]
    else:
        _check_pair(cared, caring, days, errors)
    if errors or caring is None:
        raise CareRefused(errors)
    care = Care.objects.create(
        person=cared,
        carer=caring,
        area_code=cared.area_code,
        relation=relation,
        **days,
        **decision,
        **recorded_by(actor),
    )
    record_event(
        "care.recorded", cared, actor=actor, change={"carer": caring.reference, "relation": relation}
    )
    return care


@transaction.atomic
def end_care(*, care: Care, on: dt.date, reason: str, actor: Actor) -> Care:
    """The care holds until this day; with a reason, once. CareRefused: no reason, a day before its first, ended already."""
    check_area(actor, care.person.area_code)
    current = end_record(care, on=on, reason=reason, actor=actor, refusal=CareRefused)
    change = {"carer": current.carer.reference, "on": f"{on:%d/%m/%Y}"}
    record_event("care.ended", current.person, actor=actor, reason=current.end_reason, change=change)
    return current


def _locked_pair(person: Person, carer: Person) -> tuple[Person, Person | None]:
    """Both as they stand now, always locked in the same order."""
    rows = Person.objects.select_for_update(no_key=True, of=("self",)).filter(pk__in=[person.pk, carer.pk])
    found = {one.pk: one for one in rows.order_by("pk")}
    return found[person.pk], found.get(carer.pk)


def _check_pair(person: Person, carer: Person, days: Mapping[str, dt.date | None], errors: Sentences) -> None:
    if person.pk == carer.pk:
        errors["carer"] = [_("Người chăm sóc phải là người khác.")]
    elif person.joined_to_id is not None:
        errors[""] = [
            _("Người này đã gộp vào một người khác. Hãy mở trang của người được giữ lại và ghi ở đó.")
        ]
    elif carer.joined_to_id is not None:
        errors["carer"] = [_("Người này đã gộp vào một người khác. Hãy chọn người được giữ lại.")]
    elif days["valid_from"] is not None and _of_days(person, carer, days).exists():
        errors["carer"] = [_("Đã ghi người này là người chăm sóc trong những ngày đó.")]


def _of_days(person: Person, carer: Person, days: Mapping[str, dt.date | None]) -> QuerySet[Care]:
    """What is recorded of the two on any of these days."""
    rows = Care.objects.filter(person=person, carer=carer, is_replaced=False)
    rows = rows.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=days["valid_from"]))
    return rows.filter(valid_from__lte=days["valid_to"]) if days["valid_to"] else rows
