"""What a form of a new dossier sends: its fields, its draft, its version of the rules."""

import datetime as dt
from collections.abc import Mapping
from typing import Final

from django.http import Http404
from django.utils.translation import gettext as _

from core import clock
from core.dates import InvalidDateError, parse_date
from support_programs.queries.programmes import NoRuleInForce, current_versions_of, definition_of, version_for
from support_programs.rules.children import MOST
from support_programs.rules.definition import Definition
from support_programs.views.claim_forms import FIRST_CHILDREN

_LATEST: Final = dt.date(2099, 12, 31)
_LARGEST: Final = 2**63 - 1
# buttons and what only the page needs; that warnings are kept is said anew each time
_NOT_KEPT: Final = frozenset(
    {
        "csrfmiddlewaretoken", "draft", "here", "touched", "keep", "keep_shown", "doubts", "another", "save_draft",
        "more_children", "fill_row", "refill", "drop_application",
    }
)  # fmt: skip


def typed_of(posted: Mapping[str, str]) -> dict[str, str]:
    """The fields that a draft keeps, the empty ones left out."""
    return {
        name: str(posted.get(name, ""))
        for name in posted
        if name not in _NOT_KEPT and not name.startswith("cell-") and posted.get(name)
    }


def draft_id_of(sent: Mapping[str, str]) -> int | None:
    """The draft that a form or an address names; None for none, or for what is no number."""
    text = sent.get("draft", "")
    is_number = text.isascii() and text.isdigit() and len(text) < 20 and int(text) <= _LARGEST
    return int(text) if is_number else None


def rows_of(sent: Mapping[str, str]) -> int:
    """How many rows of children the form has."""
    typed = sent.get("child_rows", "")
    return min(int(typed), MOST) if typed.isascii() and typed.isdigit() and len(typed) < 4 else FIRST_CHILDREN


def rules_for(programme: str, received: str, shown: str) -> Definition:
    """The version of the day of receipt, else of today; of a day that can't be, the one that the page showed, else the newest.

    404 for an unknown programme.
    """
    versions = current_versions_of(programme)
    if not versions:
        raise Http404(_("Không có chính sách này."))
    try:
        day = parse_date(received, latest=_LATEST) if received else clock.today()
        return definition_of(version_for(programme, day).pk)
    except (InvalidDateError, NoRuleInForce):
        known = [version for version in versions if version.code == shown]
        return definition_of((known or versions)[-1].pk)
