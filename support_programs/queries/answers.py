"""Answers of somebody whose case nobody keeps: read, checked for what can't be, and turned into facts."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext as _

from accounts.models import AdministrativeUnit
from core import clock
from core.dates import EARLIEST_YEAR, format_date
from support_programs.queries.questions import OCCUPATION, OCCUPATION_GROUP
from support_programs.rules.definition import Definition
from support_programs.rules.facts import Fact, Facts
from support_programs.rules.form import EARLIEST, FormField, impossible_days, read_answers
from support_programs.rules.occupations import group_of

CALCULATOR: Final = "calculator"
# facts of the register: the answers are judged as if it knew nothing of the person
NOT_LOOKED_UP: Final[Mapping[str, Any]] = {
    "other_regimes": [],
    "other_programmes": [],
    "paid_days": [],
    "granted_supplements": [],
    "received_before": "",
}
_AHEAD: Final = dt.timedelta(366)


@dataclass(frozen=True, slots=True)
class Applicant:
    """Who asks. Of a year of birth alone both possible ages are looked at."""

    birth_date: dt.date | None = None
    birth_year: int | None = None
    sex: str = ""


@dataclass(frozen=True, slots=True)
class Answers:
    """The day on which the dossier is handed in, who asks, and what was answered, as typed facts."""

    received_on: dt.date
    applicant: Applicant
    values: Mapping[str, Any]


def read_given(
    fields: Sequence[FormField], given: Mapping[str, Any]
) -> tuple[dict[str, Any], dict[str, str]]:
    """Typed facts of what was given, and a sentence for each that is not asked, can't be read or can't be."""
    values, problems = read_answers(fields, given)
    known = {field.code for field in fields}
    for code in given:
        if code not in known:
            problems[code] = _("Chính sách này không hỏi «%(code)s».") % {"code": code}
    return values, {**impossible_days(values, on=clock.today()), **problems}


def wrong_day(received_on: dt.date) -> str:
    """Why a dossier can't be handed in on this day; "" where it can."""
    latest = clock.today() + _AHEAD
    if EARLIEST <= received_on <= latest:
        return ""
    days = {"first": format_date(EARLIEST), "last": format_date(latest)}
    return _("Ngày nộp hồ sơ phải từ %(first)s đến %(last)s. Hãy kiểm tra lại.") % days


def wrong_birth(applicant: Applicant, start: dt.date | None = None) -> str:
    """Why this birth can't be, also beside an event that started on a day; "" where it can."""
    born, year, today = applicant.birth_date, applicant.birth_year, clock.today()
    if born is not None:
        if born > today or born.year < EARLIEST_YEAR:
            return _("Không thể sinh ngày %(day)s. Hãy kiểm tra lại.") % {"day": format_date(born)}
        if start is not None and born > start:
            days = {"day": format_date(born), "start": format_date(start)}
            return _("Ngày sinh %(day)s sau ngày bắt đầu sự việc %(start)s. Hãy kiểm tra lại.") % days
    elif year is not None:
        if not EARLIEST_YEAR <= year <= today.year:
            return _("Không thể sinh năm %(year)s. Hãy kiểm tra lại.") % {"year": year}
        if start is not None and year > start.year:
            years = {"year": year, "start": format_date(start)}
            return _("Năm sinh %(year)s sau ngày bắt đầu sự việc %(start)s. Hãy kiểm tra lại.") % years
    return ""


def urban_of(area_code: str) -> bool | None:
    """Whether a commune of today counts as town; None where the code is no commune's."""
    unit = AdministrativeUnit.objects.communes().valid_on(clock.today()).filter(area_code=area_code).first()
    return None if unit is None else unit.is_urban


def facts_for(rules: Definition, answers: Answers, received_on: dt.date) -> Facts:
    """The answers as facts for one version, as if they were handed in on this day and the register knew nothing."""
    applicant = answers.applicant
    given: dict[str, Any] = {**NOT_LOOKED_UP, "received_on": received_on}
    if applicant.birth_date:
        given["birth_date"] = applicant.birth_date
    elif applicant.birth_year:
        given["birth_year"] = applicant.birth_year
    if applicant.sex:
        given["sex"] = applicant.sex
    given.update(answers.values)
    group = group_of(str(given.get(OCCUPATION, "")), rules.occupation_groups)
    if group:
        given.setdefault(OCCUPATION_GROUP, group)
    return {code: Fact(value, CALCULATOR) for code, value in given.items()}
