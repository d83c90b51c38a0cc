"""The name that a household bears: its head's, as the register has it now."""

from __future__ import annotations

from django.db.models import F
from django.utils import timezone

from beneficiaries.models import Household, HouseholdMember, Person
from core.text import sort_key


def name_after(person: Person) -> None:
    """The household that this person is the head of bears their name as it was corrected, so that lists still find it."""
    led = HouseholdMember.objects.filter(
        person=person, is_head=True, valid_to__isnull=True, is_replaced=False
    ).values("household")
    Household.objects.filter(pk__in=led).exclude(head_name=person.full_name).update(
        head_name=person.full_name,
        head_name_sort=sort_key(person.full_name)[:200],
        version=F("version") + 1,
        updated_at=timezone.now(),
    )
