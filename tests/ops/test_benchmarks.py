"""The ruler itself."""

import time

import pytest

from benchmarks.harness import Case, Limits, Measurement, run_case, table


def sleeping(yardstick: float, ours: float) -> Case:
    def measure(measurement: Measurement) -> None:
        with measurement.yardstick():
            time.sleep(yardstick)
        for extra in (0.05, 0.0):
            with measurement.ours():
                time.sleep(ours + extra)
        measurement.note("two runs")

    return Case("sleeping", "a shorter sleep", Limits(ratio=3), measure)


def test_the_fastest_run_counts_and_the_limit_is_kept() -> None:
    result = run_case(sleeping(0.02, 0.04))
    assert result.ratio == pytest.approx(2, rel=0.4)
    assert result.is_within_limits
    assert "two runs" in table([result])
    assert "over" not in table([result])


def test_a_broken_limit_is_said() -> None:
    result = run_case(sleeping(0.01, 0.08))
    assert not result.is_within_limits
    assert "**over**" in table([result])


def test_measuring_nothing_is_a_mistake() -> None:
    with pytest.raises(RuntimeError, match="nothing was measured"):
        run_case(Case("empty", "", Limits(), lambda measurement: None))
