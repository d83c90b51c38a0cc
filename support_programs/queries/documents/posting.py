"""The papers of a public posting on the pages of its list: which minutes are there, which are due, and what people said."""

from dataclasses import dataclass
from typing import Final

from core.workflow import Actor
from support_programs.enums import DocumentKind, DocumentStatus, ListStatus
from support_programs.models import CaseList, OfficialDocument
from support_programs.queries.documents.offers import Offer, offers_for
from support_programs.queries.documents.shelf import documents_of

_KINDS: Final = (DocumentKind.POSTING_START, DocumentKind.POSTING_END)
_STATES: Final = (ListStatus.POSTING, ListStatus.POSTED)


@dataclass(frozen=True, slots=True)
class Minutes:
    """Minutes that this person may make: the newest that were drafted or issued, or None."""

    offer: Offer
    document: OfficialDocument | None


def minutes_of(case_list: CaseList, actor: Actor) -> list[Minutes]:
    """The minutes of the start and of the end of a posting, while it hangs out or has just come down, for those who make them;
    one query then.
    """
    if case_list.status not in _STATES:
        return []
    offers = [offer for offer in offers_for(case_list, actor) if offer.kind in _KINDS]
    if not offers:
        return []
    rows = documents_of(actor).filter(case_list=case_list, kind__in=_KINDS)
    if not getattr(case_list, "has_documents", True):
        rows = rows.none()
    rows = rows.filter(status__in=[DocumentStatus.DRAFT, DocumentStatus.ISSUED]).order_by("pk")
    found = {row.kind: row for row in rows}
    return [Minutes(offer, found.get(offer.kind)) for offer in offers]
