"""The reports of the catalogue, one or more to a module. A module that has `DEFINITION` or `DEFINITIONS` is in the catalogue."""

from collections.abc import Iterator
from importlib import import_module
from pkgutil import iter_modules
from types import MappingProxyType
from typing import Final

from reports.definitions.base import ReportDefinition
from reports.definitions.own import own_definition_of, own_definitions


def _found() -> Iterator[ReportDefinition]:
    for module in sorted(iter_modules(__path__), key=lambda module: module.name):
        content = vars(import_module(f"{__name__}.{module.name}"))
        if isinstance(one := content.get("DEFINITION"), ReportDefinition):
            yield one
        yield from content.get("DEFINITIONS", ())


def _by_code() -> dict[str, ReportDefinition]:
    found = list(_found())
    for words in ([one.code for one in found], [one.slug for one in found]):
        if len(set(words)) != len(words):
            raise ValueError(f"two reports have the same code or slug: {sorted(words)}")
    return {one.code: one for one in found}


# built-in forms; those that the department makes itself (definitions/own.py) are asked for each time
DEFINITIONS: Final = MappingProxyType(_by_code())


def all_definitions() -> tuple[ReportDefinition, ...]:
    """Every report that can be made today."""
    return (*DEFINITIONS.values(), *own_definitions())


def definition_of(code: str) -> ReportDefinition | None:
    """The report of a code, or None."""
    return DEFINITIONS.get(code) or own_definition_of(code)


def definition_with_slug(slug: str) -> ReportDefinition | None:
    """The report at an address, or None."""
    built_in = next((one for one in DEFINITIONS.values() if one.slug == slug), None)
    return built_in or own_definition_of(slug)


__all__ = ["DEFINITIONS", "ReportDefinition", "all_definitions", "definition_of", "definition_with_slug"]
