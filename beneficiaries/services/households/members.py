"""Who belongs to a household: joined from a day, left with a reason, another head. A person is in one household at a time."""

from __future__ import annotations

import datetime as dt
from typing import Final

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from beneficiaries.models import Household, HouseholdMember, Person
from beneficiaries.permissions import may_register_in
from beneficiaries.services.dated import (
    Sentences,
    check_area,
    end_problems,
    locked,
    put_end,
    read_reason,
    recorded_by,
)
from beneficiaries.services.households.base import HEAD, LENGTHS, HouseholdRefused, check_day
from core.audit import record_event
from core.querysets import FencedQuerySet
from core.text import clean_text, sort_key, without_numbers
from core.workflow import Actor

_ONE_DAY: Final = dt.timedelta(days=1)


@transaction.atomic
def add_member(
    *,
    household: Household,
    person: Person,
    relation: str,
    valid_from: dt.date,
    actor: Actor,
    move_reason: str = "",
) -> HouseholdMember:
    """The person belongs to the household from that day; `relation` is what they are to its head ("Con", "Vợ").

    HouseholdRefused by field: no relation, a day after today, a member already, a person joined to another, a day on which they
    were in a household that they have left. Who is in another household is refused too, unless `move_reason` says why they leave
    it: then they are there until the day before.
    """
    check_area(actor, household.area_code)
    locked_household = Household.objects.select_for_update(no_key=True, of=("self",)).get(pk=household.pk)
    return join(locked_household, person, relation, valid_from, actor, move_reason=move_reason)


@transaction.atomic
def end_membership(*, member: HouseholdMember, on: dt.date, reason: str, actor: Actor) -> HouseholdMember:
    """The person belongs to the household until this day; with a reason, once.

    HouseholdRefused: no reason, a day before the first or after today, ended already; the head while others are left, who
    need a head first (`change_head`).
    """
    check_area(actor, member.household.area_code)
    errors: Sentences = {}
    text = read_reason(reason, errors)
    Household.objects.select_for_update(no_key=True, of=("self",)).get(pk=member.household_id)
    current = locked(member)
    end_problems(current, on, errors)
    check_day(on, errors, "on")
    if current.is_head and members_of(current.household).exclude(pk=current.pk).exists():
        errors[""] = [_("Người này là chủ hộ. Hãy đổi chủ hộ trước, rồi ghi người này rời hộ.")]
    if errors:
        raise HouseholdRefused(errors)
    _end(current, on, text, actor)
    return current


@transaction.atomic
def change_head(
    *,
    household: Household,
    person: Person,
    relation_of_former: str,
    on: dt.date,
    reason: str,
    actor: Actor,
) -> HouseholdMember:
    """Another member is the head from this day; the former one stays as `relation_of_former` ("Cha", "Vợ") to the new head.

    What the other members are to the head stays as it was written. HouseholdRefused by field: no reason, no relation, a person
    who is no member or the head already, a day after today or before either came into the household.
    """
    check_area(actor, household.area_code)
    current = Household.objects.select_for_update(no_key=True, of=("self",)).get(pk=household.pk)
    errors: Sentences = {}
    text = read_reason(reason, errors)
    relation = _relation(relation_of_former, errors, "relation_of_former")
    check_day(on, errors, "on")
    former = members_of(current).filter(is_head=True).first()
    chosen = members_of(current).filter(person=person).first()
    if chosen is None:
        errors["person"] = [_("Người này không phải thành viên đang ở trong hộ.")]
    elif chosen.is_head:
        errors["person"] = [_("Người này đang là chủ hộ.")]
    if former is None:
        errors.pop("relation_of_former", None)
    for member in (former, chosen):
        if member is not None and on <= member.valid_from:
            errors.setdefault("on", []).append(
                _("Ngày đổi chủ hộ phải sau ngày %(name)s vào hộ (%(day)s).")
                % {"name": member.person.full_name, "day": f"{member.valid_from:%d/%m/%Y}"}
            )
    if errors or chosen is None:
        raise HouseholdRefused(errors)
    for member in (former, chosen):
        if member is not None:
            put_end(locked(member), on=on - _ONE_DAY, reason=text, actor=actor)
    if former is not None:
        _member(current, former.person, relation, on, actor, reason=text)
    made = _member(current, chosen.person, HEAD, on, actor, is_head=True, reason=text)
    current.head_name = chosen.person.full_name
    current.head_name_sort = sort_key(current.head_name)[:200]
    current.version += 1
    current.save()
    record_event(
        "household.head_changed",
        current,
        actor=actor,
        reason=text,
        change={"head": chosen.person.reference, "former": former.person.reference if former else ""},
    )
    return made


def members_of(household: Household) -> FencedQuerySet[HouseholdMember]:
    """Who belongs to the household now, the head first."""
    open_rows = HouseholdMember.objects.filter(household=household, valid_to__isnull=True, is_replaced=False)
    return open_rows.select_related("person").order_by("-is_head", "pk")


