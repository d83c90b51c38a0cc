"""Answers of an open case changed later, on the form of its version; the rules judge it at once."""

from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError, transaction

from core.audit import record_event
from core.workflow import Actor
from support_programs.models import Case
from support_programs.queries.programmes import definition_of
from support_programs.rules.definition import Definition
from support_programs.rules.facts import fact_from_json
from support_programs.rules.form import FormField, WrongValue
from support_programs.rules.judging import period_of
from support_programs.services.claim_refusals import Problems
from support_programs.services.claims.claimants import Claimant, check_first_claim
from support_programs.services.claims.opening import checked_answers, stated_facts
from support_programs.services.claims.receiving import version_received
from support_programs.services.determinations import determine_cases
from support_programs.services.entry import open_case, share_entry


@transaction.atomic
def state_facts(
    case: Case, *, answers: Mapping[str, Any], actor: Actor, expected_version: int | None = None
) -> Case:
    """Put these answers in the place of the old ones; an empty one means unknown again, one that isn't named stays.

    Who changes an answer has entered the case. ClaimRefused by field: what can't be read, impossible days, days that are
    another live case's. Otherwise refused as `open_case` and `share_entry`. Nothing changed, nothing written.
    """
    locked = open_case(case, actor, expected_version)
    definition = definition_of(locked.version_used_id)
    problems = Problems()
    fields = {field.code: field for field in definition.fields if field.type != "children"}
    given = {**_known(locked, fields), **answers}
    values = checked_answers(list(fields.values()), given, problems)
    problems.refuse(keeps_warnings=False)
    fresh = stated_facts({code: values[code] for code in answers if code in values}, actor)
    kept = {code: fact for code, fact in locked.facts.items() if code not in answers}
    kept |= {code: locked.facts[code] for code in fresh if _is_same(locked, code, fresh)}
    after = {**fresh, **kept}
    changed = sorted(code for code in answers if locked.facts.get(code) != after.get(code))
    if not changed:
        return locked
    share_entry(locked, actor)
    before = {code: _value(locked.facts, code) for code in changed}
    _write(locked, after, definition, problems)
    record_event(
        "case.facts_set",
        locked,
        actor=actor,
        change={"facts": changed, "before": before, "after": {code: _value(after, code) for code in changed}},
    )
    determine_cases(Case.objects.filter(pk=locked.pk), actor=actor)
    locked.refresh_from_db()
    return locked


def _known(case: Case, fields: Mapping[str, FormField]) -> dict[str, Any]:
    """What is stored, to be checked together with what is new; what a list wrote and no form would take is left out."""
    known = {}
    for code, field in fields.items():
        value = _value(case.facts, code)
        try:
            if field.read(value) is not None:
                known[code] = value
        except WrongValue:
            continue
    return known


def _value(facts: Mapping[str, Any], code: str) -> Any:
    stored = facts.get(code)
    return None if stored is None else stored.get("value")


def _is_same(case: Case, code: str, fresh: Mapping[str, Any]) -> bool:
    """Said again, it keeps who said it first."""
    return code in case.facts and _value(case.facts, code) == _value(fresh, code)


def _write(case: Case, after: dict[str, Any], definition: Definition, problems: Problems) -> None:
    facts = {code: fact_from_json(stored) for code, stored in after.items()}
    period = period_of(definition, facts) or case.period
    if definition.version_by == "event":
        told = {code: fact.value for code, fact in facts.items()}
        case.version_used = version_received(definition.programme, case.received_on, told, problems)
    claimant = Claimant(case.person, case.employer)
    if period != case.period:
        check_first_claim(claimant, definition.programme, period, problems, but=case.pk)
    problems.refuse(keeps_warnings=False)
    case.facts, case.period = after, period
    try:
        with transaction.atomic():
            case.save(update_fields=["facts", "period", "version_used"])
    except IntegrityError as error:
        if "one_live_case_per_programme_and_" not in str(error):
            raise
        check_first_claim(claimant, definition.programme, period, problems, but=case.pk)
        problems.refuse(keeps_warnings=False)
        raise
