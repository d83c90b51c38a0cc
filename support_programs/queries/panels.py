"""Panels that upper apps add to the page of a case or of a list (payments): a template with its context, or nothing."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from core.workflow import Actor
from support_programs.models import Case, CaseList


@dataclass(frozen=True, slots=True)
class Panel:
    """What is drawn: the template includes its own card; `context` is under the name `panel`."""

    template: str
    context: Mapping[str, Any]


CasePanelProvider = Callable[[Actor, Case], Panel | None]
ListPanelProvider = Callable[[Actor, CaseList], Panel | None]
_of_cases: Final[dict[str, CasePanelProvider]] = {}
_of_lists: Final[dict[str, ListPanelProvider]] = {}


def register_case_panel(name: str, provider: CasePanelProvider) -> None:
    """An upper app adds a panel to every case page."""
    _of_cases[name] = provider


def register_list_panel(name: str, provider: ListPanelProvider) -> None:
    """An upper app adds a panel to every list page."""
    _of_lists[name] = provider


def case_panels(actor: Actor, case: Case) -> list[Panel]:
    return [panel for name in sorted(_of_cases) if (panel := _of_cases[name](actor, case)) is not None]


def list_panels(actor: Actor, case_list: CaseList) -> list[Panel]:
    return [panel for name in sorted(_of_lists) if (panel := _of_lists[name](actor, case_list)) is not None]
