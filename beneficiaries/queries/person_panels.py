"""Panels that everybody adds to the page of a person (statuses, cases, payments, duplicates): a template with its context."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from beneficiaries.models import Person
from core.workflow import Actor


@dataclass(frozen=True, slots=True)
class Panel:
    """What is drawn: the template includes its own card; `context` is under the name `panel`."""

    template: str
    context: Mapping[str, Any]


PersonPanelProvider = Callable[[Actor, Person], Panel | None]
_of_people: Final[dict[str, tuple[int, PersonPanelProvider]]] = {}


def register_person_panel(name: str, provider: PersonPanelProvider, order: int) -> None:
    """Add a panel to every person page; lower orders come first. None draws nothing.

    A provider shows what the actor may see only, and asks a constant number of queries.
    """
    _of_people[name] = (order, provider)


def person_panels(actor: Actor, person: Person) -> list[Panel]:
    """The panels of this person that have something to show, in their order."""
    ranked = sorted(_of_people.items(), key=lambda item: (item[1][0], item[0]))
    return [panel for _name, (_order, provider) in ranked if (panel := provider(actor, person)) is not None]
