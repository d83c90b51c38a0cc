"""A README that says who may do what says what the workflow tables say."""

from importlib import import_module
from pathlib import Path
from typing import Final

import pytest

from core.workflow import Workflow
from tests.architecture.permission_tables import HEADING, permissions_table

ROOT: Final = Path(__file__).resolve().parents[2]
WITH_TABLES: Final = [
    path.parent
    for path in (*sorted(ROOT.glob("*/workflow.py")), *sorted(ROOT.glob("*/workflow")))
    if path.parent.name != "core"
]
SAYING: Final = [
    app.name
    for app in WITH_TABLES
    if (app / "README.md").is_file() and HEADING in (app / "README.md").read_text(encoding="utf-8")
]


def test_the_chain_of_a_list_is_explained() -> None:
    assert "support_programs" in SAYING


@pytest.mark.parametrize("app", SAYING)
def test_permissions_of_a_readme_are_the_tables(app: str) -> None:
    text = (ROOT / app / "README.md").read_text(encoding="utf-8")
    module = import_module(f"{app}.workflow")
    for workflow in (value for value in vars(module).values() if isinstance(value, Workflow)):
        table = permissions_table(workflow)
        assert table in text, f"{app}/README.md lacks or contradicts this table:\n\n{table}\n"
