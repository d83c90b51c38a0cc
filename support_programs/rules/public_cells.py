"""Small cells of public tables: which figures are left out, so that nobody can reckon them from those that stand there.

Figures form a tree: a whole, its parts, the parts' parts (province, programme, month, district), and each is the sum of those
below. A figure of fewer than FEWEST people is hidden, and as many of its neighbours beside it that its parent, which is told,
gives none of them away. Below a hidden figure nothing is told. The threshold and the way are this system's own choice: no rule
for such tables was found.
"""

from collections.abc import Iterable, Mapping
from typing import Any, Final

# fewer people than this are not told apart in a total
FEWEST: Final = 5
Path = tuple[Any, ...]


def hidden_parts(parts: Mapping[Path, int], must_hide: Iterable[Path] = ()) -> frozenset[Path] | None:
    """Which parts of a told sum are hidden: the small ones, those that must be, then the smallest others until no hidden one can
    be reckoned. None where that can't be reached: then the sum itself has to be hidden.
    """
    hidden = {path for path, people in parts.items() if 0 < abs(people) < FEWEST} | set(must_hide)
    if not hidden:
        return frozenset()
    others = sorted((abs(people), str(path), path) for path, people in parts.items() if path not in hidden)
    for _people, _name, path in (row for row in others if row[0]):
        if _is_safe(parts, hidden):
            break
        hidden.add(path)
    if not _is_safe(parts, hidden):
        empty = [path for people, _name, path in others if not people]
        if not empty or not _is_hidden_well(parts, hidden):
            return None
        # each hidden part is one person, and the sum says so: with an empty part among them it doesn't
        hidden.add(empty[0])
    return frozenset(hidden)


def _is_safe(parts: Mapping[Path, int], hidden: Iterable[Path]) -> bool:
    """No hidden part follows from the sum of all: neither by subtraction, nor because each is at least one person."""
    counts = [abs(parts[path]) for path in hidden if parts[path]]
    return _is_hidden_well(parts, hidden) and sum(counts) > len(counts)


def _is_hidden_well(parts: Mapping[Path, int], hidden: Iterable[Path]) -> bool:
    counts = [abs(parts[path]) for path in hidden if parts[path]]
    return len(counts) > 1 and sum(counts) >= FEWEST


def sums_of(leaves: Mapping[Path, int]) -> dict[Path, int]:
    """The figure of every path and of everything that it is a part of; `()` is the whole."""
    sums: dict[Path, int] = {(): 0}
    for path, people in leaves.items():
        for length in range(len(path) + 1):
            sums[path[:length]] = sums.get(path[:length], 0) + people
    return sums


def hidden_paths(leaves: Mapping[Path, int]) -> frozenset[Path]:
    """Every figure of the tree, of leaves and sums, that may not be told."""
    sums = sums_of(leaves)
    below: dict[Path, dict[Path, int]] = {}
    for path, people in sums.items():
        if path:
            below.setdefault(path[:-1], {})[path] = people
    parents = sorted(below, key=len, reverse=True)
    # from the bottom: sums whose parts can't be hidden well
    untold: set[Path] = set()
    for path in parents:
        if hidden_parts(below[path], untold & below[path].keys()) is None:
            untold.add(path)
    hidden: set[Path] = set()
    if 0 < abs(sums[()]) < FEWEST or () in untold:
        hidden.add(())
    # from the top: what lies below a hidden figure is hidden with it
    for path in reversed(parents):
        if path in hidden:
            hidden |= below[path].keys()
        else:
            hidden |= hidden_parts(below[path], untold & below[path].keys()) or frozenset()
    return frozenset(hidden)
