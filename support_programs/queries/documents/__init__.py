"""What stands on each kind of official paper, read from the records it is about."""

from collections.abc import Mapping
from typing import Final

from support_programs.enums import DocumentKind
from support_programs.models import OfficialDocument
from support_programs.queries.documents import decision, letters, lists, minutes, one_stop
from support_programs.queries.documents.bodies import body_of
from support_programs.queries.documents.records import registered_kind
from support_programs.queries.documents.sheet import Details, Maker

_MAKERS: Final[Mapping[str, Maker]] = {
    DocumentKind.RECEIPT: one_stop.receipt,
    DocumentKind.SUPPLEMENT: one_stop.supplement,
    DocumentKind.REFUSAL: one_stop.refusal,
    DocumentKind.APOLOGY: one_stop.apology,
    DocumentKind.CONTROL: one_stop.control,
    DocumentKind.NOT_ELIGIBLE: letters.not_eligible,
    DocumentKind.REMINDER: letters.reminder,
    DocumentKind.GRIEVANCE_ANSWER: letters.grievance_answer,
    DocumentKind.SUBMISSION: lists.submission,
    DocumentKind.PROPOSAL: lists.proposal,
    DocumentKind.APPRAISAL: lists.appraisal,
    DocumentKind.DECISION: decision.decision,
    DocumentKind.POSTING_START: minutes.posting_start,
    DocumentKind.POSTING_END: minutes.posting_end,
}


def details_of(document: OfficialDocument) -> Details:
    """What this paper says, as its record stands now."""
    body = body_of(document.content["issuer"], document.area_code)
    registered = registered_kind(document.kind)
    return (registered.makers if registered else _MAKERS)[document.kind](document, body)
