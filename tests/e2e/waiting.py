"""Waiting for a condition outside of the page, where Playwright's own waiting does not reach."""

import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")

_PAUSE_SECONDS = 0.05


def until(condition: Callable[[], T], what: str, seconds: float = 60.0) -> T:
    """The first value of ``condition()`` that counts as true.

    Raises AssertionError, naming ``what`` was awaited, when there is none within ``seconds``.
    """
    deadline = time.monotonic() + seconds
    while not (value := condition()):
        assert time.monotonic() < deadline, f"{what} did not happen within {seconds:g} s"
        time.sleep(_PAUSE_SECONDS)
    return value
