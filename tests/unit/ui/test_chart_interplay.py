"""What charts do with each other and with their range: turns, the shared cursor, zoom."""

import json
from typing import Any

import pytest

from tests.unit.ui.javascript import evaluate, run

WHOLE = {"from": 0, "to": 3600}


def test_one_chart_is_painted_per_frame():
    assert run(
        "ops_chart_turns.js",
        """
        let frames = []; const painted = []; const turns = m.createTurns((run) => frames.push(run));
        const frame = () => { const due = frames; frames = []; due.forEach((run) => run()); return painted.length };
        turns.take("a", () => painted.push("a1")); turns.take("b", () => painted.push("b"));
        turns.take("a", () => painted.push("a2")); turns.take("c", () => painted.push("c")); turns.leave("c");
        console.log(JSON.stringify([frame(), frame(), frame(), painted, frames.length]));
        """,
    ) == [1, 2, 2, ["a2", "b"], 0]


def test_a_paint_may_ask_for_the_next_turn():
    assert run(
        "ops_chart_turns.js",
        """
        let frames = []; let count = 0; const turns = m.createTurns((run) => frames.push(run));
        const paint = () => { count += 1; if (count < 3) turns.take("a", paint) };
        turns.take("a", paint);
        for (let i = 0; i < 5; i++) { const due = frames; frames = []; due.forEach((run) => run()) }
        console.log(JSON.stringify([count, frames.length]));
        """,
    ) == [3, 0]


def test_the_cursor_is_taken_away_by_its_owner_only():
    assert run(
        "ops_chart_cursor.js",
        """
        const all = m.createCursors(); let news = 0; all.subscribe(() => news++);
        all.put("1h", { owner: "a", t: 60 }); all.put("1h", { owner: "b", t: 90 });
        all.drop("1h", "a"); const kept = all.read("1h").t; all.drop("1h", "b");
        console.log(JSON.stringify([kept, all.read("1h").t, all.read("6h").t, news]));
        """,
    ) == [90, None, None, 3]


def _scaled(window: tuple[float, float], factor: float, middle: float) -> Any:
    begin, end = window
    call = ", ".join(map(json.dumps, ({"from": begin, "to": end}, factor, middle, WHOLE, 30)))
    return evaluate("ops_chart_zoom.js", f"m.scaledWindow({call})")


def test_zooming_keeps_in_place_what_is_looked_at():
    assert _scaled((0, 3600), 0.5, 900) == {"from": 450, "to": 2250}
    assert _scaled((0, 3600), 0.5, 3600) == {"from": 1800, "to": 3600}


def test_zooming_out_stays_within_the_range_and_ends_with_all_of_it():
    assert _scaled((100, 1000), 2, 550) == {"from": 0, "to": 1800}
    assert _scaled((900, 2700), 2, 1800) is None


def test_zooming_in_ends_at_a_few_points():
    assert _scaled((1000, 1130), 0.5, 1000) == {"from": 1000, "to": 1120}


@pytest.mark.parametrize(
    ("one", "other", "window"),
    [
        (600, 1200, {"from": 600, "to": 1200}),
        (1200, 600, {"from": 600, "to": 1200}),
        (1000, 1020, {"from": 950, "to": 1070}),
        (3590, 3600, {"from": 3480, "to": 3600}),
        (0, 10, {"from": 0, "to": 120}),
    ],
)
def test_a_drawn_stretch_becomes_the_window(one: float, other: float, window: dict[str, float]):
    call = f"m.windowBetween({one}, {other}, {json.dumps(WHOLE)}, 30)"
    assert evaluate("ops_chart_zoom.js", call) == window
