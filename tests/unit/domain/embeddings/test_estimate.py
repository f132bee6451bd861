"""What is guessed of a run that reports nothing."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ops_dashboard.domain.actions import Ending
from ops_dashboard.domain.embeddings.batch import LARGEST, batch_size
from ops_dashboard.domain.embeddings.estimate import estimated_percent, estimated_seconds
from ops_dashboard.domain.embeddings.pace import LONGEST_SECONDS, SHORTEST_SECONDS, pause
from ops_dashboard.domain.embeddings.run import EmbeddingRun
from ops_dashboard.domain.embeddings.wording import about, quarter

NEW = EmbeddingRun(99, "ana", 10_000.0)


def done(number: int, seconds: float, total: float | None = 8, estimate: float | None = None) -> EmbeddingRun:
    return EmbeddingRun(
        number,
        "ana",
        1_000.0,
        ended_at=1_000.0 + seconds,
        ending=Ending("done", ""),
        total=total,
        estimate=estimate,
    )


@given(st.lists(st.floats(0, 1e6), min_size=2), st.floats(0.001, 1e5))
def test_the_guess_grows_with_the_clock_and_never_reaches_the_end(moments: list[float], estimate: float):
    percents = [estimated_percent(elapsed, estimate) for elapsed in sorted(moments)]
    assert percents == sorted(percents)
    assert all(0 <= percent <= 99 for percent in percents)


def test_a_clock_that_was_put_back_is_no_negative_progress():
    assert estimated_percent(-50, 60) == 0


def test_runs_of_this_size_are_the_estimate():
    sized = replace(NEW, total=8)
    earlier = [done(9, 60), done(8, 0.01, total=0), done(7, 600), done(6, 70), done(5, 1, total=240)]
    assert estimated_seconds(sized, earlier) == 70
    assert estimated_seconds(replace(NEW, total=12), [done(9, 60)]) == 90, "by the number of resources"
    assert estimated_seconds(replace(sized, estimate=30.0), earlier) == 30
    failed = replace(done(9, 60), ending=Ending("failed", ""))
    assert estimated_seconds(sized, [failed]) is None
    assert estimated_seconds(sized, []) is None


@pytest.mark.parametrize("total", [None, 0, 3, 17, 240])
def test_a_run_of_another_size_tells_nothing(total: float | None):
    assert estimated_seconds(replace(NEW, total=total), [done(9, 60), done(8, 61, total=None)]) is None


@given(st.floats(0, 1e9))
def test_a_guessed_time_is_never_told_exactly(seconds: float):
    assert about(seconds).startswith(("a few", "about ", "more than"))
    assert "-" not in about(seconds)


@pytest.mark.parametrize(
    ("percent", "said"),
    [
        (0, ""),
        (24.9, ""),
        (25, "A quarter is done."),
        (50, "Half is done."),
        (99, "Three quarters are done."),
    ],
)
def test_quarters_are_announced(percent: float, said: str):
    assert quarter(percent) == said


@given(st.floats(0, 1e7), st.floats(0, 100), st.integers(0, 1_000), st.one_of(st.none(), st.floats(0, 1e4)))
def test_the_pause_is_bounded_and_never_shorter_than_the_backend_wishes(
    elapsed: float, latency: float, failures: int, retry_after: float | None
):
    waited = pause(elapsed, latency, failures, retry_after)
    assert waited >= max(SHORTEST_SECONDS, 5 * latency, retry_after or 0)
    assert waited <= max(LONGEST_SECONDS, 5 * latency, retry_after or 0)


@pytest.mark.parametrize(
    ("typed", "size"), [("", None), ("  ", None), ("100", 100), (" 1,000 ", 1000), ("100000", LARGEST)]
)
def test_a_batch_size_is_a_whole_number_or_nothing(typed: str, size: int | None):
    assert batch_size(typed) == size


@pytest.mark.parametrize("typed", ["0", "-1", "1.5", "ten", "²", "١", "1e3", "100001", "9" * 40, "<b>"])
def test_any_other_text_is_refused_with_a_sentence(typed: str):
    with pytest.raises(ValueError, match=r"A whole number from 1 to 100,000, or nothing\."):
        batch_size(typed)
