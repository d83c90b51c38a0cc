"""Seconds of a practised person at a screen by the keystroke-level model, over operations that were counted.

Card, Moran and Newell, "The keystroke-level model for user performance time with interactive systems", CACM 23 (1980) 396-410.
It tells how long somebody takes who knows the way and makes no mistake; reading of papers and talking are no part of it.
"""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Self

KEY: Final = 0.28  # one key of somebody who types but is no typist; Shift and Ctrl are keys of their own
POINT: Final = (
    1.1  # the pointer brought to something on the screen; a turn of the wheel is counted as one, too
)
PRESS: Final = 0.1  # a button of the mouse down, or up: a click is two
HOME: Final = 0.4  # the hand from the keys to the mouse, or back
THINK: Final = (
    1.35  # a decision, or a look at one thing: the next field of the paper, a cell, what a command will do
)


@dataclass(frozen=True, slots=True)
class Work:
    """Counted operations: keys, pointings, presses and releases, hands moved, thoughts; `wait` is seconds of the machine."""

    keys: int = 0
    points: int = 0
    presses: int = 0
    homes: int = 0
    thoughts: int = 0
    wait: float = 0.0

    def __add__(self, other: Self) -> "Work":
        return Work(
            self.keys + other.keys,
            self.points + other.points,
            self.presses + other.presses,
            self.homes + other.homes,
            self.thoughts + other.thoughts,
            self.wait + other.wait,
        )

    def __mul__(self, times: int) -> "Work":
        return Work(
            self.keys * times,
            self.points * times,
            self.presses * times,
            self.homes * times,
            self.thoughts * times,
            self.wait * times,
        )

    @property
    def seconds(self) -> float:
        """How long a practised person takes, waiting for the machine included."""
        return (
            self.keys * KEY
            + self.points * POINT
            + self.presses * PRESS
            + self.homes * HOME
            + self.thoughts * THINK
            + self.wait
        )

    @property
    def clicks(self) -> float:
        """Whole clicks."""
        return self.presses / 2


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that is done, in words, and what it takes."""

    words: str
    work: Work


def total(steps: Iterable[Step]) -> Work:
    """What all steps take together."""
    return sum((step.work for step in steps), Work())


def typed(text: str) -> Work:
    """A text in Telex, the way Vietnamese is typed in both programs; the Shift of capitals isn't counted on either side."""
    return Work(keys=telex_keys(text))


def telex_keys(text: str) -> int:
    """Keys of a text in Telex: one more than letters for each mark and tone, and for «đ»."""
    return len(unicodedata.normalize("NFD", text.replace("đ", "dd").replace("Đ", "Dd")))


def keys(count: int) -> Work:
    return Work(keys=count)


def click(count: int = 1) -> Work:
    """Point and press; a double click is one pointing."""
    return Work(points=count, presses=2 * count)


def think(count: int = 1) -> Work:
    return Work(thoughts=count)


def move_hand(count: int = 1) -> Work:
    return Work(homes=count)
