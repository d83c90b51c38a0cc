"""Cases, their measurements, and the table."""

import gc
import resource
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Final


@dataclass(slots=True)
class Measurement:
    """Seconds of the yardstick and of our own work, taken by `with m.yardstick():` and `with m.ours():`.

    Each may be entered several times: the fastest counts, being the one that other programs of the machine disturbed least.
    """

    yardstick_seconds: list[float] = field(default_factory=list)
    our_seconds: list[float] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @contextmanager
    def yardstick(self) -> Iterator[None]:
        with _clock(self.yardstick_seconds):
            yield

    @contextmanager
    def ours(self) -> Iterator[None]:
        with _clock(self.our_seconds):
            yield

    def note(self, text: str) -> None:
        """Something the reader of the table should know: sizes, query counts, megabytes."""
        self.notes.append(text)


@dataclass(frozen=True, slots=True)
class Limits:
    """What the case is held to; None means that it is only reported."""

    ratio: float | None = None
    seconds: float | None = None


@dataclass(frozen=True, slots=True)
class Case:
    name: str
    yardstick: str
    limits: Limits
    measure: Callable[[Measurement], None]


@dataclass(frozen=True, slots=True)
class Result:
    case: Case
    ours: float
    yardstick: float | None
    notes: tuple[str, ...]

    @property
    def ratio(self) -> float | None:
        return self.ours / self.yardstick if self.yardstick else None

    @property
    def is_within_limits(self) -> bool:
        limits = self.case.limits
        is_ratio_kept = limits.ratio is None or (self.ratio is not None and self.ratio <= limits.ratio)
        return is_ratio_kept and (limits.seconds is None or self.ours <= limits.seconds)


CASES: Final[list[Case]] = []


def case(
    name: str, *, yardstick: str = "", ratio: float | None = None, seconds: float | None = None
) -> Callable[[Callable[[Measurement], None]], Callable[[Measurement], None]]:
    """Register a measurement: what is measured, against what, and the limit that it must keep."""

    def register(measure: Callable[[Measurement], None]) -> Callable[[Measurement], None]:
        CASES.append(Case(name, yardstick, Limits(ratio, seconds), measure))
        return measure

    return register


def run_case(chosen: Case) -> Result:
    """Measure once. A case that never entered `ours()` is a mistake of its author."""
    measurement = Measurement()
    chosen.measure(measurement)
    if not measurement.our_seconds:
        raise RuntimeError(f"{chosen.name}: nothing was measured")
    return Result(
        case=chosen,
        ours=min(measurement.our_seconds),
        yardstick=min(measurement.yardstick_seconds, default=None),
        notes=tuple(measurement.notes),
    )


def table(results: list[Result]) -> str:
    """A Markdown table, to be read in the terminal and copied into docs/benchmarks.md."""
    lines = ["| what | s | yardstick | s | ratio | limit | |", "|---|---|---|---|---|---|---|"]
    for result in results:
        limits = result.case.limits
        limit = ", ".join(
            part
            for part in (
                f"{limits.ratio:g} x" if limits.ratio is not None else "",
                f"{limits.seconds:g} s" if limits.seconds is not None else "",
            )
            if part
        )
        lines.append(
            f"| {result.case.name} | {result.ours:.2f} | {result.case.yardstick} "
            f"| {'' if result.yardstick is None else f'{result.yardstick:.2f}'} "
            f"| {'' if result.ratio is None else f'{result.ratio:.1f}'} | {limit} "
            f"| {'' if result.is_within_limits else '**over**'} {'; '.join(result.notes)} |"
        )
    lines.append(f"\nPython {sys.version.split()[0]}, peak memory {_peak_megabytes()} MB.")
    return "\n".join(lines)


def _peak_megabytes() -> int:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak // (1024 * 1024 if sys.platform == "darwin" else 1024)


@contextmanager
def _clock(into: list[float]) -> Iterator[None]:
    gc.collect()
    began = time.perf_counter()
    yield
    into.append(time.perf_counter() - began)
