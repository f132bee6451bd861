"""The browser's loading of a table's rows, with the network and the clock in the test's hand."""

import json
from typing import Any

import pytest

from tests.unit.ui.javascript import evaluate, run

WORLD = """
const asked = [], signals = [], timers = [], told = []; let clock = 1.8e12; let answers = () => undefined;
const settle = async () => { for (let i = 0; i < 20; i++) await Promise.resolve() };
const column = { key: "n", title: "N", kind: "number", unit: "" };
const body = (at, rows = [[at]], total = rows.length) => ({ key: "t", columns: [column], rows, total, at });
const ask = async (url, signal) => {
  asked.push(url); signals.push(signal);
  const given = await answers(url);
  if (given instanceof Error) throw given;
  return given ?? body(wanted.at);
};
const wait = (run, ms) => { const timer = { run, ms, isOn: true }; timers.push(timer); return timer };
const stop = (timer) => { if (timer) timer.isOn = false };
const pauses = () => timers.filter((timer) => timer.isOn && timer.ms !== 20000).map((timer) => timer.ms);
const elapse = async () => {
  const due = timers.filter((timer) => timer.isOn && timer.ms !== 20000);
  due.forEach((timer) => { timer.isOn = false; clock += timer.ms; timer.run() });
  await settle();
};
const loader = m.createLoader({ ask, wait, stop, now: () => clock, tell: (state) => told.push(state) });
let wanted = { key: "t", range: "", at: 100, isSeen: true };
const want = async (changes = {}) => { wanted = { ...wanted, ...changes }; loader.want(wanted); await settle() };
const say = (value) => console.log(JSON.stringify(value));
"""


def play(script: str) -> Any:
    return run("ops_table_rows.js", WORLD + script)


def test_rows_are_asked_for_once_and_again_when_there_are_others():
    assert play("""
        await want(); await want(); await want({ at: 130 }); say([asked, told.at(-1)]);
    """) == [
        ["/api/tables/t", "/api/tables/t"],
        {
            "columns": [{"key": "n", "title": "N", "kind": "number", "unit": ""}],
            "rows": [[130]],
            "total": 1,
            "at": 130,
            "error": None,
            "isBusy": False,
        },
    ]


def test_out_of_sight_and_before_there_is_anything_nothing_is_asked_for():
    assert play("""
        await want({ isSeen: false }); await want({ at: 0, isSeen: true }); await want({ isSeen: false });
        const before = asked.length; await want({ at: 100, isSeen: true }); say([before, asked.length]);
    """) == [0, 1]


def test_rows_that_came_newer_than_they_were_wanted_are_not_asked_for_twice():
    assert (
        play("""
        answers = () => body(130); await want(); await want({ at: 130 }); say(asked.length);
    """)
        == 1
    )


def test_what_changes_during_a_request_is_asked_for_after_it():
    assert play("""
        let arrive; answers = () => new Promise((done) => { arrive = done });
        await want(); await want({ at: 130 }); const during = asked.length;
        answers = () => undefined; arrive(body(100)); await settle(); say([during, asked.length, told.at(-1).at]);
    """) == [1, 2, 130]


def test_a_failure_keeps_the_rows_says_since_when_and_is_tried_again_ever_more_rarely():
    assert play("""
        await want(); answers = () => new Error("refused"); await want({ at: 130 });
        const [first] = pauses(); const since = told.at(-1).error.since;
        await elapse(); const [second] = pauses();
        const { rows, error } = told.at(-1);
        answers = () => undefined; await elapse();
        say([first, second, rows, error.since === since, error.retryAt - clock, told.at(-1).error, told.at(-1).rows]);
    """) == [2000, 4000, [[100]], True, 0, None, [[130]]]


def test_a_failure_is_not_tried_again_while_nobody_looks():
    assert play("""
        answers = () => new Error("refused"); await want(); await want({ isSeen: false }); await elapse();
        const before = asked.length; await want({ isSeen: true }); say([before, asked.length]);
    """) == [1, 2]


