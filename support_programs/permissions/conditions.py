"""Query conditions that the guards of cases and of lists share."""

from collections.abc import Mapping
from functools import reduce
from operator import or_
from typing import Final

from django.apps import apps
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Length
from django.db.models.lookups import Exact

from core.workflow import Actor
from support_programs.permissions import INTAKE, Desk

# who uploaded the list, typed into the row or kept it as it was entered it too, whoever pressed the last button
SHARES_IN_ENTRY: Final = (
    "entered_by_id",
    "import_row__list_import__created_by_id",
    "import_row__corrected_by_id",
    "import_row__accepted_by_id",
)
NOTHING: Final = Q(pk__in=[])


def shares_of(actor: Actor) -> list[dict[str, object]]:
    """The lookups of a case, each of which says that this person had a part in entering it."""
    by_column: list[dict[str, object]] = [{field: actor.pk} for field in SHARES_IN_ENTRY]
    return [*by_column, {"also_entered_by__contains": [actor.pk]}]


def rows(model: str, **lookup: object) -> Exists:
    """There are rows of a model that fit; `lookup` may name the outer row."""
    manager = apps.get_model(model)._default_manager
    return Exists(manager.filter(**lookup))


def case_in_list(**lookup: object) -> Exists:
    """The list has a case that fits."""
    return rows("support_programs.Case", case_list=OuterRef("pk"), **lookup)


def at_level(digits: int) -> Q:
    """Rows whose area code has so many digits."""
    return Q(Exact(Length("area_code"), digits))


def beside(desks: Mapping[int, Desk], actor: Actor) -> Q:
    """Rows of the levels at which this person doesn't sit."""
    levels = [at_level(digits) for digits, (sits_there, _denied) in desks.items() if not sits_there(actor)]
    return reduce(or_, levels, NOTHING)


def of_other_level(actor: Actor) -> Q:
    """Rows that were drawn up at a level where this person takes nothing in."""
    return beside(INTAKE, actor)
