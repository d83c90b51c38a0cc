"""Panels that upper apps and the parts of casework add to the page of a case or of a list: a template with its
context, or nothing."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Literal

from core.workflow import Actor
from support_programs.models import Case, CaseList


@dataclass(frozen=True, slots=True)
class Panel:
    """What is drawn: the template includes its own card; `context` is under the name `panel`."""

    template: str
    context: Mapping[str, Any]


Place = Literal["top", "papers", "main", "rail"]


@dataclass(frozen=True, slots=True)
class CasePanels:
    """The panels of one case by their place on its page, each in its order; `names` are those that have something."""

    top: list[Panel] = field(default_factory=list)
    papers: list[Panel] = field(default_factory=list)
    main: list[Panel] = field(default_factory=list)
    rail: list[Panel] = field(default_factory=list)
    names: list[str] = field(default_factory=list)

    @property
    def has_payments(self) -> bool:
        return "payments" in self.names


@dataclass(frozen=True, slots=True)
class _Registered:
    name: str
    provider: "CasePanelProvider"
    place: Place
    order: int


CasePanelProvider = Callable[[Actor, Case], Panel | None]
ListPanelProvider = Callable[[Actor, CaseList], Panel | None]
_of_cases: Final[dict[str, _Registered]] = {}
_of_lists: Final[dict[str, ListPanelProvider]] = {}


def register_case_panel(
    name: str, provider: CasePanelProvider, *, place: Place = "main", order: int = 50
) -> None:
    """A panel of every case page. `top` is under the criteria, `papers` takes the place of the papers' card, `main` is
    below what was stated, `rail` between decision and history; within a place the lower `order` comes first."""
    _of_cases[name] = _Registered(name, provider, place, order)


def register_list_panel(name: str, provider: ListPanelProvider) -> None:
    """A panel of every list page."""
    _of_lists[name] = provider


def case_panels(actor: Actor, case: Case) -> CasePanels:
    """What the page of a case draws for this person."""
    found = CasePanels()
    for registered in sorted(_of_cases.values(), key=lambda one: (one.order, one.name)):
        if (panel := registered.provider(actor, case)) is not None:
            getattr(found, registered.place).append(panel)
            found.names.append(registered.name)
    return found


def list_panels(actor: Actor, case_list: CaseList) -> list[Panel]:
    return [panel for name in sorted(_of_lists) if (panel := _of_lists[name](actor, case_list)) is not None]
