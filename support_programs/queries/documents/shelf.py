"""Which papers a person sees: issued ones of their area, drafts only of the bodies for which they work."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Q, QuerySet

from accounts.permissions import is_auditor
from core.querysets import FencedQuerySet
from core.references import parse_reference
from core.workflow import Actor
from support_programs.enums import DocumentKind, DocumentStatus, Issuer
from support_programs.models import Case, CaseList, OfficialDocument
from support_programs.permissions import takes_whole_numbers
from support_programs.permissions.documents import DIGITS, MAKING, WORKS_FOR
from support_programs.queries.documents.offers import Offer, offers_for
from support_programs.queries.documents.records import PaperRecord
from support_programs.queries.panels import Panel

UNISSUED: Final = (DocumentStatus.DRAFT, DocumentStatus.DISCARDED)
SHOWN: Final = 30


def documents_of(actor: Actor) -> FencedQuerySet[OfficialDocument]:
    """The papers of the person's area. What was never issued is seen by those who work for the body that would sign it, and by
    auditors.
    """
    rows: FencedQuerySet[OfficialDocument] = OfficialDocument.objects.visible_to(actor)
    if is_auditor(actor):
        return rows
    mine = [
        issuer.value
        for issuer in Issuer
        if WORKS_FOR[issuer](actor) and len(actor.area_code) == DIGITS[issuer]
    ]
    seen = ~Q(status__in=UNISSUED) | Q(content__issuer__in=mine)
    for kind, making in MAKING.items():
        if making.works_for is not None and making.works_for(actor):
            own = [issuer.value for issuer in making.issuers if len(actor.area_code) == DIGITS[issuer]]
            seen |= Q(kind=kind, content__issuer__in=own)
    return rows.filter(seen)


@dataclass(frozen=True, slots=True)
class DocumentFilter:
    """What the address asks for; unknown words are ignored."""

    q: str = ""
    kind: str = ""
    status: str = ""

    @classmethod
    def from_query(cls, query: Mapping[str, str]) -> "DocumentFilter":
        kind, status = query.get("kind", ""), query.get("status", "")
        return cls(
            q=query.get("q", "").strip()[:100],
            kind=kind if kind in DocumentKind.values else "",
            status=status if status in DocumentStatus.values else "",
        )

    def apply(self, rows: QuerySet[OfficialDocument]) -> QuerySet[OfficialDocument]:
        if self.kind:
            rows = rows.filter(kind=self.kind)
        if self.status:
            rows = rows.filter(status=self.status)
        else:
            rows = rows.exclude(status=DocumentStatus.DISCARDED)
        reference = str(parse_reference(self.q) or "") if self.q else ""
        if reference:
            return rows.filter(
                Q(reference=reference)
                | Q(case__reference=reference)
                | Q(case_list__reference=reference)
                | Q(grievance__reference=reference)
                | Q(about_refs__contains=[reference])
            )
        return rows.filter(number__icontains=self.q) if self.q else rows


def may_take(document: OfficialDocument, actor: Actor) -> bool:
    """Whether the person may take the file: whole numbers stand in some lists."""
    return not MAKING[document.kind].has_whole_numbers or takes_whole_numbers(actor)


def panel_of_case(actor: Actor, case: Case) -> Panel | None:
    """The papers of a case and those that may be made about it; one query, none where the page knows that it has no papers."""
    rows = documents_of(actor).filter(case=case)
    return _panel(rows if getattr(case, "has_documents", True) else rows.none(), offers_for(case, actor))


def panel_of_list(actor: Actor, case_list: CaseList) -> Panel | None:
    """The papers of a list and those that may be made about it; one query, none where the page knows that it has no papers."""
    rows = documents_of(actor).filter(Q(case_list=case_list) | Q(about_refs__contains=[case_list.reference]))
    return _panel(
        rows if getattr(case_list, "has_documents", True) else rows.none(), offers_for(case_list, actor)
    )


def panel_of_record(actor: Actor, record: PaperRecord) -> Panel | None:
    """The papers of a record of an upper app and those that may be made about it; one query."""
    rows = documents_of(actor).filter(about_refs__contains=[record.reference])
    return _panel(rows, offers_for(record, actor), "support_programs/documents/panel_rail.html")


def _panel(
    rows: QuerySet[OfficialDocument],
    offers: list[Offer],
    template: str = "support_programs/documents/panel.html",
) -> Panel | None:
    found = list(rows.exclude(status=DocumentStatus.DISCARDED).defer("content")[:SHOWN])
    if not found and not offers:
        return None
    context: dict[str, Any] = {
        "documents": found,
        "ready": [offer for offer in offers if not offer.refusal],
        "waiting": [offer for offer in offers if offer.refusal],
    }
    return Panel(template, context)
