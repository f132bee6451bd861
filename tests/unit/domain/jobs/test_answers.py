"""What the backend's answers about jobs mean."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ops_dashboard.domain.jobs.answers import cancelled, limit_in, queued
from tests.replay import RECORDINGS, Recording

NOT_SAID = "The backend took it, but did not say at which position of the queue."


@pytest.mark.parametrize(
    ("body", "sentence", "limit"),
    [
        (
            {"queue_position": 3, "queue_size": 4, "max_queue_size": 10},
            "Queued at position 3; 4 of 10 places are taken.",
            10,
        ),
        ({"queue_position": 3, "max_queue_size": 10}, "Queued at position 3; 3 of 10 places are taken.", 10),
        ({"queue_position": "3"}, "Queued at position 3.", None),
        ({"queue_position": 0}, "Queued, with nothing before it.", None),
        ({"queue_position": 3, "max_queue_size": 0}, "Queued at position 3.", None),
        ({"max_queue_size": 10}, NOT_SAID, 10),
        *(
            (body, NOT_SAID, None)
            for body in (None, [], "OK", {}, {"queue_position": -1}, {"queue_position": None})
        ),
    ],
)
def test_the_position_in_the_queue_is_told_and_none_is_made_up(
    body: object, sentence: str, limit: float | None
) -> None:
    ending = queued(body)
    assert (ending.state, ending.sentence, ending.queue_limit) == ("done", sentence, limit)


def test_the_recorded_answer_is_understood() -> None:
    body = Recording.read(RECORDINGS / "all-up-busy" / "ingest-valid-github.json").body
    assert queued(body).sentence == "Queued at position 1; 1 of 10 places are taken."


@pytest.mark.parametrize("word", ["error", "Failed", "rejected"])
def test_an_error_told_with_http_200_is_a_failure(word: str) -> None:
    for meaning in (queued, cancelled):
        ending = meaning({"status": word, "message": "redis is\ngone"})
        assert (ending.state, ending.sentence) == (
            "failed",
            "The backend answers that it failed: redis is gone",
        )


@pytest.mark.parametrize(
    ("body", "state", "sentence"),
    [
        ({"status": "cancelled"}, "done", "The backend has cancelled it."),
        ({"status": "Canceled"}, "done", "The backend has cancelled it."),
        ({"status": "cancelling"}, "done", "The backend took the request to cancel it."),
        (None, "done", "The backend took the request to cancel it."),
        ({"status": "completed"}, "failed", "It had ended before: completed."),
    ],
)
def test_a_job_counts_as_cancelled_only_where_the_backend_says_so(
    body: object, state: str, sentence: str
) -> None:
    assert (cancelled(body).state, cancelled(body).sentence) == (state, sentence)


@pytest.mark.parametrize(
    ("detail", "limit"),
    [
        ("Queue is full (10 of 10 jobs waiting)", 10),
        ("Queue is full: 10/10. Try later", 10),
        ("Queue is full (3 of 10)", None),
        ("0 of 0", None),
        ("9999999 of 9999999", None),
        ("Too many requests", None),
        ("", None),
    ],
)
def test_the_size_of_a_full_queue_is_read_from_what_is_said(detail: str, limit: float | None) -> None:
    assert limit_in(detail) == limit


KEYS = st.sampled_from(["status", "message", "queue_position", "queue_size", "max_queue_size"])
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(KEYS, inner),
)


@given(JSON)
def test_any_answer_has_one_meaning_that_can_be_shown(body: Any) -> None:
    for meaning in (queued, cancelled):
        ending = meaning(body)
        assert ending.state in ("done", "failed")
        assert 0 < len(ending.sentence) < 400 and "\n" not in ending.sentence
