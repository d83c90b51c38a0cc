"""Query conditions that the guards of cases and of lists share."""

from functools import reduce
from operator import or_
from typing import Final

from django.apps import apps
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Length
from django.db.models.lookups import Exact

from core.workflow import Actor
from support_programs.enums import Step
from support_programs.permissions import DEPARTMENT_DIGITS, INTAKE, district_officer, reviewer

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


def of_other_level(actor: Actor) -> Q:
    """Rows that were drawn up at a level where this person takes nothing in."""
    levels = [at_level(digits) for digits, (sits_there, _denied) in INTAKE.items() if not sits_there(actor)]
    return reduce(or_, levels, NOTHING)


def has_step(*steps: Step) -> Q:
    """Rows whose version has one of these steps in its chain. The few versions are looked at once, not for each row."""
    versions = apps.get_model("support_programs.ProgrammeVersion")._default_manager
    conditions = (Q(definition__chain__contains=[{"step": step.value}]) for step in steps)
    return Q(version_used__in=versions.filter(reduce(or_, conditions)).values("pk"))


def appraised_elsewhere(actor: Actor) -> Q:
    """Rows that a desk appraises at which this person doesn't sit (`is_for_district` as a condition)."""
    by_district = has_step(Step.DISTRICT_APPRAISAL) & ~at_level(DEPARTMENT_DIGITS)
    elsewhere = NOTHING
    if not district_officer(actor):
        elsewhere |= by_district
    if not reviewer(actor):
        elsewhere |= ~by_district
    return elsewhere
