"""The browser's history: what it asks for and when, with the network, the frames and the clock in the test's hand."""

from typing import Any

import pytest

from tests.unit.ui.javascript import evaluate, run

WORLD = """
const asked = [], timers = [], signals = []; let frames = []; let clock = 0; let answers = () => undefined;
const frame = (run) => frames.push(run);
const settle = async () => { for (let i = 0; i < 20; i++) await Promise.resolve() };
const turn = async () => { const now = frames; frames = []; now.forEach((run) => run()); await settle() };
const p = (t, v = 5) => [t, v, v, v];
const body = (url, points = (key) => [p(970), p(1000)], at = 1010) => {
  const q = new URL(url, "http://x").searchParams;
  const series = Object.fromEntries(q.getAll("keys").map((key) => [key,
    { since: 10, points: points(key), previous: q.get("previous") ? [p(-2600)] : null }]));
  return { range: q.get("range"), seconds: 3600, step: 30, at, series };
};
const ask = async (url, signal) => {
  asked.push(url); signals.push(signal);
  const given = await answers(url);
  if (given instanceof Error) throw given;
  return given ?? body(url);
};
const wait = (run, ms) => { const timer = { run, ms, isOn: true }; timers.push(timer); return timer };
const stop = (timer) => { if (timer) timer.isOn = false };
const pauses = () => timers.filter((timer) => timer.isOn && timer.ms !== 20000).map((timer) => timer.ms);
const elapse = async () => {
  const due = timers.filter((timer) => timer.isOn && timer.ms !== 20000);
  due.forEach((timer) => { timer.isOn = false; timer.run() });
  await turn();
};
const history = m.createHistory({ ask, frame, wait, stop, now: () => clock });
const use = (keys, previous = false, range = "1h", heard = () => {}) =>
  history.subscribe({ range, keys, previous }, heard);
const say = (value) => console.log(JSON.stringify(value));
"""


def _play(script: str) -> Any:
    return run("ops_history.js", WORLD + script)


def test_what_is_asked_for_within_one_frame_makes_one_request_per_range():
    assert _play("""
        use(["b", "a"]); use(["c", "a"]); use(["a"], false, "6h"); await turn(); say(asked);
    """) == ["/api/history?range=1h&keys=a&keys=b&keys=c", "/api/history?range=6h&keys=a"]


def test_what_is_known_is_not_asked_for_again():
    assert _play("""
        use(["a"]); await turn(); await turn(); use(["a", "b"]); await turn(); say(asked);
    """) == ["/api/history?range=1h&keys=a", "/api/history?range=1h&keys=b"]


def test_what_is_wanted_during_a_request_is_asked_for_after_it():
    assert _play("""
        let arrive; answers = () => new Promise((done) => { arrive = done });
        use(["a"]); await turn(); use(["b"]); await turn(); const during = asked.length;
        answers = () => undefined; arrive(undefined); await turn(); await turn();
        say([during, asked.length, asked.at(-1), Object.keys(history.read("1h").series)]);
    """) == [1, 2, "/api/history?range=1h&keys=b", ["a", "b"]]


def test_the_period_before_is_fetched_when_somebody_compares():
    assert _play("""
        use(["a"]); await turn(); const before = history.read("1h").series.a.previous;
        use(["a"], true); await turn(); say([asked.at(-1), before, history.read("1h").series.a.previous]);
    """) == ["/api/history?range=1h&keys=a&previous=1", None, [[-2600, 5, 5, 5]]]


def test_a_key_with_signs_of_its_own_arrives_unharmed():
    assert _play("""
        use(["a@x&keys=b"]); await turn(); say([asked, Object.keys(history.read("1h").series)]);
    """) == [["/api/history?range=1h&keys=a%40x%26keys%3Db"], ["a@x&keys=b"]]


