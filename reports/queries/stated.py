"""What a claim's form says, as a column of a statement."""

from typing import Any

from django.db.models import IntegerField
from django.db.models.fields.json import KeyTextTransform, KeyTransform
from django.db.models.functions import Cast, Coalesce


def stated_text(facts: str, fact: str) -> Any:
    """The answer to a question of the form; `facts` is the path to the claim's facts («entitlement__case__facts»). NULL: none."""
    return KeyTextTransform("value", KeyTransform(fact, facts))


def stated_number(facts: str, fact: str) -> Any:
    """A number of the form; 0 where it isn't answered."""
    return Coalesce(Cast(stated_text(facts, fact), IntegerField()), 0)
