"""What the backend's answer to clearing the cache means."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ops_dashboard.domain.actions import CLEARING, cleared

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: (
        st.lists(inner) | st.dictionaries(st.sampled_from(["cleared_keys", "status", "message"]), inner)
    ),
)


@pytest.mark.parametrize(
    ("keys", "said"),
    [
        (18_432, "18,432 keys cleared."),
        (1, "1 key cleared."),
        (0, "0 keys cleared."),
        ("7", "7 keys cleared."),
    ],
)
def test_the_number_of_cleared_keys_is_told(keys: object, said: str):
    assert (cleared({"cleared_keys": keys}).state, cleared({"cleared_keys": keys}).sentence) == ("done", said)


@pytest.mark.parametrize(
    "body",
    [
        None,
        [],
        "OK",
        12,
        {},
        *(
            {"cleared_keys": bad}
            for bad in (None, True, -1, 1.5, float("nan"), float("inf"), 1e300, "many", [3], {})
        ),
    ],
    ids=repr,
)
def test_a_number_that_is_none_is_not_made_up(body: object):
    assert (cleared(body).state, cleared(body).sentence) == (
        "done",
        "The cache is cleared; the backend did not say how many keys.",
    )


@pytest.mark.parametrize("word", ["error", "Failed", "down"])
def test_an_error_told_with_http_200_is_a_failure(word: str):
    ending = cleared({"status": word, "message": "redis is\ngone", "cleared_keys": 3})
    assert (ending.state, ending.sentence) == ("failed", "The backend answers that it failed: redis is gone")
    assert "Nothing was cleared" not in ending.advice, "some of it may have been"


@given(JSON)
def test_any_answer_has_one_meaning_that_can_be_shown(body: Any):
    ending = cleared(body)
    assert ending.state in ("done", "failed")
    assert 0 < len(ending.sentence) < 400 and "\n" not in ending.sentence


def test_every_refusal_says_that_nothing_was_done_and_what_to_do():
    for why in ("unauthorized", "rate_limited", "not_offered", "busy", "refused"):
        ending = CLEARING.refused(why, "No.")
        assert ending.state == "failed"
        assert ending.advice.startswith("Nothing was cleared. ") and len(ending.advice) > 30
