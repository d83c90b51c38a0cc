"""What papers are about: cases, lists, complaints, and records of upper apps, which those make known in their apps.ready()."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Protocol

from django.urls import reverse

from core.querysets import FencedQuerySet
from core.search import page_of_reference
from core.wording import Text
from core.workflow import Actor
from support_programs.enums import Issuer
from support_programs.models import Case, CaseList, Grievance, OfficialDocument
from support_programs.permissions.documents import MAKING
from support_programs.queries.documents.sheet import Maker


class PaperRecord(Protocol):
    """A record of an upper app that papers are about: what drafting, issuing and the pages ask of it."""

    reference: Any
    area_code: Any
    status: Any
    programme: Any

    def refresh_from_db(self, using: Any = ..., fields: Any = ..., from_queryset: Any = ...) -> None: ...


Record = Case | CaseList | Grievance | PaperRecord


@dataclass(frozen=True, slots=True)
class RecordKind:
    """One sort of record: which rows there are, what each kind of paper says of one, with what the form of a new draft begins,
    why such a paper can't be made now ("" where it can), and which bodies sign it where the record says so (None = all).
    """

    rows: Callable[[], FencedQuerySet[Any]]
    makers: Mapping[str, Maker] = field(default_factory=dict)
    initial: Callable[[str, Any, Actor], dict[str, Any]] = lambda kind, record, actor: {}
    refusal: Callable[[str, Any], Text] = lambda kind, record: ""
    issuers: Callable[[str, Any], tuple[Issuer, ...] | None] = lambda kind, record: None


_registered: Final[dict[str, RecordKind]] = {}


def register_record_kind(about: str, kind: RecordKind) -> None:
    """Make known the records that papers with this `Making.about` are about."""
    _registered[about] = kind


def registered_kind(kind: str) -> RecordKind | None:
    """The sort of record of an upper app that papers of this kind are about; None for cases, lists and complaints."""
    return _registered.get(MAKING[kind].about)


def rows_about(about: str) -> FencedQuerySet[Any] | None:
    """The records that the address of a new paper may name; reminders and answers to complaints begin on their own pages."""
    if about == "case":
        return Case.objects.all()
    if about == "case_list":
        return CaseList.objects.all()
    return _registered[about].rows() if about in _registered else None


def record_of(document: OfficialDocument) -> Record | None:
    """What a paper is about, with one query for a record of an upper app; None for a paper about the offices of an area."""
    found: Record | None = document.case or document.case_list or document.grievance
    kind = registered_kind(document.kind)
    if found is None and kind is not None:
        found = kind.rows().get(reference=document.about_refs[0])
    return found


def about_of(record: Record) -> str:
    """The word of `Making.about` for a record; "" for one that no paper is about."""
    for model, about in ((Case, "case"), (CaseList, "case_list"), (Grievance, "grievance")):
        if isinstance(record, model):
            return about
    return next((about for about, kind in _registered.items() if isinstance(record, kind.rows().model)), "")


def record_address(record: Record) -> str:
    """The page of what a paper is about."""
    if isinstance(record, Case):
        return reverse("support_programs:case_page", args=[record.reference])
    if isinstance(record, CaseList):
        return reverse("support_programs:list_page", args=[record.reference])
    if isinstance(record, Grievance):
        return f"/grievances/{record.reference}/"
    return page_of_reference(record.reference)
