"""The heartbeats of the cloud API and of the edge worker: alive, late, gone, or not known."""

from typing import Any

import pytest

from ops_dashboard.domain.probes import ProbeSummary
from ops_dashboard.domain.snapshot import Contact
from ops_dashboard.domain.views.heartbeats import Fact, HeartbeatView, heartbeats
from ops_dashboard.domain.views.ingestion import ingestion_panel
from tests.bodies import demo_bodies, recorded
from tests.snapshots import NOW, failing, read, snapshot

THRESHOLD = 300


def beat(**told: Any) -> dict[str, Any]:
    return {"state": "online", "seconds_since_last_seen": 4, "threshold_seconds": THRESHOLD, **told}


def edge(body: Any = None, words: str | None = None, **changes: Any) -> HeartbeatView:
    bodies: dict[str, Any] = {} if body is None else {"ingestion_heartbeat": body}
    bodies |= {} if words is None else {"ingestion_worker": {"status": words}}
    return heartbeats(snapshot(bodies, **changes))[1]


def test_an_online_worker_is_alive_and_tells_what_it_is():
    view = edge(demo_bodies()["ingestion_heartbeat"])
    assert (view.status, view.word, view.alive, view.threshold) == ("healthy", "Online", True, "5 min")
    assert [fact.label for fact in view.facts] == ["Worker", "Version", "Model", "GPU"]


def test_the_last_beat_is_told_by_the_clock_of_the_dashboard():
    assert edge(beat(last_seen_unix=NOW - 86_400)).beat_at == NOW - 4
    assert edge(beat(seconds_since_last_seen=None, last_seen_unix=NOW - 9)).beat_at == NOW - 9


@pytest.mark.parametrize(
    ("said", "silent", "status", "alive"),
    [
        ("online", 300, "healthy", True),
        ("online", 301, "degraded", False),
        ("degraded", 190, "degraded", False),
        ("degraded", 400, "degraded", False),
        ("offline", 12, "down", False),
        ("offline", 900, "down", False),
        (None, 300, "healthy", True),
        (None, 301, "degraded", False),
        (None, 601, "down", False),
        ("hibernating", 5, "healthy", True),
    ],
)
def test_silence_beyond_the_threshold_is_not_online(said: Any, silent: float, status: str, alive: bool):
    view = edge(beat(state=said, seconds_since_last_seen=silent))
    assert (view.status, view.alive) == (status, alive)
    assert ("Silent for longer than 5 min." in view.note) == (silent > THRESHOLD)


def test_it_goes_silent_also_between_two_readings():
    late = read("ingestion_heartbeat", beat(seconds_since_last_seen=290), received_at=NOW - 20)
    assert heartbeats(snapshot(states=[late]))[1].status == "degraded"


def test_a_worker_never_heard_of_has_no_beat():
    view = edge(recorded("all-up-idle", "ingestion_heartbeat"))
    assert (view.status, view.beat_at, view.alive) == ("down", 0.0, False)
    assert view.note == "It has not been heard of so far."


@pytest.mark.parametrize(
    ("state", "status"), [("offline", "down"), ("online", "degraded"), (None, "degraded")]
)
def test_last_beat_is_kept_when_the_backend_forgets_it(state: str | None, status: str):
    forgotten = beat(state=state, seconds_since_last_seen=None)
    known = snapshot(states=[read("ingestion_heartbeat", forgotten, last_beat_at=NOW - 400)])
    view = heartbeats(known)[1]
    assert (view.beat_word, view.beat_at, view.gone) == ("Last heard", NOW - 400, True)
    assert (view.status, view.alive, view.note) == (status, False, "The backend no longer lists it.")
    figure = next(f for f in ingestion_panel(known).figures if f.key == "ingestion.last_beat")
    assert (figure.display, figure.value, figure.origin) == ("value", 400, "derived")


def test_without_a_heartbeat_its_words_are_what_it_is_judged_by():
    busy, gone, broken = (edge(words=words) for words in ("Training… 40%", "Offline", "Error: no GPU"))
    assert (busy.status, busy.progress) == ("healthy", 40.0)
    assert (gone.status, broken.status) == ("down", "down")
    assert "its own words" in busy.note


def test_nothing_told_is_unknown_and_says_why():
    view = heartbeats(snapshot(states=[failing("ingestion_heartbeat", "answered HTTP 503: no queue")]))[1]
    assert (view.display, view.status, view.alive) == ("waiting", "unknown", False)
    assert view.note == "answered HTTP 503: no queue"


def test_an_old_reading_is_no_sign_of_life():
    old = read("ingestion_heartbeat", beat(), received_at=NOW - 200, failures=3, reason="timed out")
    view = heartbeats(snapshot(states=[old]))[1]
    assert (view.display, view.alive, view.note) == ("stale", False, "timed out")


def test_progress_is_shown_as_long_as_it_is_fresh():
    old = read("ingestion_worker", {"status": "Training… 40%"}, received_at=NOW - 200)
    assert edge(beat(), "Training… 40%").progress == 40.0
    assert heartbeats(snapshot(states=[old]))[1].progress is None


def test_the_cloud_api_lives_while_it_answers():
    known = snapshot({"cache": {}}, probes=ProbeSummary(calls=50, p50=12.4))
    view = heartbeats(known)[0]
    assert (view.status, view.word, view.alive, view.beat_at) == ("healthy", "Online", True, NOW)
    assert Fact("Answers in", "12.4 ms (median of own calls)") in view.facts


def test_the_cloud_api_is_degraded_by_silence_and_offline_when_it_is_given_up():
    old = read("cache", {}, received_at=NOW - 100)
    silent = heartbeats(snapshot(states=[old]))[0]
    lost = heartbeats(
        snapshot(states=[old], contact=Contact(lost=True, since=NOW - 60, reason="refused the connection"))
    )[0]
    assert (silent.status, silent.alive) == ("degraded", False)
    assert (lost.status, lost.word, lost.note) == ("down", "Offline", "refused the connection")


def test_before_the_first_answer_nothing_is_claimed():
    view = heartbeats(snapshot())[0]
    assert (view.display, view.word, view.alive, view.beat_at) == ("waiting", "No data yet", False, 0.0)
