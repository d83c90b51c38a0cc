"""Whose claim it is: the person and the employer of a case, registered or found, and what the case keeps of them."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.queries import area_name
from beneficiaries.enums import EmployerKind
from beneficiaries.models import Employer, IdentityDocument, Person
from beneficiaries.queries.joining import counts_as
from beneficiaries.rules.employers import read_tax_code
from beneficiaries.services.employers import EmployerRefused, register_employer
from beneficiaries.services.people import PersonRefused
from beneficiaries.services.registering_people import register_person
from core import clock, crypto
from core.dates import InvalidDateError, parse_partial_date
from core.text import clean_text, search_key, sort_key, without_numbers
from core.workflow import Actor
from support_programs.enums import CaseStatus
from support_programs.models import Case
from support_programs.permissions import DEPARTMENT_DIGITS
from support_programs.rules.definition import Definition
from support_programs.services.claim_refusals import Problems

SHOWN: Final = 5
# answers of a household business that describe the business itself
_OF_BUSINESS: Final = {
    "name": "business_name",
    "address": "business_address",
    "business_lines": "business_lines",
    "tax_code": "tax_code",
    "registration_number": "registration_number",
}
NUMBER_KIND: Final = "MST"


@dataclass(frozen=True, slots=True)
class Claimant:
    """Person, employer or both, as `beneficiary_kind` asks for. `of_list` is the employer whose dossier the case is part of."""

    person: Person | None = None
    employer: Employer | None = None
    of_list: Employer | None = None

    def snapshot(self, typed: Mapping[str, str]) -> dict[str, Any]:
        """The columns of the case that name the applicant: as registered, with place, work and telephone of this dossier."""
        if self.person is not None:
            return _of_person(self.person, typed)
        return _of_employer(self.employer) if self.employer else {}


def _of_person(person: Person, typed: Mapping[str, str]) -> dict[str, Any]:
    paper = IdentityDocument.objects.filter(person=person, is_current=True).first()
    told = {field: without_numbers(clean_text(typed.get(field, ""))) for field in ("address", "job")}
    return {
        "applicant_name": person.full_name,
        "name_key": person.name_key,
        "name_sort": person.name_sort,
        "birth_date": person.birth_date,
        "birth_year": person.birth_year,
        "sex": person.sex,
        "number_kind": paper.kind if paper else "",
        "number_last3": paper.number_last3 if paper else "",
        "hamlet": told["address"][:250] or person.hamlet,
        "phone": clean_text(typed.get("phone", ""))[:20] or person.phone,
        "occupation": told["job"][:150] or person.occupation,
    }


def _of_employer(employer: Employer) -> dict[str, Any]:
    return {
        "applicant_name": employer.name[:150],
        "name_key": employer.name_key,
        "name_sort": sort_key(employer.name[:150]),
        "number_kind": NUMBER_KIND,
        "number_last3": employer.tax_code[-3:],
        "hamlet": employer.address,
        "phone": employer.phone,
    }


def claimant_of(
    definition: Definition,
    *,
    applicant: Mapping[str, str],
    employer: Mapping[str, str],
    answers: Mapping[str, Any],
    received: dt.date,
    area_code: str,
    actor: Actor,
    keeps_warnings: bool,
    problems: Problems,
) -> Claimant | None:
    """Register or find them; None, and the sentences in `problems`, where something of them can't be taken."""
    kind = definition.beneficiary_kind
    person, firm = None, None
    if kind != "employer":
        try:
            person = register_person(
                typed=applicant,
                profile=definition.programme,
                on=received,
                area_code=area_code,
                actor=actor,
                keeps_warnings=keeps_warnings,
            )
        except PersonRefused as refusal:
            problems.take("applicant", refusal.errors, refusal.warnings)
    if kind == "household_business":
        if person is not None:
            firm = _business(answers, person, area_code, actor, problems)
        return Claimant(person, firm) if person and firm else None
    if kind != "person":
        firm = _firm(employer, actor, problems)
    if kind == "employer":
        return Claimant(employer=firm) if firm else None
    if kind == "person":
        return Claimant(person) if person else None
    return Claimant(person, of_list=firm) if person and firm else None


