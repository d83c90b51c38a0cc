"""No invariant and no fault can be forgotten: each has its tests, and they are there."""

import ast
from functools import cache
from pathlib import Path

import pytest

from tests.infrastructure.slots import ROOT
from tests.invariants.proofs import FAULTS, INVARIANTS
from tests.invariants.whole import BROKEN

# what this part of the system promises (README of disbursements); I12 to I14 are of the log and of the area fence
PROMISED = [f"I{number}" for number in (*range(1, 12), 15, 16, 17, 18)]
SURVIVED = ["F1", "F2", "F3", "F4", "F5", "F6", "F7", "F17", "F18"]


@cache
def names_in(path: Path) -> frozenset[str]:
    """The tests and the classes of tests of a file that hold one, by name."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        is_test = isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
        is_class = isinstance(node, ast.ClassDef) and any(
            isinstance(part, ast.FunctionDef) and part.name.startswith("test_") for part in node.body
        )
        if is_test or is_class:
            found.add(node.name)
    return frozenset(found)


def missing(*named: str) -> list[str]:
    """Those that aren't there; a file alone must hold a test."""
    lost = []
    for reference in named:
        file, _colons, name = reference.partition("::")
        path = ROOT / file
        if not path.is_file() or not (name in names_in(path) if name else names_in(path)):
            lost.append(reference)
    return lost


def test_the_table_names_every_invariant_and_every_fault() -> None:
    assert list(INVARIANTS) == PROMISED
    assert list(FAULTS) == SURVIVED


@pytest.mark.parametrize("name", PROMISED)
def test_an_invariant_has_its_three(name: str) -> None:
    proof = INVARIANTS[name]
    assert all((proof.service, proof.raw_sql, proof.random))
    assert missing(*proof.service, *proof.raw_sql, *proof.random) == []


@pytest.mark.parametrize("name", SURVIVED)
def test_a_fault_is_survived_somewhere(name: str) -> None:
    assert FAULTS[name]
    assert missing(*FAULTS[name]) == []


def test_the_machine_asks_for_each_invariant_that_it_is_named_for() -> None:
    """I4, I8, I11 and I16 are about what stays, too: its memory asks for them."""
    by_machine = {
        name
        for name, proof in INVARIANTS.items()
        if any("test_random_actions" in each for each in proof.random)
    }
    asked = {question.split()[0] for question in BROKEN} | {"I8", "I16"}
    assert by_machine <= asked


def test_what_is_not_there_is_missed() -> None:
    here = "tests/invariants/test_each_has_its_three.py"
    assert missing(f"{here}::test_nothing_like_it", "tests/nowhere.py::test_x", f"{here}::missing") == [
        f"{here}::test_nothing_like_it", "tests/nowhere.py::test_x", f"{here}::missing",
    ]  # fmt: skip
    assert missing(f"{here}::test_what_is_not_there_is_missed", f"{here}::") == []
