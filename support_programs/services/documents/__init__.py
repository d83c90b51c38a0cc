"""Official papers: drafted, issued with the number and day that the records office gave, revoked or thrown away."""

from support_programs.services.documents.issuing import (
    change_draft,
    check_maker,
    discard_document,
    draft_document,
    issue_document,
    preview_document,
    revoke_document,
)

__all__ = [
    "change_draft",
    "check_maker",
    "discard_document",
    "draft_document",
    "issue_document",
    "preview_document",
    "revoke_document",
]
