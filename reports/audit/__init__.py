"""Audit actions of reports, part by part."""

from core.audit import register_actions
from reports.audit import emulation, layouts, plans, public, runs, schedules, targets


def register() -> None:
    """Make every action code of this app known."""
    for part in (runs, plans, public, schedules, layouts, emulation, targets):
        register_actions(*part.ACTIONS)
