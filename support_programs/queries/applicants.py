"""Somebody of the register as the first words of a claim's form."""

from typing import Any

from beneficiaries.models import IdentityDocument, Person
from core.dates import format_date
from core.workflow import Actor

_SEXES = {"M": "Nam", "F": "Nữ"}


def known_applicant(actor: Actor, reference: str) -> dict[str, Any]:
    """What is known of a person of the actor's area, by the names of the form's fields; nothing of anybody else.

    The identity number is never among it: it is typed from the paper, and finds the person again. `number_ends` are its last
    three digits.
    """
    person = Person.objects.visible_to(actor).filter(reference=reference).first() if reference else None
    if person is None:
        return {}
    papers = IdentityDocument.objects.filter(person=person, is_current=True).order_by("-pk")
    known = {
        "applicant-full_name": person.full_name,
        "applicant-dob": format_date(person.birth_date)
        if person.birth_date
        else str(person.birth_year or ""),
        "applicant-sex": _SEXES.get(person.sex, ""),
        "applicant-address": person.hamlet,
        "applicant-permanent_address": person.permanent_address,
        "applicant-job": person.occupation,
        "applicant-phone": person.phone,
        "number_ends": papers.values_list("number_last3", flat=True).first() or "",
    }
    return {name: value for name, value in known.items() if value}
