"""Audit actions of support_programs: workflow tables give the words of theirs, each further part lists its own."""

from core.audit import register_actions
from support_programs.audit import (
    casework,
    clocks,
    documents,
    entry,
    grievances,
    papers,
    public,
    publishing,
    records,
    worklist,
)


def register() -> None:
    """Make every action code of this app known."""
    records.register()
    for part in (worklist, entry, papers, clocks, documents, grievances, public, publishing, casework):
        register_actions(*part.ACTIONS)
