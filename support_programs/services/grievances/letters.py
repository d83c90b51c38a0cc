"""The letter that answers a complaint or report, drafted from what was answered."""

from django.db import transaction
from django.utils.translation import gettext as _

from core.transitions import TransitionRefused
from core.workflow import Actor
from support_programs.enums import DocumentKind, GrievanceKind, GrievanceStatus
from support_programs.models import Grievance, OfficialDocument
from support_programs.services.documents import draft_document


@transaction.atomic
def draft_letter(grievance: Grievance, *, actor: Actor) -> OfficialDocument:
    """A draft addressed to the sender with what was raised and what was answered, or why it was not taken up.

    Who denounced somebody is not named in it: letters are read by more people than may know that.
    Refused before there is an answer; otherwise as `draft_document`.
    """
    answers = {GrievanceStatus.ANSWERED: grievance.answer, GrievanceStatus.DECLINED: grievance.decline_reason}
    if grievance.status not in answers:
        raise TransitionRefused(_("Hãy ghi trả lời trước rồi lập văn bản."))
    is_named = grievance.sender_name and grievance.kind != GrievanceKind.DENUNCIATION
    outcome = grievance.get_outcome_display() if grievance.outcome else GrievanceStatus.DECLINED.label
    return draft_document(
        kind=DocumentKind.GRIEVANCE_ANSWER,
        grievance=grievance,
        actor=actor,
        content={
            "addressee": _("Ông/bà %(name)s") % {"name": grievance.sender_name} if is_named else "",
            "question": grievance.text,
            "answer": answers[GrievanceStatus(grievance.status)],
            "outcome": str(outcome),
        },
    )
