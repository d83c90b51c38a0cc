"""The papers of a person: one is current, the earlier ones stay and still find them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Final

from beneficiaries.models import IdentityDocument, Person
from core import crypto

MOST_ISSUER: Final = 150


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper as it is held in the hand; `number` has been judged. Issued when and by whom is empty where it isn't known."""

    kind: str
    number: str
    issued_on: dt.date | None = None
    issued_by: str = ""


def current_paper(person: Person) -> IdentityDocument | None:
    return IdentityDocument.objects.filter(person=person, is_current=True).first()


def number_on(paper: IdentityDocument | None) -> str:
    """The number in clear; "" without a paper."""
    return crypto.decrypt("number", paper.number_encrypted) if paper else ""


def put_current_paper(person: Person, paper: Paper, reason: str) -> IdentityDocument:
    """Make this the current paper: the one that is there, one that the person had before, or a new one. The others stay."""
    index = crypto.blind_index("number", paper.number)
    known = IdentityDocument.objects.filter(person=person, number_index=index).first()
    others = IdentityDocument.objects.filter(person=person, is_current=True)
    (others.exclude(pk=known.pk) if known else others).update(is_current=False)
    if known is None:
        known = IdentityDocument(
            area_code=person.area_code,
            person=person,
            number_encrypted=crypto.encrypt("number", paper.number),
            number_index=index,
            tail_index=crypto.tail_index(paper.number),
            number_last3=paper.number[-3:],
        )
    known.kind = paper.kind
    known.is_current = True
    known.change_reason = reason
    known.issued_on = paper.issued_on or known.issued_on
    known.issued_by = paper.issued_by or known.issued_by
    known.save()
    return known
