"""Rate and time left: never negative, never sure of what is not known, whatever the backend counts."""

import math
from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from ops_dashboard.domain.embeddings.progress import MOST_PERCENT, STALLED_SECONDS, Progress

amounts = st.one_of(st.none(), st.floats(0, 1e9))
readings = st.lists(st.tuples(st.floats(-5, 3_600), amounts, amounts), max_size=30)


def read(
    steps: Sequence[tuple[float, float | None, float | None]], start: float = 1e9
) -> tuple[Progress, float]:
    """The progress after readings, each so many seconds after the one before, and the moment of the last."""
    progress, now = Progress(), start
    for seconds, processed, total in steps:
        now += seconds
        progress = progress.read(now, processed, total)
    return progress, now


def steady(
    rate: float, seconds: int, total: float | None = None, every: float = 2.0
) -> tuple[Progress, float]:
    """A run that goes on at one rate."""
    steps = [(every, 1 + rate * every * i, total) for i in range(int(seconds / every) + 1)]
    return read(steps)


@given(readings, st.floats(0, 1e6))
def test_nothing_is_ever_negative_or_beyond_the_end(steps, later: float):
    progress, now = read(steps)
    assert progress.percent is None or 0 <= progress.percent <= MOST_PERCENT
    assert progress.rate is None or (progress.rate >= 0 and math.isfinite(progress.rate))
    remaining = progress.remaining(now + later)
    assert remaining is None or (remaining >= 0 and math.isfinite(remaining))


@given(st.lists(st.floats(0, 100), min_size=1, max_size=30), st.floats(1, 1e6))
def test_a_counter_that_only_grows_gives_a_percentage_that_only_grows(growths: list[float], total: float):
    progress, processed, percents = Progress(), 0.0, []
    for number, growth in enumerate(growths):
        processed += growth
        progress = progress.read(1e9 + number, processed, total)
        percents.append(progress.percent)
    assert percents == sorted(percents)


@given(st.floats(0.01, 1e4), st.integers(10, 600))
def test_a_steady_rate_is_found_and_the_time_left_follows_from_it(rate: float, seconds: int):
    progress, now = steady(rate, seconds, total=1e9)
    assert progress.rate is not None and progress.processed is not None
    assert math.isclose(progress.rate, rate, rel_tol=1e-6)
    left = (1e9 - progress.processed) / rate
    told = progress.remaining(now)
    assert told is None if left >= 7 * 86_400 else math.isclose(told or 0, left, rel_tol=1e-6)


def test_the_rate_is_smoothed():
    progress, now = steady(8, 120)
    assert progress.processed is not None
    jumped = progress.read(now + 2, progress.processed + 160, None)
    assert 8 < (jumped.rate or 0) < 16


def test_too_little_is_no_rate():
    assert read([(0, 1, 100)])[0].rate is None
    assert read([(0, 1, 100), (1, 9, 100)])[0].rate is None
    assert read([(0, 1, 100), (2, 17, 100), (2, 33, 100)])[0].rate


def test_the_time_before_the_first_resource_is_no_part_of_the_rate():
    progress, _ = read([(0, 0, 100), (300, 0, 100), (2, 10, 100), (2, 20, 100), (2, 30, 100)])
    assert math.isclose(progress.rate or 0, 5)


def test_a_counter_that_falls_back_begins_anew():
    progress, now = steady(8, 60, total=1_000)
    fallen = progress.read(now + 2, 3, 1_000)
    assert (fallen.rate, fallen.remaining(now + 2), fallen.percent) == (None, None, 0)
    again, _ = fallen, now
    for step in range(1, 6):
        again = again.read(now + 2 + 2 * step, 3 + 4 * step, 1_000)
    assert math.isclose(again.rate or 0, 2)


def test_without_a_total_or_with_a_total_of_nothing_there_is_no_percentage_and_no_time_left():
    for total in (None, 0.0):
        progress, now = steady(8, 60, total=total)
        assert (progress.percent, progress.remaining(now)) == (None, None)
        assert progress.rate


def test_all_that_was_to_do_is_not_yet_done():
    progress, now = read([(0, 1, 240), (10, 120, 240), (10, 240, 240)])
    assert progress.percent == MOST_PERCENT
    assert progress.remaining(now) == 0
    assert read([(0, 500, 240)])[0].percent == MOST_PERCENT


def test_what_does_not_grow_is_not_foretold():
    progress, now = steady(8, 60, total=10_000)
    late = now
    for _ in range(int(STALLED_SECONDS)):
        late += 2
        progress = progress.read(late, progress.processed, 10_000)
    assert progress.stalled(late)
    assert progress.remaining(late) is None


def test_a_reading_without_a_number_keeps_what_is_known():
    progress, now = steady(8, 60, total=1_000)
    after = progress.read(now + 5, None, None)
    assert (after.processed, after.total, after.rate) == (progress.processed, 1_000, progress.rate)
