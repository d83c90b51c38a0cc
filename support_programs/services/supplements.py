"""A case sent back to be completed with the wrong places marked, and its answer, place by place."""

import datetime as dt
from collections.abc import Mapping, Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from core.transitions import TransitionRefused, check_version
from core.workflow import Actor
from support_programs.enums import CaseStatus
from support_programs.models import Case, SupplementRequest
from support_programs.queries.supplements import places_of
from support_programs.services.appraisal import exclude_case, list_still_appraised, supplement_case
from support_programs.services.holding import hold_drafts, hold_lists
from support_programs.services.lists import list_cases
from support_programs.services.scope import check_area, check_intake, check_no_number
from support_programs.services.waiting import Asked, Mark, end_requests


def marks_from(case: Case, marked: Mapping[tuple[str, str], str]) -> tuple[Mark, ...]:
    """Marks of (kind, code) -> why, with the labels of the dossier; TransitionRefused for a place that it hasn't."""
    places = {(place.kind, place.code): place for group in places_of(case) for place in group.places}
    marks = []
    for key, why in marked.items():
        place = places.get(key)
        if place is None:
            raise TransitionRefused(
                _("Hồ sơ này không có mục «%(code)s». Hãy mở lại trang.") % {"code": key[1]}
            )
        marks.append(Mark(place.kind, place.code, place.label, why.strip()))  # type: ignore[arg-type]
    return tuple(marks)


@transaction.atomic
def ask_supplement(
    case: Case,
    *,
    marked: Mapping[tuple[str, str], str],
    reason: str,
    actor: Actor,
    answer_by: dt.date | None = None,
    expected_version: int | None = None,
) -> Case:
    """The case leaves its list with the marked places and why; its clock stands still until the dossier is completed.

    Without a reason of its own the request says what the marks say. Refused: what `exclude_case` refuses, neither mark nor
    reason, a mark without a reason, an identity number in them, a day of answer that is not in the future, a page that is out
    of date (StaleRecord).
    """
    check_area(actor, case.area_code)
    _hold(case, expected_version, actor)
    marks = marks_from(case, marked)
    said = reason.strip() or " ".join(f"{mark.label}: {mark.why.rstrip('.')}." for mark in marks)
    check_no_number(said, *(mark.why for mark in marks))
    return exclude_case(
        case,
        to=CaseStatus.NEEDS_SUPPLEMENT,
        reason=said,
        actor=actor,
        asked=Asked(said, marks, answer_by),
    )


@transaction.atomic
def answer_supplement(
    case: Case, *, note: str, done: Sequence[str], actor: Actor, expected_version: int | None = None
) -> Case:
    """The desk says what was added, for each marked place and in all; the case goes back into its list and the clock runs on.

    Where that list is appraised already, it goes into the list that is being drawn up, with the clock of that. `done` are words
    in the order of the request's marks, "" where there is nothing to say of one. Refused: what `supplement_case` and
    `list_cases` refuse, no words at all, an identity number in them, and a page that is out of date (StaleRecord).
    """
    check_area(actor, case.area_code)
    check_intake(actor, case.area_code)
    home = list_still_appraised(case)
    if home is None:
        hold_drafts(case)
    _hold(case, expected_version, actor)
    asked = SupplementRequest.objects.filter(case=case, answered_on__isnull=True).first()
    said = _answer_of(asked, note, done)
    check_no_number(said)
    if home is not None or asked is None or not said:
        return supplement_case(case, note=said, actor=actor)
    end_requests([case.pk], answer=said, actor=actor)
    list_cases(Case.objects.filter(pk=case.pk), actor=actor)
    case.refresh_from_db()
    return case


def _answer_of(asked: SupplementRequest | None, note: str, done: Sequence[str]) -> str:
    """One line for each place of which something was said, then what was said of all."""
    labels = [str(item["label"]) for item in asked.items] if asked else []
    lines = [f"{label}: {words.strip()}" for label, words in zip(labels, done, strict=False) if words.strip()]
    return "\n".join([*lines, *([note.strip()] if note.strip() else [])])


def _hold(case: Case, expected_version: int | None, actor: Actor) -> None:
    """The list and the case are held from here on; StaleRecord where somebody changed the case since the page was opened."""
    hold_lists(Case.objects.filter(pk=case.pk))
    check_version(Case.objects.select_for_update(of=("self",)).get(pk=case.pk), expected_version, actor)
