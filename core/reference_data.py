"""Reference data that every installation needs: each app registers a loader, `manage.py load_reference` runs them in order.

A loader may be run again at any time: it brings its tables to what the shipped files say and leaves other rows alone.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

Load = Callable[[], str]


@dataclass(frozen=True, slots=True, order=True)
class Loader:
    """Loads one kind of reference data; `load` gives a sentence on what it did."""

    order: int
    name: str
    load: Load


_loaders: Final[dict[str, Loader]] = {}


def register_loader(name: str, order: int, load: Load) -> None:
    """Add a loader; lower orders run first (areas 10, calendar 20, catalogue 30)."""
    _loaders[name] = Loader(order, name, load)


def run_loaders() -> Iterator[tuple[str, str]]:
    """Run all loaders in order; gives (name, sentence) after each."""
    for loader in sorted(_loaders.values()):
        yield loader.name, loader.load()
