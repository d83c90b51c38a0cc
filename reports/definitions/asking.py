"""What was asked of a report, as it is kept with a run, a job or a schedule, and read back."""

import datetime as dt
from collections.abc import Mapping
from typing import Any, Final

from core.querysets import Viewer
from reports.definitions.base import Params
from reports.queries.areas import area_choice, has_communes, with_communes

# `units` of the form: down to the communes; "" is one level below the area
COMMUNES: Final = "communes"


def stored_params(params: Params) -> dict[str, Any]:
    """What was asked, as JSON can hold it."""
    return {
        "first": params.first.isoformat(),
        "last": params.last.isoformat(),
        "area_code": params.area.unit.area_code,
        "programmes": list(params.programmes),
        "units": COMMUNES if has_communes(params.area) else "",
    }


def read_params(stored: Mapping[str, Any], viewer: Viewer, on: dt.date) -> Params | None:
    """The same again for a viewer, or None where the area isn't there any more or lies outside the viewer's."""
    choice = area_choice(viewer, stored["area_code"], on)
    if choice is None:
        return None
    if stored.get("units") == COMMUNES:
        choice = with_communes(choice, on)
    return Params(
        dt.date.fromisoformat(stored["first"]),
        dt.date.fromisoformat(stored["last"]),
        choice,
        tuple(stored.get("programmes") or ()),
    )
