"""What may stand in a column."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ops_dashboard.domain.alerts.sample import Key
from ops_dashboard.domain.metrics.collections import NAME_LENGTH
from ops_dashboard.domain.text import MESSAGE_LENGTH, clean
from ops_dashboard.storage.bounds import LONGEST_NAME, LONGEST_TEXT, bounded_key, bounded_name, bounded_text

ANY = st.text(st.characters(exclude_categories=()), max_size=300)


@given(ANY)
def test_any_text_becomes_fit(text: str) -> None:
    for bounded, longest in ((bounded_text(text), LONGEST_TEXT), (bounded_name(text), LONGEST_NAME)):
        assert len(bounded) <= longest
        assert bounded == clean(bounded, longest)
        bounded.encode()


@given(ANY)
def test_what_the_domain_has_cleaned_stays_as_it_is(text: str) -> None:
    message, name = clean(text, MESSAGE_LENGTH), clean(text, NAME_LENGTH)
    assert bounded_text(message) == message
    assert bounded_name(name) == name
    assert bounded_key(Key(name, f"{name} #{2}" if name else "")) == Key(name, f"{name} #{2}" if name else "")


@given(ANY, ANY)
def test_different_names_stay_different(one: str, other: str) -> None:
    assert (bounded_name(one) == bounded_name(other)) is (one == other)


@given(ANY)
def test_a_bounded_name_stays_as_it_is(text: str) -> None:
    assert bounded_name(bounded_name(text)) == bounded_name(text)


@pytest.mark.parametrize("name", ["x" * 1_000_000, "\x00" * 1_000_000, "\ud83d"])
def test_a_hostile_name_costs_no_more_than_a_line(name: str) -> None:
    assert len(bounded_name(name)) <= LONGEST_NAME
