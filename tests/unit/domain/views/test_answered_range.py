import pytest
from hypothesis import given
from hypothesis import strategies as st

from ops_dashboard.domain.series.points import SPANS
from ops_dashboard.domain.views.answered_range import answered_range


@pytest.mark.parametrize("span", SPANS)
def test_the_range_that_was_asked_for_is_said_plainly(span) -> None:
    found = answered_range(span, span, None)
    assert (found.sentence, found.is_other, found.same_as) == (f"Over the last {span}.", False, span)


@pytest.mark.parametrize(
    ("word", "days", "sentence", "same_as"),
    [
        ("7d", None, "Over the last 7d. The last 1h was asked for.", "7d"),
        (None, 1, "Over the last 1 day. The last 1h was asked for.", "24h"),
        (None, 30, "Over the last 30 days. The last 1h was asked for.", None),
        ("since boot", 7, "Over the last since boot. The last 1h was asked for.", None),
        (None, None, "The last 1h was asked for; the backend does not say over what time it counted.", None),
    ],
)
def test_another_range_is_said_with_the_one_asked_for(word, days, sentence, same_as) -> None:
    found = answered_range("1h", word, days)
    assert (found.sentence, found.is_other, found.same_as) == (sentence, True, same_as)


@pytest.mark.parametrize(
    ("asked", "word", "days"),
    [("24h", "24h", 1), ("24h", None, 1), ("24h", "1d", None), ("7d", "1w", None), ("1h", "60 min", None)],
)
def test_the_same_time_in_other_words_is_the_same_range(asked, word, days) -> None:
    assert not answered_range(asked, word, days).is_other


def test_the_period_before_has_a_name() -> None:
    assert answered_range("1h", "1h", None).before == "the hour before"
    assert answered_range("24h", None, 1).before == "the 24 h before"
    assert answered_range("1h", "3h", None).before == ""


@given(st.none() | st.text(max_size=80), st.none() | st.floats(0, 1e15))
def test_whatever_is_said_there_is_a_sentence(word, days) -> None:
    assert answered_range("6h", word, days).sentence
