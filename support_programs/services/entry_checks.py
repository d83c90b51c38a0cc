"""What speaks against a form while it is typed, field by field; the same rules judge it again when it is handed in."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from django.utils.translation import gettext as _

from beneficiaries.imports.checking import CheckRules, RowChecker
from beneficiaries.imports.findings import message_of
from beneficiaries.imports.profile import profile_to_judge_by
from beneficiaries.models import Person
from beneficiaries.queries.communes import communes_seen_from
from beneficiaries.rules.employers import read_tax_code
from beneficiaries.rules.findings import Finding
from beneficiaries.services.duplicates.hinting import HintRefused, hint_for
from beneficiaries.services.duplicates.likely import FIELDS as WATCHED
from beneficiaries.services.duplicates.likely import Likely
from beneficiaries.services.people import owners_of, sentences_of
from beneficiaries.services.registering_people import TYPED_FIELDS
from core import clock, crypto
from core.dates import InvalidDateError, parse_date
from core.workflow import Actor
from support_programs.rules.definition import Definition
from support_programs.rules.facts import Fact
from support_programs.rules.form import impossible_days, read_answers
from support_programs.rules.judging import period_of
from support_programs.services.claim_refusals import Problems
from support_programs.services.claims.claimants import Claimant, check_first_claim, warn_of_namesakes
from support_programs.services.claims.receiving import check_deadline, check_received, received_day

_LATEST: Final = dt.date(2099, 12, 31)
_PERSON: Final = "applicant-"


@dataclass(slots=True)
class Checked:
    """Sentences by the form's field: `wrong` would be refused, `doubtful` has to be compared with the papers. `likely` may be
    the same human already.
    """

    wrong: dict[str, list[str]] = field(default_factory=dict)
    doubtful: dict[str, list[str]] = field(default_factory=dict)
    likely: list[Likely] = field(default_factory=list)

    def without(self, name: str) -> "Checked":
        """The same, silent about the field that is still being typed."""
        for found in (self.wrong, self.doubtful):
            found.pop(name, None)
        return self


def check_typed(
    definition: Definition, typed: Mapping[str, str], actor: Actor, *, looks_up: bool = True
) -> Checked:
    """Judge what stands in the form so far; what is still empty is asked for by nobody yet.

    `typed` are the form's fields by name. Nothing is written but who was told of as likely the same, and of whom a number is,
    as `hint_for` does it and so many times a minute; asked too often, or without `looks_up`, that part is left out.
    """
    checked = Checked()
    _check_day(definition, typed, checked)
    facts = _check_answers(definition, typed, checked)
    if code := typed.get("employer-tax_code", "").strip():
        _code, problem = read_tax_code(code)
        if problem:
            checked.wrong["employer-tax_code"] = [_("Mã số thuế không đúng. Hãy đối chiếu lại từng số.")]
    person = {name: typed.get(_PERSON + name, "").strip() for name in TYPED_FIELDS}
    if any(person.values()):
        _check_person(definition, person, actor, checked)
        if looks_up:
            _look_up(definition, person, period_of(definition, facts), actor, checked)
    return checked


def _check_day(definition: Definition, typed: Mapping[str, str], checked: Checked) -> None:
    text = typed.get("received_on", "").strip()
    if not text:
        return
    problems = Problems()
    try:
        day = parse_date(text, latest=_LATEST)
    except InvalidDateError as error:
        checked.wrong["received_on"] = [str(error)]
        return
    check_received(day, problems)
    check_deadline(definition, received_day(day, is_after_hours=bool(typed.get("after_hours"))), problems)
    _take(problems, checked)


def _check_answers(definition: Definition, typed: Mapping[str, str], checked: Checked) -> dict[str, Fact]:
    fields = [asked for asked in definition.fields if asked.type != "children"]
    values, unread = read_answers(
        fields, {asked.code: typed.get(f"answers-{asked.code}", "") for asked in fields}
    )
    for code, sentence in {**impossible_days(values, on=clock.today()), **unread}.items():
        checked.wrong[f"answers-{code}"] = [sentence]
    return {code: Fact(value) for code, value in values.items()}


def _check_person(definition: Definition, person: Mapping[str, str], actor: Actor, checked: Checked) -> None:
    today = clock.today()
    communes = communes_seen_from(actor.area_code, today)
    rules = CheckRules(profile_to_judge_by(definition.programme), communes, today)
    row = RowChecker(rules, frozenset(TYPED_FIELDS)).check(0, person, typed=TYPED_FIELDS)
    wrong, doubtful = sentences_of(row, TYPED_FIELDS)
    for found, kept in ((wrong, checked.wrong), (doubtful, checked.doubtful)):
        kept.update({_PERSON + name: texts for name, texts in found.items() if name and person[name]})


def _look_up(
    definition: Definition, person: Mapping[str, str], period: str, actor: Actor, checked: Checked
) -> None:
    """Whose the number is, their live claims, and who may be the same human under another number."""
    asked = {name: person.get(name, "") for name in WATCHED}
    try:
        checked.likely = hint_for(typed=asked, area_code=actor.area_code, actor=actor)
    except HintRefused:
        return
    problems = Problems()
    warn_of_namesakes(person, definition.programme, problems)
    number = f"{_PERSON}id_number"
    if person["id_number"] and number not in checked.wrong:
        _look_up_number(definition, person, period, problems)
    for name, texts in problems.errors.items():
        checked.wrong.setdefault(name.replace(".", "-") or number, []).extend(texts)
    problems.errors = {}
    _take(problems, checked)


def _look_up_number(
    definition: Definition, person: Mapping[str, str], period: str, problems: Problems
) -> None:
    """The number of another name, or of somebody with a live claim of this programme and period (while it is known)."""
    number = crypto.normalise_number(person["id_number"])
    values = {"id_number": number, "full_name": person["full_name"]}
    owner = next((one for one in owners_of(values, definition.programme) if one.person_id is not None), None)
    if owner is None or owner.person_id is None:
        return
    if person["full_name"] and not owner.is_same_name:
        sentence = message_of(Finding("ID_OTHER_PERSON", "id_number"), None).partition(" : ")[2]
        problems.add("applicant.id_number", sentence[:1].upper() + sentence[1:])
    elif period:
        check_first_claim(
            Claimant(Person.objects.get(pk=owner.person_id)), definition.programme, period, problems
        )


def _take(problems: Problems, checked: Checked) -> None:
    """Sentences under the names of the form's fields."""
    for found, kept in ((problems.errors, checked.wrong), (problems.warnings, checked.doubtful)):
        for name, texts in found.items():
            kept.setdefault(name.replace(".", "-"), []).extend(texts)
