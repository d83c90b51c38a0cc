"""The README's diagrams are those of the workflow tables."""

import re
from pathlib import Path

from disbursements.workflow import (
    BATCH_WORKFLOW,
    HANDOUT_LINE_WORKFLOW,
    HANDOUT_WORKFLOW,
    INSTRUCTION_WORKFLOW,
)

TABLES = (BATCH_WORKFLOW, INSTRUCTION_WORKFLOW, HANDOUT_WORKFLOW, HANDOUT_LINE_WORKFLOW)
README = Path(__file__).resolve().parents[2] / "disbursements" / "README.md"


def test_the_diagrams_are_those_of_the_tables() -> None:
    drawn = re.findall(r"```mermaid\n(.*?)\n```", README.read_text("utf-8"), re.DOTALL)
    assert drawn == [workflow.diagram() for workflow in TABLES]