def test_ticks_keep_the_series_up_to_date_without_a_request():
    assert _play("""
        let news = 0; use(["a"], false, "1h", () => news++); await turn();
        history.tick({ range: "1h", at: 1040, series: { a: [p(1000, 6), p(1030)], other: [p(1030)] } }); await turn();
        say([asked.length, news, history.read("1h")]);
    """) == [
        1,
        2,
        {
            "seconds": 3600,
            "step": 30,
            "at": 1040,
            "error": None,
            "series": {
                "a": {
                    "since": 10,
                    "points": [[970, 5, 5, 5], [1000, 6, 6, 6], [1030, 5, 5, 5]],
                    "previous": None,
                }
            },
        },
    ]


def test_a_tick_from_before_what_is_known_takes_nothing_back():
    assert _play("""
        use(["a"]); await turn();
        history.tick({ range: "1h", at: 1005, series: { a: [p(1000, 6)] } }); await turn();
        const { at, series } = history.read("1h"); say([asked.length, at, series.a.points]);
    """) == [1, 1010, [[970, 5, 5, 5], [1000, 5, 5, 5]]]


def test_missed_ticks_show_as_a_gap_until_the_series_is_fetched_anew():
    assert _play("""
        use(["a"]); use(["b"]); await turn();
        answers = (url) => body(url, () => [p(1000), p(1030), p(1090)], 1100);
        history.tick({ range: "1h", at: 1095, series: { a: [p(1060), p(1090)], b: [p(1000), p(1030)] } });
        const between = history.read("1h").series.a.points; await turn();
        say([between, asked.at(-1), history.read("1h").series.a.points.length, asked.length]);
    """) == [
        [[970, 5, 5, 5], [1000, 5, 5, 5], None, [1060, 5, 5, 5], [1090, 5, 5, 5]],
        "/api/history?range=1h&keys=a",
        3,
        2,
    ]


def test_a_tick_that_overtakes_the_answer_is_not_lost():
    assert _play("""
        let arrive; answers = () => new Promise((done) => { arrive = done });
        use(["a"]); await turn();
        history.tick({ range: "1h", at: 1040, series: { a: [p(1000), p(1030, 7)] } });
        arrive(undefined); await turn(); say(history.read("1h").series.a.points.at(-1));
    """) == [1030, 7, 7, 7]


@pytest.mark.parametrize(
    "tick",
    [
        "undefined",
        "null",
        "{}",
        "{range: '1h'}",
        "{range: '1h', at: 'x', series: {}}",
        "{range: '1h', at: 1040, series: null}",
        "{range: '1h', at: 1040, series: {a: 5}}",
        "{range: '1h', at: 1040, series: {a: ['x', [1], {}]}}",
        "{range: '7d', at: 1, series: {}}",
    ],
)
def test_a_tick_of_garbage_harms_nothing(tick: str):
    played = _play(
        f"use(['a']); await turn(); history.tick({tick}); say(history.read('1h').series.a.points.length);"
    )
    assert played == 2


def test_what_nobody_uses_any_more_is_forgotten():
    assert _play("""
        const end = use(["a"]); use(["b"]); await turn(); end(); await turn();
        const kept = Object.keys(history.read("1h").series);
        const last = use(["c"], false, "7d"); await turn(); last(); await turn();
        say([kept, history.read("7d").series]);
    """) == [["b"], {}]


def test_a_series_handed_on_within_a_frame_is_kept():
    assert (
        _play("""
        const end = use(["a"]); await turn(); end(); use(["a"]); await turn(); say(asked.length);
    """)
        == 1
    )


def test_a_request_that_nobody_waits_for_is_called_off():
    assert (
        _play("""
        answers = () => new Promise(() => {});
        const end = use(["a"]); await turn(); end(); await turn(); say(signals[0].aborted);
    """)
        is True
    )


def test_after_a_failure_it_tries_again_with_growing_pauses():
    assert _play("""
        answers = () => new Error("no route"); use(["a"]); await turn();
        const seen = []; for (let i = 0; i < 7; i++) { seen.push(pauses()[0]); await elapse() }
        say(seen);
    """) == [2000, 4000, 8000, 16000, 32000, 60000, 60000]