def _firm(typed: Mapping[str, str], actor: Actor, problems: Problems) -> Employer | None:
    """The employer of the form. The department says in which district a new one has its head office."""
    if not typed.get("area_code") and len(actor.area_code) == DEPARTMENT_DIGITS and not _is_known(typed):
        problems.add("employer.area_code", _("Hãy chọn huyện nơi đơn vị đặt trụ sở."))
    try:
        return register_employer(values=typed, actor=actor)
    except EmployerRefused as refusal:
        problems.take("employer", refusal.errors, {})
        return None


def _is_known(typed: Mapping[str, str]) -> bool:
    code, _problem = read_tax_code(typed.get("tax_code", ""))
    return bool(code) and Employer.objects.filter(tax_code=code).exists()


def _business(
    answers: Mapping[str, Any], owner: Person, area_code: str, actor: Actor, problems: Problems
) -> Employer | None:
    """The household business of the answers, with its owner; it may have no tax code."""
    values = {field: str(answers.get(code) or "") for field, code in _OF_BUSINESS.items()}
    values |= {"kind": EmployerKind.HOUSEHOLD_BUSINESS.value, "area_code": area_code}
    if not values["name"]:
        values["name"] = _("Hộ kinh doanh %(owner)s") % {"owner": owner.full_name}
    try:
        return register_employer(values=values, actor=actor, owner=owner)
    except EmployerRefused as refusal:
        found = {_OF_BUSINESS.get(field, ""): texts for field, texts in refusal.errors.items()}
        problems.take("answers", found, {})
        return None


def check_first_claim(
    claimant: Claimant, programme: str, period: str, problems: Problems, *, but: int = 0
) -> None:
    """A live case of the same programme and period, of the person with everybody joined to them, or of the employer, refuses."""
    same = Q()
    if claimant.person is not None:
        same |= Q(person_id__in=counts_as(claimant.person.pk))
    if claimant.employer is not None:
        same |= Q(employer=claimant.employer)
    live = Case.objects.filter(same, programme_id=programme, period=period).exclude(pk=but)
    other = live.exclude(status__in=CaseStatus.ended()).select_related("programme").first()
    if other is not None:
        words = _("Đã có hồ sơ %(programme)s ở %(area)s, đang ở trạng thái «%(status)s».")
        problems.conflict("", words % _told(other))


def _told(other: Case) -> dict[str, str]:
    """Of another case nothing more is told than programme, place and state."""
    return {
        "programme": other.programme.short_name,
        "area": area_name(other.area_code),
        "status": str(CaseStatus(other.status).label),
    }


def warn_of_namesakes(applicant: Mapping[str, str], programme: str, problems: Problems) -> None:
    """Live cases of the province with the same number in another programme, or the same name and year of birth."""
    same, roots = Q(), set[int]()
    number = crypto.normalise_number(applicant.get("id_number", ""))
    if number:
        index = crypto.blind_index("number", number)
        people = Person.objects.filter(identity_documents__number_index=index)
        roots = {person.joined_to_id or person.pk for person in people}
        same |= Q(person_id__in=roots) | Q(person__joined_to__in=roots)
    name, year = search_key(applicant.get("full_name", "")), _birth_year(applicant.get("dob", ""))
    if name and year:
        same |= Q(name_key=name, birth_year=year)
    if not same:
        return
    # the same person's claim of this programme is no hint but a refusal
    own = Q(Q(person_id__in=roots) | Q(person__joined_to__in=roots), programme_id=programme)
    live = Case.objects.filter(same, person__isnull=False).exclude(own).exclude(status__in=CaseStatus.ended())
    for other in live.select_related("programme", "person").order_by("pk")[:SHOWN]:
        is_own = other.person is not None and (other.person.joined_to_id or other.person.pk) in roots
        words = (
            _("Số này đang có hồ sơ khác: %(programme)s ở %(area)s («%(status)s»).")
            if is_own
            else _(
                "Có hồ sơ khác cùng họ tên và năm sinh: %(programme)s ở %(area)s («%(status)s»). Hãy đối chiếu giấy tờ."
            )
        )
        problems.warn("applicant.id_number" if is_own else "applicant.full_name", words % _told(other))


def _birth_year(typed: str) -> int | None:
    try:
        return parse_partial_date(typed, latest=clock.today()).year
    except InvalidDateError:
        return None
