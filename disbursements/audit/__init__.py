"""Audit actions of disbursements: workflow tables give the words of theirs, each further part lists its own."""

from core.audit import register_actions
from disbursements.audit import (
    after,
    budget,
    documents,
    files,
    goods,
    payouts,
    records,
    statements,
)


def register() -> None:
    """Make every action code of this app known."""
    records.register()
    for part in (budget, payouts, files, statements, after, goods, documents):
        register_actions(*part.ACTIONS)
