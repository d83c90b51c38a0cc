"""Reads of accounts."""

from accounts.queries.areas import (
    area_name,
    area_names,
    children_of,
    find_commune,
    parent_name,
    place_name,
)

__all__ = ["area_name", "area_names", "children_of", "find_commune", "parent_name", "place_name"]
