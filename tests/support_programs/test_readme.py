"""The README's diagrams are those of the workflow tables."""

import re
from pathlib import Path

from support_programs.workflow import WORKFLOWS

README = Path(__file__).resolve().parents[2] / "support_programs" / "README.md"


def test_the_diagrams_are_those_of_the_tables() -> None:
    drawn = re.findall(r"```mermaid\n(.*?)\n```", README.read_text("utf-8"), re.DOTALL)
    assert drawn == [workflow.diagram() for workflow in WORKFLOWS]
