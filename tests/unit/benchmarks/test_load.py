"""What the load benchmark holds against its goals."""

from dataclasses import replace

import pytest

from benchmarks.load import Window
from benchmarks.users import Waits

WITHOUT = Window(Waits(4, 20, 30, 50, 0), blocked=0, calls=0, outage=28)


@pytest.mark.parametrize(
    ("window", "missed"),
    [
        (replace(WITHOUT, waits=replace(WITHOUT.waits, p95=22), blocked=2, outage=29), []),
        (replace(WITHOUT, waits=replace(WITHOUT.waits, p95=22.1)), ["p95 ≤ 22.0 ms"]),
        (replace(WITHOUT, blocked=2.01), ["blocked ≤ 2 %"]),
        (replace(WITHOUT, outage=29.1), ["outage ≤ 29.0 s"]),
    ],
)
def test_goal_is_missed_only_beyond_its_limit(window: Window, missed: list[str]) -> None:
    assert window.missed(WITHOUT) == missed
