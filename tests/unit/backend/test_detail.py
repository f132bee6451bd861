"""The backend's own explanation of an error."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ops_dashboard.backend.detail import LENGTH, detail_of

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from(["detail", "msg", "loc", "x"]), inner),
)


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ({"detail": "Internal server error"}, "Internal server error"),
        ({"detail": {"error": "Edge worker offline", "context": "ingest"}}, "Edge worker offline"),
        ({"detail": {"message": "full"}}, "full"),
        ({"message": "down for maintenance"}, "down for maintenance"),
        ({"detail": [{"loc": ["query", "days"], "msg": "too large"}]}, "days: too large"),
        ({"detail": [{"msg": "a"}, "b", 7, None]}, "a; b"),
        ({"detail": None}, ""),
        ({"detail": 7}, ""),
        ({}, ""),
        (None, ""),
        (["a", "b"], "a; b"),
    ],
)
def test_it_finds_the_words(body: object, said: str) -> None:
    assert detail_of(body) == said


def test_markup_is_left_out() -> None:
    assert detail_of({"detail": "<script>alert(1)</script>broken <b>pipe</b>"}) == "alert(1) broken pipe"


def test_a_comparison_is_not_markup() -> None:
    assert detail_of({"detail": "3 < 4 and 5 > 4"}) == "3 < 4 and 5 > 4"


def test_the_token_is_blotted_out_even_when_it_was_split() -> None:
    assert detail_of({"detail": "bad token ab\u200bcd"}, "abcd") == "bad token [token]"


def test_the_token_is_blotted_out_before_the_text_is_cut() -> None:
    said = detail_of({"detail": "x" * (LENGTH - 3) + "abcdefgh"}, "abcdefgh")
    assert "ab" not in said


@given(JSON)
def test_any_body_gives_one_short_clean_line(body: object) -> None:
    said = detail_of(body)
    assert len(said) <= LENGTH
    assert not any(unicodedata.category(char) in ("Cc", "Cs") for char in said)


@pytest.mark.parametrize("depth", [10, 900, 5_000])
def test_an_explanation_that_is_nested_without_end_says_nothing(depth: int) -> None:
    objects: object = "at last"
    lists: object = "at last"
    for _ in range(depth):
        objects, lists = {"detail": objects}, [lists]
    assert detail_of(objects) == detail_of({"detail": lists}) == ""
    assert detail_of([{"loc": [lists], "msg": "is wrong"}]) == "is wrong"
