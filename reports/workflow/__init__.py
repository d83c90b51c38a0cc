"""The tables of transitions of this app, one module per part; their triggers are installed after every `migrate`."""

from typing import Final

from core.workflow import Workflow
from reports.workflow.emulation import (
    ACHIEVEMENT_WORKFLOW,
    EMULATION_WORKFLOWS,
    MEETING_WORKFLOW,
    MOVEMENT_WORKFLOW,
    PARTICIPANT_WORKFLOW,
    PROPOSAL_WORKFLOW,
    ROUND_WORKFLOW,
)
from reports.workflow.targets import TARGET_ENTRY_WORKFLOW

WORKFLOWS: Final[tuple[Workflow, ...]] = (*EMULATION_WORKFLOWS, TARGET_ENTRY_WORKFLOW)

__all__ = [
    "ACHIEVEMENT_WORKFLOW",
    "MEETING_WORKFLOW",
    "MOVEMENT_WORKFLOW",
    "PARTICIPANT_WORKFLOW",
    "PROPOSAL_WORKFLOW",
    "ROUND_WORKFLOW",
    "TARGET_ENTRY_WORKFLOW",
    "WORKFLOWS",
]
