"""What an officer decides or states of one case from a page that may be out of date: nobody's change is written over unseen.

Each takes `expected_version`, the version that the page showed, and is refused with StaleRecord, which names who changed what
and when, before anything else is done.
"""

from collections.abc import Mapping

from django.db import transaction

from core.workflow import Actor
from support_programs.enums import CaseStatus
from support_programs.models import Case
from support_programs.services.appraisal import exclude_case, reopen_case, withdraw_case
from support_programs.services.claims import state_facts
from support_programs.services.entry import open_case
from support_programs.services.facts import set_case_facts, set_occupation_group
from support_programs.services.holding import hold_version
from support_programs.services.lists import resolve_mark
from support_programs.services.scope import check_area


@transaction.atomic
def refuse_case(case: Case, *, reason: str, actor: Actor, expected_version: int | None = None) -> Case:
    """Not eligible: the case leaves its list with the reason. Refused as `exclude_case`."""
    _hold(case, actor, expected_version)
    return exclude_case(case, to=CaseStatus.INELIGIBLE, reason=reason, actor=actor)


@transaction.atomic
def withdraw(case: Case, *, reason: str, actor: Actor, expected_version: int | None = None) -> Case:
    """The person takes the claim back. Refused as `withdraw_case`."""
    _hold(case, actor, expected_version)
    return withdraw_case(case, reason=reason, actor=actor)


@transaction.atomic
def reopen(case: Case, *, reason: str, actor: Actor, expected_version: int | None = None) -> Case:
    """A refused case is looked at again. Refused as `reopen_case`."""
    _hold(case, actor, expected_version)
    return reopen_case(case, reason=reason, actor=actor)


@transaction.atomic
def resolve(case: Case, *, note: str, actor: Actor, expected_version: int | None = None) -> None:
    """The desk says what it did about a row that came back marked. Refused as `resolve_mark`."""
    _hold(case, actor, expected_version)
    resolve_mark(case, note=note, actor=actor)


@transaction.atomic
def state_case(
    case: Case,
    *,
    answers: Mapping[str, str],
    confirmed: Mapping[str, bool | None],
    group: str = "",
    actor: Actor,
    expected_version: int | None = None,
) -> Case:
    """Everything that one page states of a case, all or nothing: answers of the form, what the commune confirms, the group of the
    occupation; the rules judge it at once. Empty ones say nothing. Refused as `state_facts`, `set_case_facts` and
    `set_occupation_group`.
    """
    open_case(case, actor, expected_version)
    if answers:
        state_facts(case, answers=answers, actor=actor)
    if confirmed:
        set_case_facts(case, values=confirmed, actor=actor)
    if group:
        set_occupation_group(Case.objects.filter(pk=case.pk), group=group, actor=actor)
    case.refresh_from_db()
    return case


def _hold(case: Case, actor: Actor, expected_version: int | None) -> None:
    check_area(actor, case.area_code)
    hold_version(case, actor=actor, expected_version=expected_version)