def test_a_failure_takes_nothing_away_and_says_when_the_next_try_is():
    assert _play("""
        let news = 0; use(["a"], false, "1h", () => news++); await turn(); clock = 5000;
        answers = () => Object.assign(new Error("status 400"), { reason: "Unknown key" });
        use(["b"]); await turn();
        const { error, series } = history.read("1h");
        say([error, series.a.points.length, news, ...[5000, 6500, 7000].map((now) => m.troubleText(error, now))]);
    """) == [
        {"reason": "Unknown key", "retryAt": 7000},
        2,
        2,
        "The history could not be loaded: Unknown key; next try in 2 s.",
        "The history could not be loaded: Unknown key; next try in 1 s.",
        "The history could not be loaded: Unknown key; trying again.",
    ]


def test_the_error_goes_with_the_first_success():
    assert _play("""
        answers = () => new Error("down"); use(["a"]); await turn();
        answers = () => undefined; await elapse();
        answers = () => new Error("down"); use(["b"]); await turn();
        say([history.read("1h").series.a.points.length, pauses()]);
    """) == [2, [2000]]


def test_somebody_new_who_looks_does_not_sit_the_pause_out():
    assert _play("""
        answers = () => new Error("down"); use(["a"]); await turn(); use(["b"]); await turn();
        say([asked, pauses()]);
    """) == [["/api/history?range=1h&keys=a", "/api/history?range=1h&keys=a&keys=b"], [4000]]


@pytest.mark.parametrize("answer", ["'<html>'", "null", "{range: '6h', seconds: 1, step: 1, at: 1}", "[]"])
def test_an_answer_that_is_none_counts_as_a_failure(answer: str):
    played = _play(f"answers = () => ({answer} ?? false); use(['a']); await turn(); say(pauses());")
    assert played == [2000]


def test_ticks_while_the_history_is_missing_do_not_shorten_the_pause():
    assert (
        _play("""
        answers = () => new Error("down"); use(["a"]); await turn();
        history.tick({ range: "1h", at: 1040, series: { a: [p(1030)] } }); await turn(); say(asked.length);
    """)
        == 1
    )


def test_only_those_are_told_whose_series_have_changed():
    assert _play("""
        let news = 0; use(["a"], false, "1h", () => news++); await turn(); const before = news;
        use(["b"]); await turn(); say([before, news]);
    """) == [1, 1]


def test_the_sentence_without_a_reason():
    said = evaluate("ops_history.js", "m.troubleText({reason: '', retryAt: 8000}, 0)")
    assert said == "The history could not be loaded; next try in 8 s."


def test_past_restored_later_is_fetched_once():
    assert _play("""
        answers = (url) => ({ ...body(url, () => [p(1000)]), past: 0 });
        use(["a", "b"]); await turn();
        answers = (url) => ({ ...body(url, () => [p(100), p(970), p(1000)], 1050), past: 1 });
        history.tick({ range: "1h", at: 1040, past: 1, series: { a: [p(1000), p(1030)] } }); await turn();
        history.tick({ range: "1h", at: 1070, past: 1, series: { a: [p(1000), p(1030)] } }); await turn();
        const { past, series } = history.read("1h");
        say([asked, past, series.a.points.length, series.b.points.length]);
    """) == [["/api/history?range=1h&keys=a&keys=b"] * 2, 1, 4, 3]


def test_past_restored_during_a_request_is_fetched():
    assert _play("""
        let arrive; answers = () => new Promise((done) => { arrive = done });
        use(["a"]); await turn();
        history.tick({ range: "1h", at: 1040, past: 3, series: { a: [p(1030)] } });
        const late = { ...body(asked[0]), past: 2 };
        answers = (url) => ({ ...body(url, () => [p(100)], 1050), past: 3 });
        arrive(late); await turn(); await turn();
        say([asked.length, history.read("1h").past, history.read("1h").series.a.points.length]);
    """) == [2, 3, 1]
