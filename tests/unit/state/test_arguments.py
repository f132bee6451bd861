"""Arguments against annotations: what a browser may send, and what is refused."""

from typing import Any, Literal

import pytest
from reflex_base.utils.form import FORM_DATA_ENTRIES_KEY

from ops_dashboard.state.arguments import MOST_TEXT, problem


def handler(self: object, key: str, number: int, on: bool = False) -> None: ...


def typed(
    self: object, ratio: float, word: Literal["a", "b"], pair: tuple[str, int], maybe: str | None
) -> None: ...


def form(self: object, form: dict[str, Any]) -> None: ...


TYPED: dict[str, Any] = {"ratio": 1, "word": "a", "pair": ["x", 1], "maybe": None}


@pytest.mark.parametrize("more", [{}, {"on": True}])
def test_fit_arguments_pass(more: dict[str, Any]):
    assert problem(handler, {"key": "a", "number": 1, **more}) == ""
    assert problem(typed, TYPED) == ""


@pytest.mark.parametrize(
    "payload",
    [
        {},
        {"key": "a"},
        {"key": "a", "number": 1, "self": 1},
        {"key": "a", "number": 1, "admin": True},
        {"key": 1, "number": 1},
        {"key": "a", "number": "1"},
        {"key": "a", "number": True},
        {"key": "a", "number": 1.5},
        {"key": "a", "number": None},
        {"key": "a", "number": 1, "on": 1},
        {"key": {"a": 1}, "number": 1},
        {"key": "x" * MOST_TEXT, "number": 1},
    ],
    ids=lambda payload: str(payload)[:40],
)
def test_what_is_missing_unknown_of_another_kind_or_too_long_is_refused(payload: dict[str, Any]):
    assert problem(handler, payload)


@pytest.mark.parametrize(
    "wrong", [{"ratio": "1"}, {"word": "c"}, {"pair": ["x"]}, {"pair": "x"}, {"maybe": 1}]
)
def test_each_annotation_counts(wrong: dict[str, Any]):
    assert problem(typed, {**TYPED, **wrong})


def test_no_value_is_repeated():
    assert "s3cret" not in problem(handler, {"key": ["s3cret"], "number": 1})
    assert "s3cret" not in problem(handler, {"s3cret": 1})


def test_what_is_nested_too_deeply_is_refused():
    deep: list[Any] = []
    for _ in range(100_000):
        deep = [deep]
    assert problem(form, {"form": {"a": deep}})


@pytest.mark.parametrize("entries", [[], [["note", "text"], ["note", "more"]]])
def test_a_form_is_pairs_of_texts(entries: Any):
    assert problem(form, {"form": {FORM_DATA_ENTRIES_KEY: entries}}) == ""


@pytest.mark.parametrize("entries", [None, "text", [["note"]], [["note", 1]], [[["a"], "b"]], {"a": "b"}])
def test_a_form_of_anything_else_is_refused(entries: Any):
    assert problem(form, {"form": {FORM_DATA_ENTRIES_KEY: entries}})