def test_other_rows_end_the_pause_after_a_failure():
    assert play("""
        answers = () => new Error("refused"); await want(); answers = () => undefined;
        await want({ at: 130 }); say([pauses(), told.at(-1).rows, told.at(-1).error]);
    """) == [[], [[130]], None]


def test_a_request_that_takes_too_long_is_given_up():
    assert play("""
        answers = () => new Promise((_, fail) => signals.at(-1).addEventListener("abort", () => fail(new Error())));
        await want(); timers.find((timer) => timer.ms === 20000).run(); await settle();
        say([signals[0].aborted, told.at(-1).error !== null, pauses()]);
    """) == [True, True, [2000]]


def test_another_range_begins_anew_and_a_late_answer_of_the_one_before_is_dropped():
    assert play("""
        let arrive; answers = () => new Promise((done) => { arrive = done });
        await want({ range: "1h" }); const late = arrive; answers = () => body(100, [["week"]]);
        await want({ range: "7d" }); late(body(100, [["hour"]])); await settle();
        say([asked, signals[0].aborted, told.at(-1).rows]);
    """) == [["/api/tables/t?range=1h", "/api/tables/t?range=7d"], True, [["week"]]]


def test_nothing_is_told_after_the_table_has_gone():
    assert play("""
        let arrive; answers = () => new Promise((done) => { arrive = done });
        await want(); const before = told.length; loader.close(); arrive(body(100)); await settle();
        say([told.length - before, signals[0].aborted, pauses()]);
    """) == [0, True, []]


COLUMN = {"key": "n", "title": "N"}


@pytest.mark.parametrize(
    "body",
    [
        None,
        [],
        "text",
        {"key": "other", "columns": [COLUMN], "rows": [], "total": 0, "at": 1},
        {"key": "t", "columns": None, "rows": [], "total": 0, "at": 1},
        {"key": "t", "columns": [{}], "rows": [], "total": 0, "at": 1},
        {"key": "t", "columns": [COLUMN], "rows": {}, "total": 0, "at": 1},
        {"key": "t", "columns": [COLUMN], "rows": [[1, 2]], "total": 0, "at": 1},
        {"key": "t", "columns": [COLUMN], "rows": ["x"], "total": 0, "at": 1},
        {"key": "t", "columns": [COLUMN], "rows": [], "total": 0, "at": "now"},
    ],
)
def test_what_is_no_answer_is_a_failure(body: Any):
    assert evaluate("ops_table_rows.js", f"m.readAnswer({json.dumps(body)}, 't')") is None


def test_a_cell_that_is_none_is_not_reported_and_the_total_is_never_less_than_the_rows():
    body = {
        "key": "t",
        "columns": [COLUMN],
        "rows": [[{"a": 1}], [[]], [True], ["x"], [2]],
        "total": "?",
        "at": 1,
    }
    read = evaluate("ops_table_rows.js", f"m.readAnswer({json.dumps(body)}, 't')")
    assert (read["rows"], read["total"]) == ([[None], [None], [True], ["x"], [2]], 5)


@pytest.mark.parametrize(
    ("left", "text"), [(8000, "next try in 8 s."), (7001, "next try in 8 s."), (0, "trying again.")]
)
def test_the_trouble_is_told_with_its_begin_and_what_comes_next(left: int, text: str):
    said = evaluate(
        "ops_table_rows.js",
        f"m.troubleText({{ since: 1.8e12, retryAt: 1.8e12 + 9000 }}, 1.8e12 + 9000 - {left}, 'utc')",
    )
    assert said == f"The rows could not be loaded since 08:00:00; {text}"


def test_an_address_holds_any_key():
    said = evaluate("ops_table_rows.js", "[m.addressOf('t', '', 'csv'), m.addressOf('a/b?c', '24h', 'csv')]")
    assert said == ["/api/tables/t?format=csv", "/api/tables/a%2Fb%3Fc?range=24h&format=csv"]
