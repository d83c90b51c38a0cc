"""Who may be given a case: the people at work at its desk."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.db.models import BooleanField, OuterRef, Q, Subquery, Value, When
from django.db.models import Case as Choose

from accounts.enums import DISTRICT_DIGITS, Role
from accounts.models import User
from core.text import sort_key
from core.workflow import Actor
from support_programs.models import Case
from support_programs.permissions import COMMUNE_DIGITS, DEPARTMENT_DIGITS
from support_programs.permissions.desks import led_by_me, on_my_desk

# the role that has the casework at an area of so many digits
DESKS: Final[Mapping[int, Role]] = {
    COMMUNE_DIGITS: Role.COMMUNE_OFFICER,
    DISTRICT_DIGITS: Role.DISTRICT_OFFICER,
    DEPARTMENT_DIGITS: Role.PROVINCIAL_REVIEWER,
}


def colleagues_of(actor: Actor) -> list[User]:
    """The people at work with the casework of the actor's own unit, in Vietnamese order, the actor among them; one query."""
    role = DESKS.get(len(actor.area_code))
    if role is None:
        return []
    people = User.objects.filter(is_active=True, area_code=actor.area_code, role_assignments__role=role)
    return sorted(people.distinct(), key=lambda person: (sort_key(person.full_name), person.pk))


@dataclass(frozen=True, slots=True)
class Assignment:
    """Who works on a case, and what the reader may do about it."""

    officer: str
    since: dt.date | None
    is_mine: bool
    can_claim: bool
    can_hand_over: bool


def assignment_of(actor: Actor, case: Case) -> Assignment:
    """Who works on this case, for its page; one query."""
    name = User.objects.filter(pk=OuterRef("assigned_to_id")).values("full_name")
    officer, is_here, is_led = (
        Case.objects.filter(pk=case.pk)
        .values_list(Subquery(name), _truth(on_my_desk(actor)), _truth(led_by_me(actor)))
        .get()
    )
    return Assignment(
        officer=officer or "",
        since=case.assigned_on,
        is_mine=case.assigned_to_id == actor.pk,
        can_claim=is_here and case.assigned_to_id is None,
        can_hand_over=is_led,
    )


def _truth(condition: Q) -> Choose:
    return Choose(When(condition, then=Value(True)), default=Value(False), output_field=BooleanField())


def colleague(actor: Actor, pk: str) -> User | None:
    """The colleague of this number; None for anybody else."""
    return next((person for person in colleagues_of(actor) if str(person.pk) == pk), None)
