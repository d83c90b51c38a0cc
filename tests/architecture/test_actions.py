"""Every action has its words: transitions and events are registered, sentences can be written, READMEs show the tables."""

import ast
import re
import string
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Final

import pytest
from django.utils import translation

from core.audit import action_of, registered_codes, sentence_of
from core.workflow import Workflow

ROOT: Final = Path(__file__).resolve().parents[2]
APPS: Final = ("core", "accounts", "beneficiaries", "support_programs", "disbursements", "reports")
GIVEN: Final = {"actor", "ref"}  # known for every event
_MERMAID: Final = re.compile(r"```mermaid\n(.*?)\n```", re.DOTALL)


def workflows_of(app: str) -> dict[str, Workflow]:
    if app == "core" or not any((ROOT / app / name).exists() for name in ("workflow.py", "workflow")):
        return {}
    module = import_module(f"{app}.workflow")
    return {name: value for name, value in vars(module).items() if isinstance(value, Workflow)}


WORKFLOWS: Final = {f"{app}.{name}": workflow for app in APPS for name, workflow in workflows_of(app).items()}
TRANSITIONS: Final = [
    pytest.param(transition, id=transition.action)
    for workflow in WORKFLOWS.values()
    for transition in workflow.transitions
]


@dataclass(frozen=True, slots=True)
class Call:
    """One place that writes an event of a fixed action; `keys` are those of its change, None where they aren't spelled out."""

    where: str
    action: str
    keys: frozenset[str] | None


def calls() -> Iterator[Call]:
    for app in APPS:
        for path in sorted((ROOT / app).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call) and (call := _event_call(node, path)):
                    yield call


def _event_call(node: ast.Call, path: Path) -> Call | None:
    name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
    if name not in ("record_event", "record_events") or not node.args:
        return None
    action = node.args[0]
    if not (isinstance(action, ast.Constant) and isinstance(action.value, str)):
        return None
    change = next((word.value for word in node.keywords if word.arg == "change"), None)
    keys: frozenset[str] | None = None
    if change is None:
        keys = frozenset()
    elif isinstance(change, ast.Dict) and all(isinstance(key, ast.Constant) for key in change.keys):
        keys = frozenset(str(key.value) for key in change.keys if isinstance(key, ast.Constant))
    return Call(f"{path.relative_to(ROOT)}:{node.lineno}", action.value, keys)


def placeholders(sentence: str) -> set[str]:
    return {name for _text, name, _spec, _conversion in string.Formatter().parse(sentence) if name}


def test_the_tables_are_read() -> None:
    assert len(WORKFLOWS) >= 5
    assert len(list(calls())) > 20


@pytest.mark.parametrize("transition", TRANSITIONS)
def test_every_transition_is_an_action_of_the_log(transition) -> None:
    assert transition.action in registered_codes()
    assert str(transition.label)
    assert str(transition.denied).endswith(".")
    assert all(str(guard.message).endswith(".") for guard in transition.guards)


@pytest.mark.parametrize("code", sorted(registered_codes()))
@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_action_can_be_read(code: str, language: str) -> None:
    with translation.override(language):
        assert str(action_of(code).label)
        sentence = sentence_of(code, "Lê Thị Hoa", "HS-2021-00001236", {})
    assert "Lê Thị Hoa" in sentence
    assert not re.search(r"[{}%]", sentence)


def test_every_written_event_is_registered_and_gives_its_sentence_what_it_names() -> None:
    problems = []
    for call in calls():
        if call.action not in registered_codes():
            problems.append(f"{call.where}: {call.action} is not registered")
        elif call.keys is not None:
            missing = placeholders(str(action_of(call.action).sentence)) - GIVEN - call.keys
            problems += [f"{call.where}: {call.action} lacks {name}" for name in sorted(missing)]
    assert not problems, "\n".join(problems)


@pytest.mark.parametrize("name", sorted(WORKFLOWS))
def test_states_of_a_table_have_words_and_a_way_in(name: str) -> None:
    workflow = WORKFLOWS[name]
    reachable = set(workflow.initial) | {transition.target for transition in workflow.transitions}
    left = {source for transition in workflow.transitions for source in transition.sources}
    assert left <= reachable, "nobody gets into these states"
    assert reachable <= {str(state) for state in workflow.state_labels}


@pytest.mark.parametrize("app", [app for app in APPS if workflows_of(app)])
def test_diagrams_of_a_readme_are_the_tables(app: str) -> None:
    told = "\n\n".join(path.read_text(encoding="utf-8") for path in sorted((ROOT / app).glob("*.md")))
    shown = set(_MERMAID.findall(told))
    drawn = {workflow.diagram() for workflow in workflows_of(app).values()}
    assert {diagram for diagram in shown if diagram.startswith("stateDiagram")} == drawn
