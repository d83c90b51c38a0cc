"""A form whose page is out of date: what was typed stays, what somebody else wrote is shown beside it, and the officer chooses.

A page carries what its fields showed (`shown`), so that three things are told apart: what the officer changed, what somebody
else changed, and what both did. The first is kept as typed, the second is taken as it stands, the third is shown twice.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django import forms
from django.http import QueryDict
from django.utils.html import strip_tags
from django.utils.translation import gettext as _

from core.transitions import StaleRecord

SHOWN: Final = "shown"


@dataclass(frozen=True, slots=True)
class BothWays:
    """A field that both changed: as it stands in the record, and as the officer typed it."""

    label: str
    stored: str
    typed: str


@dataclass(frozen=True, slots=True)
class Conflict:
    """What the refused page says: who was faster, what both wrote, and whose words were taken over unasked."""

    sentence: str
    both: tuple[BothWays, ...] = ()
    taken: tuple[str, ...] = ()


def shown_by(values: Mapping[str, Any]) -> str:
    """What a page's fields show, to be carried by its form."""
    return json.dumps({name: _text(value) for name, value in values.items()}, ensure_ascii=False)


def conflict_in(
    stale: StaleRecord,
    data: QueryDict,
    *,
    version: int,
    stored: Mapping[str, Any] | None = None,
    fields: Iterable[tuple[str, forms.Field]] = (),
) -> tuple[Conflict, QueryDict]:
    """The conflict of a refused form, and its data made ready to be sent again over the version of now.

    `stored` is what the record says now, for the fields that show it; without any the form only adds words, and keeps them.
    """
    fresh = data.copy()
    fresh["version"] = str(version)
    now = {name: _text(value) for name, value in (stored or {}).items()}
    then = _shown(data)
    both, taken = [], []
    for name, field in fields:
        if name not in now or name not in data:
            continue
        typed, stands, showed = str(data[name]).strip(), now[name], then.get(name)
        if typed == stands or stands == showed:
            continue
        if typed == showed:
            fresh[name] = stands
            taken.append(_label(field))
        else:
            both.append(BothWays(_label(field), _in_words(field, stands), _in_words(field, typed)))
    if stored is not None:
        fresh[SHOWN] = shown_by(now)
    return Conflict(str(stale), tuple(both), tuple(taken)), fresh


def _shown(data: QueryDict) -> dict[str, str]:
    try:
        read = json.loads(data.get(SHOWN, ""))
    except json.JSONDecodeError:
        return {}
    return {str(name): _text(value) for name, value in read.items()} if isinstance(read, dict) else {}


def _text(value: Any) -> str:
    return "" if value is None else str(value).strip()


def _label(field: forms.Field) -> str:
    """Without what the label says of the field: that it may be left out."""
    return strip_tags(str(field.label)).removesuffix(f"({_('không bắt buộc')})").strip()


def _in_words(field: forms.Field, value: str) -> str:
    choices = dict(getattr(field, "choices", ()))
    return str(choices.get(value, value)) or _("để trống")
