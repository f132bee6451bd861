from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ops_dashboard.domain.metrics.fields import (
    Amount,
    Flag,
    Message,
    Moment,
    Percent,
    Rating,
    Report,
    StatusWord,
    Surprises,
    reported,
)
from ops_dashboard.domain.status import Status


class Sample(Report):
    amount: Amount = reported("amount", "metrics.amount")
    percent: Percent = reported("percent")
    rating: Rating = reported("rating")
    flag: Flag = reported("flag")
    message: Message = reported("message")
    moment: Moment = reported("moment")
    status: StatusWord = reported("status")


def read(body: Any) -> tuple[Sample, Surprises]:
    surprises = Surprises()
    return Sample.model_validate(body, context=surprises), surprises


def test_an_absent_field_is_not_reported_and_no_surprise():
    sample, surprises = read({})
    assert sample == Sample() and surprises.total == 0


def test_null_is_not_reported_and_no_surprise():
    sample, surprises = read({"amount": None, "moment": None, "message": None})
    assert sample.amount is None and surprises.total == 0


def test_a_wrapped_field_is_found_at_its_second_path():
    assert read({"metrics": {"amount": 3}})[0].amount == 3


def test_zero_is_a_value():
    assert read({"amount": 0})[0].amount == 0


@pytest.mark.parametrize("bad", [float("nan"), float("inf"), -1, "many", [], {}, True, 10**400, "9" * 50])
def test_a_bad_number_is_not_reported_and_counted_and_keeps_its_neighbours(bad: object):
    sample, surprises = read({"amount": bad, "percent": 5})
    assert (sample.amount, sample.percent, surprises.total) == (None, 5, 1)


def test_a_number_sent_as_text_is_shown_and_counted():
    sample, surprises = read({"amount": "12.5"})
    assert (sample.amount, surprises.sentences()) == (12.5, ("amount: expected a number from 0, got text",))


@pytest.mark.parametrize(
    ("field", "bad"), [("percent", 101), ("rating", 0), ("rating", 5.1), ("flag", "yes")]
)
def test_a_value_out_of_its_range_is_not_reported(field: str, bad: object):
    sample, surprises = read({field: bad})
    assert getattr(sample, field) is None and surprises.total == 1


def test_a_missing_status_differs_from_an_unknown_word():
    assert read({})[0].status is None
    assert read({"status": "purple"})[0].status is Status.UNKNOWN
    assert read({"status": None})[0].status is Status.UNKNOWN


def test_an_empty_timestamp_is_absent_and_a_wrong_one_a_surprise():
    assert read({"moment": ""})[1].total == 0
    assert read({"moment": "soon"})[1].total == 1


def test_the_same_surprise_is_told_once_with_its_count():
    surprises = Surprises()
    for _ in range(3):
        surprises.note("a: expected b")
    assert surprises.sentences() == ("a: expected b (x3)",)


def test_endless_kinds_of_surprises_stay_bounded():
    surprises = Surprises()
    for n in range(1000):
        surprises.note(f"kind {n}")
    assert len(surprises.sentences()) == 51 and surprises.total == 1000


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


@given(st.fixed_dictionaries({}, optional={name: json_values for name in Sample.model_fields}))
def test_no_field_ever_raises_or_invents_a_number(body: dict[str, object]):
    sample, _ = read(body)
    if sample.amount is not None:
        assert float(str(body["amount"])) == sample.amount
