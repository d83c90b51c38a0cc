"""What a dossier taken in by hand ends: the form that was begun, the application on the public page that it answers."""

from core.workflow import Actor
from support_programs.models import Case
from support_programs.services.applications import take_in
from support_programs.services.entry_drafts import drop_draft


def after_opening(case: Case, *, draft_id: int | None, application: str, actor: Actor) -> None:
    """In the transaction that makes the case: its draft goes, and the application (DK-…, "" for none) is taken in.

    Refused as `take_in`: an application that somebody else has handled meanwhile leaves no case behind.
    """
    drop_draft(case, draft_id=draft_id, actor=actor)
    if application:
        take_in(reference=application, case=case, actor=actor)