def join(
    household: Household,
    person: Person,
    relation: str,
    valid_from: dt.date,
    actor: Actor,
    *,
    is_head: bool = False,
    move_reason: str = "",
    field: str = "person",
) -> HouseholdMember:
    """Put the person into the locked household; HouseholdRefused as `add_member` says, about the person under `field`."""
    errors: Sentences = {}
    text = _relation(relation, errors)
    check_day(valid_from, errors, "valid_from")
    current = Person.objects.select_for_update(no_key=True, of=("self",)).get(pk=person.pk)
    if current.joined_to_id is not None:
        errors[field] = [_("Người này đã gộp vào một người khác. Hãy chọn người được giữ lại.")]
    elsewhere = _membership(current)
    if elsewhere is not None and not errors:
        _check_move(elsewhere, household, valid_from, move_reason, actor, errors, field)
    elif not errors:
        _check_earlier_stays(current, valid_from, actor, errors)
    if errors:
        raise HouseholdRefused(errors)
    if elsewhere is not None:
        _end(elsewhere, valid_from - _ONE_DAY, read_reason(move_reason, {}), actor)
    try:
        with transaction.atomic():
            made = _member(household, current, text, valid_from, actor, is_head=is_head)
    except IntegrityError as error:
        # a household of another area, which this desk does not see
        raise HouseholdRefused({field: [_elsewhere()]}) from error
    change = {"person": current.reference, "relation": text}
    record_event("household.member_added", household, actor=actor, change=change)
    return made


def _elsewhere() -> str:
    return _("Người này đang ở một hộ của địa bàn khác. Hãy đề nghị nơi đó ghi người này rời hộ trước.")


def _membership(person: Person) -> HouseholdMember | None:
    open_rows = HouseholdMember.objects.filter(person=person, valid_to__isnull=True, is_replaced=False)
    return open_rows.select_related("household").select_for_update(of=("self",)).first()


def _check_earlier_stays(person: Person, valid_from: dt.date, actor: Actor, errors: Sentences) -> None:
    """A household that was left counts until its last day; of another area's no more is told than the day."""
    stays = HouseholdMember.objects.filter(person=person, is_replaced=False, valid_to__gte=valid_from)
    last = stays.select_related("household").order_by("-valid_to").first()
    if last is None or last.valid_to is None:
        return
    day = {"day": f"{last.valid_to:%d/%m/%Y}", "reference": last.household.reference}
    if may_register_in(actor, last.household.area_code):
        text = _("Người này ở hộ %(reference)s đến hết ngày %(day)s. Hãy ghi ngày sau ngày đó.")
    else:
        text = _("Người này ở hộ của địa bàn khác đến hết ngày %(day)s. Hãy ghi ngày sau ngày đó.")
    errors["valid_from"] = [text % day]


def _check_move(
    elsewhere: HouseholdMember,
    household: Household,
    valid_from: dt.date,
    move_reason: str,
    actor: Actor,
    errors: Sentences,
    field: str,
) -> None:
    """May the person leave the household where they are, for this one?"""
    other = elsewhere.household
    if other.pk == household.pk:
        errors[field] = [_("Người này đã là thành viên của hộ.")]
    elif not may_register_in(actor, other.area_code):
        errors[field] = [_elsewhere()]
    elif not clean_text(move_reason):
        errors["move_reason"] = [
            _(
                "Người này đang ở hộ %(reference)s của %(head)s. Hãy ghi lý do rời hộ đó, hoặc chọn người khác."
            )
            % {"reference": other.reference, "head": other.head_name}
        ]
    elif valid_from <= elsewhere.valid_from:
        errors["valid_from"] = [
            _("Người này vào hộ %(reference)s ngày %(day)s. Hãy ghi ngày chuyển sau ngày đó.")
            % {"reference": other.reference, "day": f"{elsewhere.valid_from:%d/%m/%Y}"}
        ]
    elif elsewhere.is_head and members_of(other).exclude(pk=elsewhere.pk).exists():
        errors[field] = [
            _("Người này là chủ hộ %(reference)s, hộ còn người khác. Hãy đổi chủ hộ ở đó trước.")
            % {"reference": other.reference}
        ]
    else:
        read_reason(move_reason, errors, "move_reason")


def _end(member: HouseholdMember, on: dt.date, reason: str, actor: Actor) -> None:
    put_end(member, on=on, reason=reason, actor=actor)
    record_event(
        "household.member_left",
        member.household,
        actor=actor,
        reason=reason,
        change={"person": member.person.reference, "on": f"{on:%d/%m/%Y}"},
    )


def _member(
    household: Household,
    person: Person,
    relation: str,
    valid_from: dt.date,
    actor: Actor,
    *,
    is_head: bool = False,
    reason: str = "",
) -> HouseholdMember:
    return HouseholdMember.objects.create(
        household=household,
        person=person,
        area_code=household.area_code,
        relation=relation,
        is_head=is_head,
        valid_from=valid_from,
        reason=reason,
        **recorded_by(actor),
    )


def _relation(text: str, errors: Sentences, field: str = "relation") -> str:
    relation = without_numbers(clean_text(text))
    if not relation:
        errors[field] = [_("Hãy ghi quan hệ với chủ hộ, ví dụ: vợ, con, cháu.")]
    elif len(relation) > LENGTHS["relation"]:
        errors[field] = [_("Không quá %(length)s ký tự.") % {"length": LENGTHS["relation"]}]
    return relation
