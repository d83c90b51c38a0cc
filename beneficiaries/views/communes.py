"""The communes that a form offers to choose from."""

from __future__ import annotations

from typing import Any, Final

from accounts.queries.staff import area_choices
from core.workflow import Actor

COMMUNE_DIGITS: Final = 10


def communes_to_choose(actor: Actor) -> list[Any]:
    """Those of the actor's area, under their districts where there are several; none for an officer of a commune."""
    if len(actor.area_code) == COMMUNE_DIGITS:
        return []
    groups = area_choices(actor.area_code)
    communes = [(name, [one for one in units if len(one[0]) == COMMUNE_DIGITS]) for name, units in groups]
    filled = [(name, units) for name, units in communes if units]
    return filled if len(filled) > 1 else [unit for _name, units in filled for unit in units]
