"""Small cells of public tables, by an attacker who knows every figure that is told and tries to solve for those that are not."""

import random
from fractions import Fraction
from itertools import product

import pytest

from support_programs.rules.public_cells import FEWEST, Path, hidden_parts, hidden_paths, sums_of

SEEDS = range(60)


def line(*people: int) -> dict[Path, int]:
    return {(name,): count for name, count in enumerate(people)}


def hidden_of(*people: int) -> list[int] | None:
    found = hidden_parts(line(*people))
    return None if found is None else sorted(name for (name,) in found)


class TestALine:
    def test_nothing_is_hidden_where_nothing_is_small(self) -> None:
        assert hidden_of(5, 0, 120, 0) == []

    def test_one_small_cell_takes_the_smallest_other_with_it(self) -> None:
        assert hidden_of(3, 90, 7, 0) == [0, 2]

    def test_small_ones_that_hide_each_other_take_no_other(self) -> None:
        assert hidden_of(3, 90, 4, 0) == [0, 2]

    def test_two_of_one_person_each_say_so_by_their_sum(self) -> None:
        """1 + 1: whoever subtracts the rest from the whole finds 2, and each is one at least."""
        assert hidden_of(1, 1, 50, 8) == [0, 1, 3]

    def test_five_of_one_person_each_are_given_away_unless_an_empty_one_is_among_them(self) -> None:
        assert hidden_of(1, 1, 1, 1, 1, 0, 0) == [0, 1, 2, 3, 4, 5]

    def test_five_of_one_person_each_and_nobody_else_can_not_be_told(self) -> None:
        assert hidden_of(1, 1, 1, 1, 1) is None

    def test_a_sum_that_is_small_itself_has_nothing_to_hide_behind(self) -> None:
        assert hidden_of(3, 0, 0) is None


def tree(seed: int) -> dict[Path, int]:
    """Programmes x months x districts, most of them small or empty, the last programme without districts."""
    draw = random.Random(seed)
    sizes = [0, 0, 0, 1, 1, 2, 3, 4, 5, 6, 9, 40, 300]
    leaves: dict[Path, int] = {
        (programme, month, district): draw.choice(sizes)
        for programme in range(draw.randint(1, 4))
        for month in range(draw.randint(1, 4))
        for district in range(draw.randint(1, 6))
    }
    leaves |= {("F0_F1", month): draw.choice(sizes) for month in range(3)}
    return leaves


def told(leaves: dict[Path, int]) -> tuple[dict[Path, int], list[Path]]:
    """What everybody reads, and what is hidden."""
    hidden = hidden_paths(leaves)
    sums = sums_of(leaves)
    return {path: people for path, people in sums.items() if path not in hidden}, sorted(
        (path for path in hidden), key=str
    )


def functional(path: Path, leaves: list[Path]) -> list[Fraction]:
    """A figure as the sum of the leaves that lie below it."""
    return [Fraction(leaf[: len(path)] == path) for leaf in leaves]


def reduced(rows: list[list[Fraction]]) -> list[list[Fraction]]:
    """Gauss: the told figures as equations in echelon form."""
    echelon: list[list[Fraction]] = []
    for row in rows:
        rest = residue(row, echelon)
        lead = next((place for place, value in enumerate(rest) if value), None)
        if lead is not None:
            echelon.append([value / rest[lead] for value in rest])
    return echelon


def residue(row: list[Fraction], echelon: list[list[Fraction]]) -> list[Fraction]:
    rest = list(row)
    for known in echelon:
        lead = next(place for place, value in enumerate(known) if value)
        if rest[lead]:
            rest = [a - rest[lead] * b for a, b in zip(rest, known, strict=True)]
    return rest


@pytest.mark.parametrize("seed", SEEDS)
def test_no_hidden_figure_is_a_combination_of_told_ones(seed: int) -> None:
    leaves = tree(seed)
    known, hidden = told(leaves)
    order = sorted(leaves, key=str)
    equations = reduced([functional(path, order) for path in known])
    solved = [path for path in hidden if not any(residue(functional(path, order), equations))]
    assert solved == []


@pytest.mark.parametrize("seed", SEEDS)
def test_no_small_figure_is_told(seed: int) -> None:
    known, _hidden = told(tree(seed))
    assert [path for path, people in known.items() if 0 < people < FEWEST] == []


@pytest.mark.parametrize("seed", SEEDS)
def test_what_is_hidden_beside_each_other_could_be_something_else(seed: int) -> None:
    """Also for who knows that a hidden figure is a whole number above zero: each of them could have two values at least."""
    leaves = tree(seed)
    known, hidden = told(leaves)
    sums = sums_of(leaves)
    for parent in {path[:-1] for path in hidden if path}:
        if parent not in known:
            continue
        beside = [path for path in hidden if path[:-1] == parent and len(path) == len(parent) + 1]
        has_empty = any(not sums[path] for path in beside)
        assert len(beside) > 1
        whole = sum(sums[path] for path in beside)
        low = 0 if has_empty else 1
        assert whole >= FEWEST
        # from the lowest to what the others leave
        assert whole - low * (len(beside) - 1) > low


def test_the_attacker_would_find_what_is_hidden_badly() -> None:
    """The solver is no straw man: with only the small cell left out it finds it."""
    leaves = {("A", 1, "x"): 3, ("A", 1, "y"): 90, ("A", 1, "z"): 7}
    order = sorted(leaves)
    badly = [path for path in sums_of(leaves) if path != ("A", 1, "x")]
    equations = reduced([functional(path, order) for path in badly])
    assert not any(residue(functional(("A", 1, "x"), order), equations))


def test_every_line_of_three_small_numbers() -> None:
    """All lines of three parts up to seven people, tried out: told sums never give one part away."""
    for people in product(range(8), repeat=3):
        hidden = hidden_parts(line(*people))
        if not hidden:
            assert hidden is None or not any(0 < count < FEWEST for count in people)
            continue
        whole = sum(people[name] for (name,) in hidden)
        has_empty = any(not people[name] for (name,) in hidden)
        possible = [
            found
            for found in product(range(0 if has_empty else 1, whole + 1), repeat=len(hidden))
            if sum(found) == whole
        ]
        assert all(len({found[place] for found in possible}) > 1 for place in range(len(hidden))), people


def test_nothing_below_a_hidden_figure_is_told() -> None:
    leaves = {("A", 1, "x"): 3, ("A", 2, "x"): 30, ("A", 2, "y"): 40, ("A", 3, "x"): 500}
    hidden = hidden_paths(leaves)
    assert {("A", 1), ("A", 1, "x"), ("A", 2), ("A", 2, "x"), ("A", 2, "y")} == hidden
