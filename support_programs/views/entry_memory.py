"""What the next dossier of the pile begins with: kept in the session, for the same business date only."""

from collections.abc import Mapping
from typing import Any, Final

from django.http import HttpRequest

from core import clock
from core.dates import format_date
from core.text import has_number
from support_programs.rules.definition import Definition
from support_programs.views.claim_forms import ClaimForm

_KEY: Final = "entry"
_COLUMNS: Final = "entry_columns"
_MOST_LAYOUTS: Final = 12
# what one pile of dossiers has in common
_COMMON: Final = ("applicant-address", "stream")


def remembered(request: HttpRequest, definition: Definition) -> dict[str, str]:
    """First values of a form, by its fields: the day of receipt of the pile, and of the same programme hamlet and stream."""
    kept = _of_today(request)
    if not kept:
        return {}
    first = {"received_on": str(kept.get("received_on", ""))}
    if kept.get("programme") == definition.programme:
        first |= {name: str(kept.get(name, "")) for name in _COMMON}
    return {name: value for name, value in first.items() if value}


def last_programme(request: HttpRequest) -> str:
    """The programme of the dossier that this person took in last today; "" for none."""
    return str(_of_today(request).get("programme", ""))


def keeps_for_next(request: HttpRequest) -> bool:
    """Whether «Giữ cho người sau» is ticked: until somebody takes it off."""
    return bool(request.session.get(_KEY, {}).get("keeps", True))


def remember(request: HttpRequest, form: ClaimForm, *, keeps: bool) -> None:
    """Keep for the next one what the pile has in common, or, without the tick, the programme alone."""
    kept: dict[str, Any] = {
        "on": clock.today().isoformat(),
        "keeps": keeps,
        "programme": form.definition.programme,
    }
    if keeps:
        kept["received_on"] = format_date(form.cleaned_data["received_on"])
        common = {name: str(form.cleaned_data.get(name, "")) for name in _COMMON}
        # sessions lie in clear: an address with a number in it is no hamlet of a pile
        kept |= {name: text for name, text in common.items() if not has_number(text)}
    request.session[_KEY] = kept


def columns_of_layout(request: HttpRequest, definition: Definition, width: int) -> dict[int, str]:
    """How this person said that the cells of such rows are to be read; nothing for rows of another width."""
    kept = request.session.get(_COLUMNS, {}).get(f"{definition.programme}:{width}", {})
    return {int(number): str(code) for number, code in kept.items()}


def remember_columns(request: HttpRequest, definition: Definition, columns: Mapping[int, str]) -> None:
    """For the next row that is pasted without its header."""
    kept = dict(request.session.get(_COLUMNS, {}))
    kept[f"{definition.programme}:{len(columns)}"] = {str(number): code for number, code in columns.items()}
    request.session[_COLUMNS] = dict(list(kept.items())[-_MOST_LAYOUTS:])


def _of_today(request: HttpRequest) -> Mapping[str, Any]:
    kept = request.session.get(_KEY, {})
    return kept if kept.get("on") == clock.today().isoformat() else {}
