"""The official forms, one module each; `DEFINITIONS` lists them by code."""

from types import MappingProxyType
from typing import Final

from reports.definitions import free_workers
from reports.definitions.base import ReportDefinition

DEFINITIONS: Final = MappingProxyType(
    {definition.code: definition for definition in (free_workers.DEFINITION,)}
)


def definition_of(code: str) -> ReportDefinition | None:
    """The form of a code, or None."""
    return DEFINITIONS.get(code)


__all__ = ["DEFINITIONS", "ReportDefinition", "definition_of"]
