"""The diagrams of the emulation movement and of the targets are those of the workflow tables."""

import re
from pathlib import Path

import pytest

from core.workflow import Workflow
from reports import workflow

APP = Path(__file__).resolve().parents[2] / "reports"
TABLES = {
    "EMULATION.md": (
        workflow.MOVEMENT_WORKFLOW,
        workflow.PARTICIPANT_WORKFLOW,
        workflow.ACHIEVEMENT_WORKFLOW,
        workflow.ROUND_WORKFLOW,
        workflow.PROPOSAL_WORKFLOW,
        workflow.MEETING_WORKFLOW,
    ),
    "TARGETS.md": (workflow.TARGET_ENTRY_WORKFLOW,),
}


@pytest.mark.parametrize("name", TABLES)
def test_the_diagrams_are_those_of_the_tables(name: str) -> None:
    drawn = re.findall(r"```mermaid\n(.*?)\n```", (APP / name).read_text("utf-8"), re.DOTALL)
    assert drawn == [table.diagram() for table in TABLES[name]]


def test_every_table_is_drawn() -> None:
    drawn: list[Workflow] = [table for tables in TABLES.values() for table in tables]
    assert {table.table for table in drawn} == {table.table for table in workflow.WORKFLOWS}
